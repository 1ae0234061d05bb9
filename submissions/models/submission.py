"""The entry itself: what an authority submitted, the addresses it has had, and what is doubtful about it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from boroughs.models import Borough, Contact, DeliveryBody
from spotlight.renaming import EarlierSlug, Renamable
from spotlight.wording import in_a_sentence
from submissions.entry_fields import FIELDS, QUOTED_IN
from submissions.models.groups import Category, Partner, Round, Theme
from submissions.querysets import SubmissionQuerySet
from submissions.wording import first_sentence, plain, says


class ThemedSubmission(ItemBase):
    """One theme of one entry, with the words that speak for it."""

    tag = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="themed")
    content_object = models.ForeignKey("Submission", on_delete=models.CASCADE, related_name="themed")
    evidence = models.TextField(blank=True, help_text="The sentence of the entry that speaks for this theme.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="theme_once_per_entry")]


class Submission(Renamable):
    """An example of practice. Its text is the authority's own and stands as published."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        WITH_AUTHORITY = "authority", "With the authority"
        SIGNED_OFF = "signed-off", "Signed off"
        PUBLISHED = "published", "Published"
        WITHDRAWN = "withdrawn", "Withdrawn"
        DISCARDED = "discarded", "Discarded"

    title = models.CharField(max_length=250)
    slug = models.SlugField(
        max_length=250,
        unique=True,
        help_text="The last part of the entry's address. Change it freely: every earlier address keeps working.",
    )
    status = models.CharField(
        max_length=10,
        choices=Status,
        default=Status.DRAFT,
        db_index=True,
        help_text="Readers see published entries only. A draft or a withdrawn entry cannot be reached by anyone.",
    )
    replaces = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.RESTRICT,
        related_name="next_version",
        help_text="The published entry that this draft will stand in for, once it is signed off.",
    )
    categories = models.ManyToManyField(Category, related_name="submissions")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="submissions")
    boroughs = models.ManyToManyField(Borough, related_name="submissions")
    delivery_body = models.ForeignKey(
        DeliveryBody,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="submissions",
        help_text="If another body runs the service for the boroughs, such as Achieving for Children.",
    )
    team = models.CharField(max_length=250, blank=True)
    partners = models.ManyToManyField(Partner, blank=True, related_name="submissions")
    what_it_took = models.TextField(
        blank=True, help_text="Staff, money and time, as far as the authority states them. Plain text."
    )
    contacts = models.ManyToManyField(Contact, through="SubmissionContact", related_name="submissions")
    themes = TaggableManager(through=ThemedSubmission, blank=True)
    summary = models.TextField(blank=True, help_text="What the project is, in a few sentences. May hold a list.")
    body = models.TextField(blank=True, help_text="The submission as the authority wrote it.")
    supporting = models.TextField(blank=True, help_text="What the page prints under “Supporting Information”.")
    published_on = models.DateField(
        null=True, blank=True, help_text="The day readers could first see the entry in this catalogue."
    )
    changed_at = models.DateTimeField(auto_now=True)

    objects = SubmissionQuerySet.as_manager()
    is_whole = False  # see `editorial.snapshots.read_whole`

    class Meta:
        ordering = ["-published_on", "pk"]
        verbose_name = "entry"
        verbose_name_plural = "entries"
        indexes = [models.Index(fields=["status", "-published_on", "id"], name="submission_newest")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    status__in=["draft", "authority", "signed-off", "published", "withdrawn", "discarded"]
                ),
                name="submission_status_is_known",
            ),
            # A new version is written beside the entry it will stand in for, and never shown itself.
            models.CheckConstraint(
                condition=models.Q(replaces__isnull=True) | models.Q(status__in=["draft", "authority", "signed-off"]),
                name="new_version_is_not_shown",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="published") | models.Q(published_on__isnull=False),
                name="published_entry_has_a_date",
                violation_error_message="A published entry needs the day readers could first see it.",
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="submission_has_a_title"),
            models.CheckConstraint(condition=~models.Q(slug=""), name="submission_has_an_address"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("submission", args=[self.slug])

    def get_constraints(self):
        """Not for forms: a field of theirs refuses the same before, and each check would be a query."""
        return []

    @property
    def is_published(self):
        return self.status == self.Status.PUBLISHED

    @property
    def is_withdrawn(self):
        return self.status == self.Status.WITHDRAWN

    def evidence_not_in_text(self):
        """The figures and voices whose words are not in the text, compared without formatting, spacing and paragraphs.
        What somebody wanted taken down, and what LIIA has rejected, is settled."""
        return self._not_in_text(self.metrics.all(), self.voices.all())

    def _not_in_text(self, figures, voices):
        text = " ".join(plain(getattr(self, name)) for name in QUOTED_IN)
        text = " ".join(text.split())
        figures = [figure for figure in figures if figure.status != "rejected"]
        voices = [voice for voice in voices if not voice.withdrawn_at]
        return [row for row in (*figures, *voices) if not says(text, row.quote)]

    def settle_evidence(self):
        """Marks each figure and voice whose words are in the text no longer as to settle, and takes the mark off those
        whose words are there. To be called by whatever writes an entry's text or evidence.

        Words that somebody wanted taken down are taken out of the text again, if an edit has brought them back.
        """
        figures, voices = list(self.metrics.all()), list(self.voices.all())
        for voice in voices:
            if voice.withdrawn_at:
                voice.take_down(self)
        missing = self._not_in_text(figures, voices)
        for row in (*figures, *voices):
            if row.to_settle != (row in missing):
                row.to_settle = not row.to_settle
                row.save(update_fields=["to_settle"])

    @property
    def unsettled(self):
        """The figures and voices that are to settle."""
        return [row for row in (*self.metrics.all(), *self.voices.all()) if row.to_settle]

    @property
    def teaser(self):
        """One plain sentence for cards: the summary's first, or the first of the text where no summary is stated."""
        return first_sentence(self.summary or self.body)

    @property
    def in_short(self):
        """[(label, texts)] of the facts beside its summary; one without texts is not stated."""
        return [(field.label, field.texts(self)) for field in FIELDS if field.in_short]

    @property
    def borough_names(self):
        """“Kingston upon Thames and Richmond upon Thames”: the entry's boroughs as a reader would say them."""
        return in_a_sentence([borough.name for borough in self.boroughs.all()])


class SubmissionContact(models.Model):
    """Whom to call about an entry, in the order the entry names them."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="contact_lines")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="entry_lines")
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "contact"
        constraints = [
            models.UniqueConstraint(fields=["submission", "contact"], name="contact_once_per_entry"),
        ]

    def __str__(self):
        return str(self.contact)


class FormerSlug(EarlierSlug):
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="former_slugs")


class DoubtQuerySet(models.QuerySet):
    def open(self):
        """What nobody at LIIA has settled yet. Nobody has to, about a draft that was discarded."""
        return self.filter(settled_at__isnull=True).exclude(submission__status=Submission.Status.DISCARDED)


class Doubt(models.Model):
    """Something about a published page that a careful reader would question."""

    class Kind(models.TextChoices):
        CONTACT_ADDRESS = "contact-address", "Address does not fit the name"
        PRAISED_WITHOUT_ENTRY = "praised-without-entry", "Praised, but has no entry"
        EMPTY_LABEL = "empty-label", "A heading with nothing under it"
        ANNOUNCED_MISSING = "announced-missing", "Announced, but not on the page"
        UNCLOSED_QUOTE = "unclosed-quote", "A quotation that does not close"
        UNPLACED_LINE = "unplaced-line", "A line that fits nowhere"
        SWALLOWED_ENTRY = "swallowed-entry", "Perhaps part of another entry"
        CUT_OFF = "cut-off", "A text that breaks off"
        LEFT_OUT = "left-out", "Left out or changed on the way in"

    kind = models.CharField(max_length=30, choices=Kind)
    message = models.TextField(help_text="What is doubtful, in a sentence.")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="doubts")
    submission = models.ForeignKey(Submission, null=True, blank=True, on_delete=models.CASCADE, related_name="doubts")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="doubts")
    line = models.PositiveIntegerField(help_text="The line of the published page.")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="settled_doubts"
    )
    note = models.TextField(blank=True, help_text="What was found, and what was done about it.")

    objects = DoubtQuerySet.as_manager()

    class Meta:
        ordering = ["settled_at", "category", "line"]
        constraints = [
            # When and by whom stand or fall together.
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="settled_doubt_names_when_and_who",
            )
        ]

    def __str__(self):
        return self.message

    def settle(self, *, by, note=""):
        """Saves that `by` has looked at it, and what was done; without a note an earlier one stays."""
        self.settled_at, self.settled_by = timezone.now(), by
        self.note = note or self.note
        self.save()

    def reopen(self):
        """Saves that somebody has to look at it again. Its note stays."""
        self.settled_at = self.settled_by = None
        self.save()
