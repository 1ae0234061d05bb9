"""Whatever writes and however: what is derived from the entries is what it would be if it were made from nothing.

Readers here are browsers that have seen every page before the change, and ask whether what they have still holds. The
pages, answers and files they get must be those of a site that has just begun on the same entries.
"""

import functools
import gc
import random
import re
import sys
from inspect import isfunction

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.handlers.base import BaseHandler
from django.db import DatabaseError, transaction
from django.test import RequestFactory
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from editorial.failures import Refused
from submissions import facets as facets_in_memory
from submissions.derived import rebuild, renew
from submissions.facets import FacetIndex, current_index
from submissions.models import DerivedEntry, SearchRow, SearchStem, SearchWord, Submission
from submissions.search.knowledge import knowledge
from tests.every_write import WRITES

FEW = [
    "/",
    "/submissions/?theme=housing&borough=brent",
    "/submissions/?q=zeppelin",
    "/suggest?q=zep",
    "/themes/housing/",
    "/submissions.csv",
    "/submissions/rooms/",
    "/submissions/lodging/",
]
ALL = [
    *FEW,
    "/submissions/",
    "/submissions/?sort=title",
    "/submissions/?sort=borough",
    "/submissions/?partner=settle&has=outcomes&has=voices",
    "/submissions/?q=zepelin",
    "/submissions/?q=merton+rooms",
    "/submissions/?q=young+adults",
    "/suggest?q=ro",
    "/suggest?q=ho",
    "/themes/",
    "/categories/",
    "/themes/zeppelin/",
    "/boroughs/",
    "/boroughs/brent/",
    "/categories/care-leavers/",
    "/categories/early-help/",
    "/coverage/",
    "/outcomes/",
    "/outcomes.csv",
    "/voices/",
    "/glossary/",
    "/survey/2024/",
    "/survey/2024/homes/",
    "/submissions/money/",
    "/submissions/draft/",
    "/submissions/withdrawn/",
    "/submissions.atom",
    "/submissions.json",
    "/api/submissions",
    "/api/themes",
    "/sitemap.xml",
    "/old-page",
    "/submissions/zeppelin-once/",
]
OF_THE_CODE = {"english", "outlines", "font", "emblem", "_files", "_code", "_main_pages", "_rules", "stem"}
OURS = ("boroughs", "editorial", "submissions", "survey", "spotlight")


class Browser:
    """Shows what it was sent before, where the site says that it still holds."""

    def __init__(self):
        self.site, self.sent = BaseHandler(), {}  # the test client would copy the context of every template
        self.site.load_middleware()

    def __call__(self, address):
        tag, before = self.sent.get(address, ("", None))
        answer = self.site.get_response(RequestFactory().get(address, headers={"if-none-match": tag} if tag else {}))
        if answer.status_code == 304:
            return before
        shown = (answer.status_code, answer.get("Location"), _body(answer))
        self.sent[address] = answer.get("ETag", ""), shown
        return shown


def _body(answer):
    """Line by line, so that a difference can be read; without what is drawn at random for each answer."""
    body = answer.getvalue().decode()
    return re.sub(r'nonce="[^"]*"', "", body).splitlines()


def state(addresses, browser):
    """What readers get first: whoever comes after a write has what is derived renewed."""
    pages = {address: browser(address) for address in addresses}
    renew()
    return pages | {
        "drawn": sorted(map(repr, DerivedEntry.objects.exclude(card="").values_list("pk", "card", "page", "facets"))),
        "entries": sorted((*row[:-1], sorted(row[-1].split())) for row in SearchRow.objects.values_list()),
        "stems": sorted(SearchStem.objects.filter(entries__gt=0).values_list()),
        "words": sorted(SearchWord.objects.values_list()),
        "facets": facets(current_index()),
        "knowledge": known(knowledge()),
    }


def facets(index):
    """What the index says, in keys and not in bits, which may stand in any order."""
    sets = {
        name: {slug: index.first(found, 100) for slug, found in of.items() if found} for name, of in index.bits.items()
    }
    options = {name: list(found) for name, found in index.options.items()}
    counts = {name: {slug: index.count(name, slug) for slug, *_ in found} for name, found in options.items()}
    return {
        "sets": sets,
        "options": options,
        "counts": counts,
        "values": index.values,
        "newest": index.first(index.everything, 100),
    }


def known(known):
    stems = SearchStem.objects.values_list("stem", flat=True)
    return {
        "total": known.total,
        "terms": {key: sorted(map(repr, terms)) for key, terms in known.terms.items() if terms},
        "names": {key: (sorted(name.boroughs), sorted(name.themes), name.forms) for key, name in known.names.items()},
        "meanings": {key: sorted(found) for key, found in known.meanings.items()},
        "labels": (sorted(known.theme_labels), sorted(known.borough_labels), sorted(known.shown_terms)),
        "beginnings": {stem: known.beginnings(stem) for stem in stems},
        "shares": {stem: known.share(stem) for stem in stems},
        "endings": {letter: known.beginning_with(letter, 9) for letter in "abcdefghijklmnopqrstuvwxyz"},
    }


def from_nothing(addresses):
    """The same of a process that has just begun, after everything stored that is derived was written again."""
    with transaction.atomic():
        rebuild()
        forget()
        made = state(addresses, Browser())
        transaction.set_rollback(True)
    forget()
    return made


def forget():
    """Throw away what this process has in memory of the catalogue."""
    for name in settings.CACHES:
        if name != "default":
            caches[name].clear()
    for function in functions_with_memory():
        function.cache_clear()
    for built in built_once():
        built.clear()
    facets_in_memory._latest = (None, FacetIndex())


@functools.cache
def built_once():
    """What the functions of `submissions.version` have built."""
    modules = [module for name, module in sys.modules.items() if name.startswith(OURS)]
    values = {id(value): value for module in modules for value in vars(module).values() if isfunction(value)}.values()
    closures = [(value.__code__.co_freevars, value.__closure__) for value in values]
    return [cells[names.index("built")].cell_contents for names, cells in closures if "built" in names]


@functools.cache
def functions_with_memory():
    found = (one for one in gc.get_objects() if type(one) is functools._lru_cache_wrapper)
    return [one for one in found if one.__module__.startswith(OURS) and one.__name__ not in OF_THE_CODE]


def is_true(browser, addresses):
    living, made = state(addresses, browser), from_nothing(addresses)
    different = {what: (living[what], made[what]) for what in made if living[what] != made[what]}
    assert not different, "\n".join(difference(what, *both) for what, both in different.items())


def difference(what, living, made):
    if isinstance(living, tuple) and living[:2] == made[:2]:
        living, made = living[2], made[2]
    if isinstance(living, dict):
        keys = [key for key in {**living, **made} if living.get(key) != made.get(key)]
        return "\n".join(difference(f"{what}: {key}", living.get(key), made.get(key)) for key in keys)
    if isinstance(living, list) and isinstance(made, list):
        stale = [line for line in living if line not in made]
        missing = [line for line in made if line not in living]
        return f"{what}: has {stale[:5]}, and from nothing {missing[:5]}"
    return f"{what}: is {str(living)[:300]}, and from nothing {str(made)[:300]}"


def carried_out(write, desk, n):
    """Whether it could be done. What is refused, or breaks a rule of the database, changes nothing."""
    try:
        with transaction.atomic():
            write(desk, n)
    except (Refused, DatabaseError, AttributeError, Submission.DoesNotExist):
        return False
    return True


@pytest.mark.parametrize("name", WRITES)
def test_after_a_write_all_that_is_derived_is_as_made_from_nothing(desk, name):
    browser = Browser()
    state(FEW, browser)
    assert any(carried_out(WRITES[name], desk, n) for n in range(6))
    is_true(browser, FEW)


@hypothesis_settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],  # to shrink what takes a second each time takes for ever
    suppress_health_check=list(HealthCheck),
)
@given(steps=st.lists(st.tuples(st.sampled_from([*WRITES, "a look"]), st.integers(0, 7)), min_size=2, max_size=6))
def test_after_any_writes_in_any_order_it_is_so_too(desk, steps):
    random.seed()  # else Hypothesis has every example draw the same stamps
    browser = Browser()
    with transaction.atomic():
        state(FEW, browser)
        for name, n in steps:
            if name == "a look":
                state(FEW, browser)
            else:
                carried_out(WRITES[name], desk, n)
        is_true(browser, ALL)
        transaction.set_rollback(True)
