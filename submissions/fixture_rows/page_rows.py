"""One published page and the decisions about it, as rows."""

from dataclasses import dataclass

from submissions.fixture_rows import entry_rows
from submissions.fixture_rows.category_rows import CATEGORY, category_rows
from submissions.fixture_rows.decisions import Decisions
from submissions.fixture_rows.people import contact_key, contact_rows, partner_rows
from submissions.fixture_rows.published import entry_texts, published
from submissions.fixture_rows.row import numbered_within

DECISIONS = "care-leavers.toml"


@dataclass(frozen=True)
class Keys:
    """Primary keys by what a page says: boroughs and bodies by name, themes by slug, partners and contacts."""

    boroughs: dict
    bodies: dict
    themes: dict
    partners: dict
    contacts: dict


def page_rows(root, boroughs, themes):
    """Rows of the care-leavers page; `boroughs` and `themes` are the rows that its boroughs and themes point to."""
    decisions = Decisions(root / "editorial" / DECISIONS)
    page, text = published(root / "sources" / decisions["page"], root)
    theme_keys = _keys(themes, "submissions.theme", "slug")
    decisions.check_against(entry_texts(page, text), theme_keys)
    partners, partner_keys = partner_rows(page.entries, decisions)
    contacts, contact_keys = contact_rows(page.entries)
    known = (_keys(boroughs, "boroughs.borough", "name"), _keys(boroughs, "boroughs.deliverybody", "name"))
    keys = Keys(*known, theme_keys, partner_keys, contact_keys)
    top = category_rows(page.category, decisions, keys)
    return [*top, *partners, *contacts, *_entries(page, decisions, keys), *_doubts(page, keys)]


def _keys(rows, model, field):
    return {row["fields"][field]: row["pk"] for row in rows if row["model"] == model}


def _entries(page, decisions, keys):
    """Rows of all entries, model by model, so that each row points to rows before it."""
    entries = [(n, entry, decisions.entries[entry.heading]) for n, entry in enumerate(page.entries, start=1)]
    day = decisions["published_on"]
    kinds = [
        lambda n, entry, decided: [entry_rows.submission_row(n, entry, decided, day, keys)],
        lambda n, entry, decided: entry_rows.themed_rows(n, decided, keys),
        lambda n, entry, decided: entry_rows.contact_line_rows(n, entry, keys),
        lambda n, entry, decided: entry_rows.metric_rows(n, entry, decided, decisions),
        lambda n, entry, decided: entry_rows.voice_rows(n, entry, decided),
        lambda n, entry, decided: entry_rows.supporting_item_rows(n, entry),
    ]
    return [row for rows_of in kinds for one in entries for row in rows_of(*one)]


def _doubts(page, keys):
    """Doubts about the introduction first, then entry by entry."""
    return [
        row
        for entry in (None, *range(len(page.entries)))
        for row in numbered_within(
            "submissions.doubt",
            0 if entry is None else entry + 1,
            (_doubt(doubt, page, keys) for doubt in page.doubts if doubt.entry == entry),
        )
    ]


def _doubt(doubt, page, keys):
    entry = None if doubt.entry is None else page.entries[doubt.entry]
    return {
        "kind": doubt.kind,
        "message": doubt.message,
        "category": CATEGORY,
        "submission": None if entry is None else doubt.entry + 1,
        "contact": _doubted_contact(doubt, entry, keys),
        "line": doubt.line,
        "settled_at": None,
        "settled_by": None,
        "note": "",
    }


def _doubted_contact(doubt, entry, keys):
    if doubt.kind != "contact-address" or entry is None:
        return None
    return next((keys.contacts[contact_key(contact)] for contact in entry.contacts if contact.line == doubt.line), None)
