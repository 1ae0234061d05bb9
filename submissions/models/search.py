"""What search keeps: a row of words per entry, the words that occur, the thesaurus, and searches that found nothing."""

from django.db import models
from django.utils.text import slugify

from submissions.models.submission import Submission


class WordsField(models.TextField):
    """Stems in order, divided by spaces. PostgreSQL stores them as a `tsvector` that keeps each stem's places."""

    def db_type(self, connection):
        return "tsvector" if connection.vendor == "postgresql" else super().db_type(connection)

    def get_db_prep_value(self, value, connection, prepared=False):
        value = super().get_db_prep_value(value, connection, prepared)
        if connection.vendor != "postgresql":
            return value
        return " ".join(f"'{word}':{place}" for place, word in enumerate(value.split(), start=1))


class SearchRow(models.Model):
    """The words of one published entry, in four weights. Written by submissions.search only."""

    submission = models.OneToOneField(Submission, primary_key=True, on_delete=models.CASCADE, related_name="+")
    title = WordsField()
    about = WordsField()  # themes, boroughs with all their names, summary
    details = WordsField()  # people, partners, sub-headings, figures, supporting items
    text = WordsField()

    def __str__(self):
        return self.title


class SearchStem(models.Model):
    """A stem and the number of published entries that have it."""

    stem = models.CharField(max_length=60, primary_key=True)
    entries = models.PositiveIntegerField()

    def __str__(self):
        return self.stem


class SearchWord(models.Model):
    """A word as published entries spell it, for completing and correcting what readers type."""

    word = models.CharField(max_length=60, primary_key=True)
    stem = models.CharField(max_length=60)
    parts = models.CharField(max_length=120, blank=True)  # of a joined word: “co production” of “coproduction”

    def __str__(self):
        return self.word


class SearchStale(models.Model):
    """An entry whose words were changed by plain SQL or a bulk update: the next search writes its row anew."""

    submission = models.BigIntegerField(primary_key=True)  # no foreign key: a trigger fills it, whatever came before

    def __str__(self):
        return f"entry {self.pk}"


class GlossaryQuerySet(models.QuerySet):
    def explained(self):
        """Short forms in capitals, such as PA or CAMHS, with what they stand for: matched by case, as whole words."""
        return self.filter(shown=True, term__regex=r"^[A-Z][A-Za-z&]*[A-Z]s?$").exclude(expansion="")


class GlossaryTerm(models.Model):
    """A term with what it means, and the words to find by, which are not the words to show."""

    term = models.CharField(max_length=120, unique=True, help_text="The term as people know it, such as CLA.")
    slug = models.SlugField(max_length=120, unique=True, editable=False)
    shown_as = models.CharField(
        max_length=120,
        blank=True,
        help_text="The words the glossary prefers, such as “Children in care” for CLA. Empty: the term itself.",
    )
    expansion = models.CharField(max_length=200, blank=True, help_text="What an abbreviation stands for.")
    definition = models.TextField(blank=True, help_text="What it means, in a sentence anyone can follow.")
    synonyms = models.JSONField(
        default=list,
        blank=True,
        help_text="Other words for the same thing. A search for any of them, or for the term, finds all of them.",
    )
    also = models.JSONField(
        default=list,
        blank=True,
        help_text="Words to look for as well when somebody searches for the term, but not the other way round.",
    )
    meanings = models.JSONField(
        default=list,
        blank=True,
        help_text="For a short form that means several things: each of them. Search offers them and never picks one.",
    )
    shown = models.BooleanField(
        default=True, help_text="Untick for words that only help searches: the glossary page then leaves them out."
    )

    objects = GlossaryQuerySet.as_manager()

    class Meta:
        ordering = ["term"]
        constraints = [models.CheckConstraint(condition=~models.Q(term=""), name="glossary_term_has_a_term")]

    def __str__(self):
        return self.label

    def save(self, *args, **kwargs):
        self.slug = self.slug or self._free_slug()
        super().save(*args, **kwargs)

    @property
    def label(self):
        """The words to show."""
        return self.shown_as or self.term

    def _free_slug(self):
        base = slugify(self.term)[:100] or "term"
        taken = set(
            GlossaryTerm.objects.filter(slug__startswith=base).exclude(pk=self.pk).values_list("slug", flat=True)
        )
        return next(slug for n in range(len(taken) + 1) if (slug := f"{base}-{n + 1}" if n else base) not in taken)


class FailedSearchCount(models.Model):
    """How often a search found nothing, until that is often enough to keep its words: of these only a digest."""

    digest = models.CharField(max_length=64, primary_key=True)
    day = models.DateField(help_text="When it was last asked.")
    count = models.PositiveIntegerField()

    def __str__(self):
        return self.digest


class FailedSearch(models.Model):
    """Words that found nothing, how often on one day. Kept once they were asked three times, and for 90 days."""

    text = models.CharField(max_length=100)
    day = models.DateField()
    count = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-day", "-count", "text"]
        verbose_name = "search without result"
        verbose_name_plural = "searches without result"
        constraints = [models.UniqueConstraint(fields=["text", "day"], name="failed_search_once_a_day")]

    def __str__(self):
        return self.text
