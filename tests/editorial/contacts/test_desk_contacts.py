"""LIIA's desk: contacts by the age of their confirmation, asked, replaced and made one with a preview before."""

import html
import re

import pytest
from django.utils import timezone

from boroughs.models import Contact
from editorial.contacts.questions import ask
from editorial.models import Mail
from submissions.models import Doubt, Submission
from tests.admin.conftest import carry_out
from tests.editorial.contacts.conftest import names_on
from tests.editorial.letters import letters

pytestmark = pytest.mark.django_db
LIST = "/admin/boroughs/contact/"
TODAY = timezone.localdate


@pytest.fixture
def people(ann, make_entry):
    """Ann on three entries (one a draft), Bo on one of them too; Cy is the same as Ann."""
    bo = Contact.objects.create(name="Bo Peep", email="bo@merton.gov.uk")
    cy = Contact.objects.create(name="A. Other", email="a.other@merton.gov.uk", confirmed_on="2025-01-31")
    Submission.objects.get().contact_lines.create(contact=bo, position=2)
    for title, status in (("Second", "published"), ("Third", "draft")):
        make_entry(title=title, status=status).contact_lines.create(contact=ann)
    make_entry(title="Fourth").contact_lines.create(contact=cy)
    return ann, bo, cy


def words(response):
    return re.sub(r"(\s|<[^>]+>)+", " ", html.unescape(response.content.decode()))


def entry(title):
    return Submission.objects.get(title=title)


def test_the_list_begins_with_who_was_never_confirmed(desk, people):
    listed = [contact.name for contact in desk.get(LIST).context["cl"].result_list]
    assert listed == ["Ann Other", "Bo Peep", "A. Other"]
    page = words(desk.get(LIST))
    assert "31 January 2025" in page
    assert "Never" in page
    for value, names in {
        "never": ["Ann Other", "Bo Peep"],
        "year": ["A. Other"],
        "half": ["A. Other"],
        "good": [],
    }.items():
        listed = desk.get(LIST, {"confirmed": value}).context["cl"].result_list
        assert [contact.name for contact in listed] == names


@pytest.mark.parametrize("contacts", [1, 10])
def test_the_list_asks_no_more_for_more_contacts(desk, people, make_entry, contacts, django_assert_num_queries):
    for number in range(contacts):
        ask(make_entry(contact=f"person{number}@merton.gov.uk").contacts.get())
    with django_assert_num_queries(13):
        desk.get(LIST)


def test_asking_now_says_who_was_not_asked_and_why(desk, people, django_capture_on_commit_callbacks):
    ann, bo, cy = people
    Contact.objects.filter(pk=bo.pk).update(no_checks_since=TODAY())
    with django_capture_on_commit_callbacks(execute=True):
        asked = desk.post(LIST, {"action": "ask_now", "_selected_action": [ann.pk, bo.pk, cy.pk]})
        answer = carry_out(desk, LIST, "ask_now", ann.pk, bo.pk, cy.pk)
    assert sorted(mail.to[0] for mail in letters()) == ["a.other@merton.gov.uk", "ann.other@merton.gov.uk"]
    assert "2 mails are on the way." in words(answer)
    assert "Bo Peep has asked for no more of these mails." in words(asked)
    assert ann.checks.get().asked_by.username == "mei"


def test_who_wants_no_mails_and_who_is_silent_can_be_listed(desk, people):
    ann, bo, _ = people
    Contact.objects.filter(pk=ann.pk).update(silent_since="2026-05-03")
    Contact.objects.filter(pk=bo.pk).update(no_checks_since="2026-05-04")
    look = desk.get(LIST, {"mails": "look"})
    assert [contact.name for contact in look.context["cl"].result_list] == ["Ann Other"]
    assert "Readers are sent to LIIA since 3 May 2026." in words(look)
    none = desk.get(LIST, {"mails": "none"})
    assert [contact.name for contact in none.context["cl"].result_list] == ["Bo Peep"]
    assert "Wants no mails, since 4 May 2026" in words(none)
    first_page = words(desk.get("/admin/"))
    assert "1 to look at" in first_page
    assert "Contacts who do not answer" in first_page


def test_an_address_changed_at_the_desk_is_confirmed_by_nobody(send_form, people, client):
    ann, _, cy = people
    everything = {"confirmed_on": TODAY(), "silent_since": TODAY(), "no_checks_since": TODAY()}
    Contact.objects.filter(pk__in=[ann.pk, cy.pk]).update(**everything)
    send_form(f"{LIST}{ann.pk}/change/", email="ann.new@merton.gov.uk")
    send_form(f"{LIST}{cy.pk}/change/", role="Head of Service")
    ann.refresh_from_db()
    cy.refresh_from_db()
    assert (ann.confirmed_on, ann.silent_since, ann.no_checks_since) == (None, None, None)
    assert cy.confirmed_on == TODAY()
    assert ann.history.first().history_user.username == "mei"


def test_told_by_telephone_counts(desk, send_form, people):
    ann, *_ = people
    answer = desk.get(send_form(f"{LIST}{ann.pk}/change/", _right="1", email="ann.new@merton.gov.uk")["Location"])
    assert "Readers now see that Ann Other was confirmed this month." in words(answer)
    ann.refresh_from_db()
    assert (ann.confirmed_on, ann.email) == (TODAY(), "ann.new@merton.gov.uk")


def test_asked_from_the_form_what_is_typed_is_saved_first_and_nothing_wrong_is_asked(send_form, people):
    ann, *_ = people
    address = f"{LIST}{ann.pk}/change/"
    assert send_form(address, _ask="1", email="no address").status_code == 200
    assert not Mail.objects.exists()
    assert send_form(address, _ask="1", email="ann.new@merton.gov.uk", role="Lead").status_code == 302
    ann.refresh_from_db()
    assert (ann.role, Mail.objects.get().to) == ("Lead", "ann.new@merton.gov.uk")


def test_the_doubt_about_an_address_is_settled_with_one_click(desk, send_form, people):
    ann, *_ = people
    about = {"category": entry("First").categories.get(), "contact": ann, "line": 3, "message": "Does not fit."}
    doubt = Doubt.objects.create(kind="contact-address", **about)
    other = Doubt.objects.create(kind="unplaced-line", **about)
    assert "the address is right, settle the doubt" in desk.get(f"{LIST}{ann.pk}/change/").content.decode()
    send_form(f"{LIST}{ann.pk}/change/", _address_fits="1")
    doubt.refresh_from_db()
    assert (doubt.settled_by.username, doubt.note) == (
        "mei",
        "Looked at: ann.other@merton.gov.uk is right for Ann Other.",
    )
    assert list(Doubt.objects.open()) == [other]
    assert "settle the doubt" not in desk.get(f"{LIST}{ann.pk}/change/").content.decode()


def test_replacing_is_previewed_and_happens_on_the_ticked_entries_only(desk, people):
    ann, bo, _ = people
    choice = {"coming": bo.pk, "entries": [entry("Second").pk, entry("First").pk]}
    preview = desk.get(f"{LIST}{ann.pk}/replace/", choice)
    assert "First Published Ann Other, Bo Peep Bo Peep" in words(preview)
    assert "Second Published Ann Other Bo Peep" in words(preview)
    assert "Third Draft" not in words(preview)
    assert names_on(entry("First")) == ["Ann Other", "Bo Peep"]
    answer = desk.post(f"{LIST}{ann.pk}/replace/", choice, follow=True)
    assert "Bo Peep now stands on 2 entries." in words(answer)
    assert {title: names_on(entry(title)) for title in ("First", "Second", "Third")} == {
        "First": ["Bo Peep"],
        "Second": ["Bo Peep"],
        "Third": ["Ann Other"],
    }
    assert entry("Second").events.first().by.username == "mei"
    assert entry("Second").versions.first().by.username == "mei"


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        ({"coming": ""}, "Choose who comes in this person’s place."),
        ({"coming": "{ann}"}, "Select a valid choice."),
        ({"coming": "{bo}", "entries": []}, "Tick at least one entry."),
        ({"coming": "{bo}", "entries": ["{foreign}"]}, "is not one of the available choices"),
    ],
)
def test_a_replacement_that_cannot_be_is_told(desk, people, choice, told):
    ann, bo, _ = people
    keys = {"ann": ann.pk, "bo": bo.pk, "foreign": entry("Fourth").pk}
    entries = choice.get("entries", [str(entry("First").pk)])
    sent_form = {"coming": choice["coming"].format(**keys), "entries": [key.format(**keys) for key in entries]}
    for send in (desk.get, desk.post):
        assert told in words(send(f"{LIST}{ann.pk}/replace/", sent_form))
    assert names_on(entry("First")) == ["Ann Other", "Bo Peep"]


def test_two_records_of_one_person_become_the_one_that_is_kept(desk, people):
    ann, _, cy = people
    ask(ann)
    doubt = Doubt.objects.create(
        kind="contact-address", message="?", line=1, contact=ann, category=entry("First").categories.get()
    )
    action = desk.post(LIST, {"action": "make_one", "_selected_action": [ann.pk, cy.pk]})
    preview = desk.get(f"{action['Location']}&keep={cy.pk}")
    assert "Second Published Ann Other A. Other" in words(preview)
    assert "Fourth Published A. Other A. Other" in words(preview)
    assert names_on(entry("Second")) == ["Ann Other"]
    answer = desk.post(f"{LIST}merge/", {"ids": f"{ann.pk},{cy.pk}", "keep": cy.pk}, follow=True)
    assert "Only this record of A. Other is left." in words(answer)
    assert {tuple(names_on(each)) for each in Submission.objects.exclude(title="First")} == {("A. Other",)}
    assert names_on(entry("First")) == ["A. Other", "Bo Peep"]
    assert not Contact.objects.filter(pk=ann.pk).exists()
    gone = Contact.history.filter(id=ann.pk).first()
    assert (gone.history_type, gone.history_user.username) == ("-", "mei")
    assert cy.checks.get().link_problem == "revoked"
    doubt.refresh_from_db()
    assert doubt.contact == cy


@pytest.mark.parametrize("ids", ["", "1", "1,x", "9,9", "999999999999999999999999,1"])
def test_one_record_cannot_be_made_one(desk, people, ids):
    assert desk.get(f"{LIST}merge/", {"ids": ids}).status_code == 404


def test_whoever_may_not_change_contacts_may_do_none_of_it(client, people, django_user_model):
    ann, _, cy = people
    client.force_login(django_user_model.objects.create_user("olu", is_staff=True))
    for button in ("_ask", "_right", "_address_fits"):
        assert client.post(f"{LIST}{ann.pk}/change/", {button: "1", "name": "Ann"}).status_code == 403
    for address in [f"{LIST}{ann.pk}/replace/", f"{LIST}merge/?ids={ann.pk},{cy.pk}"]:
        assert client.post(address).status_code == 403, address
        assert client.get(address).status_code == 403, address
