"""An Atom feed of a list: subscribe to “Housing, from Merton” and hear of each new entry."""

import tempfile
from datetime import datetime, time

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks
from django.utils.timezone import make_aware

from submissions.exports import licence

LIIA = "London Innovation and Improvement Alliance (LIIA)"
PART = 64 * 1024


class ListFeed(Atom1Feed):
    """A feed that is changed when the last of its entries was, also when it has none."""

    def latest_post_date(self):
        return self.feed["updated"]

    def write_items(self, handler):
        """Batch by batch, so that no list is too long for it."""
        for rows in self.feed["batches"]:
            self.items = []
            for row in rows:
                self.add_item(**_item(row))
            super().write_items(handler)


def feed(_table, batches, details):
    """The feed as bytes, a part after the other."""
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
        batches=batches,
    )
    with tempfile.TemporaryFile() as file:
        atom.write(file, "utf-8")
        file.seek(0)
        yield from iter(lambda: file.read(PART), b"")


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
