"""A reader's own shortlist: in the address, as one document for a meeting, compared side by side."""
