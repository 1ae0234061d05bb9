"""What templates need to tell a page to previews and machines, and to offer an entry for sending on."""

import html
import re
from textwrap import shorten
from urllib.parse import quote

from django import template
from django.urls import reverse
from django.utils.safestring import mark_safe

from submissions.list_page import carry
from submissions.sharing import addresses, citations, previews
from submissions.sharing.addresses import carried, picture_address
from submissions.withheld import withhold

register = template.Library()
register.filter("short_address", addresses.short_address)
register.filter(carry)

DESCRIPTION_CHARACTERS = 200
_HEADING = re.compile(r"<(/?)h([34])>")
_TITLE = re.compile('data-title="([^"]*)"')


class Capture(template.Node):
    def __init__(self, nodelist, name):
        self.nodelist, self.name = nodelist, name

    def render(self, context):
        # Safe: what a template drew is escaped already.
        context[self.name] = mark_safe(" ".join(self.nodelist.render(context).split()))  # noqa: S308
        return ""


@register.tag
def capture(parser, token):
    """`{% capture name %}…{% endcapture %}`: what is between, as a variable.

    A block appears once only in a page, and its title is needed in three places.
    """
    _, name = token.split_contents()
    nodelist = parser.parse(["endcapture"])
    parser.delete_first_token()
    return Capture(nodelist, name)


@register.filter
def in_short(text):
    """At most 200 characters of escaped text, whole words only, without anybody's e-mail address."""
    beginning = withhold(html.unescape(text))[: 2 * DESCRIPTION_CHARACTERS]  # to look at more takes time for nothing
    return shorten(beginning, DESCRIPTION_CHARACTERS, placeholder=" …")


@register.filter(is_safe=True)
def withheld(text):
    """A text for machines: without anybody's e-mail address."""
    return withhold(text)


@register.filter
def whole(path):
    """A captured path with the site's name before it."""
    return addresses.absolute(html.unescape(path))


@register.filter
def one_deeper(markup):
    """An entry's sub-headings one level down, below the heading of their part."""
    # Safe: the text was sanitised when it was stored, and only the numbers of headings change.
    return mark_safe(_HEADING.sub(lambda tag: f"<{tag[1]}h{int(tag[2]) + 1}>", markup))  # noqa: S308


@register.filter
def how_many(ids):
    """How many numbers are in “3,7,12”."""
    return ids.count(",") + 1


@register.simple_tag
def picture_of_site():
    return picture_address("site_picture", previews.site_card())


@register.simple_tag
def picture_of_entry(entry):
    return picture_address("entry_picture", previews.entry_card(entry), entry.slug)


@register.simple_tag
def picture_of_group(record):
    """For the page of a theme, a borough or a category."""
    kind = record._meta.model_name
    return picture_address(f"{kind}_picture", previews.CARDS_OF_GROUPS[kind](record), record.slug)


@register.simple_tag
def picture_of_list(filterset, title):
    """The image of the list as it is filtered."""
    query = filterset.query(sort="").lstrip(".?")
    version = f"v={previews.list_card(title).digest}"
    return f"{reverse('list_picture')}?{query}&{version}" if query else f"{reverse('list_picture')}?{version}"


@register.simple_tag
def list_description(title, page):
    """What the list shows and what its page begins with."""
    return f"{title}, with who did it, what it changed and who to call: {titles_on(page) or 'nothing yet'}."


@register.simple_tag
def titles_on(page):
    """The titles of the entries on a page of cards, from the cards: “Kickstart; Mind of my own”."""
    return "; ".join(html.unescape(title) for card in page for title in _TITLE.findall(card))


@register.simple_tag
def list_address(filterset, number):
    """The one address of a list as it is filtered, however it is sorted."""
    query = filterset.query(sort="", page=number).lstrip(".?")
    return reverse("submissions") + (f"?{query}" if query else "")


@register.simple_tag
def data_of_site():
    return citations.as_script(citations.website())


@register.simple_tag
def data_of_entry(entry):
    steps = [("All entries", reverse("submissions")), (entry.title, entry.get_absolute_url())]
    return citations.as_script(citations.article(entry, picture_of_entry(entry)), citations.trail(*steps))


@register.simple_tag
def data_of_group(record, description, above="", above_name=""):
    """For the page of a theme, a borough or a category; `above`: the name of the page that lists them."""
    steps = [(above_name, reverse(above))] if above else []
    steps.append((str(record), record.get_absolute_url()))
    return citations.as_script(citations.collection(record, description), citations.trail(*steps))


@register.inclusion_tag("submissions/share.html")
def share_box(entry):
    """The ways to send an entry on, all of which work without script."""
    address = addresses.short_address(entry)
    side, path = addresses.qr_path(address)
    subject = f"{entry.title} ({entry.borough_names})"
    body = f"From Practice Spotlight:\n\n{subject}\n{entry.teaser}\n\n{address}\n"
    return {
        "entry": entry,
        "address": address,
        "side": side,
        "path": path,
        "mail": f"mailto:?subject={quote(subject)}&body={quote(body)}",
        "citations": [("Harvard", 4, citations.harvard(entry)), ("plain", 3, citations.plain_citation(entry))],
    }


@register.inclusion_tag("components/add.html", takes_context=True)
def add_to_list(context, entry):
    """A button that adds an entry to the list in the address; with script, to the one on the device."""
    ids = carried(getattr(context, "request", None))
    return {"entry": entry, "ids": ",".join(map(str, [*(i for i in ids if i != entry.pk), entry.pk]))}


@register.simple_tag(takes_context=True)
def list_in_address(context):
    """“3,7”: the list that the address carries, or ""."""
    return ",".join(map(str, carried(getattr(context, "request", None))))
