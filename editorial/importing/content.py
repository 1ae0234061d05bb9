"""What a page says of an entry, field by field, beside what LIIA has stored of it; and the snapshot made of both.

The page has something new to say only where a field of it is in no version that LIIA has stored. So LIIA's own edits
(a corrected address, a merged partner, a settled title) are never taken for news of the page, nor undone by it.
"""

import copy
from dataclasses import dataclass

from editorial.snapshots import merged, snapshot_of, value_of
from pagereader import to_html
from spotlight.desk.diff_and_merge import merged_text
from submissions.entry_fields import FIELDS, QUOTED_IN, READ, Kind
from submissions.models import OutcomeMetric, SupportingItem, Voice
from submissions.wording import plain

LARGEST_VALUE = 10**12  # of a figure; the column has 14 digits, two of them behind the point
LONGEST_ADDRESS = 500  # characters of a link kept by itself; a longer one stands in the text alone


def pieces_on_page(entry, known):
    """{field's name: what it says} of a reader's entry: words, or keys of stored records (texts for new ones)."""
    return {field.name: _piece_on_page(field, entry.stated(field.name), known) for field in READ}


def _piece_on_page(field, printed, known):
    if field.kind is Kind.TEXT:
        return words(printed)
    if field.kind is Kind.RICH:
        return text_words(to_html(printed))
    find = known.find(field.name)
    return find(printed) if field.kind is Kind.RECORD else frozenset(map(find, printed))


def pieces_of(content):
    """The same of a snapshot (see `editorial.snapshots`)."""
    return {field.name: _piece_of(field, value_of(field, content)) for field in READ}


def _piece_of(field, value):
    if field.kind is Kind.TEXT:
        return words(value)
    if field.kind is Kind.RICH:
        return text_words(value)
    if field.kind is Kind.ROWS:
        value = [row[field.same_by] for row in value]
    return value if field.kind is Kind.RECORD else frozenset(value)


def ever_said(entry):
    """[pieces] of an entry as it is, of every version stored of it, and of every page that one was read from; as it is
    first."""
    versions = entry.versions.values_list("content", "page")
    return [pieces_of(snapshot_of(entry)), *(pieces_of(said) for version in versions for said in version if said)]


def news(page, said):
    """The fields of which the page says what is in none of `said`."""
    return [field for field in READ if all(page[field.name] != pieces[field.name] for pieces in said)]


def words(text):
    return " ".join(text.split())


def text_words(markup):
    """Stored HTML as words: formatting, spacing and paragraphs do not count."""
    return words(plain(markup))


def whole(entry, round_, category, known):
    """The snapshot of a new entry."""
    content = {
        "fields": {"round_id": round_.pk},
        "links": {"categories": [category.pk]},
        "parts": {"metrics": [], "voices": [], "supporting_items": [], "themed": _themed(entry, known)},
    }
    for field in READ:
        _write(field, content, entry, known)
    _renew_evidence(content, entry, before="")
    return content


def _write(field, content, entry, known):
    """Puts into a snapshot what the page says of a field; stores the people and organisations that are new here."""
    printed = entry.stated(field.name)
    if field.kind is Kind.TEXT:
        content["fields"][field.stored] = printed
    elif field.kind is Kind.RICH:
        content["fields"][field.stored] = to_html(printed)
    elif field.kind is Kind.RECORD:
        content["fields"][field.stored] = known.find(field.name)(printed)
    else:
        keys = list(dict.fromkeys(map(known.store(field.name), printed)))
        if field.kind is Kind.RECORDS:
            content["links"][field.stored] = keys
        else:
            content["parts"][field.stored] = _placed([{field.same_by: key} for key in keys])


@dataclass
class Renewed:
    """What a page makes of an entry. `both`: [(label, LIIA's words, the page's)] where LIIA has changed the same as
    the page; there LIIA's words stay. `page`: all that the page says by now, to compare the next page with."""

    content: dict
    page: dict
    both: list


def renewed(content, entry, fields, known, last):
    """What becomes of the snapshot `content` by these fields of the page's entry. `last`: what the page said before.

    What the page alone has changed is as on the page, what LIIA alone has changed is left, paragraph by paragraph.
    Figures, voices and documents follow the text: LIIA's decision about one stays while its sentence is there, and what
    the reader finds in new words is added."""
    before, last, page = _text(content), copy.deepcopy(last), copy.deepcopy(last)
    for field in fields:
        _write(field, page, entry, known)
    said = copy.deepcopy(page)
    silent = [row for row in content["parts"]["voices"] if row.get("withdrawn_at")]
    for other in (last, page):
        _keep_silent(other, silent)
    result, labels = merged(last, content, page)
    both = [place for field in FIELDS if field.label in labels for place in _both(field, last, content, page)]
    if any(field.kind is Kind.RICH for field in fields):
        _keep_silent(result, result["parts"]["voices"])
        _renew_evidence(result, entry, before)
    return Renewed(result, said, both)


def _both(field, last, content, page):
    """[(label, LIIA's words, the page's)] of a field that both have changed."""
    if field.kind not in (Kind.TEXT, Kind.RICH):
        return [(field.label, "", "")]
    before, ours, theirs = (value_of(field, one) for one in (last, content, page))
    if field.kind is Kind.TEXT:
        return [(field.label, ours, theirs)]
    _, places = merged_text(before, ours, theirs)
    return [(field.label, words(plain(one)), words(plain(other))) for one, other in places]


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
    fields = content["fields"]
    for row in voices:
        if row.get("withdrawn_at"):
            cut = Voice(quote=row["quote"]).cut_from({name: fields[name] for name in QUOTED_IN})
            fields |= {name: markup for name, (markup, _) in cut.items()}
            row["taken_out"] = {**row.get("taken_out", {}), **{name: pieces for name, (_, pieces) in cut.items()}}


def _text(content):
    return " ".join(text_words(content["fields"][name]) for name in QUOTED_IN)


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
