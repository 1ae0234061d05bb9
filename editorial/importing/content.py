"""The snapshot of an entry with what a page has to say: all of it for a new entry, the news for one that is here."""

import copy
from dataclasses import dataclass

from editorial.importing.pieces import TEXTS, text_words, words
from editorial.snapshots import PART_LABELS, merged
from pagereader import to_html
from spotlight.desk.diff_and_merge import merged_text
from submissions.models import OutcomeMetric, SupportingItem, Voice
from submissions.wording import plain

LARGEST_VALUE = 10**12  # of a figure; the column has 14 digits, two of them behind the point
LONGEST_ADDRESS = 500  # characters of a link kept by itself; a longer one stands in the text alone


def whole(entry, round_, category, known):
    """The snapshot of a new entry."""
    content = {
        "fields": {"round_id": round_.pk},
        "links": {"categories": [category.pk]},
        "parts": {"metrics": [], "voices": [], "supporting_items": [], "themed": _themed(entry, known)},
    }
    for piece in WRITERS:
        WRITERS[piece](content, entry, known)
    _renew_evidence(content, entry, before="")
    return content


@dataclass
class Renewed:
    """What a page makes of an entry. `both`: [(label, LIIA's words, the page's)] where LIIA has changed the same as
    the page; there LIIA's words stay. `page`: all that the page says by now, to compare the next page with."""

    content: dict
    page: dict
    both: list


def renewed(content, entry, pieces, known, last):
    """What becomes of the snapshot `content` by these pieces of the page's entry. `last`: what the page said before.

    What the page alone has changed is as on the page, what LIIA alone has changed is left, paragraph by paragraph.
    Figures, voices and documents follow the text: LIIA's decision about one stays while its sentence stands, and what
    the reader finds in new words is added."""
    before, last, page = _text(content), copy.deepcopy(last), copy.deepcopy(last)
    for piece in pieces:
        WRITERS[piece](page, entry, known)
    said = copy.deepcopy(page)
    silent = [row for row in content["parts"]["voices"] if row.get("withdrawn_at")]
    for other in (last, page):
        _keep_silent(other, silent)
    result, labels = merged(last, content, page)
    names = [name for name, label in PART_LABELS.items() if label in labels]
    both = [place for name in names for place in _both(name, last, content, page)]
    if set(TEXTS).intersection(pieces):
        _keep_silent(result, result["parts"]["voices"])
        _renew_evidence(result, entry, before)
    return Renewed(result, said, both)


def _both(name, last, content, page):
    """[(label, LIIA's words, the page's)] of one part of an entry that both have changed."""
    label = PART_LABELS[name]
    if name in TEXTS:
        _, places = merged_text(*(one["fields"][name] for one in (last, content, page)))
        return [(label, words(plain(ours)), words(plain(theirs))) for ours, theirs in places]
    if name in ("title", "team"):
        return [(label, content["fields"][name], page["fields"][name])]
    return [(label, "", "")]


def _field(name, value):
    def write(content, entry, known):
        content["fields"][name] = value(entry, known)

    return write


def _text_field(name):
    return _field(name, lambda entry, known: to_html(getattr(entry, name)))


def _partners(content, entry, known):
    content["links"]["partners"] = list(dict.fromkeys(known.partner_row(name) for name in entry.partners))


def _boroughs(content, entry, known):
    content["links"]["boroughs"] = [known.boroughs[name] for name in entry.boroughs]


def _contacts(content, entry, known):
    people = dict.fromkeys(known.contact_row(contact) for contact in entry.contacts)
    content["parts"]["contact_lines"] = _placed([{"contact_id": key} for key in people])


WRITERS = {
    "title": _field("title", lambda entry, known: entry.title),
    "team": _field("team", lambda entry, known: entry.team),
    "delivery_body": _field("delivery_body_id", lambda entry, known: known.bodies.get(entry.delivery_body)),
    "boroughs": _boroughs,
    "partners": _partners,
    "contacts": _contacts,
    **{name: _text_field(name) for name in TEXTS},
}


def _themed(entry, known):
    themes = {theme.slug: theme.evidence for theme in entry.themes if theme.slug in known.themes}
    return [{"tag_id": known.themes[slug], "evidence": evidence} for slug, evidence in themes.items()]


def _renew_evidence(content, entry, before):
    """`before`: the words of the entry as they were. Rows are known by the words that they quote."""
    after, parts = _text(content), content["parts"]
    found = {
        "metrics": [(metric.quote, _metric(metric)) for metric in entry.metrics if _can_be_stored(metric)],
        "voices": [(voice.quote, _voice(voice)) for voice in entry.voices],
        "supporting_items": [(item.url or item.title, _item(item)) for item in entry.supporting_items],
    }
    for name, rows in found.items():
        kept = [row for row in parts[name] if _still_stands(_quoted(row), before, after)]
        new = [
            row
            for quoted, row in rows
            if words(quoted) not in before
            and _quoted(row) not in map(_quoted, kept)
            and (name == "supporting_items" or words(quoted) in after)  # not what LIIA's words stand in the place of
        ]
        parts[name] = _placed([*kept, *new])


def _quoted(row):
    return words(row.get("quote") or row.get("url") or row["title"])


def _still_stands(quoted, before, after):
    """What LIIA worded itself stands in no text, and stays."""
    return quoted in after or quoted not in before


def _keep_silent(content, voices):
    """Words that somebody wanted taken down stay down in the page's new text too."""
    for row in voices:
        if row.get("withdrawn_at"):
            row["taken_out"] = {**row.get("taken_out", {}), **_taken_out(content["fields"], Voice(quote=row["quote"]))}


def _taken_out(fields, voice):
    taken_out = {}
    for name in ("summary", "body", "supporting"):
        fields[name], pieces = voice.take_out(fields[name])
        if pieces:
            taken_out[name] = pieces
    return taken_out


def _text(content):
    return " ".join(text_words(content["fields"][name]) for name in TEXTS)


def _placed(rows):
    return [{**row, "position": position} for position, row in enumerate(rows, start=1)]


def _can_be_stored(metric):
    """A figure of a million million or more is a slip, and stays in the text alone."""
    return all(value is None or abs(value) < LARGEST_VALUE for value in (metric.value, metric.comparator))


def _metric(metric):
    """A proposal: readers see nothing of it until LIIA confirms it."""
    return {
        "figure": metric.figure[: _longest(OutcomeMetric, "figure")],
        "label": metric.label[: _longest(OutcomeMetric, "label")],
        "quote": metric.quote,
        "value": str(metric.value),
        "unit": metric.unit[: _longest(OutcomeMetric, "unit")],
        "comparator": None if metric.comparator is None else str(metric.comparator),
        "period": metric.period[: _longest(OutcomeMetric, "period")],
        "kind": metric.kind,
        "status": OutcomeMetric.Status.PROPOSED,
    }


def _voice(voice):
    row = {"quote": voice.quote, "speaker": voice.speaker[: _longest(Voice, "speaker")]}
    return {**row, "withdrawn_at": None, "taken_out": {}}


def _item(item):
    title, url = item.title[: _longest(SupportingItem, "title")], item.url
    return {"title": title, "url": url if len(url) <= LONGEST_ADDRESS else ""}


def _longest(model, field):
    return model._meta.get_field(field).max_length
