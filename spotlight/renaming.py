"""Lasting addresses: an address that a record once had leads to the one it has now."""

from itertools import chain, count

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import Http404


class EarlierSlug(models.Model):
    """A slug that a record once had. The model made of it adds the record, with `related_name="former_slugs"`."""

    slug = models.SlugField(max_length=250, unique=True)

    class Meta:
        abstract = True
        verbose_name = "earlier address"
        verbose_name_plural = "earlier addresses"

    def __str__(self):
        return self.slug


class Renamable(models.Model):
    """A record with a `slug`, and with `former_slugs` that are stored for good whenever it is saved under another.

    Loading fixtures counts as saving; a bulk `update()` does not.
    """

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        earlier = self._meta.get_field("former_slugs")
        taken = earlier.related_model.objects.filter(slug=self.slug).exclude(**{earlier.field.name: self.pk})
        if self.slug and (former := taken.select_related(earlier.field.name).first()):
            other = getattr(former, earlier.field.name)
            raise ValidationError({"slug": f"This was once the address of “{other}”, and still leads there."})

    def redirect_addresses(self, target):
        """Saves that the address of this record, which is about to be deleted, and each earlier one lead to another."""
        earlier = self._meta.get_field("former_slugs")
        self.former_slugs.update(**{earlier.field.name: target})
        earlier.related_model.objects.update_or_create(slug=self.slug, defaults={earlier.field.name: target})


def free_slug(model, *wishes):
    """The first of these slugs that no record of the model, a Renamable, has or ever had; failing that the last of them
    with a number after it."""
    earlier = model._meta.get_field("former_slugs").related_model
    numbered = (f"{wishes[-1]}-{n}" for n in count(2))
    return next(slug for slug in chain(wishes, numbered) if not _is_used(slug, model, earlier))


def _is_used(slug, *by):
    return any(model.objects.filter(slug=slug).exists() for model in by)


@receiver(pre_save)
def keep_earlier_slug(sender, instance, using, update_fields=None, **_):
    """A signal, because loading fixtures does not call save()."""
    if not issubclass(sender, Renamable) or instance.pk is None:
        return
    if update_fields is not None and "slug" not in update_fields:
        return
    before = sender._base_manager.using(using).filter(pk=instance.pk).values_list("slug", flat=True).first()
    if before and before != instance.slug:
        earlier = sender._meta.get_field("former_slugs")
        stored = earlier.related_model._base_manager.using(using)
        stored.update_or_create(slug=before, defaults={earlier.field.name: instance})
        stored.filter(slug=instance.slug, **{earlier.field.name: instance}).delete()


def at_address(records, slug):
    """The record that has this slug now, or else the one that once had it; capitals make no difference where no other
    record has just these. Its present slug may differ: redirect. Http404 if there is none."""
    for place in ("slug", "former_slugs__slug", "slug__iexact", "former_slugs__slug__iexact"):
        if record := records.filter(**{place: slug}).first():
            return record
    raise Http404
