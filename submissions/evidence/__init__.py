"""Evidence people can quote: figures with their sentences, people's own words, coverage, and plain English."""
