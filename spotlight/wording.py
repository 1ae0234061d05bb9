"""Wordings that code and templates share: the alliance's name, names inside a sentence, a number of entries."""

ALLIANCE = "London Innovation and Improvement Alliance"


def in_a_sentence(names, joint="and"):
    """“A”, “A and B”, “A, B and C”; nothing for no names."""
    *others, last = names or [""]
    return f"{', '.join(others)} {joint} {last}" if others else last


def entries(number):
    """“1 entry”, “5 entries”: how a count of submissions is said everywhere."""
    return f"{number} entry" if number == 1 else f"{number} entries"
