"""Where the story of a loaded catalogue begins: its first versions, and the sign-off that its pages state."""

from django.core.management import call_command

from editorial.answers import as_the_page_states
from editorial.versions import save_version
from editorial.workflow import record
from submissions.models import Submission

WHY = "As loaded from the published page"


def begin():
    """Whatever is changed later can be compared with what was loaded, and put back."""
    for entry in Submission.objects.published().prefetch_related("categories", "boroughs"):
        save_version(entry, why=WHY)
        if statement := next((category.sign_off for category in entry.categories.all() if category.sign_off), ""):
            as_the_page_states(entry, statement)
            record(entry, "Signed off before publication, as the published page states", note=statement)
    call_command("populate_history", auto=True, verbosity=0)
