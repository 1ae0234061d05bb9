"""Small wordings that many templates need."""

from functools import lru_cache

from django import template
from django.template import defaulttags
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from boroughs.maps import draw_map
from spotlight.wording import ALLIANCE, entries
from submissions.sharing.addresses import liia_address

register = template.Library()
register.filter(entries)
register.simple_tag(draw_map)


MAIN_PAGES = {
    "submissions": "All entries",
    "themes": "Themes",
    "boroughs": "Boroughs",
    "outcomes": "Outcomes",
    "voices": "Voices",
    "surveys": "Survey",
    "about": "About",
}


@register.simple_tag
@lru_cache(maxsize=100)
def main_links(path):
    """The links at the head of every page. That to the page itself says so, and the survey's also on its sections."""

    def current(address):
        if address == _main_pages()["surveys"] and path and path.startswith(address):
            return mark_safe(' aria-current="true"')
        return mark_safe(' aria-current="page"') if address == path else ""

    links = ((address, current(address), MAIN_PAGES[name]) for name, address in _main_pages().items())
    return format_html_join("\n", '<li><a href="{}"{}>{}</a></li>', links)


@lru_cache(maxsize=1)
def _main_pages():
    return {name: reverse(name) for name in MAIN_PAGES}


class DrawnOnce(template.Node):
    def __init__(self, nodelist):
        self.nodelist, self.text = nodelist, None

    def render(self, context):
        if self.text is None:
            self.text = self.nodelist.render(context)
        return self.text


@register.tag
def drawn_once(parser, _token):
    """`{% drawn_once %}…{% enddrawn_once %}`: what is the same on every page for everybody, such as the footer. Each
    process draws it once: to find a page's address takes as long as to find an entry by its key."""
    nodelist = parser.parse(["enddrawn_once"])
    parser.delete_first_token()
    return DrawnOnce(nodelist)


@register.tag
def url(parser, token):
    """Django's own tag; the address of a page without arguments is worked out once in each process."""
    node = defaulttags.url(parser, token)
    lasting = isinstance(node.view_name.var, str) and not (node.args or node.kwargs or node.asvar)
    return DrawnOnce(template.NodeList([node])) if lasting else node


@register.simple_tag
def alliance():
    return ALLIANCE


@register.simple_tag
def ask_liia():
    """A link to LIIA, where an address of ours is known to be dead."""
    return format_html('<a href="{}">Ask LIIA</a>', liia_address())
