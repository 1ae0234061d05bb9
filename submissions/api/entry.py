"""An entry as the API gives it: its row in the table, its whole text, figures and voices, and nobody's address."""

from submissions.exports.entries import ENTRIES
from submissions.exports.formats import plain_row
from submissions.exports.table import clean
from submissions.exports.tables import OUTCOMES
from submissions.withheld import withhold, withhold_from_html, withhold_from_link
from submissions.wording import plain

EXAMPLE = ENTRIES.example() | {
    "text_html": "<h3>What we did</h3><p>Care leavers met employers.</p>",
    "text_plain": "What we did\nCare leavers met employers.",
    "supporting_html": "",
    "supporting_plain": "",
    "outcomes": [OUTCOMES.example()],
    "voices": [{"quote": "“I got my first job here.”", "speaker": "Young person"}],
    "supporting_items": [{"title": "A short film", "url": "https://example.org/film"}],
}


def whole(entry):
    """Everything an entry's page shows but whom to call."""
    return plain_row(ENTRIES.row(ENTRIES.found([entry.pk])[entry.pk])) | {
        **_forms("text", entry.body),
        **_forms("supporting", entry.supporting),
        "outcomes": [OUTCOMES.row(figure) for figure in entry.figures],
        "voices": [{"quote": clean(v.quote), "speaker": clean(v.speaker) or None} for v in entry.heard],
        "supporting_items": [
            {"title": clean(item.title), "url": withhold_from_link(item.url) or None}
            for item in entry.supporting_items.all()
        ],
    }


def _forms(name, markup):
    markup = withhold_from_html(markup)
    return {f"{name}_html": markup, f"{name}_plain": withhold(plain(markup))}
