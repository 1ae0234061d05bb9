"""Entries for tests, stored in the real database with the 33 boroughs and 17 themes of the fixtures."""

import random
from itertools import count

from django.core.management import call_command
from django.http import QueryDict
from django.utils.text import slugify

from boroughs.models import Borough, Contact
from editorial.answers import record_page_sign_off
from submissions.filters import SubmissionFilter
from submissions.models import Category, Partner, Round, Submission, Theme
from tests.database import put_in, shared

ROUND = {"year": 2024, "defaults": {"name": "2024 round"}}


class EntryMaker:
    def __init__(self):
        if not Borough.objects.exists():
            put_in("authorities, themes and a round", _make_groups)
        self.round, _ = Round.objects.get_or_create(**ROUND)
        self.number = count(1)

    def __call__(self, boroughs=("merton",), themes=(), category="Care leavers", signed_off=False, **rest):
        n = next(self.number)
        related = {name: rest.pop(name, ()) for name in ("partners", "figures", "voices")}
        contact = rest.pop("contact", None)
        fields = {"title": f"Entry {n}", "slug": f"entry-{n}", "status": "published", "published_on": "2026-01-01"}
        quoted = " ".join([*(["75% felt safe."] if related["figures"] else []), *related["voices"]])
        body = f"<p>How it was done.</p><p>{quoted}</p>" if quoted else "<p>How it was done.</p>"
        fields |= {"summary": f"<p>What entry {n} is.</p>", "body": body, "round": self.round}
        entry = Submission.objects.create(**(fields | rest))
        entry.categories.add(self.category(category))
        entry.boroughs.add(*Borough.objects.filter(slug__in=boroughs))
        entry.themes.add(*Theme.objects.filter(slug__in=themes))
        self.add_related(entry, contact=contact, **related)
        if signed_off:
            record_page_sign_off(entry, "Approved before inclusion.")
        return Submission.objects.get(pk=entry.pk)

    def category(self, name):
        defaults = {"number": Category.objects.count() + 1, "title": f"On {name}", "slug": slugify(name)}
        return Category.objects.get_or_create(name=name, defaults=defaults)[0]

    def add_related(self, entry, partners, figures, voices, contact):
        for name in partners:
            entry.partners.add(Partner.objects.get_or_create(name=name, slug=slugify(name.replace("’", "")))[0])
        for status in figures:
            entry.metrics.create(
                figure="75%",
                label="felt safe",
                quote="75% felt safe.",
                value=75,
                unit="percent",
                kind="outcome",
                status=status,
            )
        for words in voices:
            entry.voices.create(quote=words)
        if contact:
            person, _ = Contact.objects.get_or_create(email=contact, defaults={"name": "A Person", "role": "Manager"})
            entry.contact_lines.create(contact=person)


def _make_groups():
    call_command("loaddata", "fixtures/boroughs.json", "fixtures/themes.json", verbosity=0)
    Round.objects.get_or_create(**ROUND)


def mix(make_entry, number=40):
    """That many entries of every kind, always the same. Forty are there already where the test began with them."""
    if not (number == 40 and shared and shared[0] == "a mix of entries"):
        put_in(f"a mix of {number}", lambda: _make_mix(make_entry, number))
    make_entry.number = count(number + 1)
    return list(Submission.objects.order_by("pk"))


def _make_mix(make_entry, number):
    dice = random.Random(33)  # noqa: S311  (always the same forty)
    for _ in range(number):
        make_entry(
            boroughs=dice.sample(["merton", "brent", "sutton", "camden"], dice.choice([1, 1, 2])),
            themes=dice.sample(["housing", "money", "health", "send", "leisure"], dice.choice([0, 1, 2, 3])),
            category=dice.choice(["Care leavers", "Early help"]),
            partners=dice.sample(["Barnardo’s", "Centrepoint", "Settle"], dice.choice([0, 1, 2])),
            figures=dice.sample(["confirmed", "proposed", "rejected"], dice.choice([0, 1, 2])),
            voices=dice.sample(["“One.”", "“Two.”"], dice.choice([0, 0, 1, 2])),
            status=dice.choice(["published", "published", "published", "draft", "withdrawn"]),
        )


def list_asked(**parameters):
    """The list that readers get with these parameters."""
    data = QueryDict(mutable=True)
    data.update(parameters)
    return SubmissionFilter(data)


def entries_on(asked):
    """The entries of a list, in its order."""
    return asked.qs
