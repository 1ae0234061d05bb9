"""What a filtered list is called: its title for people, its file's name for folders."""

from django.utils.text import slugify

from submissions.facets import FACETS

SITE = "Practice Spotlight"
LONGEST_NAME = 80


def list_title(filterset):
    """“Practice Spotlight: Housing, from Merton or Sutton”."""
    partners, boroughs = _labels(filterset, "partner"), _labels(filterset, "borough")
    parts = [
        f"“{words}”" if (words := _words(filterset)) else "",
        _labels(filterset, "theme"),
        _labels(filterset, "category"),
        f"from {boroughs}" if boroughs else "",
        f"with {partners}" if partners else "",
        _labels(filterset, "has", " and "),
    ]
    return f"{SITE}: {', '.join(filter(None, parts)) or 'all entries'}"


def file_name(filterset, form):
    """“practice-spotlight-housing-merton.csv”: what was asked for, and no date, so that one file replaces the other."""
    chosen = [value for name in FACETS for value in filterset.chosen(name)]
    stem = "-".join(["practice-spotlight", *filter(None, [slugify(_words(filterset)), *chosen])])
    return f"{stem[:LONGEST_NAME].rstrip('-')}.{form}"


def _labels(filterset, facet, between=" or "):
    label = {value: label for value, label, _ in filterset.index.options[facet]}
    return between.join(str(label[value]) for value in filterset.chosen(facet))


def _words(filterset):
    return " ".join(filterset.data.get("q", "").split())
