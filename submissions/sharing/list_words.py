"""A filtered list in words: “12 examples on housing from Sutton and Lambeth”."""

MOST_NAMED = 3  # of one kind; more are counted

HAVING = {"outcomes": "that state figures", "voices": "that carry people’s own words"}


def list_title(filterset):
    """What the list shows, as a reader would say it."""
    narrowings = [said for said in _narrowings(filterset) if said]
    if not narrowings:
        return "All examples of practice"
    return " ".join([f"{filterset.total} {'example' if filterset.total == 1 else 'examples'}", *narrowings])


def _narrowings(filterset):
    text = filterset.data["q"]
    yield f"for “{text}”" if text else ""
    yield _said("on", _names(filterset, "theme", lower_first), "or", "themes")
    yield _said("from", _names(filterset, "borough"), "and", "boroughs")
    yield _said("with", _names(filterset, "partner"), "or", "partners")
    yield _said("in the category", _names(filterset, "category"), "or", "categories")
    yield " and ".join(HAVING[name] for name in filterset.chosen("has"))


def _names(filterset, facet, wording=str):
    names = {value: name for value, name, *_ in filterset.index.options[facet]}
    return [wording(names[value]) for value in filterset.chosen(facet)]


def _said(word, names, joint, plural):
    if not names:
        return ""
    if len(names) > MOST_NAMED:
        return f"{'in' if plural == 'categories' else word} {len(names)} {plural}"
    return f"{word} {joined(names, joint)}"


def joined(names, joint="and"):
    """“A”, “A and B”, “A, B and C”."""
    *most, last = names
    return f"{', '.join(most)} {joint} {last}" if most else last


def lower_first(name):
    """A name inside a sentence: “Housing” as “housing”, but “SEND” as it is."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name
