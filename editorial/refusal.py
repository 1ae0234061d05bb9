class Refused(Exception):
    """A step that cannot be taken. Its text is a sentence for the person who tried: what, why, and what to do."""
