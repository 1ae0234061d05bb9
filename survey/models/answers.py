"""Questions, with a table of answers or with some of the answers in the authorities' own words."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from survey.models.sections import Section


class Question(models.Model):
    """A question as printed. It has options with numbers, or sample responses."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="questions")
    position = models.PositiveSmallIntegerField(default=1)
    slug = models.SlugField(
        max_length=80,
        help_text="The question's place on the page and the name of its files. Links break when it changes.",
    )
    text = models.TextField("question", help_text="The question exactly as printed.")
    introduced_as = models.CharField(
        max_length=40, blank=True, help_text="What is printed before an open question, such as SAMPLE RESPONSES."
    )
    base = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How many authorities answered this question. Empty means “Base not stated”."
    )

    class Meta:
        ordering = ["section", "position"]
        constraints = [
            models.UniqueConstraint(fields=["section", "slug"], name="survey_question_once_per_address"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(slug=""), name="survey_question_has_words"),
        ]

    def __str__(self):
        return self.text

    def get_absolute_url(self):
        return f"{self.section.get_absolute_url()}#{self.slug}"

    def file_address(self, kind):
        """Where its table lies as a file; `kind` is csv or png."""
        return reverse(f"survey_question_{kind}", args=[self.section.survey.year, self.section.slug, self.slug])

    @property
    def is_open(self):
        return bool(self.introduced_as)


class Option(models.Model):
    """One row of a question's table: an answer and how many authorities gave it."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="options")
    position = models.PositiveSmallIntegerField(default=1)
    text = models.TextField("answer", help_text="The answer exactly as printed.")
    count = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How many authorities gave it. Empty means that the survey prints no number."
    )
    parts = models.JSONField(
        default=list,
        blank=True,
        help_text="Where one row glues several answers together: each of them, one per line. Readers see them apart.",
    )
    note = models.TextField(blank=True, help_text="What a reader should know about this row. Shown under the table.")

    class Meta:
        ordering = ["question", "position"]
        verbose_name = "answer"
        constraints = [
            models.UniqueConstraint(fields=["question", "position"], name="survey_option_once_per_place"),
            models.CheckConstraint(condition=~Q(text=""), name="survey_option_has_words"),
        ]

    def __str__(self):
        return self.text[:80]


class SampleResponse(models.Model):
    """What one authority answered to an open question. The survey does not say which."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="responses")
    position = models.PositiveSmallIntegerField(default=1)
    text = models.TextField("response", help_text="The words exactly as printed.")

    class Meta:
        ordering = ["question", "position"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="survey_response_has_words")]

    def __str__(self):
        return self.text[:80]
