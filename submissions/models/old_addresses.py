"""Addresses of LIIA's former pages, and where what stood there stands now."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import Resolver404, resolve


class OldAddress(models.Model):
    """Answered with 301 where the site has no page of its own. Kept without the last slash, which people forget."""

    path = models.CharField(
        "old address",
        max_length=500,
        unique=True,
        help_text="What stood behind the name of the site, such as “/practice-spotlight/care-leavers”.",
    )
    target = models.CharField(
        "leads to",
        max_length=500,
        help_text="An address of this site, such as “/categories/care-leavers/”.",
    )

    class Meta:
        ordering = ["path"]
        verbose_name = "old address"
        verbose_name_plural = "old addresses"

    def __str__(self):
        return f"{self.path} → {self.target}"

    def clean(self):
        self.path = trimmed(self.path)
        problems = {"path": self._fault_of_path(), "target": self._fault_of_target()}
        if found := {field: fault for field, fault in problems.items() if fault}:
            raise ValidationError(found)

    def _fault_of_path(self):
        if not self.path.startswith("/") or self.path.startswith("//"):
            return "Write the address from its first slash on, without the name of the site."
        if (page := page_at(self.path)) and not page.captured_kwargs:
            return "This site has a page at that address, so nobody would ever be led on from it."
        return ""

    def _fault_of_target(self):
        if not self.target.startswith("/") or self.target.startswith("//"):
            return "Write an address of this site, from its first slash on."
        if not page_at(self.target):
            return "This site has no page at that address. Open the page you mean, and copy its address from there."
        return self._loop()

    def _loop(self):
        """Follows the addresses on from here; says so when they come back."""
        led, here = dict(OldAddress.objects.exclude(pk=self.pk).values_list("path", "target")), trimmed(self.target)
        for _ in range(len(led) + 1):
            if here == self.path:
                return "That address leads back to the old one, so readers would go round for ever."
            here = trimmed(led.get(here, ""))
        return ""


def trimmed(address):
    """An address as it is kept: no name of a place within the page, no slash at the end."""
    return address.strip().partition("#")[0].rstrip("/") or "/"


def page_at(address):
    """What Django finds at an address of this site, with or without the last slash; None if nothing."""
    path = trimmed(address).partition("?")[0]
    for form in (path, path.rstrip("/") + "/"):
        try:
            return resolve(form)
        except Resolver404:
            continue
    return None
