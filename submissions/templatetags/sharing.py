"""What templates need to tell a page to previews and machines, and to offer an entry for sending on."""

import html
from textwrap import shorten
from urllib.parse import quote

from django import template
from django.urls import reverse
from django.utils.safestring import mark_safe

from submissions.list_titles import list_title
from submissions.pack.shortlist import carried
from submissions.sharing import addresses, cards, linked_data
from submissions.sharing.addresses import picture_address
from submissions.sharing.citations import harvard, plain_citation
from submissions.sharing.qr import qr_path
from submissions.withheld import withhold

register = template.Library()
register.filter("short_address", addresses.short_address)
register.simple_tag(list_title)

DESCRIPTION_CHARACTERS = 200


class Capture(template.Node):
    def __init__(self, nodelist, name):
        self.nodelist, self.name = nodelist, name

    def render(self, context):
        # Safe: what a template drew is escaped already.
        context[self.name] = mark_safe(" ".join(self.nodelist.render(context).split()))  # noqa: S308
        return ""


@register.tag
def capture(parser, token):
    """`{% capture name %}…{% endcapture %}`: what stands between, kept as a variable.

    A block can stand once only in a page, and its title is needed in three places.
    """
    _, name = token.split_contents()
    nodelist = parser.parse(["endcapture"])
    parser.delete_first_token()
    return Capture(nodelist, name)


@register.filter
def in_short(text):
    """At most 200 characters of escaped text, whole words only, without anybody's e-mail address."""
    return shorten(withhold(html.unescape(text)), DESCRIPTION_CHARACTERS, placeholder=" …")


@register.filter(is_safe=True)
def withheld(text):
    """A text for machines: without anybody's e-mail address."""
    return withhold(text)


@register.filter
def whole(path):
    """A captured path with the site's name before it."""
    return addresses.absolute(html.unescape(path))


@register.filter
def carry(query, ids):
    """A link within the list (“?theme=housing”, or “.” for none), with the reader's own list in it."""
    if not ids:
        return query
    return f"{query}&list={ids}" if query.strip(".?") else f"?list={ids}"


@register.filter
def how_many(ids):
    """How many numbers stand in “3,7,12”."""
    return ids.count(",") + 1


@register.simple_tag
def picture_of_site():
    return picture_address("site_picture", cards.site_card())


@register.simple_tag
def picture_of_entry(entry):
    return picture_address("entry_picture", cards.entry_card(entry), entry.slug)


@register.simple_tag
def picture_of_borough(borough):
    return picture_address("borough_picture", cards.borough_card(borough), borough.slug)


@register.simple_tag
def picture_of_theme(theme):
    return picture_address("theme_picture", cards.theme_card(theme), theme.slug)


@register.simple_tag
def picture_of_category(category):
    return picture_address("category_picture", cards.category_card(category), category.slug)


@register.simple_tag
def picture_of_list(filterset):
    """The image of the list as it is filtered."""
    query = filterset.query(sort="").lstrip(".?")
    version = f"v={cards.list_card(filterset).digest}"
    return f"{reverse('list_picture')}?{query}&{version}" if query else f"{reverse('list_picture')}?{version}"


@register.simple_tag
def list_description(filterset, page):
    """What the list shows and what it begins with."""
    titles = "; ".join(entry.title for entry in page)
    return f"{list_title(filterset)}, with who did it, what it changed and who to call: {titles or 'nothing yet'}."


@register.simple_tag
def list_address(filterset, number):
    """The one address of a list as it is filtered, however it is sorted."""
    query = filterset.query(sort="", page=number).lstrip(".?")
    return reverse("submissions") + (f"?{query}" if query else "")


@register.simple_tag
def data_of_site():
    return linked_data.as_script(linked_data.website())


@register.simple_tag
def data_of_entry(entry):
    steps = [("All entries", reverse("submissions")), (entry.title, entry.get_absolute_url())]
    return linked_data.as_script(linked_data.article(entry, picture_of_entry(entry)), linked_data.trail(*steps))


@register.simple_tag
def data_of_group(record, description, above="", above_name=""):
    """For the page of a theme, a borough or a category; `above`: the name of the page that lists them."""
    steps = [(above_name, reverse(above))] if above else []
    steps.append((str(record), record.get_absolute_url()))
    return linked_data.as_script(linked_data.collection(record, description), linked_data.trail(*steps))


@register.inclusion_tag("submissions/share.html")
def share_box(entry):
    """The ways to send an entry on, all of which work without script."""
    address = addresses.short_address(entry)
    side, path = qr_path(address)
    subject = f"{entry.title} ({entry.borough_names})"
    body = f"From Practice Spotlight:\n\n{subject}\n{entry.teaser}\n\n{address}\n"
    return {
        "entry": entry,
        "address": address,
        "side": side,
        "path": path,
        "mail": f"mailto:?subject={quote(subject)}&body={quote(body)}",
        "harvard": harvard(entry),
        "plain": plain_citation(entry),
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
