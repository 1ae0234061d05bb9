"""What is stored of each entry for lists and for its own page: the values of its facets, its card and its page.

What is drawn bears a digest of the code that drew it. What other code drew is drawn again: for the reader who asks for
it, and by the next command."""

import hashlib
import json
import re
import time
import zlib
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import connection
from django.template.loader import render_to_string
from django.utils.html import conditional_escape as escape
from django.utils.safestring import mark_safe

from submissions.derived.entry_text import EntryText, explained_terms
from submissions.facet_fields import FACETS
from submissions.models import CatalogueVersion, DerivedEntry, Submission

BATCH = 200  # entries at once: enough to share the queries, few enough to keep in memory
SIGNED = ("metrics", "voices")  # all of them, for “Signed off by the authority”
MOST_SERIALS = 50  # a process that was asleep for more renewals than that reads all rows again
SOURCES = (".py", ".html", ".css", ".js", ".svg")
# In a page: what is there only if there are entries to read next. Marks are comments, which no text of an entry holds:
# it is escaped, or was sanitised.
_RELATED = re.compile("<!--related-->.*?<!--/related-->", re.S)


def write(pks):
    """Store what the facets have of these entries, all with the next serial; nothing of what is not published. They are
    to be drawn again."""
    serials = CatalogueVersion.objects.get(pk=1).serials
    # From the clock: what is rolled back, or restored from a backup, must not come again with another content.
    serial = max(serials[0] + 1 if serials else 1, time.time_ns() // 1_000_000)
    stored = {"serial": serial, "code": "", "facets": {}, "card": "", "page": b""}
    for start in range(0, len(pks), BATCH):
        batch = pks[start : start + BATCH]
        facets = _facets(batch)
        rows = [DerivedEntry(submission=pk, **stored | {"facets": facets.get(pk, {})}) for pk in batch]
        unique = {"update_conflicts": True, "unique_fields": ["submission"], "update_fields": [*stored]}
        DerivedEntry.objects.bulk_create(rows, **unique)
    CatalogueVersion.objects.update(serials=[serial, *serials][:MOST_SERIALS])


def _facets(pks):
    """{pk: all that a list has to know of the entry: the slugs of its facets, and what it is sorted by}."""
    sorted_by = ("title", "published_on", "changed_at")
    entries = Submission.objects.published().order_by().filter(pk__in=pks).values_list("pk", *sorted_by)
    found = {
        pk: {name: [] for name in FACETS}
        | {"title": title, "published_on": day.isoformat(), "changed_at": changed.isoformat()}
        for pk, title, day, changed in entries
    }
    for name, facet in FACETS.items():
        for value, pk in sorted(facet.links(found)):
            found[pk][name].append(value)
    return found


def draw(pks):
    """Draw and store those of these entries that this code has not drawn; of what is not published, nothing."""
    code, table = code_stamp(), DerivedEntry._meta.db_table
    pks = not_drawn(among=DerivedEntry.objects.filter(pk__in=pks))
    for start in range(0, len(pks), BATCH):
        batch = pks[start : start + BATCH]
        found = Submission.objects.published().for_detail().prefetch_related(*SIGNED).in_bulk(batch)
        together = Together(batch)
        drawn = ((card_of(found[pk]), page_of(found[pk], together)) if pk in found else ("", "") for pk in batch)
        rows = [(code, card, zlib.compress(page.encode()), pk) for pk, (card, page) in zip(batch, drawn, strict=True)]
        with connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE {table} SET code = %s, card = %s, page = %s WHERE submission = %s",  # noqa: S608 (our own)
                rows,
            )


def not_drawn(among=DerivedEntry.objects):
    """The keys of the rows that this code has not drawn. One query, of an index alone. None before style and scripts
    are collected: a page names the files that they are in."""
    return list(among.exclude(code=code_stamp()).values_list("pk", flat=True)) if _static_files() else []


def code_stamp():
    """A digest of code, templates, the addresses of style and scripts, and settings that pages show."""
    shown = f"{_files()} {_static_files()} {settings.SITE_URL} {settings.LIIA_EMAIL}"
    return hashlib.sha256(shown.encode()).hexdigest()[:32]


@cache
def _static_files():
    """What tells the addresses of style and scripts from those of other releases; "" before they are collected."""
    collected = getattr(staticfiles_storage, "hashed_files", {"all": settings.STATIC_URL})
    return str(sorted(collected.items())) if collected else ""


@cache
def _files():
    digest = hashlib.sha256()
    for folder in ("pagereader", "boroughs", "submissions", "survey", "editorial", "spotlight", "templates"):
        for path in sorted((settings.ROOT / folder).rglob("*")):
            if path.suffix in SOURCES:
                digest.update(path.read_bytes())
    return digest.hexdigest()


class Together:
    """Entries that are drawn together, in a template's context as `together`: what all of them need is read once."""

    def __init__(self, pks):
        self.pks, self._known = pks, {}

    def once(self, name, read, *arguments):
        """What `read(*arguments)` gave when it was first asked for under this name."""
        if name not in self._known:
            self._known[name] = read(*arguments)
        return self._known[name]


def card_of(entry):
    """The card of an entry as it is stored, read with `for_listing()` or `for_detail()`."""
    return render_to_string("components/card.html", {"entry": entry})


def page_of(entry, together=None, request=None):
    """The page of an entry as it is stored, read with `for_detail()`. With a `request`: the same for its reader alone,
    with the list that the address carries."""
    together = together or Together([entry.pk])
    text = EntryText(entry, together.once("terms", explained_terms))
    context = {"entry": entry, "text": text, "related": True, "together": together}
    return render_to_string("submissions/entry.html", context, request)


@dataclass(frozen=True)
class Stored:
    """An entry as it is stored. `values`: {facet: slugs}."""

    pk: int
    page: str
    values: dict


def stored_page(slug):
    """The entry that is published at this address, as stored. None if there is none, if this code has not drawn it, and
    if it was changed since. One query, as plain SQL: to make it of parts takes longer than to answer it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT stored.submission, stored.page, stored.facets FROM submissions_derivedentry stored "
            "JOIN submissions_submission entry ON entry.id = stored.submission "
            "WHERE entry.slug = %s AND entry.status = %s AND stored.code = %s AND NOT EXISTS "
            "(SELECT 1 FROM submissions_entrytorenew note WHERE note.submission = stored.submission)",
            [slug, Submission.Status.PUBLISHED, code_stamp()],
        )
        row = cursor.fetchone()
    return Stored(row[0], zlib.decompress(row[1]).decode(), json.loads(row[2])) if row else None


def drawn_page(entry, request):
    """The same of an entry read with `for_detail()`, drawn for one reader."""
    return Stored(entry.pk, page_of(entry, request=request), _facets([entry.pk])[entry.pk])


def with_related(page, cards):
    """A page with the cards of the entries to read next, if there are any."""
    if not cards:
        return _RELATED.sub("", page)
    items = "\n".join(f"<li>{card}</li>" for card in cards)
    for mark, text in (("<!--related-->", ""), ("<!--/related-->", ""), ("<!--cards-->", items)):
        page = page.replace(mark, text)
    return page


def shown_cards(keys, stored, *, snippets=None, reasons=None, listed=(), heading="h3"):
    """The cards of these entries as HTML, in this order; of what is not published none. `stored`: what `stored_cards`
    has of them; what is missing there is drawn for this reader alone.

    `snippets`: {key: what to show in the place of the summary}; `reasons`: {key: sentences in the place of the themes};
    `listed`: the keys of the reader's own list, which links carry on; `heading`: the element of the title."""
    if missing := [pk for pk in keys if pk not in stored]:
        others = Submission.objects.published().for_listing().in_bulk(missing)
        stored |= {pk: card_of(entry) for pk, entry in others.items()}
    snippets, reasons = snippets or {}, reasons or {}
    return [_shown(stored[pk], pk, snippets.get(pk), reasons.get(pk), listed, heading) for pk in keys if pk in stored]


def stored_cards(keys):
    """{key: card} of those of these entries that this code has drawn since they were changed. One query."""
    if not keys:
        return {}
    places = ", ".join(["%s"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT submission, code, card FROM submissions_derivedentry WHERE submission IN ({places}) "  # noqa: S608
            "AND submission NOT IN (SELECT submission FROM submissions_entrytorenew)",
            keys,
        )
        # The code is compared here: SQLite would look for it in its index, where all rows have the same.
        present = code_stamp()
        return {pk: card for pk, code, card in cursor if code == present and card}


def _shown(card, pk, snippet, reasons, listed, heading):
    text = tags = ""
    if snippet:
        text = f'<p class="snippet">{escape(snippet.html)} <span class="quiet">(in {escape(snippet.field)})</span></p>'
    if reasons:
        tags = f'<ul class="reasons">{"".join(f"<li>{escape(reason)}</li>" for reason in reasons)}</ul>'
    card = _filled(_filled(card, "text", text), "tags", tags)
    if heading != "h3":
        card = card.replace("<h3>", f"<{heading}>").replace("</h3>", f"</{heading}>")
    if listed:
        others = "".join(f"{key}," for key in listed if key != pk)
        card = card.replace('/">', f'/?list={",".join(map(str, listed))}">', 1)  # the link, which comes first
        card = card.replace('name="ids" value="', f'name="ids" value="{others}', 1)
    # Safe: a template drew it, and what was put in is escaped.
    return mark_safe(card)  # noqa: S308


def _filled(card, mark, text):
    """The card without the two marks, and with a text between them, if there is one, in the place of its own."""
    before, _, rest = card.partition(f"<!--{mark}-->")
    own, _, after = rest.partition(f"<!--/{mark}-->")
    return f"{before}{text or own}{after}"
