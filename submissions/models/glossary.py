"""Terms with what they mean: the glossary that readers see, and the thesaurus that search asks."""

from django.db import models
from django.utils.text import slugify


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
        used = set(
            GlossaryTerm.objects.filter(slug__startswith=base).exclude(pk=self.pk).values_list("slug", flat=True)
        )
        return next(slug for n in range(len(used) + 1) if (slug := f"{base}-{n + 1}" if n else base) not in used)
