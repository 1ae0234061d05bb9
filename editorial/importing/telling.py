"""One entry of a page: imported, and what becomes of it reported."""

from editorial.claims import claims
from editorial.importing import drafts
from editorial.importing.content import ever_said, news, pieces_on_page, text_words
from editorial.importing.known import told_otherwise
from editorial.importing.report import EntryReport, Outcome, lines_of
from editorial.people.rights import may_change
from pagereader import Doubt, to_html
from spotlight.desk.diff_and_merge import compared
from spotlight.wording import listed
from submissions.entry_fields import LABELS, READ, RICH_TEXTS
from submissions.models import Submission

MUCH_LESS = 0.6  # of the words that are here
FEW_WORDS = 8  # a text of fewer may well be dropped
KEPT = (
    "LIIA has changed this since the page first said it, and the page does not say it anew: {}. It stays as it is here."
)


def import_entry(entry, match, doubts, *, round_, category, known, by):
    """Creates or revises the draft of this entry, if the page says anything new, and returns its EntryReport.

    `match`: the Match of the stored entry that it is, None for a new one. `known`: a Known. Effects:

    - a new draft, a new version of a published entry, or a changed draft, each with its version and event;
    - contacts and partners that are new here, and the doubts about the entry that the desk did not have yet;
    - a changed draft loses its sign-offs.
    """
    report = EntryReport(
        title=entry.title,
        line=entry.line,
        outcome=Outcome.NEW,
        said="A new draft. Readers see nothing of it before it is signed off and published.",
        fields=fields_of(entry),
    )
    if match is None:
        draft = drafts.create_draft(entry, round_=round_, category=category, known=known, by=by)
    else:
        shorter = list(_shorter(entry, match.entry))
        draft = _told_of(match, entry, report, known, by)
        doubts = [*doubts, *shorter] if draft else doubts
    if draft:
        report.draft = draft.pk
        doubts = drafts.note_doubts(doubts, category, draft, entry, known)
    report.doubts, report.serious = lines_of(doubts).values()
    return report


def _shorter(entry, present):
    """A doubt for each text that is much shorter on the page than here: the page may be cut."""
    for name in RICH_TEXTS:
        texts = (text_words(getattr(present, name)), text_words(to_html(getattr(entry, name))))
        here, there = (len(text.split()) for text in texts)
        if here >= FEW_WORDS and there < here * MUCH_LESS:
            message = (
                f"{LABELS[name]}: the page has {there or 'no'} word{'' if there == 1 else 's'}, and the text here has "
                f"{here}. The page may be cut off: look at it before you publish the new version."
            )
            yield Doubt("cut-off", entry.line, message)


def _told_of(match, entry, report, known, by):
    """The draft written for an entry that is here, or None."""
    present, page = match.entry, pieces_on_page(entry, known)
    drafted = Submission.objects.filter(replaces=present).first()
    here = ever_said(present)
    said = here + (ever_said(drafted) if drafted else [])
    fields, unread = news(page, said), news(page, here)
    kept = [field for field in READ if page[field.name] != here[0][field.name] and field not in unread]
    report.key, report.remarks = present.pk, _remarks(entry, kept, known)
    report.outcome, report.said = _outcome(present, drafted, fields, not unread, match.how)
    written = drafted or present
    if report.outcome == Outcome.REVISED and by and not may_change(by, written):
        said = f"“{written}” is no draft ({written.get_status_display().lower()}). Only an administrator changes it."
        report.outcome, report.said = Outcome.LEFT, said
    return _written(present, drafted, entry, fields, report, known, by) if report.changes else None


def _outcome(present, drafted, fields, is_here, how):
    named = f"“{present.title}”, matched {how}"
    if not fields and is_here and present.is_published:
        return Outcome.SAME, f"The page says nothing new. It is {named}."
    if present.is_withdrawn:
        advice = "Nothing is written: take it back to draft first, if the page shall count."
        return Outcome.LEFT, f"{named}, is withdrawn from readers. {advice}"
    if not fields:
        return Outcome.PRESENT, f"A draft at the desk says the same: {named}."
    what = listed([field.label.lower() for field in fields])
    if drafted or not present.is_published:
        return Outcome.REVISED, f"The draft at the desk is revised ({what}): {named}."
    return Outcome.VERSION, f"A new version is drafted ({what}) of {named}. Readers go on seeing the published text."


def _written(present, drafted, entry, fields, report, known, by):
    """Writes, and tells the difference with what readers see or, of a draft, with what it said before."""
    before = _said(drafted or present)
    draft, report.both = drafts.revise_draft(present, entry, fields, known, by)
    report.differences = compared(before, _said(Submission.objects.get(pk=draft.pk)))
    return draft


def _said(entry):
    contacts = [_person(line.contact) for line in entry.contact_lines.select_related("contact")]
    return {**claims(entry), **({"Contacts": contacts} if contacts else {})}


def _person(contact):
    """A contact here or on the page, in one line."""
    return f"{', '.join(filter(None, (contact.name, contact.role)))} – {contact.email or 'no address'}"


def _remarks(entry, kept, known):
    """`kept`: the fields of which the page says again what it said before, and LIIA has changed since."""
    people = [contact for contact in entry.contacts if _is_known(contact, known)]
    otherwise = [told_otherwise(contact, known.contact(contact)) for contact in people]
    stays = [KEPT.format(listed([field.label.lower() for field in kept]))] if kept else []
    return [*filter(None, otherwise), *stays]


def _is_known(contact, known):
    return not isinstance(known.contact(contact), str)


def fields_of(entry):
    """[(label, texts)] of what the reader found, “Not stated” where there is nothing."""
    found = {
        "Authorities": [*entry.boroughs, *filter(None, [entry.delivery_body])],
        "Contacts": [_person(contact) for contact in entry.contacts],
        **{field.label: _printed(entry.stated(field.name)) for field in READ if field.in_short},
        "Themes proposed": [theme.slug for theme in entry.themes],
        "Figures proposed": [f"{metric.figure}: {metric.label}" for metric in entry.metrics],
        "Voices": [f"{voice.quote} ({voice.speaker or 'speaker not stated'})" for voice in entry.voices],
        "Documents and links": [" ".join(filter(None, (item.title, item.url))) for item in entry.supporting_items],
    }
    return [(label, texts or ["Not stated"]) for label, texts in found.items()]


def _printed(value):
    return list(filter(None, [value] if isinstance(value, str) else value))
