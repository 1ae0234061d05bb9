"""A draft, a withdrawn entry and its contact are behind no door; and every address that was ever sent arrives."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve

from boroughs.models import Borough
from editorial.workflow import transition
from submissions.models import Category, OldAddress, Submission, Theme

pytestmark = pytest.mark.django_db

# Doors that lists stand behind; those that a release does not have yet are passed by.
LISTS = [
    "/",
    "/submissions/",
    "/submissions/?q=secretword",
    "/submissions/?theme=housing",
    "/submissions/?borough=ealing",
    "/suggest?q=secretw",
    "/boroughs/",
    "/boroughs/ealing/",
    "/themes/",
    "/categories/",
    "/themes/housing/",
    "/categories/care-leavers/",
    "/sitemap-pages.xml",
    "/sitemap-entries.xml",
    "/coverage/",
    "/coverage.csv",
    "/outcomes/",
    "/outcomes.csv",
    "/voices/",
    "/data/",
    "/data/entries.csv",
    "/data/entries.json",
    "/data/outcomes.csv",
    "/data/voices.csv",
    "/data/coverage.csv",
    "/submissions.csv",
    "/submissions.xlsx",
    "/submissions.json",
    "/submissions.atom",
    "/api/submissions",
    "/api/submissions?q=secretword",
    "/api/boroughs",
    "/api/themes",
    "/api/outcomes",
]


@pytest.fixture(params=["draft", "withdrawn"])
def hidden(request, make_entry):
    """An entry that is not published, each part of which would be known again. It has had another slug."""
    entry = make_entry(
        title="Secretword Project",
        slug="secret-first",
        status=request.param,
        boroughs=["ealing"],
        themes=["housing"],
        summary="<p>Secretword summary.</p>",
        body="<p>Secretword body.</p>",
        contact="secret.person@ealing.gov.uk",
        figures=["confirmed"],
        voices=["“Secretword voice.”"],
    )
    entry.metrics.update(quote="Secretword sentence.", label="secretword label")
    entry.slug = "secret-second"
    entry.save()
    make_entry(title="Open Project", boroughs=["merton"], themes=["housing"])
    return entry


def known_again(response):
    """Whether a part of the hidden entry is in an answer. The search's own words may be said back."""
    text = (b"".join(response) if response.streaming else response.content).lower()
    parts = ("summary", "body", "project", "label", "voice", "sentence")
    return any(
        mark.encode() in text for mark in ("secret.person", "secret-", *(f"secretword {part}" for part in parts))
    )


def test_what_is_not_published_is_behind_no_list(client, hidden):
    for address in LISTS:
        try:
            resolve(address.partition("?")[0])
        except Resolver404:
            continue
        response = client.get(address, follow=True)
        assert response.status_code in (200, 404), address
        assert not known_again(response), address


def test_what_is_not_published_is_behind_no_door_of_its_own(client, hidden):
    answer = 410 if hidden.is_withdrawn else 404
    for address in (
        *(f"/submissions/{slug}/" for slug in ("secret-first", "secret-second")),
        *(f"/submissions/{slug}/preview.png" for slug in ("secret-first", "secret-second")),
        f"/s/{hidden.pk}",
        f"/s/{hidden.pk}/",
    ):
        response = client.get(address)
        assert response.status_code == answer, address
        assert not known_again(response), address
    for slug in ("secret-first", "secret-second"):
        assert client.get(f"/api/submissions/{slug}").status_code in (404, 410)


def test_a_pack_and_a_comparison_name_a_withdrawn_entry_and_say_nothing_of_a_draft(client, hidden):
    shown = Submission.objects.published().get()
    for address in ("/pack/", "/pack.docx", "/compare/"):
        response = client.get(address, {"ids": f"{shown.pk},{hidden.pk}"})
        assert response.status_code == 200
        assert not known_again(response), address
    page = client.get("/pack/", {"ids": f"{shown.pk},{hidden.pk}"}).content.decode()
    told = f"Withdrawn since the list was made, and no longer shown: entry number {hidden.pk}."
    assert (told in page) == hidden.is_withdrawn
    assert ("One number in the address is no entry." in page) != hidden.is_withdrawn
    assert client.get("/pack/", {"ids": hidden.pk}).status_code == (200 if hidden.is_withdrawn else 404)


def test_a_picture_that_was_kept_goes_with_its_entry(client, make_entry):
    entry = make_entry(slug="here")
    assert client.get("/submissions/here/preview.png").status_code == 200
    transition(entry, "withdraw")
    assert client.get("/submissions/here/preview.png").status_code == 410


def test_a_withdrawn_entry_says_so_and_offers_a_way_on(client, make_entry):
    entry = make_entry(status="withdrawn")
    page = client.get(f"/s/{entry.pk}").content.decode()
    assert "This entry has been withdrawn" in page
    assert 'href="/themes/"' in page
    assert "canonical" not in page


def test_a_short_address_stays_whatever_becomes_of_the_title(client, make_entry):
    entry = make_entry(slug="one")
    for slug in ("two", "three"):
        entry.slug = slug
        entry.save()
        response = client.get(f"/s/{entry.pk}")
        assert (response.status_code, response["Location"]) == (302, f"/submissions/{slug}/")
    for nowhere in ("/s/999999", "/s/0", "/s/999999999999999999", "/s/abc", "/s/"):
        assert client.get(nowhere).status_code == 404


@pytest.mark.parametrize(
    ("model", "address"),
    [
        (Submission, "/submissions/{}/"),
        (Borough, "/boroughs/{}/"),
        (Theme, "/themes/{}/"),
        (Category, "/categories/{}/"),
    ],
)
def test_every_address_sent_before_a_renaming_still_arrives(client, make_entry, model, address):
    make_entry(slug="first", boroughs=["merton"], themes=["housing"])
    record = model.objects.filter(slug__in=["first", "merton", "housing", "care-leavers"]).get()
    before = record.slug
    for slug in ("renamed", "renamed-again"):
        record.slug = slug
        record.save()
    for old in (before, "renamed"):
        for end in ("", "preview.png"):
            response = client.get(address.format(old) + end, follow=True)
            assert response.redirect_chain == [(address.format("renamed-again") + end, 301)]
            assert response.status_code == 200
    record.slug = before
    record.save()
    assert client.get(address.format(before)).status_code == 200
    assert client.get(address.format("renamed-again"))["Location"] == address.format(before)


@pytest.mark.parametrize("model", [Borough, Theme, Category])
def test_an_earlier_address_is_given_to_nobody_else(make_entry, model):
    make_entry()
    make_entry(category="Early help")
    first, second = model.objects.all()[:2]
    earlier, first.slug = first.slug, "elsewhere"
    first.save()
    second.slug = earlier
    with pytest.raises(ValidationError, match="This was once the address of"):
        second.full_clean()


def test_a_renaming_by_fixture_is_kept_too(client, make_entry, tmp_path):
    from django.core import serializers

    make_entry()
    borough = Borough.objects.get(slug="merton")
    borough.slug = "merton-council"
    (row,) = serializers.deserialize("json", serializers.serialize("json", [borough]))
    row.save()
    assert client.get("/boroughs/merton/")["Location"] == "/boroughs/merton-council/"


def test_old_addresses_lead_on_only_where_there_is_nothing_else(client, make_entry):
    entry = make_entry(slug="here")
    OldAddress.objects.create(path="/practice-spotlight/care-leavers", target="/categories/care-leavers/")
    OldAddress.objects.create(path="/page.php?id=4", target="/themes/")
    OldAddress.objects.create(path="/submissions/here", target="/themes/")
    OldAddress.objects.create(path="/boroughs/rbkc", target="/boroughs/kensington-and-chelsea/")
    for old, new in {
        "/practice-spotlight/care-leavers/": "/categories/care-leavers/",
        "/practice-spotlight/care-leavers": "/categories/care-leavers/",
        "/practice-spotlight/care-leavers/?utm=x": "/categories/care-leavers/",
        "/page.php?id=4": "/themes/",
        "/boroughs/rbkc/": "/boroughs/kensington-and-chelsea/",
    }.items():
        response = client.get(old)
        assert (response.status_code, response["Location"]) == (301, new), old
    assert client.get(entry.get_absolute_url()).status_code == 200
    assert client.get("/page.php?id=5").status_code == 404


@pytest.mark.parametrize(
    ("path", "target", "fault"),
    [
        ("old", "/themes/", "from its first slash on, without the name"),
        ("https://liia.london/old", "/themes/", "from its first slash on, without the name"),
        ("/about/", "/themes/", "This site has a page at that address"),
        ("/old", "https://elsewhere.example/", "Write an address of this site"),
        ("/old", "//elsewhere.example/", "Write an address of this site"),
        ("/old", "/nowhere/at/all", "This site has no page at that address"),
        ("/boroughs/a/", "/boroughs/a", "readers would go round for ever"),
        ("/boroughs/c/", "/boroughs/a/", "readers would go round for ever"),
    ],
)
def test_an_old_address_that_cannot_work_is_refused_with_a_sentence(path, target, fault):
    OldAddress.objects.create(path="/boroughs/a", target="/boroughs/b/")
    OldAddress.objects.create(path="/boroughs/b", target="/boroughs/c/")
    with pytest.raises(ValidationError, match=fault):
        OldAddress(path=path, target=target).full_clean()


def test_liia_s_administrators_keep_old_addresses_at_their_desk(client, make_entry, django_user_model):
    from django.contrib.auth.models import Group

    make_entry()
    user = django_user_model.objects.create_user("mei", is_staff=True)
    user.groups.add(Group.objects.get(name="LIIA administrators"))
    client.force_login(user)
    new = {"path": "/old/page/", "target": "/categories/care-leavers/"}
    response = client.post("/admin/submissions/oldaddress/add/", new, follow=True)
    assert response.status_code == 200
    assert OldAddress.objects.get().path == "/old/page"
    client.logout()
    assert client.get("/old/page/")["Location"] == "/categories/care-leavers/"
