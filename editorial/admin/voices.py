"""People's words at LIIA's desk: withdrawn at once, everywhere, when somebody asks."""

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html

from editorial import asking
from editorial.admin.figures import ToSettle
from editorial.claims import claims, fingerprint
from editorial.erasing import ERASED
from editorial.people.rights import PublishedByFew
from editorial.snapshots import are_words_of
from spotlight.desk.base import DeskAdmin, count_phrase, empty_or_not, state
from spotlight.desk.bulk_acts import bulk_act
from submissions.models import Submission, Voice


@admin.register(Voice)
class VoiceAdmin(PublishedByFew, DeskAdmin):
    purpose = (
        "What people say in the entries. If somebody wants their words taken down, do it here: they go everywhere."
    )
    list_display = ["quote", "speaker", "submission", "withdrawn_at", "standing"]
    list_select_related = ["submission"]
    list_filter = [empty_or_not("withdrawn_at", "state", "Readers see them", "Withdrawn"), ToSettle]
    search_fields = ["quote", "speaker", "submission__title"]
    search_help_text = "Search by the words, the speaker or the entry."
    fields = ["submission", "quote", "speaker", "standing", "for_good"]
    readonly_fields = ["submission", "quote", "standing", "for_good"]
    actions = ["withdraw", "restore"]

    def desk_note(self):
        """(what the desk's first page says, whether it waits for somebody)"""
        number = Voice.objects.filter(to_settle=True).count()
        return f"{number} to settle: the words are not in the text" if number else "", number > 0

    @admin.display(description="state", ordering="to_settle")
    def standing(self, voice):
        if voice.withdrawn_at:
            return "Withdrawn"
        return state("To settle: not in the text", "todo wraps") if voice.to_settle else "Shown"

    def has_add_permission(self, request):
        return False  # words are added on their entry's form

    @bulk_act(
        "Withdraw the words from every page, file and search",
        permissions=["publish"],
        will="Readers find these words nowhere from now on. You can put them back.",
        left_out=lambda desk, request, voice: "The words are withdrawn already." if voice.withdrawn_at else "",
    )
    def withdraw(self, request, voices):
        self._each(request, voices.filter(withdrawn_at__isnull=True), Voice.withdraw, "withdrawn")

    @bulk_act(
        "Put withdrawn words back",
        permissions=["publish"],
        will="Readers of published entries see these words again, where they stood before.",
        left_out=lambda desk, request, voice: _why_not_back(voice),
    )
    def restore(self, request, voices):
        withdrawn = voices.filter(withdrawn_at__isnull=False).exclude(quote__contains=ERASED)
        self._each(request, withdrawn, Voice.restore, "put back")

    @admin.display(description="erase for good")
    def for_good(self, voice):
        """Withdrawn words stay at the desk, to be put back; whoever wants them gone asks here."""
        if not voice.withdrawn_at or ERASED in voice.quote:
            return "–"
        address = f"{reverse('admin:editorial_erasure_add')}?voice={voice.pk}"
        return format_html('<a href="{}">Erase these words from versions, sign-offs and logs too</a>', address)

    def _each(self, request, voices, deed, done):
        with transaction.atomic():
            number = sum(1 for voice in voices if self._everywhere(request, voice, deed, done))
        self.message_user(request, f"{count_phrase(number, 'voice was', 'voices were')} {done}.", messages.SUCCESS)

    def _everywhere(self, request, voice, deed, done):
        """In the entry and in its new version, if one is being written, wherever it was pressed: publishing that must
        not bring the words back. What the authority signed off, holds on: nothing else of the text has changed."""
        for one in [voice, *_in_the_other_versions(voice)]:
            before = fingerprint(claims(one.submission))
            deed(one)
            asking.carry_over(Submission.objects.get(pk=one.submission_id), before)
            self.log_change(request, one, f"Words {done}.")
        return True


def _in_the_other_versions(voice):
    """The same words in the entry that this one's is a new version of, and in the new version beside it: the voice
    there, reworded or not; where the text has them without a voice, one is added, to be taken down with this."""
    entry = voice.submission
    for other in Submission.objects.filter(Q(replaces=entry) | Q(pk=entry.replaces_id)):
        found = list(other.voices.filter(are_words_of([voice])))
        if not found and any(voice.place_in(text) for text in (other.summary, other.body, other.supporting)):
            words = {"quote": voice.quote, "speaker": voice.speaker, "position": voice.position}
            found = [other.voices.create(key=voice.key, **words)]
        yield from found


def _why_not_back(voice):
    if ERASED in voice.quote:
        return "The words were erased for good."
    return "" if voice.withdrawn_at else "The words are not withdrawn."
