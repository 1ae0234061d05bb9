"""Reading a category page in at LIIA's desk: a file or pasted text becomes drafts, and nothing before a person confirms."""
