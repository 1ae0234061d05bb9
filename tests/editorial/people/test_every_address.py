"""Every address of the desk is posted to by somebody who may not change what readers see: nothing of it changes."""

import hashlib

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.urls import URLPattern, URLResolver, reverse

from boroughs.models import Contact, DeliveryBody
from editorial.models import Signatory
from editorial.people.rights import may_change
from editorial.versions import begin_new_version, save_version
from editorial.workflow import STEPS
from submissions.derived import renew
from submissions.models import Submission
from tests.admin.conftest import carry_out, fields_of

NOT_CONTENT = ("django_session", "shared_cache", "sqlite_", "submissions_search", "django_admin_log")
PARTS = ("metrics", "voices", "contact_lines", "supporting_items", "themed", "sign_offs", "plans")
BUTTONS = ["_remind", "_revoke", "_unplan", "_record", "_plan", "_correction_made"]
TYPED = {"title": "X", "name": "X", "quote": "X", "figure": "X", "label": "X", "speaker": "X", "text": "X", "slug": "x"}


@pytest.fixture
def locked(make_entry, administrator):
    """Entries that readers see, or an authority has: with every part an entry can have."""
    entries = []
    for status in ("published", "authority", "withdrawn"):
        entry = make_entry(
            status=status,
            title=f"An entry {status}",
            partners=["Settle"],
            figures=["confirmed", "proposed"],
            voices=["“It helped.”"],
            contact="a.person@merton.gov.uk",
            themes=["housing"],
            body="<p>“It helped.” 75% felt safe.</p>",
            delivery_body=DeliveryBody.objects.first(),
            signed_off=True,
        )
        entry.supporting_items.create(title="A report", url="https://example.org/report")
        save_version(entry)
        Submission.objects.filter(pk=entry.pk).update(body="<p>“It helped.” 75% felt safe. More.</p>")
        save_version(Submission.objects.get(pk=entry.pk))
        entries.append(Submission.objects.get(pk=entry.pk))
    begun = begin_new_version(entries[0], by=administrator)
    Submission.objects.filter(pk=begun.pk).update(status="authority")
    Contact.objects.create(name="Coming", email="coming@merton.gov.uk")
    Signatory.objects.create(borough=entries[0].boroughs.get(), role="dcs", name="D", email="d@merton.gov.uk")
    renew()  # else the first request does
    return [*entries, Submission.objects.get(pk=begun.pk)]


def content_of(entries):
    """All that stands in these entries, and the names of those whom they name."""
    rows = []
    for entry in Submission.objects.filter(pk__in=[entry.pk for entry in entries]).order_by("pk"):
        rows.append(Submission.objects.filter(pk=entry.pk).values().get())
        rows += [list(getattr(entry, name).order_by("pk").values()) for name in PARTS]
        links = (entry.partners, entry.boroughs, entry.categories)
        rows += [sorted(record.name for record in link.all()) for link in links]
        rows += [entry.delivery_body and entry.delivery_body.name]
    rows += [list(Signatory.objects.order_by("pk").values())]
    return rows


def everything():
    names = [name for name in sorted(connection.introspection.table_names()) if not name.startswith(NOT_CONTENT)]
    with connection.cursor() as cursor:
        return {name: digest(cursor, name) for name in names}


def digest(cursor, table):
    cursor.execute(f'SELECT * FROM "{table}"')
    return hashlib.sha256("".join(sorted(map(repr, cursor.fetchall()))).encode()).hexdigest()


def patterns(found, prefix=""):
    for one in found:
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns, prefix)
        elif isinstance(one, URLPattern) and one.name:
            yield one


def addresses(entries):
    """Every address of the desk that a name and the key of a record make, for records of these entries."""
    records = {record for entry in entries for record in related(entry)}
    for pattern in patterns(admin.site.get_urls()):
        needed = pattern.pattern.converters
        if pattern.pattern.regex.groups and not needed:  # the list of one app, which takes no form
            continue
        if not needed:
            yield reverse(f"admin:{pattern.name}")
        elif len(needed) == 1:
            keys = {record.pk for record in records if pattern.name.startswith((_name(record), "entry_", "view_on"))}
            yield from (reverse(f"admin:{pattern.name}", args=[key]) for key in sorted(keys))
    for record in records:
        yield f"{reverse('admin:index')}{record._meta.app_label}/{record._meta.model_name}/{record.pk}/history/"


def _name(record):
    return f"{record._meta.app_label}_{record._meta.model_name}_"


def related(entry):
    parts = [*entry.metrics.all(), *entry.voices.all(), *entry.partners.all(), entry.delivery_body]
    people = [line.contact for line in entry.contact_lines.all()]
    return [entry, *parts, *people, entry.categories.first(), entry.themes.first(), *Signatory.objects.all()]


def what_to_send(client, address, entries):
    """What a browser or a hand-made request may send there."""
    yield TYPED | {"post": "yes", "_discard": "1"}
    if address.endswith("/sign_off/"):
        yield from ({button: "1", "note": "A note", "who": "x"} for button in BUTTONS)
    if "/submission/" in address and address.endswith("/change/"):
        yield from ({"_step": step} for step in STEPS)
    if address.endswith("/history/"):
        yield from ({"version": version.pk} for entry in entries for version in entry.versions.all()[:2])
    opened = client.get(address)
    if opened.status_code == 200 and "adminform" in (opened.context or {}):
        fields = fields_of(opened)
        changed = {name: f"{value} X" for name, value in fields.items() if name.endswith(tuple(TYPED))}
        yield from (fields | changed | {button: "1"} for button in ("_save", "_confirm", "_reject"))
        yield fields | {name.replace("-id", "-DELETE"): "on" for name in fields if name.endswith("-id")}
    if "/replace/" in address:
        coming = Contact.objects.get(name="Coming")
        yield {"coming": coming.pk, "entries": [entry.pk for entry in entries]}
    if "/merge/" in address:
        yield {"ids": ",".join(str(contact.pk) for contact in Contact.objects.all())}


@pytest.mark.parametrize("who", ["editor", "observer"])
def test_no_address_changes_what_readers_see_or_an_authority_has(client, request, locked, who):
    client.force_login(request.getfixturevalue(who))
    before, every_table = content_of(locked), everything()
    for address in dict.fromkeys(addresses(locked)):
        for sent in what_to_send(client, address, locked):
            client.post(address, sent)
        assert content_of(locked) == before, address
    if who == "observer":
        assert everything() == every_table
        assert not LogEntry.objects.exists()


@pytest.mark.parametrize("who", ["editor", "observer"])
def test_no_act_of_any_list_does_either(client, request, locked, who):
    client.force_login(request.getfixturevalue(who))
    before = content_of(locked)
    for model, desk in admin.site._registry.items():
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for name in [getattr(action, "__name__", action) for action in desk.actions]:
            carry_out(client, address, name, *model.objects.values_list("pk", flat=True))
            assert content_of(locked) == before, (model, name)


def test_a_draft_is_the_editors_own_with_all_its_parts(client, editor, make_entry):
    draft = make_entry(status="draft", published_on=None, figures=["proposed"], voices=["“It helped.”"])
    client.force_login(editor)
    figure, voice = draft.metrics.get(), draft.voices.get()
    client.post(f"/admin/submissions/outcomemetric/{figure.pk}/change/", as_typed(client, figure, label="felt safer"))
    client.post(f"/admin/submissions/voice/{voice.pk}/change/", as_typed(client, voice, speaker="Young person"))
    carry_out(client, "/admin/submissions/outcomemetric/", "confirm_selected", figure.pk)
    assert (draft.metrics.get().label, draft.metrics.get().status) == ("felt safer", "confirmed")
    assert draft.voices.get().speaker == "Young person"


def as_typed(client, record, **changes):
    address = f"/admin/submissions/{record._meta.model_name}/{record.pk}/change/"
    return fields_of(client.get(address)) | changes


def test_the_rule_is_one_for_all_that_readers_see_or_an_authority_has(editor, administrator, locked):
    assert [may_change(editor, entry) for entry in locked] == [False] * 4
    assert [may_change(administrator, entry) for entry in locked] == [True] * 4
