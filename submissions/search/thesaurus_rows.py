"""The thesaurus as fixture rows, from the glossary and from the groups of words that people use for the same thing."""

import csv
import io

from django.utils.text import slugify

MODEL = "submissions.glossaryterm"


class ThesaurusError(Exception):
    """A line of the thesaurus that cannot be read; the sentence names the line."""


def glossary_rows(glossary_csv_text, thesaurus_text):
    """Rows for `loaddata`, the same for the same texts: the glossary's terms from 1 on, then the groups.

    Terms of the glossary are shown on its page; groups only help searches. A group whose first word is a term adds
    to it. Raises ThesaurusError."""
    terms = {}
    for row in csv.DictReader(io.StringIO(glossary_csv_text)):
        terms[_key(row["term"])] = _term(
            row["term"], _listed(row["synonyms"]), shown=True, expansion=row["expansion"], definition=row["definition"]
        )
    for number, cells in _groups(thesaurus_text):
        _add_group(terms, number, *cells)
    return list(_rows(terms.values()))


def _groups(text):
    """(line number, cells) of each line that is no comment and not the heading."""
    reader = csv.reader(io.StringIO(text))
    for cells in reader:
        if cells and not cells[0].startswith("#") and cells != ["words", "also", "note"]:
            if len(cells) != 3 or not cells[0].strip():
                raise ThesaurusError(
                    f"Line {reader.line_num} of the thesaurus needs three cells (words, also, note) and a first word."
                )
            yield reader.line_num, cells


def _add_group(terms, number, words, also, note):
    head, *others = _listed(words)
    term = terms.setdefault(_key(head), _term(head, [], shown=False))
    kind, _, value = note.partition(":")
    if kind == "show":
        term["shown_as"] = value.strip()
    elif kind == "means":
        term["meanings"] = _listed(value)
    elif note:
        raise ThesaurusError(f"Line {number} of the thesaurus: a note begins with “show:” or “means:”.")
    for name, more in (("synonyms", others), ("also", _listed(also))):
        known = set(map(_key, term[name])) | {_key(term["term"])}
        term[name] += [word for word in more if _key(word) not in known]


def _term(term, synonyms, *, shown, expansion="", definition=""):
    return {
        "term": term,
        "slug": "",
        "shown_as": "",
        "expansion": expansion,
        "definition": definition,
        "synonyms": synonyms,
        "also": [],
        "meanings": [],
        "shown": shown,
    }


def _rows(terms):
    taken = set()
    for pk, term in enumerate(terms, start=1):
        base = slugify(term["term"])[:100] or "term"
        term["slug"] = next(s for n in range(1, pk + 1) if (s := base if n == 1 else f"{base}-{n}") not in taken)
        taken.add(term["slug"])
        yield {"model": MODEL, "pk": pk, "fields": term}


def _listed(cell):
    return list(dict.fromkeys(filter(None, (word.strip() for word in cell.split(";")))))


def _key(word):
    return word.casefold()
