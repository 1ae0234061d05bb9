"""Templates read like pages: narrow enough for a screen, and indented by what stands in what."""

import re

from django.conf import settings
from django.template.loader import get_template

TEMPLATES = sorted((settings.ROOT / "templates").rglob("*.html"))
TEXTS = sorted((settings.ROOT / "templates").rglob("*.txt"))
COLUMNS = 120
BLOCKS = ("autoescape", "block", "blocktranslate", "capture", "filter", "for", "if", "with")
TAG = re.compile(rf"\{{%\s*(?P<end>end)?(?P<block>{'|'.join(BLOCKS)})\b|<(?P<close>/)?(?P<element>[a-z][a-z0-9]*)\b")
VOID = {"br", "circle", "hr", "img", "input", "link", "meta", "path", "rect"}  # closed as they are opened


def test_no_line_is_wider_than_a_screen():
    wide = [
        f"{path.relative_to(settings.ROOT)}:{number}"
        for path in [*TEMPLATES, *TEXTS]
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if len(line) > COLUMNS
    ]
    assert not wide


def test_what_closes_is_indented_as_what_it_closes_and_all_between_is_further_in():
    faults = [f"{path.relative_to(settings.ROOT)}:{fault}" for path in TEMPLATES for fault in faults_of(path)]
    assert not faults


def test_indentation_is_not_sent():
    written = (settings.ROOT / "templates/404.html").read_text()
    assert get_template("404.html").template.source.splitlines() == [line.lstrip() for line in written.splitlines()]


def test_a_line_of_a_text_goes_on_in_the_next():
    name = "editorial/mail/contact_check.txt"
    assert "no account.{% if" in get_template(name).template.source
    assert not [
        path.name
        for path in TEXTS
        if "\\" in get_template(str(path.relative_to(settings.ROOT / "templates"))).template.source
    ]


def faults_of(path):
    """Each line whose indentation is not that of its structure, and what is wrong with it."""
    opened = []  # (name, indentation of the line that it stands in)
    for number, line in enumerate(path.read_text().splitlines(), 1):
        indent = len(line) - len(line.lstrip(" "))
        for tag in TAG.finditer(line):
            name, first = tag["block"] or tag["element"], tag.start() == indent
            if tag["end"] or tag["close"]:
                if not opened or opened[-1][0] != name:
                    yield f"{number}: {name} is closed where {opened[-1:]} is open"
                    return
                if opened.pop()[1] != indent and first:
                    yield f"{number}: {name} is not closed under its beginning"
            elif name not in VOID:
                if first and opened and opened[-1][1] >= indent and name not in ("head", "body"):
                    yield f"{number}: {name} is not further in than {opened[-1][0]}"
                opened.append((name, indent))
    yield from (f"{name} is never closed" for name, _ in opened)
