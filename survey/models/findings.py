"""What LIIA concluded from the answers: considerations with their figures, ideas to build on, lines to quote."""

from django.db import models
from django.db.models import F, Q

from boroughs.models import Borough
from submissions.models import Theme
from survey.models.sections import Question, Section


class Consideration(models.Model):
    """A bullet of what LIIA concluded, as printed."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="considerations")
    position = models.PositiveSmallIntegerField(default=1)
    group = models.PositiveSmallIntegerField(
        default=1,
        help_text="Bullets of one group stand in one list. The survey starts a new list where it leaves a gap.",
    )
    text = models.TextField(help_text="The bullet exactly as printed.")

    class Meta:
        ordering = ["section", "position"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="survey_consideration_has_words")]

    def __str__(self):
        return self.text[:80]


class Statistic(models.Model):
    """The figure of a consideration. It stays as published, with a note on what contradicts it."""

    consideration = models.OneToOneField(Consideration, on_delete=models.PROTECT, related_name="statistic")
    figure = models.CharField(max_length=40, help_text="The figure as printed: “71%”, “six”, “Just under half”.")
    percent = models.PositiveSmallIntegerField(null=True, blank=True, help_text="0 to 100, if a percentage is printed.")
    count = models.PositiveSmallIntegerField(null=True, blank=True, help_text="How many authorities, if printed.")
    base = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Out of how many, if printed.")
    note = models.TextField(
        blank=True, help_text="What contradicts the figure, in a sentence. Readers see it beside the published figure."
    )

    class Meta:
        ordering = ["consideration"]
        verbose_name = "figure"
        constraints = [
            models.CheckConstraint(condition=Q(percent__isnull=True) | Q(percent__lte=100), name="survey_percent"),
            models.CheckConstraint(
                condition=Q(base__isnull=True) | Q(count__isnull=False, count__lte=F("base")),
                name="survey_count_is_of_its_base",
                violation_error_message="A base needs a count that is not larger.",
            ),
        ]

    def __str__(self):
        return self.figure

    @property
    def anchor(self):
        return f"figure-{self.consideration_id}"


class GrowthIdea(models.Model):
    """What could be built on, as printed."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="growth_ideas")
    position = models.PositiveSmallIntegerField(default=1)
    text = models.TextField(help_text="The idea exactly as printed.")

    class Meta:
        ordering = ["section", "position"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="survey_idea_has_words")]

    def __str__(self):
        return self.text[:80]


class HeadlineQuerySet(models.QuerySet):
    def by_theme(self):
        """The lines in the survey's order, with all that it takes to link to them, each once for every theme it is tied
        to: `theme`, its key."""
        linked = self.filter(themes__isnull=False).annotate(theme=models.F("themes"))
        linked = linked.select_related("section__survey", "question", "consideration__statistic")
        return linked.order_by("-section__survey__year", "section__position", "position")


class Headline(models.Model):
    """One line of the survey, worded to be quoted where its theme is read: on theme pages and on entries."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="headlines")
    position = models.PositiveSmallIntegerField(default=1)
    sentence = models.CharField(
        max_length=200,
        help_text="“17 authorities have an in-house ETE service”: complete, with no full stop at its end.",
    )
    quote = models.TextField("words of the survey", help_text="The words it rests on, exactly as printed.")
    themes = models.ManyToManyField(
        Theme, blank=True, related_name="survey_headlines", help_text="Entries and pages of these themes show the line."
    )
    question = models.ForeignKey(
        Question,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        help_text="The question whose table it is from, if any.",
    )
    consideration = models.ForeignKey(
        Consideration, null=True, blank=True, on_delete=models.PROTECT, help_text="The bullet it is from, if any."
    )

    objects = HeadlineQuerySet.as_manager()

    class Meta:
        ordering = ["section", "position"]
        constraints = [
            models.CheckConstraint(condition=~Q(sentence="") & ~Q(quote=""), name="survey_headline_has_its_quote"),
        ]

    def __str__(self):
        return self.sentence

    def get_absolute_url(self):
        """Where on the section's page its words are."""
        place = f"#{self.question.slug}" if self.question else "#considerations" if self.consideration else ""
        return f"{self.section.get_absolute_url()}{place}"

    @property
    def is_contradicted(self):
        """Whether the figure it repeats carries a note on a contradiction."""
        statistic = getattr(self.consideration, "statistic", None)
        return bool(statistic and statistic.note)


class NamedBorough(models.Model):
    """An authority that a section names, with the words that name it."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="named")
    borough = models.ForeignKey(Borough, on_delete=models.PROTECT, related_name="+")
    quote = models.TextField("words of the survey", help_text="The words that name the authority, exactly as printed.")

    class Meta:
        ordering = ["section", "pk"]
        verbose_name = "authority named in the section"
        verbose_name_plural = "authorities named in the section"
        constraints = [
            models.UniqueConstraint(fields=["section", "borough"], name="survey_borough_once_per_section"),
            models.CheckConstraint(condition=~Q(quote=""), name="survey_naming_has_its_words"),
        ]

    def __str__(self):
        return f"{self.borough} in {self.section}"
