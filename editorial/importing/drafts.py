"""Writing what a page has to say: drafts of new entries, new versions of those that readers see. Never their text."""

from django.utils.text import slugify

from editorial.answers import LOADED
from editorial.claims import claims
from editorial.importing import content
from editorial.snapshots import restore, snapshot_of
from editorial.versions import begin_new_version, save_version
from editorial.workflow import record_event, void_if_changed
from submissions.models import Doubt, FormerSlug, Submission

WHY = "As read from the category page"


def create_draft(entry, *, round_, category, known, by):
    draft = Submission.objects.create(title=entry.title, slug=_free_slug(entry), round=round_)
    restore(content.whole(entry, round_, category, known), draft)
    save_version(draft, by=by, why=WHY)
    record_event(draft, "Read from the category page", by=by)
    return draft


def revise_draft(present, entry, fields, known, by):
    """(the draft that carries these fields of the page's entry, what LIIA has changed too, as in `content.Renewed`).

    The draft is a new version of a published entry, or the draft that is at the desk already. Whoever has signed that
    draft off is asked again, for its text is another."""
    draft = _draft_of(present, by)
    before = claims(draft)
    save_version(draft, why="As found at the desk")
    renewed = content.renewed(snapshot_of(draft), entry, fields, known, _last_page(present, draft))
    restore(renewed.content, draft)
    version = save_version(draft, by=by, why=WHY)
    version.page = renewed.page
    version.save(update_fields=["page"])
    record_event(draft, "Read from the category page", by=by)
    void_if_changed(draft, before, by=by)
    return draft, renewed.both


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
        for doubt in Doubt.objects.filter(category=category)
        if doubt.submission_id in owners
    }
    new = [doubt for doubt in doubts if (doubt.kind, doubt.message) not in here]
    for doubt in new:
        _note(doubt, category, draft, entry, known)
    return new


def _note(doubt, category, draft, entry, known):
    printed = [contact for contact in (entry.contacts if entry else ()) if contact.line == doubt.line]
    contact = known.find_or_create_contact(printed[0]) if printed and doubt.kind == Doubt.Kind.CONTACT_ADDRESS else None
    Doubt.objects.create(
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


def _free_slug(entry):
    """The title's words; where another entry has or had that address, the authority's name after them."""
    title = slugify(entry.title)[:200] or "entry"
    of = f"{title}-{slugify(entry.boroughs[0])}" if entry.boroughs else title
    choices = [title, of, *(f"{of}-{n}" for n in range(2, 1000))]
    begun = {"slug__startswith": title}
    taken_already = {
        slug
        for model in (Submission, FormerSlug)
        for slug in model.objects.filter(**begun).values_list("slug", flat=True)
    }
    return next(slug for slug in choices if slug not in taken_already)
