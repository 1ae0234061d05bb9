"""Reading a published category page: text in, plain records and doubts out. Pure: no Django, no files."""
