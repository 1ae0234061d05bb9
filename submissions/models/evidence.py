"""What an entry can show: figures, voices, and the documents it points to."""

import re
import uuid
from html import escape
from os.path import commonprefix

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from submissions.entry_fields import QUOTED_IN
from submissions.models.submission import Submission
from submissions.wording import in_any_shape


class EvidenceQuerySet(models.QuerySet):
    def of_published(self):
        """Of the entries that readers see, the newest first. A join, not “in (…)”: the database then goes along the
        index of the newest entries and stops where a page ends."""
        published = self.filter(submission__status=Submission.Status.PUBLISHED)
        return published.order_by("-submission__published_on", "submission_id", "position", "pk")


class MetricQuerySet(EvidenceQuerySet):
    def to_decide(self):
        """What a reader of pages proposed and nobody at LIIA has confirmed or rejected, in entries that count."""
        proposed = self.filter(status=OutcomeMetric.Status.PROPOSED)
        return proposed.exclude(submission__status=Submission.Status.DISCARDED)

    def shown(self):
        """What readers of a published entry see: confirmed, and its sentence is in the text."""
        return self.filter(status=OutcomeMetric.Status.CONFIRMED, to_settle=False)


class Evidence(models.Model):
    """A row of an entry. `key` is the same in every version of the entry, and what its edits are merged by."""

    key = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True

    def get_constraints(self):
        """As `Submission.get_constraints`."""
        return []


class Quoted(Evidence):
    """Words of an entry's text. `to_settle`: they are in it no longer; see `Submission.settle_evidence`."""

    to_settle = models.BooleanField(
        default=False, editable=False, help_text="Its words are no longer in the text, so readers do not see it."
    )

    class Meta:
        abstract = True


class OutcomeMetric(Quoted):
    """A figure with the sentence it stands in. LIIA did not test cause and effect; the sentence is the source."""

    class Kind(models.TextChoices):
        OUTCOME = "outcome", "What it reached"
        ACTIVITY = "activity", "What was done"
        COST = "cost", "What it cost"
        CONTEXT = "context", "Background"

    class Status(models.TextChoices):
        PROPOSED = "proposed", "Proposed by the reader"
        CONFIRMED = "confirmed", "Confirmed"
        REJECTED = "rejected", "Rejected"

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="metrics")
    position = models.PositiveSmallIntegerField(default=1)
    figure = models.CharField(max_length=80, help_text="The figure as a reader says it: “£266 a week, against £805”.")
    label = models.CharField(max_length=200, help_text="What the figure measures, in a few plain words.")
    quote = models.TextField("source sentence", help_text="The sentence the figure stands in, exactly as published.")
    value = models.DecimalField(max_digits=14, decimal_places=2)
    unit = models.CharField(max_length=40, help_text="percent, people, GBP, GBP per week, sessions, packs …")
    comparator = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, blank=True, help_text="The value it is compared with, if any."
    )
    period = models.CharField(max_length=100, blank=True, help_text="The time it covers, as the sentence says it.")
    kind = models.CharField(max_length=10, choices=Kind)
    status = models.CharField(
        max_length=10,
        choices=Status,
        default=Status.PROPOSED,
        help_text="Readers see confirmed figures only.",
    )

    objects = MetricQuerySet.as_manager()

    class Meta:
        ordering = ["submission", "position", "pk"]
        verbose_name = "figure"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["outcome", "activity", "cost", "context"]), name="metric_kind"
            ),
            models.CheckConstraint(condition=Q(status__in=["proposed", "confirmed", "rejected"]), name="metric_status"),
            models.CheckConstraint(condition=~Q(quote=""), name="metric_has_its_sentence"),
        ]

    def __str__(self):
        return f"{self.figure}: {self.label}"

    @property
    def is_confirmed(self):
        """Whether readers of a published entry see it."""
        return self.status == self.Status.CONFIRMED and not self.to_settle


class VoiceQuerySet(EvidenceQuerySet):
    def heard(self):
        """What readers may read: not the words somebody wanted taken down, nor those that the text no longer has."""
        return self.filter(withdrawn_at__isnull=True, to_settle=False)


class Voice(Quoted):
    """A person's words as published. Who speaks is said only as far as the page says it."""

    WITHDRAWN = "[words withdrawn]"
    NEAR = 200  # characters before a place, by which it is known again
    CLOSE = 20  # of these, those that must still be there

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="voices")
    position = models.PositiveSmallIntegerField(default=1)
    quote = models.TextField(help_text="The words exactly as published.")
    speaker = models.CharField(
        max_length=150, blank=True, help_text="As the page says it (“Young person”). Never add a name or an age."
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    taken_out = models.JSONField(
        default=dict, blank=True, editable=False, help_text="What was taken out of the entry, by field, to put back."
    )

    objects = VoiceQuerySet.as_manager()

    class Meta:
        ordering = ["submission", "position", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(quote=""), name="voice_has_words")]

    def __str__(self):
        return self.quote[:80]

    @property
    def is_heard(self):
        """As `VoiceQuerySet.heard`."""
        return self.withdrawn_at is None and not self.to_settle

    def withdraw(self):
        """Take the words out of the entry's own text, and so out of every page, search and file at once."""
        with transaction.atomic():
            entry = Submission.objects.select_for_update().get(pk=self.submission_id)
            self.take_down(entry)
            self.withdrawn_at, self.to_settle = timezone.now(), False
            self.save()
            entry.settle_evidence()

    def take_down(self, entry):
        """Writes the entry's text without these words, wherever they are in it, and what was taken out of where."""
        cut = self.cut_from({name: getattr(entry, name) for name in QUOTED_IN})
        for field, (markup, pieces) in cut.items():
            self.taken_out[field] = [*self._still_out(field, markup), *pieces]
            setattr(entry, field, markup)
            entry.save(update_fields=[field, "changed_at"])
            self.save(update_fields=["taken_out"])

    def cut_from(self, texts):
        """{field: what `take_out` gives} of those texts, {field: markup}, in which the words are."""
        cut = {field: self.take_out(markup) for field, markup in texts.items()}
        return {field: (markup, pieces) for field, (markup, pieces) in cut.items() if pieces}

    def _still_out(self, field, markup):
        """What was taken out of a text earlier and has its mark there still, after the words that it followed."""
        earlier = self.taken_out.get(field, [])
        earlier = [["", earlier]] if isinstance(earlier, str) else earlier
        return [piece for piece in earlier if piece[0][-self.CLOSE :] + self.WITHDRAWN in markup]

    def restore(self):
        """Put the words back where they stood."""
        with transaction.atomic():
            entry = Submission.objects.select_for_update().get(pk=self.submission_id)
            for field, pieces in self.taken_out.items():
                setattr(entry, field, self._put_back(getattr(entry, field), pieces))
            entry.save()
            self.withdrawn_at, self.taken_out = None, {}
            self.save()
            entry.settle_evidence()

    def take_out(self, markup):
        """The markup with a mark at every place where the words are, and [text before, words] of each, to put back."""
        pieces, end = [], 0
        while place := self.place_in(markup, end):
            start = place.start()
            pieces.append([markup[max(0, start - self.NEAR) : start], place[0]])
            markup = markup[:start] + self.WITHDRAWN + markup[place.end() :]
            end = start + len(self.WITHDRAWN)
        return markup, pieces

    def _put_back(self, markup, pieces):
        """The words instead of the marks that follow the text they followed: other voices leave the same mark."""
        if isinstance(pieces, str):
            pieces = [["", pieces]]  # taken out before every place was
        for before, words in reversed(pieces):
            marks = [match.start() for match in re.finditer(re.escape(self.WITHDRAWN), markup)]
            if marks:
                at = max(marks, key=lambda mark: _shared_end(before, markup[:mark]))
                markup = markup[:at] + words + markup[at + len(self.WITHDRAWN) :]
        return markup

    def place_in(self, markup, start=0):
        """Where the words are in stored HTML or in a plain text (a match, or None), also when they run over several
        paragraphs.

        The mark of withdrawn words is nobody's words, not even of somebody who said the same.
        """
        words = (f"(?:{in_any_shape(escape(word, quote=False))}|{in_any_shape(word)})" for word in self.quote.split())
        for place in re.compile(r"(?:\s|<[^>]+>)+".join(words)).finditer(markup, start):
            if markup[max(0, place.start() - 1) : place.end() + 1] != self.WITHDRAWN:
                return place
        return None


def _shared_end(one, other):
    """How many letters two texts end with alike."""
    return len(commonprefix([one[::-1], other[::-1]]))  # noqa: RUF071  (letters are meant)


class SupportingItem(Evidence):
    """A document, film or page that an entry points to; without an address it is named, but was not supplied."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="supporting_items")
    position = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=300)
    url = models.URLField("address", max_length=500, blank=True)

    class Meta:
        ordering = ["submission", "position", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="supporting_item_has_a_title")]

    def __str__(self):
        return self.title
