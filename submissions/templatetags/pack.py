"""Stored text inside a larger document."""

import re

from django import template
from django.utils.safestring import mark_safe

register = template.Library()

_HEADING = re.compile(r"<(/?)h([34])>")


@register.filter
def one_deeper(markup):
    """An entry's sub-headings one level down, below the heading of their part."""
    # Safe: the text was sanitised when it was stored, and only the numbers of headings change.
    return mark_safe(_HEADING.sub(lambda tag: f"<{tag[1]}h{int(tag[2]) + 1}>", markup))  # noqa: S308
