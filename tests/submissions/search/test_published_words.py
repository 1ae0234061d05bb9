"""No word that readers may not see is given away: not by spelling help, completion, suggestions, counts or order."""

import os
import subprocess
import sys

import pytest
from django.db import connection

from boroughs.models import Contact
from submissions.derived import rebuild
from submissions.models import SearchRow, SearchStem, SearchWord, Submission
from tests.spotlight.test_unchanged_pages import address_of

pytestmark = pytest.mark.django_db

# Each is met in one place only, and typed with one letter too many.
PLANTED = {
    "title": ("Zarquonmere", "Zarquonmerre"),
    "text": ("Xanthippella", "Xanthippela"),
    "partner": ("Quillfeatherington", "Quillfeatheringtonn"),
    "contact": ("Brindlewickham", "Brindlewickhamm"),
    "figure": ("Vexillologists", "Vexillologistss"),
    "item": ("Fandangleberry", "Fandangleberryy"),
}
SEARCHES = ("/submissions/", "/suggest", "/api/submissions", "/submissions.json")


def plant(make_entry, **rest):
    entry = make_entry(
        title=f"{PLANTED['title'][0]} house",
        body=f"<p>We met {PLANTED['text'][0]} there.</p>",
        partners=[PLANTED["partner"][0]],
        **rest,
    )
    person = Contact.objects.create(name=f"Ada {PLANTED['contact'][0]}")
    entry.contact_lines.create(contact=person)
    entry.metrics.create(
        figure="7", label=PLANTED["figure"][0], quote="7", value=7, unit="x", kind="outcome", status="confirmed"
    )
    entry.supporting_items.create(title=PLANTED["item"][0])
    return entry


def given_away(client, of=PLANTED):
    """The planted words that some address answers with to somebody who typed them wrong, or only began them. `of`: the
    places whose words are tried."""
    found = set()
    for word, typo in (PLANTED[place] for place in of):
        for asked in (typo, word[:6], f"house {typo}", f"how do {typo} houses help"):
            for address in SEARCHES:
                answer = client.get(address, {"q": asked})
                text = answer.getvalue().decode().lower().replace(typo.lower(), "")
                found |= {word} & {planted for planted, _ in PLANTED.values() if planted.lower() in text}
    return found


def at_rest():
    """What the index holds of the planted words."""
    words = set(SearchWord.objects.values_list("word", flat=True))
    stems = " ".join(SearchStem.objects.values_list("stem", flat=True)) + repr(list(SearchRow.objects.values()))
    return {word for word, _ in PLANTED.values() if word.lower() in words or word.lower()[:9] in stems}


def test_published_words_are_offered(client, make_entry):
    """Else the other tests could not fail."""
    plant(make_entry)
    assert given_away(client) >= {PLANTED[name][0] for name in ("title", "text", "partner", "contact", "item")}


@pytest.mark.parametrize("status", ["draft", "authority", "signed-off", "withdrawn"])
def test_words_of_what_is_not_published_are_not(client, make_entry, status):
    make_entry(title="A house of another kind")
    plant(make_entry, status=status)
    assert given_away(client) == at_rest() == set()


@pytest.mark.parametrize(
    "hide",
    [
        lambda entry: setattr(entry, "status", "withdrawn") or entry.save(),
        lambda entry: Submission.objects.filter(pk=entry.pk).update(status="withdrawn"),
        lambda entry: connection.cursor().execute(
            "UPDATE submissions_submission SET status = 'withdrawn' WHERE id = %s", [entry.pk]
        ),
        lambda entry: entry.delete(),
    ],
    ids=["saved", "in bulk", "plain SQL", "deleted"],
)
def test_withdrawn_they_are_forgotten_at_once(client, make_entry, hide):
    make_entry(title="A house of another kind")
    entry = plant(make_entry)
    assert given_away(client, of=["title", "partner"])
    hide(entry)
    assert given_away(client) == at_rest() == set()


def test_published_again_they_are_found_again(client, make_entry):
    entry = plant(make_entry, status="withdrawn")
    Submission.objects.filter(pk=entry.pk).update(status="published")
    assert "Zarquonmere house" in client.get("/submissions/?q=zarquonmerre").content.decode()


def test_a_partner_of_drafts_only_is_no_choice_and_no_answer(client, make_entry):
    make_entry(status="draft", partners=["Zarquon Trust"])
    assert "Zarquon" not in client.get("/submissions/").content.decode()
    assert "There is no partner" in client.get("/submissions/?partner=zarquon-trust").content.decode()
    assert "zarquon" not in client.get("/api/openapi.json").content.decode()


def test_a_draft_changes_neither_order_nor_what_is_left_out(client, make_entry):
    make_entry(title="Cooking housing", body="<p>cooking housing budgets</p>")
    make_entry(title="Housing", body="<p>housing and budgets for all</p>")
    asked = "/submissions/?q=cooking+housing+budgets+balloons"
    before = client.get(asked).content
    make_entry(status="draft", title="Cooking housing budgets balloons", body="<p>cooking " * 50)
    assert client.get(asked).content == before


def test_an_index_written_anew_holds_published_words_only(client, make_entry):
    plant(make_entry, status="draft")
    make_entry()
    assert rebuild() == 1
    assert given_away(client) == at_rest() == set()


HIDE = """
import django; django.setup()
from submissions.models import Submission
Submission.objects.filter(slug="planted").update(status="withdrawn")
"""


@pytest.mark.django_db(transaction=True)
def test_withdrawn_in_another_process_they_are_forgotten_here(client, make_entry):
    make_entry(title="A house of another kind")
    plant(make_entry, slug="planted")
    assert given_away(client, of=["title", "partner"])
    environment = os.environ | {"DATABASE_URL": address_of(connection.settings_dict), "DEBUG": "on"}
    environment["DJANGO_SETTINGS_MODULE"] = "spotlight.settings"
    subprocess.run([sys.executable, "-c", HIDE], check=True, timeout=60, env=environment)
    assert given_away(client) == set()
