"""Names: the alliance's, and several inside a sentence."""

ALLIANCE = "London Innovation and Improvement Alliance"


def in_a_sentence(names, joint="and"):
    """“A”, “A and B”, “A, B and C”; nothing for no names."""
    *others, last = names or [""]
    return f"{', '.join(others)} {joint} {last}" if others else last
