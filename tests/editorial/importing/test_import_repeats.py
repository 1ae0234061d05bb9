"""Two entries of a page may share every kind of record that is new here, however it is spelled."""

import pytest
from django.core.management import call_command

from boroughs.models import Borough, Contact
from editorial.importing.reading import page_in, preview_import, run_import
from pagereader import NotAPage
from submissions.models import Administrator, Category, Partner, Submission, Theme
from tests.editorial.importing.test_import_reading import everything

ENTRY = """{heading}
Summary of project: Our family hubs offer early help to families, and parents shape the service with us.
Key Contact: {contact}
Team: Early Help
Partners: {partners}
Main Submission:
We met 112 families in 2022 and housed 40 of them. It was designed by young people.

"""
PAGE = """Category 3. Early help

This category includes early help. We saw good work in Richmond and in Achieving for Children.

{entries}Project Administrator: Mei Ho (LIIA)
Mei.ho@londoncouncils.gov.uk
Project Administrator: Mei Ho (LIIA)
mei.ho@londoncouncils.gov.uk
"""
SPELLINGS = [
    ("Mind and Nesta", "Mind"),
    ("Mind", "MIND"),
    ("Citizens  Advice Brent", "Citizens Advice  brent"),
    ("Parents’ Group", "Parents' group"),
    ("Mind, MIND and Mind", "mind"),
]
CONTACTS = [
    ("Ann Bell, Head – ann.bell@camden.gov.uk", "Ann Bell, Head – Ann.Bell@Camden.gov.uk", 1),
    ("Ann Bell, Head of Service", "ann bell, Head of Service", 1),
    ("Ann Bell, Head – ann.bell@camden.gov.uk", "Ann Bell, Head of Service", 2),
    ("ann.bell@camden.gov.uk", "ANN.BELL@camden.gov.uk", 1),
]


def page_of(first="Mind", second="Mind", contacts=CONTACTS[0], headings=None):
    one, two = headings or ("London Borough of Camden – Together", "London Borough of Camden – Together")
    entries = ENTRY.format(heading=one, partners=first, contact=contacts[0])
    return PAGE.format(entries=entries + ENTRY.format(heading=two, partners=second, contact=contacts[1]))


def read_in(text):
    """What the import gives after a preview that changed nothing."""
    page, before = page_in(text), everything()
    report = preview_import(page)
    assert everything() == before
    return run_import(page, report.seal)


@pytest.mark.parametrize(("first", "second"), SPELLINGS)
def test_a_new_partner_is_stored_once_in_any_spelling(catalogue, first, second):
    before = Partner.objects.count()
    assert read_in(page_of(first, second)).summary == "2 new, 0 changed, 0 unchanged"
    assert Partner.objects.count() == before + (2 if "Nesta" in first else 1)
    for draft in Submission.objects.filter(status="draft"):
        assert draft.partners.count() >= 1


@pytest.mark.parametrize(("first", "second", "people"), CONTACTS)
def test_a_new_contact_is_stored_once_in_any_spelling(catalogue, first, second, people):
    before = Contact.objects.count()
    read_in(page_of(contacts=(first, second)))
    assert Contact.objects.count() == before + people
    assert all(draft.contact_lines.count() == 1 for draft in Submission.objects.filter(status="draft"))


def test_two_entries_of_one_title_are_known_again_as_two(catalogue):
    read_in(page_of())
    again = preview_import(page_in(page_of()))
    assert len({entry.key for entry in again.entries}) == 2


def test_everything_else_that_entries_share(catalogue):
    headings = ("Achieving for Children (AfC) – Together", "Achieving for Children – Together")
    read_in(page_of(headings=headings))
    one, two = Submission.objects.filter(status="draft").order_by("pk")
    assert one.delivery_body == two.delivery_body is not None
    assert one.slug != two.slug
    assert set(one.themes.names()) == set(two.themes.names()) != set()
    assert one.metrics.count() == two.metrics.count() > 0
    assert Administrator.objects.filter(category__number=3).count() == 1


def test_a_partner_and_a_contact_that_are_here_are_used_in_any_spelling(catalogue):
    partner = Partner.objects.create(name="Mind in Camden", slug="mind-in-camden", aliases=["Mind"])
    person = Contact.objects.create(name="Ann Bell", role="Head", email="ANN.bell@camden.gov.uk")
    read_in(page_of("MIND", "mind  in camden"))
    assert partner.submissions.count() == person.submissions.count() == 2


@pytest.mark.parametrize("name", ["x" * 300, "\N{LATIN SMALL LETTER E WITH ACUTE}" * 201])
def test_what_cannot_be_stored_changes_nothing_and_is_said(catalogue, name):
    before = everything()
    with pytest.raises(NotAPage):
        read_in(page_of(name, "Mind"))
    assert everything() == before


def test_a_figure_of_any_size_is_read_in(catalogue):
    text = page_of().replace("We met 112 families", "It cost £123,456,789,012,345,678. We met 112.5555 families")
    assert read_in(text).summary == "2 new, 0 changed, 0 unchanged"


def test_a_theme_and_an_authority_keep_their_proposals_under_another_name(catalogue):
    page = page_of()
    before = [theme.slug for theme in page_in(page).entries[0].themes]
    assert "participation" in before
    theme = Theme.objects.get(slug="participation")
    theme.slug = "voice"
    theme.save()
    borough = Borough.objects.get(slug="camden")
    borough.slug, borough.name = "camden-town", "Camden Town"
    borough.save()
    read_in(page)
    draft = Submission.objects.filter(status="draft").first()
    assert theme in draft.themes.all()
    assert list(draft.boroughs.all()) == [borough]


@pytest.mark.parametrize(
    ("name", "description"),
    [("Family hubs", "What hubs do."), ("Working early", "Early help, drop-ins and family hubs for parents.")],
)
def test_a_theme_added_at_the_desk_is_proposed_by_its_words(catalogue, name, description):
    added = Theme.objects.create(name=name, slug="hubs", description=description)
    read_in(page_of())
    assert all(added in draft.themes.all() for draft in Submission.objects.filter(status="draft"))


def test_the_catalogue_without_authorities_says_so(db, tmp_path):
    file = tmp_path / "page.txt"
    file.write_text(page_of())
    with pytest.raises(SystemExit, match="No authority is stored yet"):
        call_command("import_page", file)
    assert not Category.objects.exists()


TOOK = "Team: Early Help\nWhat it took (staff, money, time): Two advisers & £80,000 a year"


def test_what_it_took_is_read_from_its_label_before_the_main_text_alone(catalogue):
    text = (
        page_of().replace("Team: Early Help", TOOK, 1).replace("families in 2022", "families.\nWhat it took: time", 1)
    )
    read_in(text)
    one, two = Submission.objects.filter(status="draft").order_by("pk")
    assert (one.what_it_took, two.what_it_took) == ("Two advisers & £80,000 a year", "")
    assert (one.team, one.partners.get().name) == ("Early Help", "Mind")
    assert "What it took: time" in one.body
    assert "£80,000 a year" in one.metrics.values_list("figure", flat=True)
    report = read_in(text.replace("Two advisers", "Three advisers"))
    assert report.summary == "0 new, 1 changed, 1 unchanged"
    assert [label for label, _ in report.changes[0].differences] == ["What it took"]
