"""What an entry says, piece by piece, in a form in which the page and every kept version can be compared.

The page has something new to say only where a piece of it stands in no version that LIIA has kept. So LIIA's own edits
(a corrected address, a merged partner, a settled title) are never taken for news of the page, nor undone by it.
"""

from editorial.snapshots import snapshot_of
from pagereader import to_html
from submissions.wording import plain

TEXTS = ("summary", "body", "supporting")
NAMES = {
    "title": "Title",
    "boroughs": "Authorities",
    "delivery_body": "Delivered by",
    "team": "Team",
    "partners": "Partners",
    "summary": "Summary",
    "body": "Main text",
    "supporting": "Supporting information",
    "contacts": "Contacts",
}


def pieces_on_page(entry, known):
    """{piece: what it says} of a reader's entry: words, or keys of stored records (texts for new ones)."""
    return {
        "title": words(entry.title),
        "boroughs": frozenset(known.boroughs[name] for name in entry.boroughs),
        "delivery_body": known.bodies.get(entry.delivery_body),
        "team": words(entry.team),
        "partners": frozenset(known.partner(name) for name in entry.partners),
        "contacts": frozenset(known.contact(contact) for contact in entry.contacts),
        **{name: text_words(to_html(getattr(entry, name))) for name in TEXTS},
    }


def pieces_of(content):
    """The same of a snapshot (see `editorial.snapshots`)."""
    fields, links = content["fields"], content["links"]
    return {
        "title": words(fields["title"]),
        "boroughs": frozenset(links["boroughs"]),
        "delivery_body": fields["delivery_body_id"],
        "team": words(fields["team"]),
        "partners": frozenset(links["partners"]),
        "contacts": frozenset(row["contact_id"] for row in content["parts"]["contact_lines"]),
        **{name: text_words(fields[name]) for name in TEXTS},
    }


def ever_said(entry):
    """[pieces] of an entry as it stands, of every version kept of it, and of every page that one was read from; as it
    stands first."""
    versions = entry.versions.values_list("content", "page")
    return [pieces_of(snapshot_of(entry)), *(pieces_of(said) for version in versions for said in version if said)]


def news(page, said):
    """The names of the pieces of the page that stand in none of `said`."""
    return [name for name in NAMES if all(page[name] != pieces[name] for pieces in said)]


def words(text):
    return " ".join(text.split())


def text_words(markup):
    """Stored HTML as words: formatting, spacing and paragraphs do not count."""
    return words(plain(markup))
