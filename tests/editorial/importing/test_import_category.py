"""Which category a page becomes: what it prints decides, a likeness of scope asks, and a person may always say."""

import pytest
from django.core.management import call_command

from editorial.importing.category import cut_at_word, likely_category, proposed
from editorial.importing.reading import page_in, run_import
from pagereader import NotAPage
from submissions.models import Category, Submission
from tests.editorial.importing.conftest import PAGES
from tests.editorial.importing.test_import_desk import CONFIRM, GIVE, carried, given

pytestmark = pytest.mark.usefixtures("catalogue")
EARLY_HELP = (PAGES / "early-help.txt").read_text()
FIRST_LINE, REST = EARLY_HELP.split("\n", 1)
SCOPE = "This category includes examples of early help that make a difference to families before problems grow."
OURS = "This category includes examples of practice that are making a positive difference to outcomes for care leavers."
TITLE = "Delivering excellence for care leavers"


def page_of(first_line, scope=SCOPE):
    text = f"{first_line}\n{REST}" if first_line else REST.lstrip("\n")
    assert SCOPE in text
    return text.replace(SCOPE, scope)


PRINTED = {
    "both": (f"Category 5. {TITLE}", SCOPE, 5, True),
    "the number alone": ("Category 5", SCOPE, 5, True),
    "the title alone": (TITLE, SCOPE, 5, True),
    "the title with a number that is new": (f"Category 8. {TITLE}", SCOPE, 5, True),
    "the number with another title": ("Category 5. Early help", SCOPE, 5, False),
    "the number of one, the title of another": (f"Category 3. {TITLE}", SCOPE, 5, False),
    "a new number and a new title, with the scope of ours": ("Category 9. Early intervention", OURS, None, True),
    "a new number, with the scope of ours": ("Category 9", OURS, None, True),
    "a new title, with the scope of ours": ("Early intervention", OURS, None, True),
    "the scope alone": ("", OURS, 5, False),
    "nothing": ("", SCOPE, None, False),
}


@pytest.fixture
def another():
    return Category.objects.create(number=3, title="Children in care", name="Children in care", slug="in-care")


@pytest.mark.parametrize(("first_line", "scope", "number", "is_certain"), PRINTED.values(), ids=PRINTED)
def test_what_the_page_prints_decides(another, first_line, scope, number, is_certain):
    page = page_in(page_of(first_line, scope))
    likely = likely_category(page)
    assert (likely.category and likely.category.number, likely.is_certain) == (number, is_certain)
    if not is_certain:
        with pytest.raises(NotAPage, match="Say which category it is"):
            run_import(page, None)
        assert Submission.objects.count() == 14


@pytest.mark.parametrize("scope", [OURS, SCOPE], ids=["the scope alone", "nothing"])
def test_a_page_that_does_not_say_is_asked_about(desk, scope):
    shown = desk.post(GIVE, given(page_of("", scope)))
    assert "Which category is this page?" in shown.content.decode()
    assert "checked" not in str(shown.context["carried"]["category"])
    answer = desk.post(CONFIRM, carried(shown))
    assert answer.status_code == 422
    assert "which category this page is" in answer.content.decode()
    assert (Submission.objects.count(), Category.objects.count()) == (14, 1)


def test_the_answer_that_was_shown_is_saved_at_once(desk):
    shown = desk.post(GIVE, given(page_of("", OURS)))
    ours = Category.objects.get()
    assert desk.post(CONFIRM, carried(shown, category=ours.pk)).status_code == 302
    assert ours.submissions.filter(status="draft").count() == 2


NAMED = {"category": "new", "new-number": "6", "new-title": "Early intervention", "new-name": "Early"}


@pytest.mark.parametrize("first_line", ["", f"Category 5. {TITLE}"], ids=["asked", "against the match"])
def test_a_new_category_can_always_be_chosen(desk, first_line):
    shown = desk.post(GIVE, given(page_of(first_line, OURS)))
    again = desk.post(CONFIRM, carried(shown, **NAMED))
    assert again.status_code == 200
    assert "2 new" in again.content.decode() and Category.objects.count() == 1
    assert again.context["report"].category_is_new
    assert desk.post(CONFIRM, carried(again)).status_code == 302
    assert Category.objects.get(number=6).submissions.count() == 2
    assert Category.objects.get(number=5).submissions.count() == 14


def test_another_category_can_always_be_chosen(desk, another):
    shown = desk.post(GIVE, given(page_of("Category 9. Early intervention")))
    again = desk.post(CONFIRM, carried(shown, category=another.pk))
    assert again.context["report"].category == "Children in care"
    assert desk.post(CONFIRM, carried(again)).status_code == 302
    assert (another.submissions.count(), Category.objects.count()) == (2, 2)


def test_the_choice_on_the_form_counts_against_what_the_page_prints(desk, another):
    shown = desk.post(GIVE, given(page_of(f"Category 5. {TITLE}"), category=another.pk))
    assert shown.context["report"].category == "Children in care"
    assert desk.post(CONFIRM, carried(shown)).status_code == 302
    assert another.submissions.count() == 2


def test_a_new_category_needs_a_title_of_its_own(desk):
    shown = desk.post(GIVE, given(page_of(f"Category 5. {TITLE}")))
    refused = desk.post(CONFIRM, carried(shown, category="new"))
    assert refused.status_code == 422
    assert "Give a title." in refused.content.decode()
    assert Category.objects.count() == 1


def test_choice_and_names_survive_the_way_back(desk):
    shown = desk.post(GIVE, given(page_of("Category 7. Early intervention")))
    back = desk.post(GIVE, carried(shown, **NAMED | {"new-title": "Early intervention"}, back="1"))
    assert back.context["form"]["category"].value() == "new"
    assert back.context["typed"] == {"number": "6", "name": "Early"}
    again = desk.post(GIVE, given(page_of("Category 7. Early help"), category="new", **{"new-name": "Early"}))
    named = again.context["named"]
    assert [named[name].value() for name in named.fields] == [7, "Early help", "Early"]


def test_short_name_and_address_end_with_a_word(desk):
    title = "Meeting the needs of children with special educational needs and disabilities"
    assert (
        proposed(page_in(page_of(f"Category 2. {title}"))).name
        == "Meeting the needs of children with special educational needs"
    )
    assert cut_at_word("Children and families", 13) == "Children"
    call = desk.post(CONFIRM, carried(desk.post(GIVE, given(page_of(f"Category 2. {title}")))))
    assert call.status_code == 302
    assert Category.objects.get(number=2).slug == "meeting-the-needs-of-children-with-special-educational-needs"


@pytest.mark.parametrize(
    ("first_line", "options", "number"),
    [
        ("", ["--category", "5"], 5),
        ("", ["--new-category", "--title", "Early help"], 6),
        ("", ["--new-category", "--title", "Early help", "--number", "8", "--name", "Early"], 8),
        ("Category 9. Early intervention", ["--category", "5"], 5),
        ("Category 5. Early intervention", ["--new-category"], 6),
    ],
)
def test_the_command_takes_the_answer(tmp_path, first_line, options, number):
    file = tmp_path / "page.txt"
    file.write_text(page_of(first_line, OURS))
    call_command("import_page", file, *options)
    assert Category.objects.get(number=number).submissions.filter(status="draft").count() == 2


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "only the sentence of its scope is alike. Say --category and the number of one that is here"),
        (["--category", "4"], "There is no category 4."),
        (["--new-category"], "prints no title"),
        (["--new-category", "--title", "Early help", "--name", "E" * 61], "room for 60"),
    ],
)
def test_the_command_asks_in_a_sentence(tmp_path, capsys, options, said):
    file = tmp_path / "page.txt"
    file.write_text(page_of("", OURS))
    with pytest.raises(SystemExit) as refused:
        call_command("import_page", file, *options)
    assert said in refused.value.code
    assert Submission.objects.count() == 14
    if not options:
        call_command("import_page", file, "--dry-run")
        assert "The category is supposed: " in capsys.readouterr().out
