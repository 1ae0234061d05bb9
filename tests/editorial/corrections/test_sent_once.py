"""One form with the same words is one correction with one mail to each, however often it arrives."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from editorial.models import Correction, Mail
from tests.editorial.corrections.conftest import GOOD, opened

FORM = "/submissions/open-door/correction/"


def mails_to(*addresses):
    return [Mail.objects.filter(to=address).count() for address in addresses]


def number_in(answer):
    return Client().get(answer["Location"]).context["reference"]["number"]


@pytest.mark.django_db
def test_sent_again_it_is_the_same_correction(tell, settings):
    settings.LIIA_EMAIL = "spotlight@liia.example"
    stamp = opened()
    first, again = tell(opened=stamp), tell(opened=stamp)
    assert number_in(first) == number_in(again)
    assert Correction.objects.count() == 1
    assert mails_to("kim@brent.example", "spotlight@liia.example") == [1, 1]


@pytest.mark.django_db
@pytest.mark.parametrize("email", [GOOD["email"], ""])
def test_a_form_opened_again_with_the_same_words_is_the_same_correction_for_a_day(tell, settings, email):
    settings.LIIA_EMAIL = "spotlight@liia.example"
    first, again = tell(email=email), tell(email=email, opened=opened(60))
    assert number_in(first) == number_in(again)
    assert mails_to(GOOD["email"], "spotlight@liia.example") == [bool(email), 1]
    Correction.objects.update(received_at=timezone.now() - timedelta(days=1, minutes=1))
    tell(email=email)
    assert Correction.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change", [{"message": "And another thing."}, {"kind": "other"}, {"email": "lee@brent.example"}]
)
def test_other_words_from_the_same_form_are_not_lost(tell, change):
    stamp = opened()
    tell(opened=stamp)
    tell(opened=stamp, **change)
    assert Correction.objects.count() == 2


@pytest.mark.django_db
def test_what_is_sent_again_does_not_use_up_the_hour(tell):
    stamp = opened()
    assert {tell(opened=stamp).status_code for _ in range(12)} == {302}
    assert tell().status_code == 302


@pytest.mark.django_db(transaction=True)
def test_four_equal_posts_at_once_are_one(entry, settings):
    settings.LIIA_EMAIL = "spotlight@liia.example"
    form, answers, start = {**GOOD, "homepage": ""}, [], threading.Barrier(4)

    def send(stamp):
        start.wait(10)
        answers.append(Client().post(FORM, form | {"opened": stamp}))
        connection.close()

    threads = [threading.Thread(target=send, args=[opened(30 + number // 2)]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert {answer.status_code for answer in answers} == {302}
    assert len({number_in(answer) for answer in answers}) == 1
    assert Correction.objects.count() == 1
    assert mails_to("kim@brent.example", "spotlight@liia.example") == [1, 1]
