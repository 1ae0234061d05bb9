"""The text of a page: its lines with their marks, labels and addresses, its sentences, quotations and blocks."""
