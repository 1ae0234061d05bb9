"""A person is kept once: one change shows on every entry, and nobody whom an entry names is lost."""

import re

import pytest
from django.utils.html import strip_tags

from boroughs.models import Contact
from submissions.models import Doubt


@pytest.fixture
def ann(make_entry):
    make_entry(title="First", slug="first", contact="Ann.Other@merton.gov.uk")
    make_entry(title="Second", slug="second", contact="Ann.Other@merton.gov.uk", status="draft")
    ann = Contact.objects.get()
    Contact.objects.update(name="Ann Other", role="Manager")
    return ann


def address(contact):
    return f"/admin/boroughs/contact/{contact.pk}/change/"


def words(response):
    return re.sub(r"\s+", " ", strip_tags(response.content.decode()))


def test_one_change_shows_on_three_pages(send_form, desk, catalogue):
    rosemary = Contact.objects.get(name="Rosemary Frimpong")
    slugs = ["annual-celebrations", "care-leaver-alumni", "cooking-with-friends"]
    pages = [line.submission.get_absolute_url() for line in rosemary.entry_lines.order_by("submission__title")]
    assert pages == [f"/submissions/{slug}/" for slug in slugs]
    assert send_form(address(rosemary), role="Director of Children’s Services").status_code == 302
    for public in pages:
        assert "Director of Children’s Services" in words(desk.get(public))
        assert "Corporate Parenting</" not in desk.get(public).content.decode().split("person")[1][:200]
    assert "3 entries show this contact as you have just written it." in words(desk.get(address(rosemary)))


def test_the_form_leads_to_every_entry_and_to_what_readers_see_of_it(desk, ann):
    page = desk.get(address(ann)).content.decode()
    first, second = (line.submission for line in ann.entry_lines.order_by("submission__title"))
    for entry in (first, second):
        assert f'<a href="/admin/submissions/submission/{entry.pk}/change/">{entry.title}</a>' in page
    assert 'href="/submissions/first/"' in page
    assert 'href="/submissions/second/"' not in page
    assert "(Draft, not shown to readers)" in page


def test_the_list_says_how_many_entries_name_a_person_and_who_is_doubtful(desk, ann):
    entry = ann.entry_lines.first().submission
    doubt = {"category": entry.categories.get(), "kind": "contact-address", "line": 3}
    Doubt.objects.create(contact=ann, message="The address does not fit the name.", **doubt)
    Doubt.objects.create(contact=ann, message="Nor does the other.", **doubt)
    Contact.objects.create(name="Cy Young")
    listed = desk.get("/admin/boroughs/contact/").context["cl"].result_list
    assert [(person.name, person.n_entries, person.has_doubt) for person in listed] == [
        ("Ann Other", 2, True),
        ("Cy Young", 0, False),
    ]
    doubtful = desk.get("/admin/boroughs/contact/", {"doubt": "open"}).context["cl"].result_list
    assert [person.name for person in doubtful] == ["Ann Other"]
    assert "The address does not fit the name." in words(desk.get(address(ann)))


def test_a_second_record_for_the_same_address_is_refused_with_a_sentence(send_form, ann):
    answer = send_form("/admin/boroughs/contact/add/", name="Ann O.", email="ann.other@MERTON.gov.uk")
    assert (
        "Ann Other, Manager already has this e-mail address. Use that contact on the entry instead of a second one."
        in words(answer)
    )
    assert f'href="{address(ann)}"' in answer.content.decode()
    assert 'value="Ann O."' in answer.content.decode()
    assert Contact.objects.count() == 1


def test_people_without_an_address_do_not_stand_in_each_others_way(send_form, ann):
    for name in ("Bo Peep", "Di Mond"):
        assert send_form("/admin/boroughs/contact/add/", name=name, email="").status_code == 302
    assert send_form(address(ann), role="Head of Service").status_code == 302


def test_whom_an_entry_names_cannot_be_deleted_and_the_reason_is_said(desk, ann):
    delete = f"/admin/boroughs/contact/{ann.pk}/delete/"
    for answer in (desk.get(delete, follow=True), desk.post(delete, {"post": "yes"}, follow=True)):
        assert answer.redirect_chain == [(address(ann), 302)]
        assert "“Ann Other, Manager” was not deleted: it is used by 2 entries (“First”, “Second”)." in words(answer)
    assert Contact.objects.filter(pk=ann.pk).exists()


def test_whom_no_entry_names_can_be_forgotten(desk, ann):
    left = Contact.objects.create(name="Left Long Ago", email="left@example.org")
    assert desk.post(f"/admin/boroughs/contact/{left.pk}/delete/", {"post": "yes"}).status_code == 302
    assert list(Contact.objects.all()) == [ann]
