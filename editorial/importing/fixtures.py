"""The catalogue's fixture files: each category page is read in as at the desk, into an empty database in memory, then
decided about as LIIA did, and put into rows. The site's own database is not touched."""

from collections import Counter, defaultdict
from contextlib import contextmanager
from datetime import UTC, datetime, time
from decimal import Decimal

from django.apps import apps
from django.core.serializers import deserialize
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.utils.text import slugify

from boroughs.models import Contact
from editorial.importing.category import NewCategory, likely_category, proposed
from editorial.importing.fixture_tables import (
    BuildError,
    Decisions,
    borough_rows,
    bytes_of,
    shown,
    term_rows,
    theme_rows,
)
from editorial.importing.known import Known
from editorial.importing.reading import page_in, run_import, source_of_file
from editorial.importing.report import Outcome
from pagereader import NotAPage
from pagereader.text.lines import lines_of
from submissions.entry_fields import Kind, of_kind
from submissions.models import (
    Administrator,
    BoroughMention,
    Category,
    Doubt,
    OutcomeMetric,
    Partner,
    Round,
    Submission,
    Theme,
    ThemedSubmission,
    Voice,
)

# In the order of a file. Rows of these are numbered 1, 2, 3 … through all pages; all others within an entry, so that a
# change in one entry moves no other's keys: 901, 902 … for entry 9.
NUMBERED_THROUGH = (Round, Category, Administrator, BoroughMention, Submission)
DECIDED_OF_FIGURE = ("figure", "label", "kind", "status")
PARTS = tuple(Submission._meta.get_field(field.rows) for field in of_kind(Kind.ROWS))  # as relations
ROWS_OF_PARTS = tuple(part.related_model for part in PARTS)
ORDER = (Round, Category, Administrator, BoroughMention, Partner, Contact, Submission, *ROWS_OF_PARTS, Doubt)


def build(root, say):
    """{file name: rows} of every built file; `root` is the fixtures folder. BuildError says what is wrong, and
    `say(sentence)` what was left out."""
    built = {"boroughs.json": borough_rows(root), "themes.json": theme_rows(root)}
    with _empty_database(), transaction.atomic():
        for record in deserialize("python", [row for rows in built.values() for row in rows]):
            record.save()
        pages, keys = _pages(root), defaultdict(dict)
        for _, decisions in pages:
            _store_partners(decisions)
        built["glossary.json"] = term_rows(root)
        for path, decisions in pages:
            if not decisions and not _is_page(path):
                say(f"{shown(path)} is no category page, and was left out.")
                continue
            try:
                name = _import(path, decisions, keys)
            except NotAPage as error:
                where = f", line {error.line}" if error.line else ""
                raise BuildError(f"{shown(path)}{where}: {error}") from error
            done = {(row["model"], row["pk"]) for rows in built.values() for row in rows}
            built[f"{name}.json"] = [row for row in _rows(keys) if (row["model"], row["pk"]) not in done]
    _refuse_doubles(built)
    return built


@contextmanager
def _empty_database():
    """In this thread, the default database is one in memory with all tables and no rows."""
    site = connections[DEFAULT_DB_ALIAS]
    settings = {**site.settings_dict, "ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:", "OPTIONS": {}}
    memory = connections[DEFAULT_DB_ALIAS] = DatabaseWrapper(settings, DEFAULT_DB_ALIAS)
    try:
        with memory.schema_editor() as editor:
            for model in apps.get_models():
                if model._meta.managed and not model._meta.proxy:
                    editor.create_model(model)
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = site
        if memory.connection:
            memory.connection.close()


def _pages(root):
    """[(path, Decisions or None)] of every text in `sources`: those decided about by their day, then the others, so
    that a new page moves no other's keys."""
    files = [Decisions(path) for path in sorted((root / "editorial").glob("*.toml"))]
    decided = {root / "sources" / one["page"]: one for one in files if "page" in one.data}
    by_day = sorted(decided.items(), key=lambda pair: (pair[1]["published_on"], pair[0]))
    return by_day + [(path, None) for path in sorted((root / "sources").glob("*.txt")) if path not in decided]


def _store_partners(decisions):
    """The organisations that have several spellings, so that the import knows each of them."""
    for name, others in decisions.data.get("partners", {}).items() if decisions else ():
        partner, _ = Partner.objects.get_or_create(name=name, defaults={"slug": slugify(name)})
        partner.aliases = list(dict.fromkeys([*partner.aliases, *others]))
        partner.save()


def _is_page(path):
    try:
        return bool(page_in(source_of_file(bytes_of(path))))
    except NotAPage:
        return False


def _import(path, decisions, keys):
    """Reads one page in, decides about its entries, and numbers its rows in `keys`. Returns the name of its file: its
    category's slug, with the year after it where another page has that category too."""
    source = source_of_file(bytes_of(path))
    page = page_in(source)
    if decisions:
        decisions.check_against(_entry_texts(page, source.text), set(Theme.objects.values_list("slug", flat=True)))
    round_, category = _create_round_and_category(path, page, decisions)
    report = run_import(page, seal=None, category=category, round_=round_)
    if known := next((entry for entry in report.entries if entry.outcome != Outcome.NEW), None):
        raise BuildError(f"{shown(path)}: “{known.title}” is on another page too. Read this page in at the desk.")
    drafts = [Submission.objects.get(pk=entry.draft) for entry in report.entries]
    for entry, draft in zip(page.entries, drafts, strict=True):
        if decisions:
            _decide(decisions.entries[entry.heading], decisions, draft)
        else:
            _stamp(draft, datetime(round_.year, 1, 1, tzinfo=UTC))
    _number(page, drafts, keys)
    category = Category.objects.get(title=report.category)
    if decisions:
        category.slug = decisions["category"]["slug"]
        category.save(update_fields=["slug"])
    is_first = drafts == list(category.submissions.order_by("pk"))
    return category.slug if is_first else f"{category.slug}-{round_.year}"


def _entry_texts(page, text):
    """{heading: all that the page prints from it to the next heading, wrapped lines joined by one space}."""
    starts = [entry.line for entry in page.entries]
    ends = [*starts[1:], float("inf")]
    lines = lines_of(text)
    return {
        entry.heading: " ".join(line.text for line in lines if start <= line.number < end)
        for entry, start, end in zip(page.entries, starts, ends, strict=True)
    }


def _create_round_and_category(path, page, decisions):
    """As decided; else the newest round, and the category that the page is likely about."""
    if decisions:
        given = decisions["category"]
        round_, _ = Round.objects.get_or_create(year=decisions["round"]["year"], defaults=decisions["round"])
        here = Category.objects.filter(number=given["number"]).first()
        return round_, here or NewCategory(given["number"], given["title"], given["name"])
    if not (round_ := Round.objects.first()):
        raise BuildError(f"{shown(path)}: there is no round that it could be of. Decide about it in editorial/ first.")
    return round_, likely_category(page).category or proposed(page)


def _decide(decided, decisions, draft):
    """Writes what LIIA decided about an entry: its address and day, its themes, figures and voices."""
    day = datetime.combine(decisions["published_on"], time(), UTC)
    draft.themed.all().delete()
    ThemedSubmission.objects.bulk_create(
        ThemedSubmission(content_object=draft, tag=Theme.objects.get(slug=slug), evidence=quote)
        for slug, quote in decided["themes"].items()
    )
    metrics = list(draft.metrics.all())
    chosen = [(decisions.metric_of(metrics, one), one) for one in decided.get("metric", [])]
    for metric, one in chosen:
        for name in DECIDED_OF_FIGURE:
            setattr(metric, name, one.get(name, getattr(metric, name)))
    first = [metric for metric, _ in chosen]
    _place(OutcomeMetric, [*first, *(metric for metric in metrics if metric not in first)], *DECIDED_OF_FIGURE)
    draft.voices.filter(quote__in=decided.get("not_voices", [])).delete()
    _place(Voice, list(draft.voices.all()))
    _stamp(draft, day, slug=decided["slug"], status=Submission.Status.PUBLISHED, published_on=day.date())


def _place(model, rows, *fields):
    """Saves the rows in this order, and these fields of them."""
    for position, row in enumerate(rows, start=1):
        row.position = position
    model.objects.bulk_update(rows, ["position", *fields])


def _stamp(draft, moment, **fields):
    """Not by `save`, which would set the moment of the change."""
    Submission.objects.filter(pk=draft.pk).update(changed_at=moment, **fields)


def _number(page, drafts, keys):
    """Gives each new row its key in the files; a shared row is numbered in the entry that names it first."""
    for model in NUMBERED_THROUGH:
        keys[model] = {pk: pk for pk in model.objects.values_list("pk", flat=True)}
    known = Known()
    _number_within(keys, Doubt, 0, _keys_of(Doubt.objects.filter(submission=None)))
    for entry, draft in zip(page.entries, drafts, strict=True):
        _number_within(keys, Partner, draft.pk, [known.partner(name) for name in entry.partners])
        _number_within(keys, Contact, draft.pk, [known.contact(contact) for contact in entry.contacts])
        for part in PARTS:
            rows = getattr(draft, part.get_accessor_name()).all()
            in_order = sorted(rows, key=lambda row: (getattr(row, "position", 0), row.pk))
            _number_within(keys, part.related_model, draft.pk, [row.pk for row in in_order])
        _number_within(keys, Doubt, draft.pk, _keys_of(draft.doubts))


def _keys_of(records):
    return records.order_by("pk").values_list("pk", flat=True)


def _number_within(keys, model, parent, pks):
    """101, 102 … for parent 1, after those that it has."""
    start = 1 + sum(key // 100 == parent for key in keys[model].values())
    new = [pk for pk in dict.fromkeys(pks) if pk not in keys[model]]
    keys[model] |= {pk: parent * 100 + n for n, pk in enumerate(new, start=start)}


def _rows(keys):
    """A row of each numbered record, in the order of a file."""
    return [_row(model.objects.get(pk=pk), keys) for model in ORDER for pk in sorted(keys[model], key=keys[model].get)]


def _row(record, keys):
    """With the fields that a person can see; what the catalogue works out itself it works out when it is loaded."""
    options = record._meta
    columns = [field for field in options.concrete_fields if field.editable or field.name == "changed_at"]
    values = {field.name: _value(field, record, keys) for field in columns if not field.primary_key}
    for field in options.local_many_to_many:
        if field.remote_field.through._meta.auto_created:
            linked = getattr(record, field.name).values_list("pk", flat=True)
            values[field.name] = sorted(keys[field.related_model].get(pk, pk) for pk in linked)
    return {"model": options.label_lower, "pk": keys[type(record)][record.pk], "fields": values}


def _value(field, record, keys):
    value = getattr(record, field.attname)
    if field.is_relation:
        return keys[field.related_model].get(value, value)
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def _refuse_doubles(built):
    (key, times), *_ = Counter((row["model"], row["pk"]) for rows in built.values() for row in rows).most_common(1)
    if times > 1:
        raise BuildError(f"The files would hold {key[0]} {key[1]} {times} times; give one of them another number.")
