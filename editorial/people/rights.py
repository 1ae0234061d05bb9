"""Who may decide what readers see. Whoever may not still writes drafts, and looks at all the rest."""

from submissions.models import Submission

PUBLISH = "submissions.publish_submission"


def may_publish(user):
    return user.has_perm(PUBLISH)


class PublishedByFew:
    """For the desk: actions marked `permissions=["publish"]` need the right to publish."""

    def has_publish_permission(self, request):
        return may_publish(request.user)


class ChangedByFew(PublishedByFew):
    """Of what stands on published entries, everything."""

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and may_publish(request.user)


class DraftsByMany(PublishedByFew):
    """Entries: without the right to publish, only a draft can be changed."""

    def has_change_permission(self, request, obj=None):
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or obj.status == Submission.Status.DRAFT or may_publish(request.user))
