"""Who: London's local authorities, the bodies that deliver services for them, and the people to call."""

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse

from spotlight.renaming import EarlierSlug, Renamable


class DeliveryBody(models.Model):
    """An organisation that runs children's services for councils, such as Achieving for Children. Not a borough."""

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=200, unique=True)
    aliases = models.JSONField(
        default=list, blank=True, help_text="Other forms of the name, such as initials. Search understands all of them."
    )

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "delivery bodies"

    def __str__(self):
        return self.name


class BoroughQuerySet(models.QuerySet):
    def with_entry_counts(self):
        """Each borough with `entries`, the number of its entries that readers may see."""
        published = Borough.submissions.rel.related_model.objects.published()
        entries = models.Count("submissions", filter=models.Q(submissions__in=published))
        return self.annotate(entries=entries).order_by("name")


class Borough(Renamable):
    """One of London's 33 local authorities; the City of London is counted among them, as everyone does."""

    class Ring(models.TextChoices):
        INNER = "Inner", "Inner London"
        OUTER = "Outer", "Outer London"

    name = models.CharField(max_length=100, unique=True)
    official_name = models.CharField(max_length=150)
    slug = models.SlugField(max_length=100, unique=True)
    ons_code = models.CharField("ONS code", max_length=9, unique=True)
    dfe_code = models.CharField("DfE code", max_length=3, unique=True)
    aliases = models.JSONField(
        default=list, blank=True, help_text="Short forms people type or print, such as RBKC. Search understands them."
    )
    email_domains = models.JSONField(default=list, blank=True)
    ring = models.CharField(max_length=5, choices=Ring, help_text="As in the Office for National Statistics' figures.")
    sub_region = models.CharField(max_length=40, db_index=True)
    website = models.CharField(max_length=100)
    tile_row = models.PositiveSmallIntegerField(help_text="Row in the tile map, 1 at the top.")
    tile_column = models.PositiveSmallIntegerField(help_text="Column in the tile map, 1 at the left.")
    delivery_body = models.ForeignKey(
        DeliveryBody, null=True, blank=True, on_delete=models.PROTECT, related_name="boroughs"
    )
    tile_label = models.CharField(max_length=3, unique=True, help_text="Three letters for the tile on a phone.")
    neighbours = models.ManyToManyField("self", blank=True)

    objects = BoroughQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["tile_row", "tile_column"], name="one_borough_per_tile"),
            models.CheckConstraint(condition=models.Q(ring__in=["Inner", "Outer"]), name="borough_ring_is_known"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("borough", args=[self.slug])

    def is_own_address(self, email):
        """Whether an e-mail address is in one of the authority's own domains, or in a part of one."""
        domain = email.rpartition("@")[2].casefold()
        return any(f".{domain}".endswith(f".{own.casefold()}") for own in self.email_domains)


class FormerBoroughSlug(EarlierSlug):
    borough = models.ForeignKey(Borough, on_delete=models.CASCADE, related_name="former_slugs")


class Contact(models.Model):
    """A person to call about an entry. One record per person: change it once and every entry shows it."""

    name = models.CharField(max_length=150)
    role = models.CharField(
        max_length=200,
        blank=True,
        help_text="The job title as it should stand on every entry. Leave it empty if the authority has not given one.",
    )
    email = models.EmailField(
        "e-mail address",
        blank=True,
        help_text="Shown on the entry's own page only, never in a download. Empty means readers see “Not stated”.",
    )
    confirmed_on = models.DateField(
        null=True, blank=True, editable=False, help_text="The day this person last said that all of this is right."
    )
    silent_since = models.DateField(
        null=True, blank=True, editable=False, help_text="The day from which readers are sent to LIIA instead."
    )
    no_checks_since = models.DateField(
        null=True, blank=True, editable=False, help_text="The day this person asked for no more mails about this."
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            # A person typed twice with other capitals is one person.
            models.UniqueConstraint(
                Lower("email"),
                condition=~models.Q(email=""),
                name="one_contact_per_address",
                violation_error_message="There is already a contact with this e-mail address. Use that one instead.",
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="contact_has_a_name"),
        ]

    def __str__(self):
        return f"{self.name}, {self.role}" if self.role else self.name

    def confirm(self, day):
        """The person, or somebody who has spoken to the person, says that name, role and address are right."""
        self.confirmed_on, self.silent_since = day, None
        self.save()

    def address_changed(self):
        """What was found out about an address does not hold for the next one. Saves nothing."""
        self.confirmed_on = self.silent_since = self.no_checks_since = None
