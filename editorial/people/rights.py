"""Who may decide what readers see. Whoever may not still writes drafts, and looks at all the rest."""

from django.db.models import CASCADE

from boroughs.models import DeliveryBody
from submissions.models import Doubt, Partner, Submission

PUBLISH = "submissions.publish_submission"
NAMED_IN_CLAIMS = (DeliveryBody, Partner)  # their names are words that an authority signs


def may_publish(user):
    return user.has_perm(PUBLISH)


def may_change(user, record):
    """The one rule of the desk beside the rights of a role: what belongs to an entry follows the entry.

    Without the right to publish, only drafts are changed, their figures, voices, contacts and links, and those partners
    and delivery bodies that only drafts name. It holds for every admin and every part of a form (`spotlight.desk`).
    """
    if may_publish(user):
        return True
    if isinstance(record, NAMED_IN_CLAIMS):
        return not record.submissions.exclude(status=Submission.Status.DRAFT).exists()
    entry = entry_of(record)
    return entry is None or entry.status == Submission.Status.DRAFT


def may_discard(user, entry):
    """A draft that no authority has been asked about is its editors'; one that was sent, an administrator's."""
    if entry.status not in (Submission.Status.DRAFT, Submission.Status.DISCARDED) or entry.published_on:
        return False
    return may_publish(user) or not entry.sign_offs.exists()


def entry_of(record):
    """The entry that a record is or is a part of, else None. A doubt or a correction is about one, and not of it."""
    if isinstance(record, Submission):
        return record
    part_of = [field for field in record._meta.fields if field.many_to_one and field.related_model is Submission]
    is_part = part_of and part_of[0].remote_field.on_delete is CASCADE and not isinstance(record, Doubt)
    return getattr(record, part_of[0].name) if is_part else None


class PublishedByFew:
    """For the desk: actions marked `permissions=["publish"]` need the right to publish."""

    def has_publish_permission(self, request):
        return may_publish(request.user)
