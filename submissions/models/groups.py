"""How entries are grouped, found and explained: category and round, theme, partner; what a category says; the terms."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from taggit.models import TagBase

from boroughs.models import Borough, DeliveryBody
from spotlight.renaming import EarlierSlug, Renamable


class CategoryQuerySet(models.QuerySet):
    def public(self):
        """Those that readers may know of: a category begins with its first published entry. Withdrawing that one later
        takes no address away."""
        entries = Category.submissions.rel.related_model.objects
        ever_seen = entries.published() | entries.withdrawn()
        return self.filter(models.Exists(ever_seen.filter(categories=models.OuterRef("pk"))))


class Category(Renamable):
    """One of LIIA's pages of submissions, such as “Delivering excellence for care leavers”."""

    number = models.PositiveSmallIntegerField(unique=True, help_text="LIIA's own number for the category.")
    title = models.CharField(max_length=200, unique=True)
    name = models.CharField(max_length=60, unique=True, help_text="A short name for filters, such as “Care leavers”.")
    slug = models.SlugField(max_length=100, unique=True)
    scope = models.TextField(blank=True, help_text="One sentence that says what the category covers.")
    sponsor = models.CharField(max_length=200, blank=True)
    panel = models.TextField(blank=True, help_text="Who reviewed the submissions.")
    introduction = models.TextField(blank=True, help_text="LIIA's introduction, as published.")
    sign_off = models.TextField(blank=True, help_text="The page's own statement about approval by the authorities.")

    objects = CategoryQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name_plural = "categories"

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("category", args=[self.slug])

    def mentions_without_entry(self):
        """Boroughs the introduction names but from which readers find no entry here, each once."""
        entries = self.submissions.published()
        mentions = self.mentions.select_related("borough").filter(borough__isnull=False)
        return list({m.borough_id: m for m in mentions.exclude(borough__submissions__in=entries)}.values())


class FormerCategorySlug(EarlierSlug):
    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="former_slugs")


class MentionQuerySet(models.QuerySet):
    def public(self):
        return self.filter(category__in=Category.objects.public())


class BoroughMention(models.Model):
    """A borough or delivery body that a category's introduction names, whether it has an entry there or not."""

    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="mentions")
    borough = models.ForeignKey(Borough, null=True, blank=True, on_delete=models.PROTECT, related_name="mentions")
    delivery_body = models.ForeignKey(DeliveryBody, null=True, blank=True, on_delete=models.PROTECT)
    printed = models.CharField(max_length=100, help_text="The name as the introduction prints it, such as RBKC.")
    sentence = models.TextField(help_text="The sentence that names it.")

    objects = MentionQuerySet.as_manager()

    class Meta:
        ordering = ["category", "pk"]
        verbose_name = "authority named in the introduction"
        verbose_name_plural = "authorities named in the introduction"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(borough__isnull=True) ^ models.Q(delivery_body__isnull=True),
                name="mention_is_of_a_borough_or_a_delivery_body",
            )
        ]

    def __str__(self):
        return f"{self.printed} in the introduction to {self.category}"


class Administrator(models.Model):
    """A LIIA colleague whom a category's page names for questions and corrections."""

    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="administrators")
    name = models.CharField(max_length=150)
    role = models.CharField(max_length=200, blank=True)
    email = models.EmailField("e-mail address")

    class Meta:
        ordering = ["pk"]
        verbose_name = "LIIA administrator"
        constraints = [
            models.UniqueConstraint(fields=["category", "email"], name="administrator_once_per_category"),
        ]

    def __str__(self):
        return self.name


class Round(models.Model):
    """One call for submissions, such as the 2024 round."""

    name = models.CharField(max_length=60, unique=True)
    year = models.PositiveSmallIntegerField(
        unique=True,
        validators=[
            MinValueValidator(2000, "Write the year of the round, from 2000 to 2100."),
            MaxValueValidator(2100, "Write the year of the round, from 2000 to 2100."),
        ],
    )

    class Meta:
        ordering = ["-year"]

    def __str__(self):
        return self.name


class Theme(Renamable, TagBase):
    """What an entry is about, in LIIA's words. An entry may have several."""

    description = models.TextField(help_text="One plain sentence that says what belongs here.")
    order = models.PositiveSmallIntegerField(default=0, help_text="Place in lists, lowest first.")

    class Meta:
        ordering = ["order", "name"]

    def get_absolute_url(self):
        return reverse("theme", args=[self.slug])


class FormerThemeSlug(EarlierSlug):
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="former_slugs")


class Partner(Renamable):
    """An organisation or group that worked on an entry. Spellings of one organisation share one record."""

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=200, unique=True)
    aliases = models.JSONField(
        default=list, blank=True, help_text="Other spellings, such as “Barnados”. They count as this partner."
    )

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class FormerPartnerSlug(EarlierSlug):
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="former_slugs")


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
