"""An entry at the desk: its text survives every form, and nothing reaches readers before somebody publishes it."""

import datetime
import re
import time

import pytest
import time_machine
from django.contrib.auth.models import Permission, User
from django.utils.html import strip_tags

from boroughs.models import Contact
from submissions.admin.rich_text import stored_form
from submissions.models import Submission, Theme
from tests.admin.conftest import carry_out

LIST = "/admin/submissions/submission/"
TEXTS = ("summary", "body", "supporting")


def address(entry):
    return f"{LIST}{entry.pk}/change/"


def words(response):
    return re.sub(r"\s+", " ", strip_tags(response.content.decode()))


def texts():
    return list(Submission.objects.order_by("pk").values_list("pk", *TEXTS))


def act(desk, action, *entries):
    return carry_out(desk, LIST, action, *(entry.pk for entry in entries))


# --- the text ------------------------------------------------------------------------------------------------------


def test_a_form_nobody_touched_leaves_every_text_byte_for_byte(send_form, catalogue):
    before = texts()
    assert len(before) == 14
    for entry in Submission.objects.all():
        assert send_form(address(entry)).status_code == 302
    assert texts() == before


def test_an_untouched_text_stays_even_in_a_form_of_its_own(send_form, make_entry):
    # As an import may have written it: not as the editor would.
    entry = make_entry(body="<ul>\n<li><p>One</p></li>\n</ul>", title="Before", status="draft")
    assert send_form(address(entry), title="After").status_code == 302
    entry.refresh_from_db()
    assert (entry.title, entry.body) == ("After", "<ul>\n<li><p>One</p></li>\n</ul>")


@pytest.mark.parametrize("unit", ["<div>", "<div>a", "<b><ul>", "<div></p>", "<p", "<", "<blockquote></b>"])
def test_a_pasted_text_of_any_shape_is_cleaned_in_good_time(unit):
    begun = time.process_time()
    stored_form(unit * (200_000 // len(unit)))
    assert time.process_time() - begun < 5


def test_what_is_built_too_deep_keeps_its_words():
    assert stored_form("<div>" * 300 + "<p>One</p>" + "</div>" * 300 + "<ul><li>Two</li></ul>") == (
        "<p>One</p>\n<ul><li>Two</li></ul>"
    )


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("<p>One</p><p>Two</p>", "<p>One</p>\n<p>Two</p>"),
        ("<ul><li><p>One</p></li><li><p>A <em>b</em></p></li></ul>", "<ul><li>One</li><li>A <em>b</em></li></ul>"),
        ("<ol start='3'><li><p>One</p><p>Two</p></li></ol>", '<ol start="3"><li><p>One</p><p>Two</p></li></ol>'),
        (
            '<ol data-type="decimal" type="1"><li><p>A</p><ul><li><p>B</p></li></ul></li></ol>',
            "<ol><li><p>A</p><ul><li>B</li></ul></li></ol>",
        ),
        ("<blockquote><p>“Yes.”</p><p>Young person</p></blockquote>",) * 2,
        ("<h3>Why</h3>\r\n\r\n<h4>How</h4>", "<h3>Why</h3>\n<h4>How</h4>"),
        ("<p>£5&nbsp;million &amp; more</p>", "<p>£5\N{NO-BREAK SPACE}million &amp; more</p>"),
        ('<p><a href="https://a.uk/" title="">title=""</a></p>', '<p><a href="https://a.uk/">title=""</a></p>'),
        ("<p></p>", ""),
        (" <p>&nbsp;</p><p> </p>", ""),
    ],
)
def test_what_the_editor_writes_is_stored_as_the_page_reader_writes_it(written, stored):
    assert stored_form(written) == stored
    assert stored_form(stored) == stored


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("<p>One<script>alert(1)</script></p>", "<p>One</p>"),
        ('<p onclick="x()" style="color:red" class="a" id="b">One</p>', "<p>One</p>"),
        ('<p><a href="javascript:x()">One</a></p>', "<p><a>One</a></p>"),
        (
            '<p><a href="https://liia.london/" target="_blank">One</a></p>',
            '<p><a href="https://liia.london/">One</a></p>',
        ),
        ('<p><img src="x" onerror="x()">One</p><iframe src="//x"></iframe>', "<p>One</p>"),
        ("<h1>One</h1><table><tr><td>Two</td></tr></table>", "One<p>Two</p>"),
        ("<p>1 < 2 & <b>bold</b></p>", "<p>1 &lt; 2 &amp; bold</p>"),
    ],
)
def test_nothing_is_stored_that_the_editor_does_not_offer(send_form, make_entry, written, stored):
    entry = make_entry(status="draft")
    assert send_form(address(entry), body=written).status_code == 302
    entry.refresh_from_db()
    assert entry.body == stored


def test_the_editor_comes_with_a_nonce_for_its_one_inline_script(desk, make_entry):
    answer = desk.get(address(make_entry()))
    (nonce,) = re.findall(r'<script type="importmap" nonce="([^"]+)">', answer.content.decode())
    policy = answer.headers["Content-Security-Policy"]
    assert f"'nonce-{nonce}'" in policy
    assert "unsafe" not in policy
    assert "style-src 'self';" in f"{policy};"


# --- themes, parts, addresses --------------------------------------------------------------------------------------


def test_themes_are_ticked_and_what_speaks_for_the_kept_one_stays(send_form, make_entry):
    entry = make_entry(themes=["housing", "money"])
    entry.themed.update(evidence="A sentence.")
    chosen = Theme.objects.filter(slug__in=["housing", "education-training-employment"])
    assert send_form(address(entry), themes=[theme.pk for theme in chosen]).status_code == 302
    kept = {link.tag.name: link.evidence for link in entry.themed.select_related("tag")}
    assert kept == {"Housing and accommodation": "A sentence.", "Education, training and employment": ""}


def test_an_error_loses_nothing_that_was_typed(send_form, make_entry):
    entry = make_entry(title="Before", themes=["housing"])
    money = Theme.objects.get(slug="money")
    typed = {
        "title": "",
        "team": "The new team",
        "body": "<p>Two hours of work.</p>",
        "themes": [money.pk],
        "voices-TOTAL_FORMS": "1",
        "voices-0-quote": "It changed my life.",
        "voices-0-position": "1",
    }
    answer = send_form(address(entry), **typed)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "An entry needs a title." in page
    assert 'value="The new team"' in page
    assert "&lt;p&gt;Two hours of work.&lt;/p&gt;" in page
    assert "It changed my life.</textarea>" in page
    assert re.search(rf'name="themes" value="{money.pk}"[^>]* checked', page)
    entry.refresh_from_db()
    assert entry.title == "Before"


def test_errors_are_sentences(send_form, make_entry):
    make_entry(slug="taken")
    answer = words(send_form(f"{LIST}add/", title="New", slug="taken", boroughs=[], categories=[], round=""))
    for sentence in (
        "Another entry has this address already. Choose a different one.",
        "Choose the round that the entry belongs to.",
        "Tick at least one authority, or readers will not find the entry.",
        "Tick at least one category, or readers will not find the entry.",
    ):
        assert sentence in answer


def test_another_address_keeps_the_first_one_working(send_form, desk, make_entry):
    entry = make_entry(slug="one")
    assert send_form(address(entry), slug="two").status_code == 302
    answer = desk.get("/submissions/one/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/submissions/two/")
    assert "one" in desk.get(address(entry)).content.decode().split("Earlier addresses")[1][:300]


def test_a_figure_and_a_contact_are_added_inside_the_form(send_form, make_entry):
    entry = make_entry(contact="ann@example.org")
    contact = entry.contacts.get()
    other = make_entry(contact=None, status="draft")
    figure = {"figure": "75%", "label": "felt safe", "quote": "75% felt safe.", "value": "75", "unit": "percent"}
    figure |= {"kind": "outcome", "status": "confirmed", "position": "1"}
    changes = {f"metrics-0-{name}": value for name, value in figure.items()}
    changes |= {"metrics-TOTAL_FORMS": "1", "contact_lines-TOTAL_FORMS": "1"}
    changes |= {"contact_lines-0-contact": contact.pk, "contact_lines-0-position": "1"}
    assert send_form(address(other), **changes).status_code == 302
    assert (other.metrics.get().figure, other.contacts.get()) == ("75%", contact)


# --- publishing ----------------------------------------------------------------------------------------------------


@pytest.fixture
def on_day(client, administrator):
    """on_day(n): the nth of March 2027, on which Mei has signed in again."""

    def travelled(day):
        journey = time_machine.travel(datetime.datetime(2027, 3, day, 12), tick=False)
        journey.start()
        journeys.append(journey)
        client.force_login(administrator)

    journeys = []
    yield travelled
    for journey in reversed(journeys):
        journey.stop()


def test_publishing_sets_the_day_once(send_form, make_entry, on_day):
    entry = make_entry(status="signed-off", published_on=None, signed_off=True, contact="ann@merton.gov.uk")
    Contact.objects.update(confirmed_on="2027-02-01")  # else publishing would ask first
    for day, step in ((1, "publish"), (2, "withdraw"), (3, "publish")):
        on_day(day)
        assert send_form(address(entry), _step=step).status_code == 302
    entry.refresh_from_db()
    assert (entry.status, entry.published_on) == ("published", datetime.date(2027, 3, 1))


def test_several_are_published_and_withdrawn_from_the_list(desk, make_entry, on_day):
    entries = [
        make_entry(status="signed-off", published_on=None, signed_off=True),
        make_entry(status="withdrawn", signed_off=True),
        make_entry(),
    ]
    on_day(1)
    answer = words(act(desk, "publish_selected", *entries))
    assert "Published: 2 entries are new to readers." in answer
    days = Submission.objects.order_by("pk").values_list("status", "published_on")
    assert list(days) == [
        ("published", datetime.date(2027, 3, 1)),
        ("published", datetime.date(2026, 1, 1)),
        ("published", datetime.date(2026, 1, 1)),
    ]
    assert "Withdrawn: 1 entry is no longer shown." in words(act(desk, "withdraw_selected", entries[0]))
    assert "Withdrawn" in desk.get(f"{LIST}{entries[0].pk}/history/").content.decode()


def test_what_nobody_could_find_is_not_published(desk, make_entry):
    entry = make_entry(status="signed-off", published_on=None, boroughs=[], title="Homeless")
    answer = act(desk, "publish_selected", entry)
    assert "“Homeless” needs an authority and a category." in words(answer)
    assert "new to readers" not in words(answer)
    entry.refresh_from_db()
    assert entry.status == "signed-off"


@pytest.mark.parametrize("status", ["draft", "authority", "signed-off", "withdrawn"])
def test_what_is_not_published_is_shown_to_nobody(desk, client, make_entry, status):
    entry = make_entry(slug="secret", status=status)
    assert "View on site" not in desk.get(address(entry)).content.decode()
    for asker in (desk, client):
        assert asker.get("/submissions/secret/").status_code != 200
        assert entry.title not in asker.get("/submissions/").content.decode()


def test_a_published_entry_leads_to_what_readers_see(desk, make_entry):
    entry = make_entry(slug="open")
    assert 'href="/submissions/open/" class="viewsitelink"' in desk.get(address(entry)).content.decode()


def test_who_may_only_look_cannot_publish(client, make_entry):
    entry = make_entry(status="signed-off", published_on=None, signed_off=True)
    looker = User.objects.create_user("looker", is_staff=True)
    looker.user_permissions.add(Permission.objects.get(codename="view_submission"))
    client.force_login(looker)
    act(client, "publish_selected", entry)
    assert client.post(address(entry), {"_step": "publish"}).status_code == 403
    entry.refresh_from_db()
    assert entry.status == "signed-off"
