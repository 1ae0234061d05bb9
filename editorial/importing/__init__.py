"""Reading a category page in: a file or pasted text becomes drafts at LIIA's desk, once a person has confirmed."""
