"""What lists show of an entry, stored: the values of its facets, and its card. Drawn when it is renewed, for many
entries at once."""

import hashlib
import re
import time
from functools import cache

from django.conf import settings
from django.db.models import Max
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from submissions.facet_fields import FACETS
from submissions.models import DerivedEntry, Submission

BATCH = 200  # entries at once: enough to share the queries, few enough to keep in memory
STORED = ("serial", "code", "card", "page", "facets")
SOURCES = (".py", ".html", ".css", ".js", ".svg")
# In a card: what a snippet or reasons go in the place of. Whatever an entry says is escaped, so it holds no comment.
_TEXT = re.compile("<!--text-->(.*?)<!--/text-->", re.S)
_TAGS = re.compile("<!--tags-->(.*?)<!--/tags-->", re.S)


def write(pks, progress=None):
    """Store the rows of these entries, all with the next serial; those of what is not published are empty."""
    last = DerivedEntry.objects.aggregate(last=Max("serial"))["last"] or 0
    # Never lower than the clock says: a process that runs on while its database is restored has seen higher ones.
    serial, code = max(last + 1, time.time_ns() // 1_000_000), code_stamp()
    for start in range(0, len(pks), BATCH):
        rows = [DerivedEntry(serial=serial, code=code, **row) for row in _rows(pks[start : start + BATCH])]
        unique = {"update_conflicts": True, "unique_fields": ["submission"], "update_fields": STORED}
        DerivedEntry.objects.bulk_create(rows, **unique)


def _rows(pks):
    """What to store of these entries, as the fields of their rows."""
    entries, values = Submission.objects.published().for_listing().in_bulk(pks), _values(pks)
    for pk in pks:
        if pk in entries:
            yield {"submission": pk, "card": _card(entries[pk]), "facets": _facets(entries[pk], values[pk])}
        else:
            yield {"submission": pk}


def clear():
    """Nothing to delete: every row is written over, and other processes learn of it by its serial."""


def code_stamp():
    """A digest of code, templates, style and settings that pages show: what other code drew is drawn again."""
    return hashlib.sha256(f"{_files()} {settings.SITE_URL} {settings.LIIA_EMAIL}".encode()).hexdigest()[:32]


@cache
def _files():
    digest = hashlib.sha256()
    for folder in ("pagereader", "boroughs", "submissions", "survey", "editorial", "spotlight", "templates"):
        for path in sorted((settings.ROOT / folder).rglob("*")):
            if path.suffix in SOURCES:
                digest.update(path.read_bytes())
    return digest.hexdigest()


def _values(pks):
    """{pk: {facet: its values, sorted}}."""
    found = {pk: {name: [] for name in FACETS} for pk in pks}
    for name, facet in FACETS.items():
        for value, pk in facet.links(pks):
            found[pk][name].append(value)
    return {pk: {name: sorted(values) for name, values in own.items()} for pk, own in found.items()}


def _facets(entry, values):
    """All that a list has to know of an entry: the slugs of its facets, and what it is sorted by."""
    day, changed = entry.published_on.isoformat(), entry.changed_at.isoformat()
    return {**values, "title": entry.title, "published_on": day, "changed_at": changed}


def _card(entry):
    return render_to_string("components/card.html", {"entry": entry})


def cards(keys, *, snippets=None, reasons=None, listed=(), heading="h3"):
    """The cards of these entries as HTML, in this order; of what is not published none. One query.

    `snippets`: {key: what to show in the place of the summary}; `reasons`: {key: sentences in the place of the themes};
    `listed`: the keys of the reader's own list, which links carry on; `heading`: the element of the title."""
    keys = list(keys)
    stored = DerivedEntry.objects.filter(pk__in=keys, code=code_stamp()).exclude(card="")
    found = dict(stored.values_list("pk", "card"))
    if len(found) < len(keys):  # other code drew them: drawn for this reader
        others = Submission.objects.published().for_listing().in_bulk([pk for pk in keys if pk not in found])
        found |= {pk: _card(entry) for pk, entry in others.items()}
    snippets, reasons = snippets or {}, reasons or {}
    return [_shown(found[pk], pk, snippets.get(pk), reasons.get(pk), listed, heading) for pk in keys if pk in found]


def _shown(card, pk, snippet, reasons, listed, heading):
    text = tags = r"\1"
    if snippet:
        text = format_html('<p class="snippet">{} <span class="quiet">(in {})</span></p>', snippet.html, snippet.field)
        text = text.replace("\\", "\\\\")
    if reasons:
        items = format_html_join("", "<li>{}</li>", ((reason,) for reason in reasons))
        tags = f'<ul class="reasons">{items}</ul>'.replace("\\", "\\\\")
    card = _TAGS.sub(tags, _TEXT.sub(text, card))
    if heading != "h3":
        card = card.replace("<h3>", f"<{heading}>").replace("</h3>", f"</{heading}>")
    if listed:
        others = "".join(f"{key}," for key in listed if key != pk)
        card = card.replace('/">', f'/?list={",".join(map(str, listed))}">', 1)  # the link, which comes first
        card = card.replace('name="ids" value="', f'name="ids" value="{others}', 1)
    # Safe: a template drew it, and what was put in is escaped.
    return mark_safe(card)  # noqa: S308
