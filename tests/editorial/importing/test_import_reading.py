"""What becomes of each entry of a page: new, changed, unchanged or at the desk already; and nothing else."""

import pytest
from django.contrib.auth.models import User

from boroughs.models import Contact
from editorial.answers import record_letter_approval
from editorial.importing import reading
from editorial.importing.category import likely_category
from editorial.importing.reading import source_of_file
from editorial.importing.report import Outcome
from editorial.models import Event, SignOff, Version
from editorial.snapshots import snapshot_of
from editorial.workflow import transition
from pagereader import NotAPage
from submissions.models import CatalogueVersion, Category, Doubt, Partner, Submission, Voice
from submissions.wording import plain
from tests.admin.conftest import fields_of
from tests.editorial.importing.conftest import as_word
from tests.entries import EntryMaker

pytestmark = pytest.mark.django_db


def preview(text, **asked):
    return reading.preview_import(reading.page_in(text), **asked)


def confirm(text, seal=None, **asked):
    """Confirmed with the likeliest category: the care leavers' page prints neither number nor title."""
    page = reading.page_in(text)
    return reading.run_import(page, seal, **{"category": likely_category(page).category, **asked})


def changed(text, *pairs):
    for old, new in pairs:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    return text


THREE = [
    ("Team: Participation and Engagement Team", "Team: Participation Team"),
    ("100% of participants have rated", "98% of participants have rated"),
    ("London Borough of Sutton – KickStart Futures", "London Borough of Sutton – Kick-Start Futures"),
    (
        "Keli Eboji, Head of Service, Looked After Children and Permanency – Kelli.eboji@brent.gov.uk",
        "Ana Moss, Head of Service – ana.moss@brent.gov.uk",
    ),
]
THREE_TITLES = [
    "Total Respect Training delivered by Expert by Experience Trainers",
    "Brent Care Journeys – Children in Care Council",
    "KickStart Futures",
]


def everything():
    """All that stands, to see that nothing of it was touched."""
    models = (Submission, Version, Event, Doubt, Contact, Partner, Category, SignOff, CatalogueVersion)
    rows = {model: list(model.objects.order_by("pk").values()) for model in models}
    return rows, [snapshot_of(entry) for entry in Submission.objects.order_by("pk")]


@pytest.mark.parametrize("form", ["text", "Word"])
def test_the_page_that_is_here_says_nothing_new(catalogue, seed, form):
    before = everything()
    text = seed if form == "text" else source_of_file(as_word(seed)).text
    assert {entry.outcome for entry in preview(text).entries} == {Outcome.SAME}
    assert preview(text).summary == confirm(text).summary == "0 new, 0 changed, 14 unchanged"
    assert everything() == before


def test_three_changed_entries_are_three_new_versions_and_published_text_stays(catalogue, seed):
    before = {entry.pk: snapshot_of(entry) for entry in Submission.objects.published()}
    text = changed(seed, *THREE)
    report = preview(text)
    assert Submission.objects.count() == 14
    assert report.summary == "0 new, 3 changed, 11 unchanged"
    assert confirm(text, report.seal).seal == report.seal
    drafts = Submission.objects.exclude(replaces=None)
    assert sorted(draft.replaces.title for draft in drafts) == sorted(THREE_TITLES)
    assert {draft.status for draft in drafts} == {"draft"}
    assert {entry.pk: snapshot_of(entry) for entry in Submission.objects.published()} == before


def test_a_new_version_says_what_the_page_says_and_keeps_what_liia_decided(catalogue, seed):
    confirm(changed(seed, *THREE))
    live = Submission.objects.get(slug="total-respect-training")
    draft = live.next_version
    assert draft.team == "Participation Team"
    assert draft.body == live.body.replace("100% of", "98% of")
    assert list(draft.themes.names()) == list(live.themes.names())
    assert [(m.figure, m.status) for m in draft.metrics.all()] == [
        ("21 participants", "confirmed"),
        ("2 sessions", "confirmed"),
        ("98%", "proposed"),
    ]
    assert list(draft.voices.values_list("quote")) == list(live.voices.values_list("quote"))


def test_a_change_of_contact_is_a_version_with_that_contact(catalogue, seed):
    report = confirm(changed(seed, *THREE))
    brent = next(entry for entry in report.entries if entry.title.startswith("Brent"))
    assert [label for label, _ in brent.differences] == ["Contacts"]
    draft = Submission.objects.get(slug="brent-care-journeys").next_version
    assert [str(line) for line in draft.contact_lines.all()] == ["Ana Moss, Head of Service"]


def test_the_changed_page_again_doubles_nothing(catalogue, seed):
    text = changed(seed, *THREE)
    confirm(text)
    before = everything()
    again = confirm(text)
    assert again.summary == "0 new, 0 changed, 14 unchanged"
    assert not [entry.remarks for entry in again.entries if entry.remarks]
    assert sorted(entry.title for entry in again.of(Outcome.PRESENT)) == sorted(
        ["Kick-Start Futures", *(title for title in THREE_TITLES if title != "KickStart Futures")]
    )
    assert everything() == before


def test_a_later_page_revises_the_same_draft(catalogue, seed):
    confirm(changed(seed, *THREE))
    later = confirm(changed(seed, *THREE[1:], ("Team: Participation and Engagement Team", "Team: Voice Team")))
    assert [entry.outcome for entry in later.changes] == [Outcome.REVISED]
    draft = Submission.objects.get(slug="total-respect-training").next_version
    assert draft.team == "Voice Team"
    assert "98% of participants" in draft.body


def test_what_liia_has_corrected_since_is_no_news_of_the_page(catalogue, seed, editor):
    person = Contact.objects.get(name="Sukpal Uppal")
    person.email = "sukpal.uppal@merton.gov.uk"
    person.save()
    entry = Submission.objects.get(slug="total-respect-training")
    entry.team = "Participation"
    entry.save()
    report = confirm(seed)
    assert report.summary == "0 new, 0 changed, 14 unchanged"
    assert "team. It stays as it is here" in report.entries[0].remarks[0]


@pytest.fixture
def edited(catalogue, desk_client):
    """An entry whose text LIIA has changed at the desk since it was read from the page, in a version that waits."""
    live = Submission.objects.get(slug="total-respect-training")
    address = f"/admin/submissions/submission/{live.pk}/change/"
    form = fields_of(desk_client.get(address))
    first, _, rest = form["body"].partition("</p>")
    assert desk_client.post(address, form | {"body": f"{first} B WROTE.</p>{rest}"}).status_code == 302
    return live


@pytest.fixture
def desk_client(client):
    client.force_login(User.objects.create_superuser("bo", first_name="Bo"))
    return client


def test_liias_words_in_a_text_are_kept_where_the_page_changed_another_sentence(edited, seed):
    text = changed(seed, ("100% of participants have rated", "98% of participants have rated"))
    report = confirm(text)
    draft = edited.next_version
    assert "B WROTE." in draft.body and "98% of participants" in draft.body
    assert report.entries[0].both == []
    confirm(changed(text, ("98% of participants have rated", "97% of participants have rated")))
    draft.refresh_from_db()
    assert "B WROTE." in draft.body and "97% of participants" in draft.body


def test_what_liia_and_the_page_both_changed_is_named_before_anything_is_saved(edited, seed, desk_client):
    paragraph = plain(edited.body).splitlines()[0]
    last = paragraph.split()[-1]
    text = changed(seed, (paragraph, paragraph.removesuffix(last) + f"really {last}"))
    ((label, ours, theirs),) = preview(text).entries[0].both
    assert label == "Main text"
    assert "B WROTE." in ours and f"really {last}" in theirs
    page = desk_client.post("/admin/import/", {"text": text, "round": edited.round_id, "category": ""}).content.decode()
    assert "LIIA changed this too: Main text." in page
    confirm(text)
    body = edited.next_version.body
    assert "B WROTE." in body and f"really {last}" not in body
    assert confirm(text).summary == "0 new, 0 changed, 14 unchanged"


def test_a_team_that_liia_has_worded_itself_is_named_and_kept(catalogue, seed):
    Submission.objects.filter(slug="total-respect-training").update(team="LIIA's wording")
    report = confirm(changed(seed, THREE[0]))
    assert report.entries[0].both == [("Team", "LIIA's wording", "Participation Team")]
    assert Submission.objects.get(replaces__slug="total-respect-training").team == "LIIA's wording"


def test_words_taken_down_stay_down_in_a_new_version(catalogue, seed):
    voice = Voice.objects.filter(quote__startswith="I still feel that the training").get()
    voice.withdraw()
    confirm(changed(seed, *THREE))
    draft = Submission.objects.get(slug="total-respect-training").next_version
    assert "98% of" in draft.body
    assert "I still feel that the training" not in draft.body
    assert Voice.WITHDRAWN in draft.body
    assert not draft.voices.heard().filter(quote=voice.quote).exists()


def test_the_page_may_change_a_paragraph_of_which_words_were_taken_down(catalogue, seed):
    live = Submission.objects.get(slug="total-respect-training")
    live.voices.create(quote="a cornerstone of our commitment").withdraw()
    report = confirm(changed(seed, ("Merton Council is proud", "Merton is proud")))
    body = live.next_version.body
    assert "Merton is proud" in body and "a cornerstone of" not in body
    assert report.entries[0].both == []


def test_a_known_person_printed_otherwise_is_left_to_liia(catalogue, seed):
    report = confirm(changed(seed, ("Keli Eboji, Head", "Kelly Eboji, Head")))
    assert report.summary == "0 new, 0 changed, 14 unchanged"
    (remark,) = next(entry for entry in report.entries if entry.title.startswith("Brent")).remarks
    assert remark.startswith("The page prints “Kelly Eboji, Head of Service")
    assert Contact.objects.filter(name="Keli Eboji").exists()


@pytest.mark.parametrize(
    ("old", "new", "how"),
    [
        ("– Cooking with Friends", "– Cooking With Friends!", "by its title"),
        ("– Cooking with Friends", "– Cooking with freinds", "nearly the same"),
        ("– Cooking with Friends", "– A kitchen for everyone", "by its text"),
    ],
)
def test_an_entry_is_known_again_under_another_heading(catalogue, seed, old, new, how):
    report = preview(changed(seed, (old, new)))
    assert not report.of(Outcome.NEW)
    (entry,) = (
        entry for entry in report.entries if entry.key == Submission.objects.get(slug="cooking-with-friends").pk
    )
    assert how in entry.said


def test_a_text_under_another_title_from_another_authority_is_another_entry(catalogue, seed):
    report = preview(changed(seed, ("Sutton – KickStart Futures", "Ealing – A home of one’s own")))
    assert [entry.title for entry in report.of(Outcome.NEW)] == ["A home of one’s own"]


def test_a_page_of_a_new_category_becomes_drafts(catalogue, early_help, editor):
    people, partners = Contact.objects.count(), Partner.objects.count()
    report = confirm(early_help, by=editor)
    assert (report.summary, report.category_is_new) == ("2 new, 0 changed, 0 unchanged", True)
    first, second = Submission.objects.filter(categories__number=3).order_by("pk")
    assert (first.status, first.slug, first.round.year) == ("draft", "family-hubs-that-reach-fathers", 2024)
    assert [borough.name for borough in second.boroughs.all()] == ["Hammersmith and Fulham"]
    assert Contact.objects.count() == people + 3
    assert Partner.objects.count() > partners
    assert {metric.status for metric in first.metrics.all()} == {"proposed"}
    assert first.themes.exists() and first.voices.exists() and first.supporting_items.exists()
    assert first.doubts.open().count() == 1
    assert [event.by for event in first.events.all()] == [editor]
    category = Category.objects.get(number=3)
    assert category.sponsor.startswith("London Early Help Network")
    assert category.mentions.exists()


def test_the_same_new_page_again_is_at_the_desk_already(catalogue, early_help):
    confirm(early_help)
    before = everything()
    assert {entry.outcome for entry in confirm(early_help).entries} == {Outcome.PRESENT}
    assert everything() == before


def test_a_new_draft_takes_no_address_that_leads_to_another_entry(catalogue, early_help):
    for slug in ("family-hubs-that-reach-fathers", "kickstart"):
        entry = Submission.objects.get(title="KickStart Futures")
        entry.slug = slug
        entry.save()
    confirm(early_help)
    assert Submission.objects.get(title="Family Hubs that Reach Fathers").slug.startswith("family-hubs-that-reach-")
    assert not Submission.objects.filter(slug="family-hubs-that-reach-fathers").exists()


def test_people_and_partners_that_are_here_are_used_again(catalogue, early_help):
    person = Contact.objects.create(name="Tom Reid", role="Family Support Lead", email="Tom.Reid@lbhf.gov.uk")
    partner = Partner.objects.create(name="Coram charity", slug="coram", aliases=["CORAM"])
    confirm(early_help)
    assert person.submissions.get().title == "Parent Champions (Peer Support)"
    assert partner.submissions.get().title == "Family Hubs that Reach Fathers"


def test_a_withdrawn_entry_is_left_alone(catalogue, seed):
    transition(Submission.objects.get(slug="total-respect-training"), "withdraw")
    report = confirm(changed(seed, *THREE[:2]))
    assert report.entries[0].outcome == Outcome.LEFT
    assert not Submission.objects.filter(status="draft").exists()


def test_a_confirmation_of_something_else_writes_nothing(catalogue, seed):
    text = changed(seed, *THREE)
    seal = preview(text).seal
    entry = Submission.objects.get(slug="total-respect-training")
    entry.team = "Another team"
    entry.save()
    before = everything()
    with pytest.raises(reading.NotConfirmed) as told:
        confirm(text, seal)
    assert told.value.report.seal != seal
    assert everything() == before


def test_a_revised_draft_that_was_with_its_authority_is_asked_about_again(catalogue, early_help, seed):
    confirm(changed(seed, *THREE[:2]))
    draft = Submission.objects.get(slug="total-respect-training").next_version
    Submission.objects.filter(pk=draft.pk).update(status="authority")
    confirm(changed(seed, ("Team: Participation and Engagement Team", "Team: Voice Team")))
    draft.refresh_from_db()
    assert (draft.status, draft.team) == ("draft", "Voice Team")
    assert draft.events.filter(what="Sign-off void").exists()


def test_doubts_of_a_version_go_with_it_to_readers(catalogue, seed):
    confirm(changed(seed, ("Key Contact: Sukpal Uppal,", "Key Contact: Bea Loud,"), THREE[0]))
    live = Submission.objects.get(slug="total-respect-training")
    draft = live.next_version
    assert draft.doubts.filter(message__contains="Bea Loud").exists()
    Submission.objects.filter(pk=draft.pk).update(status="signed-off")
    for borough in live.boroughs.all():
        for role in ("dcs", "practice-leader"):
            record_letter_approval(draft, borough, role, note="By letter", by=None)
    transition(draft, "publish")
    assert live.doubts.filter(message__contains="Bea Loud").exists()


def test_a_settled_doubt_does_not_come_again_with_the_next_page(catalogue, seed, editor):
    text = changed(seed, ("Key Contact: Sukpal Uppal,", "Key Contact: Bea Loud,"))
    for team in ("Participation Team", "Voice Team"):
        confirm(changed(text, ("Team: Participation and Engagement Team", f"Team: {team}")))
        (doubt,) = Doubt.objects.filter(message__contains="Bea Loud")
        doubt.settle(by=editor, note="Right as printed.")


def test_an_address_that_no_mail_reaches_is_refused_whole(catalogue, seed):
    before = everything()
    with pytest.raises(NotAPage, match=r"“sukpal\.\.updal@merton\.gov\.uk” is no e-mail address"):
        confirm(changed(seed, ("sukpal.updal@", "sukpal..updal@")))
    assert everything() == before


def test_what_has_no_room_is_refused_whole(catalogue, seed):
    before = everything()
    with pytest.raises(NotAPage, match=r"Line \d+: .* there is room for 250"):
        confirm(changed(seed, ("Team: Participation and Engagement Team", "Team: " + "Participation " * 30)))
    assert everything() == before


def test_without_a_round_nothing_is_read_in(db, early_help):
    EntryMaker().round.delete()
    with pytest.raises(NotAPage, match="no round yet"):
        confirm(early_help)
    assert not Category.objects.exists()
