"""An entry of a page as rows: the submission itself, and everything that belongs to it alone."""

from pagereader import to_html
from submissions.fixture_rows.category_rows import CATEGORY, ROUND
from submissions.fixture_rows.people import contact_key
from submissions.fixture_rows.row import numbered_within, row


def submission_row(number, entry, decided, published_on, keys):
    """The entry as a published submission with primary key `number`."""
    return row(
        "submissions.submission",
        number,
        title=entry.title,
        slug=decided["slug"],
        status="published",
        categories=[CATEGORY],
        round=ROUND,
        boroughs=[keys.boroughs[name] for name in entry.boroughs],
        delivery_body=keys.bodies.get(entry.delivery_body),
        team=entry.team,
        partners=list(dict.fromkeys(keys.partners[name] for name in entry.partners)),
        summary=to_html(entry.summary),
        body=to_html(entry.body),
        supporting=to_html(entry.supporting),
        published_on=published_on.isoformat(),
        # loaddata does not call save(), which would set it.
        changed_at=f"{published_on.isoformat()}T00:00:00Z",
    )


def themed_rows(number, decided, keys):
    """The themes decided for the entry, each with the words that speak for it."""
    themes = decided["themes"].items()
    return numbered_within(
        "submissions.themedsubmission",
        number,
        ({"tag": keys.themes[slug], "content_object": number, "evidence": quote} for slug, quote in themes),
    )


def contact_line_rows(number, entry, keys):
    """Whom to call, in the order printed; a person printed twice stands once."""
    people = dict.fromkeys(keys.contacts[contact_key(contact)] for contact in entry.contacts)
    return _placed("submissions.submissioncontact", number, ({"contact": person} for person in people))


def metric_rows(number, entry, decided, decisions):
    """The figures decided on in the order of the decisions, then those the reader only proposes, in page order."""
    chosen = [(decisions.metric_of(entry, one), one) for one in decided.get("metric", [])]
    taken = [metric for metric, _ in chosen]
    proposed = [(metric, {}) for metric in entry.metrics if metric not in taken]
    return _placed("submissions.outcomemetric", number, (_metric(*pair) for pair in chosen + proposed))


def voice_rows(number, entry, decided):
    """Each person's words as published."""
    voices = [voice for voice in entry.voices if voice.quote not in decided.get("not_voices", [])]
    said = ({"quote": voice.quote, "speaker": voice.speaker} for voice in voices)
    return _placed("submissions.voice", number, said)


def supporting_item_rows(number, entry):
    """What the entry points to; the address is empty where the page names a thing without supplying it."""
    items = ({"title": item.title, "url": item.url} for item in entry.supporting_items)
    return _placed("submissions.supportingitem", number, items)


def _placed(model, number, rows_of_fields):
    placed = enumerate(rows_of_fields, start=1)
    return numbered_within(model, number, ({"submission": number, "position": n, **fields} for n, fields in placed))


def _metric(metric, decided):
    return {
        "figure": decided.get("figure", metric.figure),
        "label": decided.get("label", metric.label),
        "quote": metric.quote,
        "value": str(metric.value),
        "unit": metric.unit,
        "comparator": None if metric.comparator is None else str(metric.comparator),
        "period": metric.period,
        "kind": decided.get("kind", metric.kind),
        "status": decided.get("status", "proposed"),
    }
