"""What a filtered list is called: on its page and its picture, in its files, and in a folder."""

from django.utils.text import slugify

from spotlight.wording import in_a_sentence
from submissions.facets import FACETS
from submissions.wording import lower_first

SITE = "Practice Spotlight"
LONGEST_NAME = 80  # letters of a file's name
MOST_NAMED = 3  # of one kind; more are counted
HAVING = {"outcomes": "that state figures", "voices": "that carry people’s own words"}


def list_title(filterset):
    """“12 examples on housing from Sutton and Lambeth”."""
    narrowings = _narrowings(filterset)
    if not narrowings:
        return "All examples of practice"
    return " ".join([f"{filterset.total} {'example' if filterset.total == 1 else 'examples'}", *narrowings])


def file_title(filterset):
    """“Practice Spotlight: examples on housing from Sutton and Lambeth”: the same without the number, which changes
    while a feed keeps its name."""
    narrowings = _narrowings(filterset)
    return f"{SITE}: {' '.join(['examples', *narrowings]) if narrowings else 'all examples of practice'}"


def file_name(filterset, form):
    """“practice-spotlight-housing-merton.csv”: what was asked for, and no date, so that one file replaces the other."""
    chosen = [value for name in FACETS for value in filterset.chosen(name)]
    stem = "-".join(["practice-spotlight", *filter(None, [slugify(filterset.asked.text), *chosen])])
    return f"{stem[:LONGEST_NAME].rstrip('-')}.{form}"


def _narrowings(filterset):
    text = filterset.asked.text
    narrowings = [
        f"for “{text}”" if text else "",
        _narrowing("on", _names(filterset, "theme", lower_first), "or", "themes"),
        _narrowing("from", _names(filterset, "borough"), "and", "boroughs"),
        _narrowing("with", _names(filterset, "partner"), "or", "partners"),
        _narrowing("in the category", _names(filterset, "category"), "or", "categories"),
        " and ".join(HAVING[name] for name in filterset.chosen("has")),
    ]
    return [narrowing for narrowing in narrowings if narrowing]


def _names(filterset, facet, wording=str):
    chosen = filterset.chosen(facet)
    names = {value: name for value, name, *_ in filterset.index.options[facet]} if chosen else {}
    return [wording(names[value]) for value in chosen]


def _narrowing(word, names, joint, plural):
    if not names:
        return ""
    if len(names) > MOST_NAMED:
        return f"{'in' if plural == 'categories' else word} {len(names)} {plural}"
    return f"{word} {in_a_sentence(names, joint)}"
