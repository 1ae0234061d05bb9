"""The import desk's pages: who may open them, what they carry, what they keep, and what they refuse."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from boroughs.models import Contact
from submissions.models import CatalogueVersion, Category, Round, Submission
from tests.editorial.importing.conftest import as_word, user_with

GIVE, CONFIRM = "/admin/import/", "/admin/import/confirm/"


def given(text="", file=None, **more):
    fields = {"text": text, "round": Round.objects.first().pk, "category": "", **more}
    return fields | ({"file": file} if file else {})


def carried(shown, **more):
    """What the page's form sends back."""
    form = shown.context["carried"]
    named = shown.context["named"]
    fields = {name: form[name].value() or "" for name in form.fields}
    fields |= {named[name].html_name: named[name].value() or "" for name in named.fields} if named else {}
    return {**fields, **more}


@pytest.mark.parametrize(
    ("rights", "status"), [(["view_submission"], 403), (["change_submission"], 403), (["add_submission"], 200)]
)
def test_only_who_may_add_entries_may_read_pages_in(catalogue, seed, rights, status):
    client = Client()
    client.force_login(user_with("olu", *rights))
    assert client.get(GIVE).status_code == status
    assert client.post(GIVE, given(seed)).status_code == status
    assert client.post(CONFIRM, {}).status_code == (422 if status == 200 else 403)
    assert (b"Read in a category page" in client.get("/admin/").content) == (status == 200)


def test_nobody_comes_without_signing_in(client, db):
    for address in (GIVE, CONFIRM):
        assert client.post(address, {"text": "Words"}).status_code == 403  # given back: see people/test_typed.py


def test_a_file_is_shown_then_saved_on_confirm(desk, editor, early_help):
    stamp = CatalogueVersion.objects.get().stamp
    shown = desk.post(GIVE, given(file=SimpleUploadedFile("page.docx", as_word(early_help))))
    assert shown.status_code == 200
    assert "2 new, 0 changed, 0 unchanged" in shown.content.decode()
    assert (Submission.objects.count(), Category.objects.count(), Contact.objects.count()) == (14, 1, 13)
    assert CatalogueVersion.objects.get().stamp == stamp
    done = desk.post(CONFIRM, carried(shown), follow=True)
    assert done.redirect_chain == [("/admin/submissions/submission/?status__exact=draft", 302)]
    assert "The page is read in: 2 new, 0 changed, 0 unchanged." in done.content.decode()
    drafts = Submission.objects.filter(status="draft")
    assert {draft.title for draft in drafts} == {"Family Hubs that Reach Fathers", "Parent Champions (Peer Support)"}
    assert {event.by for draft in drafts for event in draft.events.all()} == {editor}


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "Choose a file, or paste the page’s text."),
        ({"text": "Minutes of the meeting."}, "no Practice Spotlight category page"),
        ({"text": "Minutes\0."}, "binary file"),
        ({"text": "long\n" * 1_000_000}, "far more than a category page"),
        ({"text": "kept", "file": SimpleUploadedFile("a.txt", b"also")}, "not both"),
        ({"text": "kept", "round": "99"}, "Choose a round"),
    ],
)
def test_a_form_that_is_wrong_says_why_and_keeps_what_was_typed(desk, fields, told):
    answer = desk.post(GIVE, given(**fields))
    assert answer.status_code == 422
    said = answer.content.decode()
    assert told in said
    assert fields.get("text", "")[:7] in said


def test_a_wrong_file_is_named(desk):
    answer = desk.post(GIVE, given(file=SimpleUploadedFile("minutes.pdf", b"%PDF-1.7")))
    assert "minutes.pdf: This is a PDF" in answer.content.decode()


def test_more_than_any_page_is_told_too(desk):
    answer = desk.post(GIVE, given("x" * 7_000_000))
    assert answer.status_code == 400
    assert "It was too big" in answer.content.decode()


def test_nothing_that_the_browser_says_of_the_result_counts(desk, early_help):
    shown = desk.post(GIVE, given(early_help))
    forged = carried(shown, seal="0" * 64)
    answer = desk.post(CONFIRM, forged)
    assert answer.status_code == 409
    assert Submission.objects.count() == 14
    assert desk.post(CONFIRM, carried(answer)).status_code == 302


def test_a_catalogue_that_changed_meanwhile_is_shown_again(desk, seed):
    shown = desk.post(GIVE, given(seed.replace("Team: Participation and Engagement Team", "Team: Voice Team")))
    Submission.objects.filter(slug="total-respect-training").update(team="Another team")
    again = desk.post(CONFIRM, carried(shown, category=Category.objects.get().pk))
    assert again.status_code == 409
    assert "The catalogue has changed since this page was shown" in again.content.decode()
    assert "Another team" not in shown.content.decode()
    assert "Another " in again.content.decode()
    assert not Submission.objects.filter(status="draft").exists()


def test_a_new_category_is_named_before_it_is_made(desk, early_help):
    unnamed = early_help.replace("Category 3. Early help and family support\n", "")
    shown = desk.post(GIVE, given(unnamed))
    wrong = {"category": "new", "new-number": "5", "new-name": "Early help"}
    refused = desk.post(CONFIRM, carried(shown, **wrong))
    assert refused.status_code == 422
    said = refused.content.decode()
    assert "Another category has this number" in said and "Give a title" in said
    assert 'value="Early help"' in said
    named = {"new-number": "7", "new-title": "Early help for families", "new-name": "Early help"}
    answer = desk.post(CONFIRM, carried(refused, **named))
    assert answer.status_code == 302
    assert Category.objects.get(number=7).submissions.count() == 2


def test_back_gives_the_text_to_change(desk, early_help):
    shown = desk.post(GIVE, given(early_help))
    back = desk.post(GIVE, carried(shown, back="1"))
    assert back.status_code == 200
    assert back.context["form"]["text"].value() == early_help
    assert Submission.objects.count() == 14


def test_markup_of_a_page_is_shown_as_text(desk, early_help):
    shown = desk.post(GIVE, given(early_help.replace("Dads’ groups", "<img src=x onerror=alert(1)> groups")))
    assert b"<img src=x" not in shown.content
    assert b"&lt;img src=x" in shown.content
    desk.post(CONFIRM, carried(shown))
    draft = Submission.objects.get(slug="family-hubs-that-reach-fathers")
    assert draft.summary.startswith("<p>&lt;img src=x")


def test_a_text_that_shrank_is_doubted_above_everything_else(desk, seed):
    """The page was cut in the middle of an entry that is here with far more words."""
    entry = Submission.objects.get(slug="kickstart-futures")
    start = seed.index("London Borough of Sutton – KickStart Futures")
    main = seed.index("Main Submission", start)
    end = seed.index("Supporting Information", main)
    short = seed[: main + len("Main Submission:")] + "\nWe began in 2021.\n\n" + seed[end:]
    shown = desk.post(GIVE, given(short))
    page = shown.content.decode()
    top = page[: page.index("Round of new entries")]
    assert "Look at these first" in top
    assert "Main text: the page has 4 words, and the text here has " in top
    assert 'href="#line-550">Line 550</a>: <strong>KickStart Futures.</strong>' in top
    desk.post(CONFIRM, carried(shown, category=Category.objects.get().pk))
    doubt = entry.next_version.doubts.get(kind="cut-off")
    assert doubt.message.startswith("Main text: the page has 4 words")


def test_what_was_left_out_stands_above_everything_else_and_a_whole_page_has_nothing_there(desk, early_help):
    lines = "".join(f"<p>{line}</p>" for line in early_help.splitlines() if line.strip())
    pictured = desk.post(GIVE, given(f"<main>{lines}<p><img src='a.png' alt='A hub'></p></main>")).content.decode()
    assert "A picture was left out: “A hub”" in pictured[: pictured.index("Round of new entries")]
    assert "Look at these first" not in desk.post(GIVE, given(early_help)).content.decode()
