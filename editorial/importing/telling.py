"""One entry of a page: imported, and what becomes of it reported."""

from editorial.claims import claims
from editorial.importing import drafts
from editorial.importing.known import told_otherwise
from editorial.importing.pieces import NAMES, TEXTS, ever_said, news, pieces_on_page, text_words
from editorial.importing.report import EntryReport, Outcome, lines_of
from editorial.people.rights import may_change
from pagereader import Doubt, to_html
from spotlight.desk.diff_and_merge import compared
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
    for name in TEXTS:
        here, there = (len(words.split()) for words in (text_words(getattr(present, name)), _words(entry, name)))
        if here >= FEW_WORDS and there < here * MUCH_LESS:
            message = (
                f"{NAMES[name]}: the page has {there or 'no'} word{'' if there == 1 else 's'}, and the text here has "
                f"{here}. The page may be cut off: look at it before you publish the new version."
            )
            yield Doubt("cut-off", entry.line, message)


def _words(entry, name):
    return text_words(to_html(getattr(entry, name)))


def _told_of(match, entry, report, known, by):
    """The draft written for an entry that is here, or None."""
    present, page = match.entry, pieces_on_page(entry, known)
    drafted = Submission.objects.filter(replaces=present).first()
    here = ever_said(present)
    said = here + (ever_said(drafted) if drafted else [])
    pieces, unread = news(page, said), news(page, here)
    kept = [piece for piece in NAMES if page[piece] != here[0][piece] and piece not in unread]
    report.key, report.remarks = present.pk, _remarks(entry, kept, known)
    report.outcome, report.said = _outcome(present, drafted, pieces, not unread, match.how)
    written = drafted or present
    if report.outcome == Outcome.REVISED and by and not may_change(by, written):
        said = f"“{written}” is no draft ({written.get_status_display().lower()}). Only an administrator changes it."
        report.outcome, report.said = Outcome.LEFT, said
    return _written(present, drafted, entry, pieces, report, known, by) if report.changes else None


def _outcome(present, drafted, pieces, is_here, how):
    named = f"“{present.title}”, matched {how}"
    if not pieces and is_here and present.is_published:
        return Outcome.SAME, f"The page says nothing new. It is {named}."
    if present.is_withdrawn:
        advice = "Nothing is written: take it back to draft first, if the page shall count."
        return Outcome.LEFT, f"{named}, is withdrawn from readers. {advice}"
    if not pieces:
        return Outcome.PRESENT, f"A draft at the desk says the same: {named}."
    what = _listed([NAMES[piece].lower() for piece in pieces])
    if drafted or not present.is_published:
        return Outcome.REVISED, f"The draft at the desk is revised ({what}): {named}."
    return Outcome.VERSION, f"A new version is drafted ({what}) of {named}. Readers go on seeing the published text."


def _written(present, drafted, entry, pieces, report, known, by):
    """Writes, and tells the difference with what readers see or, of a draft, with what it said before."""
    before = _said(drafted or present)
    draft, report.both = drafts.revise_draft(present, entry, pieces, known, by)
    report.differences = compared(before, _said(Submission.objects.get(pk=draft.pk)))
    return draft


def _said(entry):
    contacts = [_person(line.contact) for line in entry.contact_lines.select_related("contact")]
    return {**claims(entry), **({"Contacts": contacts} if contacts else {})}


def _person(contact):
    """A contact here or on the page, in one line."""
    return f"{', '.join(filter(None, (contact.name, contact.role)))} – {contact.email or 'no address'}"


def _remarks(entry, kept, known):
    """`kept`: pieces that stand here otherwise than the page says, in what it has said before."""
    people = [contact for contact in entry.contacts if _is_known(contact, known)]
    otherwise = [told_otherwise(contact, known.contact(contact)) for contact in people]
    stays = [KEPT.format(_listed([NAMES[piece].lower() for piece in kept]))] if kept else []
    return [*filter(None, otherwise), *stays]


def _is_known(contact, known):
    return not isinstance(known.contact(contact), str)


def _listed(names):
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def fields_of(entry):
    """[(label, texts)] of what the reader found, “Not stated” where there is nothing."""
    found = {
        "Authorities": [*entry.boroughs, *filter(None, [entry.delivery_body])],
        "Contacts": [_person(contact) for contact in entry.contacts],
        "Team": [entry.team] if entry.team else [],
        "Partners": list(entry.partners),
        "Themes proposed": [theme.slug for theme in entry.themes],
        "Figures proposed": [f"{metric.figure}: {metric.label}" for metric in entry.metrics],
        "Voices": [f"{voice.quote} ({voice.speaker or 'speaker not stated'})" for voice in entry.voices],
        "Documents and links": [" ".join(filter(None, (item.title, item.url))) for item in entry.supporting_items],
    }
    return [(label, texts or ["Not stated"]) for label, texts in found.items()]
