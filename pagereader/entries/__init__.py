"""The parts of a page: the category’s own text, and each entry’s heading, sections and evidence."""
