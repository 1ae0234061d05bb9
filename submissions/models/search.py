"""What is derived from the rest: the catalogue's version, the notes of what changed, of each entry what
readers see of it and a row of its words, and the words that occur. And searches that found nothing."""

from django.db import models

from submissions.models.submission import Submission


class CatalogueVersion(models.Model):
    """One row with two stamps. Any change to what readers see changes `stamp`, and a change to the names of boroughs,
    themes, partners, terms and their like also `names`: triggers do it (`submissions.triggers`).

    Stamps are drawn at random and not counted: a number that was rolled back would come again with other content.
    """

    stamp = models.BigIntegerField(default=1)
    names = models.BigIntegerField(default=1)
    serials = models.JSONField(default=list)  # the last fifty of `DerivedEntry`, the newest first

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_catalogue_version")]

    def __str__(self):
        return str(self.stamp)


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
    """The words of one published entry, in four weights. Only `submissions.search` writes it, and removes the row of an
    entry that was deleted: it counts the words in it first."""

    submission = models.OneToOneField(
        Submission, primary_key=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    title = WordsField()
    about = WordsField()  # themes, boroughs with all their names, summary
    details = WordsField()  # people, partners, sub-headings, figures, supporting items
    text = WordsField()
    words = models.TextField(blank=True)  # as the entry spells them, each once: to count them off again

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
    entries = models.PositiveIntegerField()
    stem = models.CharField(max_length=60, db_index=True)
    parts = models.CharField(max_length=120, blank=True)  # of a joined word: “co production” of “coproduction”

    def __str__(self):
        return self.word


class EntryToRenew(models.Model):
    """A note that something changed of what readers see of an entry. Triggers write it, one for each change, so that no
    writer waits for another; `submissions.derived.renew` deletes it."""

    submission = models.BigIntegerField()  # no foreign key: the entry may be deleted

    def __str__(self):
        return f"entry {self.submission}"


class DerivedEntry(models.Model):
    """What readers see of one entry, drawn. Only `submissions.derived` writes it. An entry that is not published (any
    more) has a row without texts, from which other processes learn of that."""

    submission = models.BigIntegerField(primary_key=True)  # no foreign key: the entry may be deleted
    serial = models.BigIntegerField(db_index=True)  # the highest there was and 1, for all that are renewed together
    code = models.CharField(max_length=32, db_index=True)  # a digest of the code that drew it; "": not drawn yet
    facets = models.JSONField(default=dict)  # {facet: its values}, title, published_on, changed_at
    card = models.TextField(blank=True)  # the large columns last: SQLite reads over what stands before one
    page = models.BinaryField(default=b"")  # compressed by zlib

    def __str__(self):
        return f"entry {self.submission}"


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
