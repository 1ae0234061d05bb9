"""LIIA's desk in a real browser, under the strict policy: every page for everyone, and the work people come for."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from playwright.sync_api import expect

from submissions.models import Doubt, Submission, Theme
from tests.browsing import sign_in
from tests.database import load_catalogue

ENTRY = "/admin/submissions/submission/1/change/"


@pytest.fixture
def site(transactional_db, administrator):
    load_catalogue()


@pytest.fixture
def signed_in(open_page, site):
    """signed_in(**options) → a page on which Mei has come through the door."""

    def page_of_mei(**options):
        return sign_in(open_page(**options))

    return page_of_mei


def save(page):
    page.get_by_role("button", name="Save and continue editing").first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def save_beside(page):
    """Saves a change of a published entry's words, which is kept as a new version of it."""
    page.get_by_role("button", name="Save and continue editing").first.click()
    expect(page.get_by_text("Readers still see the text that the authority signed off.")).to_be_visible()


def editor(page, label):
    text = page.get_by_role("textbox", name=label, exact=True)
    expect(text).to_have_attribute("contenteditable", "true")
    return text


def test_people_and_the_pages_that_ask_are_accessible(open_page, assert_holds, make_entry, administrator):
    colleague = User.objects.create_user("ben", "ben@liia.example", first_name="Ben", is_staff=True)
    Authenticator.objects.create(user=colleague, type="totp", data={})
    draft = make_entry(status="draft", published_on=None, themes=["housing"], title="A long title of a draft " * 8)
    page = sign_in(open_page())
    theme, unused = Theme.objects.get(slug="housing"), Theme.objects.exclude(slug="housing")[:2]
    for address in (
        "/admin/",
        "/admin/auth/user/",
        "/admin/auth/user/add/",
        f"/admin/auth/user/{colleague.pk}/change/",
        f"/admin/auth/user/{colleague.pk}/second-factor/",
        f"/admin/auth/user/{colleague.pk}/delete/",
        f"/admin/submissions/theme/{theme.pk}/delete/",
        f"/admin/submissions/theme/{theme.pk}/move/",
        f"/admin/submissions/theme/{theme.pk}/move/?to={unused[0].pk}",
        f"/admin/submissions/theme/{unused[1].pk}/delete/",
        f"/admin/submissions/submission/{draft.pk}/discard/",
    ):
        page.goto(address)
        assert_holds(page)
    page.goto("/admin/submissions/submission/")
    page.get_by_role("checkbox", name="Select this object").first.check()
    page.get_by_role("combobox", name="Action").select_option("Withdraw the ticked entries")
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Withdraw the ticked entries?")
    assert_holds(page)


def test_what_opens_inside_a_form_is_accessible_too(signed_in, assert_accessible):
    page = signed_in(viewport={"width": 1280, "height": 900})
    page.goto(ENTRY)
    editor(page, "Summary")
    page.locator(".field-partners").get_by_role("searchbox", name="Partners").press_sequentially("cen")
    expect(page.locator(".select2-results__option--highlighted")).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Add another Contact").click()
    for summary in page.locator("details > summary").all():
        summary.click()
    assert_accessible(page)
    page.get_by_role("textbox", name="Title").first.fill("")
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.get_by_text("An entry needs a title.")).to_be_visible()
    assert_accessible(page)


def test_one_change_to_a_person_shows_on_three_public_pages(signed_in):
    page = signed_in()
    page.get_by_role("link", name="Contacts", exact=True).first.click()
    page.get_by_role("textbox", name="Search").fill("frimpong")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Rosemary Frimpong").click()
    page.get_by_label("Role").fill("Director of Children’s Services")
    save(page)
    public = page.get_by_role("link", name="as readers see it")
    expect(public).to_have_count(3)
    for address in [link.get_attribute("href") for link in public.all()]:
        page.goto(address)
        expect(page.get_by_text("Director of Children’s Services")).to_be_visible()


def test_one_word_changed_in_the_editor_changes_one_word_of_the_new_version(signed_in):
    before = Submission.objects.get(pk=1)
    assert "<ul>" in before.body
    page = signed_in()
    page.goto(ENTRY)
    text = editor(page, "Main text")
    text.press_sequentially("Newly: ")  # the caret stands at the beginning
    expect(text.locator("p").first).to_contain_text("Newly: ")
    save_beside(page)
    before.refresh_from_db()
    assert before.next_version.body == before.body.replace("<p>", "<p>Newly: ", 1)


def test_the_editor_is_worked_from_its_buttons_and_says_their_state(signed_in):
    page = signed_in()
    page.goto(ENTRY)
    text = editor(page, "Supporting information")
    text.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("See the guide")
    bar = page.get_by_role("group", name="Format: Supporting information")
    bar.get_by_role("button", name="Bulleted list").press("Enter")
    page.keyboard.press("Control+a")
    bar.get_by_role("button", name="Bold").click()
    expect(bar.get_by_role("button", name="Bold")).to_have_attribute("aria-pressed", "true")
    bar.get_by_role("button", name="Link", exact=True).click()
    page.get_by_label("URL").fill("https://liia.london/guide")
    page.get_by_role("button", name="Update").click()
    save_beside(page)
    stored = Submission.objects.get(pk=1).next_version.supporting
    assert stored == '<ul><li><a href="https://liia.london/guide"><strong>See the guide</strong></a></li></ul>'


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {color: red}</style></head>
<body><h3 style="mso-outline-level:3">What we did</h3><p class="MsoNormal"><span style="font-family:Calibri">
We <b>met</b> young people<o:p></o:p></span></p><ul><li class="MsoListParagraph">every week</li></ul>
<p><img src="https://example.org/x.png"><a href="https://liia.london/">LIIA</a><script>alert(1)</script></p>
</body></html>"""


def test_what_is_pasted_from_word_keeps_its_structure_and_nothing_else(browser, live_server, site):
    # Not a watched page: the policy refuses Word's styles, as it should, and the browser says so.
    page = sign_in(browser.new_page(base_url=live_server.url))
    page.goto(ENTRY)
    text = editor(page, "Supporting information")
    text.click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    text.evaluate(
        """(node, html) => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            node.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        WORD,
    )
    expect(text.locator("h3")).to_have_text("What we did")
    save_beside(page)
    stored = Submission.objects.get(pk=1).next_version.supporting
    assert stored == (
        "<h3>What we did</h3>\n<p>We <strong>met</strong> young people</p>\n<ul><li>every week</li></ul>\n"
        '<p><a href="https://liia.london/">LIIA</a></p>'
    )
    page.close()


def test_a_partner_who_is_not_there_yet_is_added_beside_the_field(signed_in):
    page = signed_in()
    page.goto(ENTRY)
    with page.expect_popup() as opened:
        page.locator("#add_id_partners").click()
    window = opened.value
    window.get_by_label("Name").fill("Doors Ltd")
    window.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".field-partners .select2-selection__choice", has_text="Doors Ltd")).to_be_visible()
    save_beside(page)
    assert Submission.objects.get(pk=1).next_version.partners.filter(name="Doors Ltd").exists()


def test_a_doubt_is_settled_with_one_button(signed_in):
    page = signed_in()
    number = Doubt.objects.open().count()
    expect(page.get_by_text(f"{number} to settle")).to_be_visible()
    page.get_by_role("link", name="Doubts", exact=True).first.click()
    first = page.locator("#result_list tbody th a").first
    message = first.text_content()
    first.click()
    page.get_by_label("Note").fill("Asked the authority.")
    page.get_by_role("button", name="Save and settle").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    settled = Doubt.objects.get(message=message)
    assert (settled.settled_by.username, settled.note) == ("mei", "Asked the authority.")
    page.goto("/admin/")
    expect(page.get_by_text(f"{number - 1} to settle")).to_be_visible()


PASTE = """(text, html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  text.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def test_a_pasted_table_is_a_paragraph_for_each_row(signed_in):
    page = signed_in()
    page.goto(ENTRY)
    text = editor(page, "Supporting information")
    text.click()
    page.keyboard.press("Control+a")
    rows = "<tr><td><p>Year</p></td><td>Homes</td></tr><tr><td>2023</td><td><p><b>14</b></p><p>homes</p></td></tr>"
    text.evaluate(PASTE, f"<p>Before</p><table>{rows}</table>")
    expect(text).to_contain_text("Year: 2023; Homes: 14 homes")
    save_beside(page)
    stored = Submission.objects.get(pk=1).next_version.supporting
    assert stored == "<p>Before</p>\n<p>Year: 2023; Homes: <strong>14</strong> homes</p>"
