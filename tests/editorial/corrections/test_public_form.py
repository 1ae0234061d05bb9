"""“Something wrong?”: what comes in, what is refused with a sentence, and what is kept."""

import html
import re
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from django.utils.html import strip_tags

from editorial.models import Correction, Mail
from submissions.derived import renew
from submissions.version import current_version
from tests.editorial.corrections.conftest import GOOD, opened
from tests.editorial.letters import letter_to, letters

pytestmark = pytest.mark.django_db
FORM = "/submissions/open-door/correction/"
NOT_SENT = "Nothing was sent yet"


def words(response):
    return re.sub(r"\s+", " ", html.unescape(strip_tags(response.content.decode())))


def test_every_entry_leads_to_it_from_its_parts(client, entry):
    page = client.get(entry.get_absolute_url()).content.decode()
    for part in ("in-short", "submission"):
        assert f'href="{FORM}?section={part}"' in page
        chosen = client.get(FORM, {"section": part}).content.decode()
        assert re.search(rf'<option value="{part}" selected', chosen)


def test_the_sections_are_those_of_the_entry(client, entry):
    page = client.get(FORM, {"section": "section-what-it-cost"}).content.decode()
    assert re.findall(r'<option value="([^"]*)"', page) == [
        "", "whole", "in-short", "figures", "submission", "section-how-it-began", "section-what-it-cost",
    ]  # fmt: skip
    assert '<option value="section-what-it-cost" selected>What it cost</option>' in page


def test_opening_it_sets_no_cookie_and_is_never_kept(client, entry):
    for method in (client.get, client.head):
        answer = method(FORM)
        assert answer.status_code == 200
        assert not answer.cookies
        assert "no-store" in answer["Cache-Control"]
    assert not Correction.objects.exists()


def test_it_arrives_and_is_acknowledged_on_the_page_and_by_mail(client, tell, entry, settings):
    settings.LIIA_EMAIL = "spotlight@liia.example"
    answer = tell(section="section-what-it-cost")
    correction = Correction.objects.get()
    assert correction.reference == f"PS-{timezone.localdate().year}-{correction.pk:04d}"
    assert (correction.submission, correction.section, correction.kind) == (entry, "What it cost", "out-of-date")
    page = client.get(answer["Location"])
    assert f"Its number is {correction.reference}." in words(page)
    assert not page.cookies and not answer.cookies
    assert correction.reference in letter_to("kim@brent.example").body
    to_liia = letter_to("spotlight@liia.example")
    assert f"/admin/editorial/correction/{correction.pk}/change/" in to_liia.body
    for mail in letters():
        for body in (mail.body, *(text for text, _ in mail.alternatives)):
            assert GOOD["message"] not in body


def test_without_an_address_no_mail_is_promised(client, tell):
    page = client.get(tell(email="")["Location"])
    assert "there will be no answer" in words(page)
    assert not letters()


def test_the_page_repeats_no_number_that_it_has_not_given(client, entry):
    for token in ("PS-2026-0001", "x" * 5000, "a:b:c", "é\0"):
        page = client.get(FORM, {"arrived": token})
        assert "Something wrong?" in words(page)
        assert "PS-2026" not in words(page)


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("kind", "", "Choose what is wrong."),
        ("kind", "everything", "Choose one of the five."),
        ("section", "", "Choose where it stands."),
        ("section", "section-of-another", "Choose one of the parts that this entry has."),
        ("message", " ", "Say in a few words what is wrong."),
        ("message", "x" * 4001, "This is longer than 4,000 characters."),
        ("message", "a\0b", "Null characters are not allowed."),
        ("email", "kim at brent", "Write an e-mail address like name@council.gov.uk, or leave it empty."),
        ("email", f"{'k' * 300}@brent.example", "No e-mail address is longer than 254 characters."),
        ("email", "kim@brent.example\r\nBcc: all@brent.example", "Write an e-mail address"),
        ("homepage", "https://casino.example", "Only machines fill in this field."),
        ("opened", "", "That was faster than a person writes."),
        ("opened", "1700000000", "That was faster than a person writes."),
    ],
)
def test_a_fault_is_told_and_what_was_typed_stays(tell, field, value, told):
    answer = tell(**{field: value})
    assert answer.status_code == 200
    assert NOT_SENT in words(answer)
    assert told in words(answer)
    kept = {"message": GOOD["message"], "email": GOOD["email"]} | ({field: value} if field != "opened" else {})
    page = html.unescape(answer.content.decode())
    assert kept["message"].strip() in page
    assert kept["email"].partition("\r")[0] in page
    assert not Correction.objects.exists()
    assert not letters()


def test_what_came_too_fast_can_be_sent_again_as_it_stands(tell):
    answer = tell(opened=opened(seconds_ago=0))
    assert "Look through it once more and send again." in words(answer)
    stamp = re.search(r'name="opened" value="([^"]+)"', answer.content.decode())[1]
    with time_machine.travel(timezone.now() + timedelta(seconds=5)):
        assert tell(opened=stamp).status_code == 302


def test_a_form_left_open_overnight_still_arrives(tell):
    assert tell(opened=opened(seconds_ago=20 * 3600)).status_code == 302


def test_more_than_the_server_takes_in_is_told(client, entry):
    answer = client.post(FORM, {**GOOD, "message": "x" * 7_000_000})
    assert answer.status_code == 413
    assert "That was too much to take in." in words(answer)
    many = client.post(FORM, {**GOOD, **{f"field{n}": "x" for n in range(1001)}})
    assert many.status_code == 413
    assert not Correction.objects.exists()


def test_the_eleventh_within_an_hour_is_told_to_wait_and_keeps_the_text(client, entry):
    def tell_from(address, words=GOOD["message"]):
        form = {**GOOD, "message": words, "homepage": "", "opened": opened()}
        return client.post(FORM, form, REMOTE_ADDR=address)

    for number in range(10):
        assert tell_from("192.0.2.7", f"Words number {number}").status_code == 302
    refused = tell_from("192.0.2.7")
    assert refused.status_code == 429
    assert "10 messages have come from your connection within an hour." in words(refused)
    assert GOOD["message"] in words(refused)
    assert tell_from("192.0.2.8").status_code == 302
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert tell_from("192.0.2.7", "What was refused before").status_code == 302
    assert Correction.objects.count() == 12


def test_no_network_address_is_kept_and_its_hash_only_for_a_day(client, tell):
    tell()
    first = Correction.objects.get()
    assert re.fullmatch("[0-9a-f]{64}", first.sender)
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        tell()
    first.refresh_from_db()
    second = Correction.objects.exclude(pk=first.pk).get()
    assert first.sender == ""
    assert second.sender


@pytest.mark.parametrize(("status", "answer"), [("draft", 404), ("authority", 404), ("withdrawn", 410)])
def test_what_readers_cannot_see_takes_no_correction(tell, client, entry, status, answer):
    type(entry).objects.filter(pk=entry.pk).update(status=status)
    assert client.get(FORM).status_code == answer
    assert tell().status_code == answer
    assert not Correction.objects.exists()


def test_what_is_sent_to_an_earlier_address_is_not_lost(client, entry):
    entry.slug = "wide-open-door"
    entry.save()
    leads = client.get(FORM)
    assert (leads.status_code, leads["Location"]) == (301, "/submissions/wide-open-door/correction/")
    form = {**GOOD, "homepage": "", "opened": opened()}
    assert client.post(FORM, form).status_code == 302
    assert Correction.objects.get().submission == entry


def test_a_correction_changes_nothing_that_readers_see(tell):
    renew()  # of the entry itself
    before = current_version()
    tell()
    assert current_version() == before


def test_a_year_after_closing_the_address_is_forgotten_with_its_mails(tell, administrator, capsys):
    from editorial.corrections import close

    for kind in ("person", "other"):
        tell(kind=kind)
    of_person, other = Correction.objects.order_by("pk")
    for correction in (of_person, other):
        correction.reply = "Kim, it is mended."
        close(correction, by=administrator)
    assert Mail.objects.filter(to="kim@brent.example").count() == 4
    with time_machine.travel(timezone.now() + timedelta(days=364)):
        call_command("forget_old_corrections")
    assert Correction.objects.filter(email="kim@brent.example").count() == 2
    with time_machine.travel(timezone.now() + timedelta(days=366)):
        call_command("forget_old_corrections")
        call_command("forget_old_corrections")
    assert capsys.readouterr().out == "Removed from 0.\nRemoved from 2.\nRemoved from 0.\n"
    assert not Mail.objects.filter(to="kim@brent.example").exists()
    of_person.refresh_from_db()
    other.refresh_from_db()
    assert (of_person.email, of_person.message, of_person.reply) == ("", "", "Removed a year after closing")
    assert (other.email, other.message, other.reply) == ("", GOOD["message"], "Kim, it is mended.")
