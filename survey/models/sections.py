"""A survey of one year, its sections (housing, health, relationships …), and their questions with the answers."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from boroughs.models import Borough
from submissions.models import Theme


class Survey(models.Model):
    """What the authorities answered in one year. The text does not say for certain how many did."""

    year = models.PositiveSmallIntegerField(unique=True)
    name = models.CharField(max_length=100, help_text="What readers call it: “The 2024 Care Leaver Survey”.")
    title = models.CharField("title as printed", max_length=150)
    responses_printed = models.CharField(
        max_length=60, help_text="What the survey prints about how many authorities answered, exactly as it stands."
    )
    fewest_responses = models.PositiveSmallIntegerField(
        help_text="The fewest authorities that can have answered, by the survey's own figures."
    )
    most_responses = models.PositiveSmallIntegerField(
        help_text="The most that can have answered. A bar across the whole width of a chart stands for this number."
    )
    responses_note = models.TextField(
        blank=True,
        help_text="Why the number is not certain, in a sentence or two. Readers see it under “Who answered”.",
    )
    contents_note = models.TextField(
        blank=True, help_text="How the sections here differ from the survey's own list of parts, if they do."
    )

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(fewest_responses__gt=0, fewest_responses__lte=F("most_responses")),
                name="survey_responses_in_order",
                violation_error_message="The fewest responses cannot be more than the most, nor be none.",
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("survey", args=[self.year])

    @property
    def who_answered(self):
        """“21 or 22 authorities”, or “21 authorities” where that is certain."""
        fewest, most = self.fewest_responses, self.most_responses
        between = "or" if most - fewest == 1 else "to"
        return f"{most} authorities" if fewest == most else f"{fewest} {between} {most} authorities"


class SectionQuerySet(models.QuerySet):
    def for_overview(self):
        """What the survey's first page shows of each section: its headline, and how many of what it holds.

        Adds `asked` (questions) and `considered` (findings).
        """
        counted = self.annotate(
            asked=models.Count("questions", distinct=True),
            considered=models.Count("considerations", distinct=True),
        )
        return counted.select_related("survey").prefetch_related("themes", "headlines__consideration__statistic")

    def for_preview(self):
        """What a section's preview image says."""
        return self.select_related("survey").prefetch_related("headlines__consideration__statistic")

    def for_detail(self):
        """All that a section's own page shows of the survey, each answer and finding in its place."""
        answers = ("questions__options", "questions__responses")
        findings = ("considerations__statistic", "growth_ideas", "headlines__consideration__statistic")
        return self.select_related("survey").prefetch_related("themes", "named__borough", *answers, *findings)


class Section(models.Model):
    """One part of a survey. Its themes are what leads from a need to the practice that answers it."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="sections")
    position = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=100, help_text="The name of the section as readers see it.")
    heading = models.CharField("heading as printed", max_length=100)
    slug = models.SlugField(
        max_length=100, help_text="The last part of the section's address. Links to the section break when it changes."
    )
    themes = models.ManyToManyField(
        Theme,
        blank=True,
        related_name="survey_sections",
        help_text="Entries on these themes are shown as practice that answers this section, and link back to it.",
    )
    boroughs = models.ManyToManyField(Borough, through="NamedBorough", related_name="survey_sections")
    growth_lead = models.TextField(
        "line above the ideas",
        blank=True,
        help_text="What the survey prints above what could be built on, if anything.",
    )

    objects = SectionQuerySet.as_manager()

    class Meta:
        ordering = ["survey", "position"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "slug"], name="survey_section_once_per_address"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(slug=""), name="survey_section_has_a_title"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("survey_section", args=[self.survey.year, self.slug])

    def neighbours(self):
        """(the section before, the section after), None at either end."""
        sections = list(self.survey.sections.all())
        place = sections.index(self)
        return sections[place - 1] if place else None, next(iter(sections[place + 1 :]), None)

    def says(self, quote):
        """Whether an answer with its number, a response, a consideration or an idea holds these words exactly."""
        questions = self.questions.prefetch_related("options", "responses")
        texts = [f"{option.text}\t{option.count}" for one in questions for option in one.options.all()]
        texts += [response.text for one in questions for response in one.responses.all()]
        texts += [one.text for one in (*self.considerations.all(), *self.growth_ideas.all())]
        return any(quote in words for words in texts)

    @property
    def headline(self):
        """The first line to quote, or None."""
        return next(iter(self.headlines.all()), None)


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
