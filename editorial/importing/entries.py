"""One entry of a page: what it says is stored as a draft or a new version, never in what readers see, and reported."""

from django.utils.text import slugify

from editorial.answers import LOADED
from editorial.claims import claims
from editorial.importing.content import ever_said, news, pieces_on_page, renewed, text_words, whole
from editorial.importing.known import printed_otherwise
from editorial.importing.report import EntryReport, Outcome, lines_of
from editorial.people.rights import may_change
from editorial.snapshots import restore, snapshot_of
from editorial.versions import begin_new_version, save_version
from editorial.workflow import record_event, void_if_changed
from pagereader import Doubt, to_html
from spotlight.desk.diff_and_merge import compared
from spotlight.renaming import free_slug
from spotlight.wording import in_a_sentence
from submissions.entry_fields import LABELS, READ, RICH_TEXTS
from submissions.models import Doubt as StoredDoubt
from submissions.models import Submission

WHY = "As read from the category page"
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
        draft = _create_draft(entry, round_=round_, category=category, known=known, by=by)
    else:
        shorter = list(_shorter(entry, match.entry))
        draft = _import_present(match, entry, report, known, by)
        doubts = [*doubts, *shorter] if draft else doubts
    if draft:
        report.draft = draft.pk
        doubts = note_doubts(doubts, category, draft, entry, known)
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


def _import_present(match, entry, report, known, by):
    """Writes what the page says anew of an entry that is here; returns its draft, or None."""
    present, page = match.entry, pieces_on_page(entry, known)
    drafted = Submission.objects.filter(replaces=present).first()
    here = ever_said(present)
    said = here + (ever_said(drafted) if drafted else [])
    fields, unread = news(page, said), news(page, here)
    kept = [field for field in READ if page[field.name] != here[0][field.name] and field not in unread]
    report.key, report.remarks = present.pk, _remarks(entry, kept, known)
    report.outcome, report.said = _outcome(present, drafted, fields, not unread, match.how)
    working = drafted or present
    if report.outcome == Outcome.REVISED and by and not may_change(by, working):
        said = f"“{working}” is no draft ({working.get_status_display().lower()}). Only an administrator changes it."
        report.outcome, report.said = Outcome.LEFT, said
    return _write(present, drafted, entry, fields, report, known, by) if report.changes else None


def _outcome(present, drafted, fields, is_here, how):
    named = f"“{present.title}”, matched {how}"
    if not fields and is_here and present.is_published:
        return Outcome.SAME, f"The page says nothing new. It is {named}."
    if present.is_withdrawn:
        advice = "Nothing is written: take it back to draft first, if the page shall count."
        return Outcome.LEFT, f"{named}, is withdrawn from readers. {advice}"
    if not fields:
        return Outcome.PRESENT, f"A draft at the desk says the same: {named}."
    what = in_a_sentence([field.label.lower() for field in fields])
    if drafted or not present.is_published:
        return Outcome.REVISED, f"The draft at the desk is revised ({what}): {named}."
    return Outcome.VERSION, f"A new version is drafted ({what}) of {named}. Readers go on seeing the published text."


def _write(present, drafted, entry, fields, report, known, by):
    """Writes, and tells the difference with what readers see or, of a draft, with what it said before."""
    before = _said(drafted or present)
    draft, report.both = _revise_draft(present, entry, fields, known, by)
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
    otherwise = [printed_otherwise(contact, known.contact(contact)) for contact in people]
    stays = [KEPT.format(in_a_sentence([field.label.lower() for field in kept]))] if kept else []
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


def _create_draft(entry, *, round_, category, known, by):
    draft = Submission.objects.create(title=entry.title, slug=_slug_of(entry), round=round_)
    restore(whole(entry, round_, category, known), draft)
    save_version(draft, by=by, why=WHY)
    record_event(draft, "Read from the category page", by=by)
    return draft


def _revise_draft(present, entry, fields, known, by):
    """(the draft that carries these fields of the page's entry, what LIIA has changed too, as in `Renewed`).

    The draft is a new version of a published entry, or the draft that is at the desk already. Whoever has signed that
    draft off is asked again, for its text is another."""
    draft = _draft_of(present, by)
    before = claims(draft)
    save_version(draft, why="As found at the desk")
    result = renewed(snapshot_of(draft), entry, fields, known, _last_page(present, draft))
    restore(result.content, draft)
    version = save_version(draft, by=by, why=WHY)
    version.page = result.page
    version.save(update_fields=["page"])
    record_event(draft, "Read from the category page", by=by)
    void_if_changed(draft, before, by=by)
    return draft, result.both


def _last_page(present, draft):
    """What the page said when it was last read in, or when the catalogue was loaded from it; failing that, what the
    entry said first."""
    for entry in (draft, present):
        read = entry.versions.filter(page__isnull=False).first() or entry.versions.filter(why__in=[WHY, LOADED]).first()
        if read:
            return read.page or read.content
    return (present.versions.last() or save_version(present)).content


def note_doubts(doubts, category, draft, entry, known):
    """Keeps the reader's doubts about a draft, or about the introduction (`draft` and `entry` None), and gives those
    that are new: not the ones that the category has about this entry already, settled or not."""
    owners = {draft.pk, draft.replaces_id or draft.pk} if draft else {None}
    here = {
        (doubt.kind, doubt.message)
        for doubt in StoredDoubt.objects.filter(category=category)
        if doubt.submission_id in owners
    }
    new = [doubt for doubt in doubts if (doubt.kind, doubt.message) not in here]
    for doubt in new:
        _note(doubt, category, draft, entry, known)
    return new


def _note(doubt, category, draft, entry, known):
    printed = [contact for contact in (entry.contacts if entry else ()) if contact.line == doubt.line]
    contact = (
        known.find_or_create_contact(printed[0]) if printed and doubt.kind == StoredDoubt.Kind.CONTACT_ADDRESS else None
    )
    StoredDoubt.objects.create(
        kind=doubt.kind,
        message=doubt.message,
        line=doubt.line,
        category=category,
        submission=draft,
        contact_id=contact,
    )


def _draft_of(present, by):
    if not present.is_published:
        return present
    return Submission.objects.filter(replaces=present).first() or begin_new_version(present, by=by)


def _slug_of(entry):
    """The title's words; where another entry has or had that address, the authority's name after them."""
    title = slugify(entry.title)[:200] or "entry"
    return free_slug(Submission, title, *(f"{title}-{slugify(name)}" for name in entry.boroughs[:1]))
