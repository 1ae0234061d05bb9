"""Small wordings that many templates need."""

from django import template
from django.utils.html import format_html

from spotlight.wording import ALLIANCE
from submissions.sharing.addresses import liia_address

register = template.Library()


@register.filter
def entries(number):
    """“1 entry”, “5 entries”: how a count of submissions is said everywhere."""
    return f"{number} entry" if number == 1 else f"{number} entries"


@register.filter
def of(mapping, key):
    """The value of a dictionary for a key that is known only in the template; None where there is none."""
    return mapping.get(key)


@register.simple_tag
def alliance():
    return ALLIANCE


@register.simple_tag
def ask_liia():
    """A link to LIIA, where an address of ours is known to be dead."""
    return format_html('<a href="{}">Ask LIIA</a>', liia_address())
