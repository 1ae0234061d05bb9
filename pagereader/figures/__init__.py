"""The figures of a text: numbers, what they count, what they are set against, and what they say."""
