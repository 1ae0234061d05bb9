"""An Atom feed of a list: subscribe to “Housing, from Merton” and hear of each new entry."""

import io
from datetime import datetime, time

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks
from django.utils.timezone import make_aware
from django.utils.xmlutils import SimplerXMLGenerator

from submissions.exports import licence

LIIA = "London Innovation and Improvement Alliance (LIIA)"


class ListFeed(Atom1Feed):
    """A feed that is changed when the last of its entries was, also when it has none."""

    def latest_post_date(self):
        return self.feed["updated"]


def feed(_table, batches, details):
    """The feed as bytes, a part for each batch of rows, so that no list is too long for it."""
    atom = ListFeed(
        details.title,
        details.address,
        None,
        language="en-GB",
        author_name=LIIA,
        subtitle="Examples of practice from London’s local authorities.",
        feed_url=details.file,
        feed_copyright=licence.CREDIT,
        feed_guid=details.file,
        updated=details.updated,
    )
    text = io.StringIO()
    xml = SimplerXMLGenerator(text, "utf-8", short_empty_elements=True)
    xml.startDocument()
    xml.startElement("feed", atom.root_attributes())
    atom.add_root_elements(xml)
    for rows in batches:
        atom.items = []
        for row in rows:
            atom.add_item(**_item(row))
        atom.write_items(xml)
        yield _taken(text)
    xml.endElement("feed")
    yield _taken(text)


def _item(row):
    """An entry of the feed. Its lasting short address is its name, whatever becomes of its title."""
    return {
        "title": row["title"],
        "link": row["url"],
        "description": linebreaks(row["summary"], autoescape=True) if row["summary"] else "No summary stated.",
        "author_name": " and ".join(row["boroughs"]) or LIIA,
        "pubdate": make_aware(datetime.combine(row["published_on"], time())),
        "updateddate": row["changed_at"],
        "unique_id": f"{settings.SITE_URL.rstrip('/')}/s/{row['id']}",
        "categories": row["themes"],
    }


def _taken(text):
    written = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return written
