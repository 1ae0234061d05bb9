"""Evidence at LIIA's desk: figures and people's words.

Figures that were proposed are confirmed, reworded or rejected; readers see what is confirmed. A person's words are
withdrawn at once, everywhere, when somebody asks.
"""

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Case, IntegerField, Q, Value, When
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator

from editorial import asking
from editorial.claims import claims, fingerprint
from editorial.erasing import ERASED
from editorial.people.rights import PublishedByFew
from editorial.snapshots import are_words_of
from editorial.workflow import apply_decided_figures, why_no_new_figure
from spotlight.desk.base import DeskAdmin, DeskForm, choice_filter, count_phrase, desk_link, empty_or_not, state
from spotlight.desk.bulk_acts import bulk_act
from submissions.entry_fields import QUOTED_IN
from submissions.models import OutcomeMetric, Submission, Voice

Status = OutcomeMetric.Status
LOOKS = {Status.PROPOSED: "todo", Status.CONFIRMED: "published", Status.REJECTED: "withdrawn"}
# Those to decide first, then those that readers see.
TURN = Case(
    When(Q(status=Status.PROPOSED) | Q(to_settle=True), then=Value(0)),
    When(status=Status.CONFIRMED, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)
CLAIMED = ["figure", "period", "value", "unit", "comparator"]
BUTTONS = {"_confirm": Status.CONFIRMED, "_reject": Status.REJECTED}


class FigureForm(DeskForm):
    def clean(self):
        cleaned = super().clean()
        if "_confirm" in self.data and (reason := why_no_new_figure(self.instance)):
            self.add_error(None, reason)
        return cleaned


ToSettle = choice_filter(
    "its words",
    "words",
    {
        "missing": ("To settle: no longer in the text", Q(to_settle=True)),
        "there": ("In the text", Q(to_settle=False)),
    },
)


def warn_of_unsettled(desk, request, entry):
    """Says of each figure and voice whose words are not in the entry's text that readers will not see it."""
    for row in entry.unsettled:
        named = f"The sentence of “{row.figure}”" if isinstance(row, OutcomeMetric) else "A quotation"
        said = (
            "{} is no longer in the text: “{}” It is to settle, and shown to no reader: put the words back into the "
            "text, or choose others that are in it."
        )
        desk.message_user(request, format_html(said, named, Truncator(row.quote).chars(200)), messages.WARNING)


def _decision(status, description, *, will, result):
    """The act of a list by which the ticked figures get this status."""

    @bulk_act(
        description,
        permissions=["change"],
        will=will,
        left_out=lambda desk, request, figure: desk.why_not_decided(request, figure, status),
    )
    def decide(desk, request, figures):
        desk.decide(request, figures, status, result)

    return decide


@admin.register(OutcomeMetric)
class OutcomeMetricAdmin(DeskAdmin):
    purpose = (
        "What entries reached, did and cost. Confirm, reword or reject what was proposed; readers see the confirmed."
    )
    # A figure is added on its entry's form, beside its text; a rejected one stays, so that nobody rejects it twice.
    never = ("add", "delete")
    form = FigureForm
    list_display = ["figure", "label", "quote", "entry", "kind", "standing"]
    list_filter = ["status", ToSettle, "kind"]
    list_select_related = ["submission"]
    search_fields = ["figure", "label", "quote", "submission__title"]
    search_help_text = "Search by the figure, its words, its sentence or the entry's title."
    ordering = [TURN, "submission", "position", "pk"]
    readonly_fields = ["quote", "entry", "standing"]
    fieldsets = [
        ("As published", {"fields": ["quote", "entry", "standing"]}),
        ("As readers meet it", {"fields": ["figure", "label", "kind", "period"]}),
        ("As files count it", {"fields": ["value", "unit", "comparator"], "classes": ["collapse"]}),
    ]
    decided_by = {"status": list(BUTTONS)}
    actions = ["confirm_selected", "reject_selected", "propose_selected"]

    def desk_note(self):
        proposed = OutcomeMetric.objects.to_decide().count()
        unsettled = OutcomeMetric.objects.filter(to_settle=True).count()
        counts = ((proposed, "to decide"), (unsettled, "to settle: the sentence is not in the text"))
        said = [f"{number} {what}" for number, what in counts if number]
        return ", ".join(said) or "Nothing to decide", bool(said)

    def save_model(self, request, obj, form, change):
        """Which button was pressed decides; the wording is kept with each of them."""
        before = claims(obj.submission)
        obj.status = next((status for button, status in BUTTONS.items() if button in request.POST), obj.status)
        super().save_model(request, obj, form, change)
        self._settle(request, Submission.objects.get(pk=obj.submission_id), before)

    def _settle(self, request, entry, before):
        entry.settle_evidence()
        warn_of_unsettled(self, request, entry)
        apply_decided_figures(entry, before, by=request.user)
        if entry.consequence:
            self.message_user(request, entry.consequence, messages.WARNING)

    def get_readonly_fields(self, request, obj=None):
        """What the authority signed off about a figure that readers see is changed in the entry, as a new version."""
        signed = obj and obj.status == Status.CONFIRMED and obj.submission.is_published
        return [*self.readonly_fields, *(CLAIMED if signed else [])]

    def said_after(self, request, figure):
        seen = "readers see it" if figure.submission.is_published else "readers see it once its entry is published"
        said = {"_confirm": f"is confirmed: {seen}", "_reject": "is rejected: no reader sees it"}
        return next((f"“{figure}” {words}." for button, words in said.items() if button in request.POST), "")

    def construct_change_message(self, request, form, formsets, add=False):
        pressed = next((f"{status.label}." for button, status in BUTTONS.items() if button in request.POST), None)
        return pressed or super().construct_change_message(request, form, formsets, add)

    confirm_selected = _decision(
        Status.CONFIRMED,
        "Confirm the ticked figures",
        will="Readers of published entries see them from now on.",
        result="confirmed; readers see them from now on",
    )
    reject_selected = _decision(
        Status.REJECTED,
        "Reject the ticked figures",
        will="No reader sees them. They stay in the list, so that nobody has to reject them twice.",
        result="rejected; no reader sees them",
    )
    propose_selected = _decision(
        Status.PROPOSED,
        "Put the ticked figures back to be decided",
        will="No reader sees them until somebody decides.",
        result="waiting to be decided; no reader sees them",
    )

    def why_not_decided(self, request, figure, status):
        """Why the figure would not be given this status from the list; "" if it would."""
        if not self.has_change_permission(request, figure):
            return "Its entry is no draft: only an administrator decides about it."
        if figure.status == status:
            return f"It is “{Status(status).label}” already."
        return why_no_new_figure(figure) or "" if status == Status.CONFIRMED else ""

    @transaction.atomic
    def decide(self, request, figures, status, result):
        figures = list(figures.select_related("submission"))
        before = {figure.submission: claims(figure.submission) for figure in figures}
        for figure in figures:
            figure.status = status
            figure.save(update_fields=["status"])
            self.log_change(request, figure, f"{status.label}, from the list.")
        for entry, text in before.items():
            self._settle(request, Submission.objects.get(pk=entry.pk), text)
        self.message_user(request, f"{count_phrase(len(figures), 'figure', 'figures')}: {result}.", messages.SUCCESS)

    @admin.display(description="entry", ordering="submission__title")
    def entry(self, figure):
        return desk_link(figure.submission)

    @admin.display(description="state", ordering="status")
    def standing(self, figure):
        if figure.to_settle:
            return state("To settle: its sentence is not in the text", "todo wraps")
        words = "To decide" if figure.status == Status.PROPOSED else figure.get_status_display()
        return state(words, LOOKS[figure.status])


@admin.register(Voice)
class VoiceAdmin(PublishedByFew, DeskAdmin):
    purpose = (
        "What people say in the entries. If somebody wants their words taken down, do it here: they go everywhere."
    )
    never = ("add",)  # words are added on their entry's form
    list_display = ["quote", "speaker", "submission", "withdrawn_at", "standing"]
    list_select_related = ["submission"]
    list_filter = [empty_or_not("withdrawn_at", "state", "Readers see them", "Withdrawn"), ToSettle]
    search_fields = ["quote", "speaker", "submission__title"]
    search_help_text = "Search by the words, the speaker or the entry."
    fields = ["submission", "quote", "speaker", "standing", "for_good"]
    readonly_fields = ["submission", "quote", "standing", "for_good"]
    actions = ["withdraw", "restore"]

    def desk_note(self):
        number = Voice.objects.filter(to_settle=True).count()
        return f"{number} to settle: the words are not in the text" if number else "", number > 0

    @admin.display(description="state", ordering="to_settle")
    def standing(self, voice):
        if voice.withdrawn_at:
            return "Withdrawn"
        return state("To settle: not in the text", "todo wraps") if voice.to_settle else "Shown"

    @bulk_act(
        "Withdraw the words from every page, file and search",
        permissions=["publish"],
        will="Readers find these words nowhere from now on. You can put them back.",
        left_out=lambda desk, request, voice: "The words are withdrawn already." if voice.withdrawn_at else "",
    )
    def withdraw(self, request, voices):
        self._change_each(request, voices.filter(withdrawn_at__isnull=True), Voice.withdraw, "withdrawn")

    @bulk_act(
        "Put withdrawn words back",
        permissions=["publish"],
        will="Readers of published entries see these words again, where they stood before.",
        left_out=lambda desk, request, voice: _why_not_back(voice),
    )
    def restore(self, request, voices):
        withdrawn = voices.filter(withdrawn_at__isnull=False).exclude(quote__contains=ERASED)
        self._change_each(request, withdrawn, Voice.restore, "put back")

    @admin.display(description="erase for good")
    def for_good(self, voice):
        """Withdrawn words stay at the desk, to be put back; who wants them erased asks here."""
        if not voice.withdrawn_at or ERASED in voice.quote:
            return "–"
        address = f"{reverse('admin:editorial_erasure_add')}?voice={voice.pk}"
        return format_html('<a href="{}">Erase these words from versions, sign-offs and logs too</a>', address)

    def _change_each(self, request, voices, act, done):
        with transaction.atomic():
            number = sum(1 for voice in voices if self._change_everywhere(request, voice, act, done))
        self.message_user(request, f"{count_phrase(number, 'voice was', 'voices were')} {done}.", messages.SUCCESS)

    def _change_everywhere(self, request, voice, act, done):
        """Does it in the entry and in its new version, if there is one, from whichever: publishing that must not bring
        the words back. What the authority signed off stays signed, since nothing else of the text has changed."""
        for one in [voice, *_find_or_add_elsewhere(voice)]:
            before = fingerprint(claims(one.submission))
            act(one)
            asking.carry_over(Submission.objects.get(pk=one.submission_id), before)
            self.log_change(request, one, f"Words {done}.")
        return True


def _find_or_add_elsewhere(voice):
    """The same words in the entry that this one's is a new version of, and in the new version beside it: the voice
    there, reworded or not. Where the text has them without a voice, one is created, to be withdrawn with this."""
    entry = voice.submission
    for other in Submission.objects.filter(Q(replaces=entry) | Q(pk=entry.replaces_id)):
        found = list(other.voices.filter(are_words_of([voice])))
        if not found and any(voice.place_in(getattr(other, name)) for name in QUOTED_IN):
            words = {"quote": voice.quote, "speaker": voice.speaker, "position": voice.position}
            found = [other.voices.create(key=voice.key, **words)]
        yield from found


def _why_not_back(voice):
    if ERASED in voice.quote:
        return "The words were erased for good."
    return "" if voice.withdrawn_at else "The words are not withdrawn."
