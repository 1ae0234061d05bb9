"""A reader's own shortlist: kept in the address, taken into a meeting as one document, compared side by side."""
