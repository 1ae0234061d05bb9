"""Fixtures for every test; for the journeys, a Chromium in which nothing may go wrong unseen.

`page`            a page of the site with script on
`no_script_page`  the same with script off
`open_page`       makes one with any of Playwright's context options: open_page(color_scheme="dark")
`assert_accessible`  axe finds nothing against WCAG 2.2 AA on this page
`assert_holds`    the same for a desk and a phone, by day and in the dark, and nothing is wider than the screen
"""

import gc
import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.test import override_settings
from django.test.utils import teardown_databases

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in this thread, beside the ORM

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
NO_BROWSER = (
    "The browser journeys need Chromium and what Playwright's driver stands on. Install them (Debian: "
    "apt install chromium libatomic1; elsewhere: .venv/bin/playwright install chromium)."
)
browser_missing = pytest.StashKey[bool]()
# {a fixture: the rows that a test begins with which asks for it}; the first that fits.
STARTS = {
    "seeded": "the catalogue",
    "seed_catalogue": "the catalogue",
    "survey": "the survey",
    "mixed_catalogue": "a mix of entries",
    "make_entry": "authorities, themes and a round",
}


def pytest_collection_modifyitems(items):
    """Tests without a database come first: meanwhile the process that begins with the others makes it for all."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
    items.sort(key=lambda item: bool(item.get_closest_marker("django_db") or "_django_db_helper" in item.fixturenames))


def pytest_collection_finish():
    """What is loaded by now stays: the collector of garbage need not look through it again and again."""
    gc.freeze()
    gc.set_threshold(10_000, 20, 100)


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef, request):
    if fixturedef.argname == "_django_db_helper":  # pytest-django's, which begins the test's transaction
        with request.getfixturevalue("django_db_blocker").unblock():
            share_rows(request)


def share_rows(request):
    """Put the rows in that the test begins with, unless they are there."""
    from tests import database
    from tests.entries import EntryMaker, mix

    names, marker = request.fixturenames, request.node.get_closest_marker("django_db")
    alone = "transactional_db" in names or "live_server" in names or (marker and marker.kwargs.get("transaction"))
    what = None if alone else next((STARTS[name] for name in STARTS if name in names), None)
    put_in = {
        "the catalogue": database.load_catalogue,
        "the survey": database.load_survey,
        "a mix of entries": lambda: mix(EntryMaker()),
        "authorities, themes and a round": EntryMaker,
    }
    database.start_from(what, put_in.get(what))
    if what and "seeded" not in names:
        database.forget_pages()


def pytest_terminal_summary(terminalreporter, config):
    if browser_missing in config.stash:
        terminalreporter.write_line(f"SKIPPED: {NO_BROWSER}", yellow=True)


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker, django_db_modify_db_settings):
    """In place of pytest-django's: a copy of a database that was migrated once."""
    from tests.database import end_sharing, make_database

    with django_db_blocker.unblock():
        made = make_database(request.config.option.verbose)
    yield
    with django_db_blocker.unblock():
        end_sharing()
        teardown_databases(made, verbosity=request.config.option.verbose)


@pytest.fixture(scope="session", autouse=True)
def quick_passwords():
    """A hash that costs nothing; a test that measures it takes the real one."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session")
def browser(pytestconfig, django_db_setup, django_db_blocker):
    """Chromium, the machine's own or Playwright's. Without either: skipped and said, or failed where CI is set."""
    from tests.database import end_sharing

    with django_db_blocker.unblock():
        end_sharing()  # Playwright's loop gives this thread another connection, which knows nothing of the rows
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=20_000)  # milliseconds: on a busy machine a page takes its time
    try:
        playwright = sync_playwright().start()
    except Exception as error:  # Playwright has no narrower one for a driver that cannot start
        do_without(pytestconfig, f"{NO_BROWSER} ({error})")
    chromium = shutil.which("chromium") or playwright.chromium.executable_path
    if not Path(chromium).exists():
        playwright.stop()
        do_without(pytestconfig, NO_BROWSER)
    browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
    yield browser
    browser.close()
    playwright.stop()


def do_without(pytestconfig, reason):
    pytestconfig.stash[browser_missing] = True
    (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)


class Watch:
    """What goes wrong on a page while a test looks elsewhere: script errors, refusals of the content security policy,
    failing requests, and any request to another host."""

    def __init__(self, page, site):
        self.faults = []
        self.host = urlsplit(site).netloc
        page.on("console", self.hear)
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("request", self.see_request)
        page.on("requestfailed", self.see_failure)
        page.on("response", self.see_response)

    def hear(self, message):
        if message.type == "error" and "Failed to load resource" not in message.text:  # see_response says which
            self.faults.append(f"console: {message.text}")

    def see_request(self, request):
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.netloc != self.host:
            self.faults.append(f"request to another host: {request.url}")

    def see_failure(self, request):
        if "ERR_ABORTED" not in request.failure:  # a download, or the reader went on before the answer came
            self.faults.append(f"request failed: {request.url} ({request.failure})")

    def see_response(self, response):
        if response.status >= 500 or (response.status >= 400 and not response.request.is_navigation_request()):
            self.faults.append(f"answered {response.status}: {response.url}")


@pytest.fixture
def open_page(browser, live_server):
    """open_page(**options) → a page at the live server, watched. Every fault it had fails the test at its end."""
    contexts, watches = [], []

    def opened(**options):
        context = browser.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        watches.append(Watch(page, live_server.url))
        return page

    yield opened
    for context in contexts:
        context.close()
    faults = [fault for watch in watches for fault in watch.faults]
    assert not faults, "\n".join(faults)


@pytest.fixture
def page(open_page):
    return open_page()


@pytest.fixture
def no_script_page(open_page):
    return open_page(java_script_enabled=False)


@pytest.fixture(scope="session")
def assert_accessible():
    """assert_accessible(page): no violation of WCAG 2.2 AA that axe can see, on the page as it stands now.

    Axe fetches no style sheet by itself: it would look for those that Django's import beside the page, where they are
    not, and that is told as a fault of the page.
    """
    from axe_playwright_python.base import AXE_SCRIPT

    def assert_accessible(page):
        rules = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"], "preload": False}
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        violations = page.evaluate("async rules => (await axe.run(rules)).violations", rules)
        assert not violations, "\n".join(said(violations, page.url))

    return assert_accessible


@pytest.fixture(scope="session")
def assert_holds(assert_accessible):
    """assert_holds(page): in each look of tests/browsing.py the page is accessible and no wider than the screen."""
    from tests.browsing import fits, looks

    def assert_holds(page):
        for look in looks(page):
            assert_accessible(page)
            assert fits(page), (page.url, look)

    return assert_holds


def said(violations, address):
    """Each violation as a line, and below it each place with the first thing that would mend it."""
    yield f"{address}:"
    for violation in violations:
        yield f"  {violation['id']} ({violation['impact']}): {violation['help']}"
        for node in violation["nodes"]:
            reasons = [check["message"] for check in node["any"] + node["all"] + node["none"]]
            yield f"    {node['target']} {node['html'][:160]}"
            yield from (f"      {reason}" for reason in reasons[:2])


@pytest.fixture
def seed_catalogue(db):
    """The catalogue of fixtures/."""
    from tests.database import load_catalogue

    load_catalogue()


@pytest.fixture
def seeded(seed_catalogue):
    """The same, as a process that has already answered readers: what it knows of the catalogue it knows from test to
    test. Not for tests that count queries."""


@pytest.fixture
def make_entry(db):
    """make_entry(**what_matters) → a stored entry; the rest is filled in. Boroughs and themes by slug."""
    from tests.entries import EntryMaker

    return EntryMaker()


@pytest.fixture
def mixed_catalogue(make_entry):
    """Forty entries over few values, so that every combination of filters has something to get wrong."""
    from tests.entries import mix

    return mix(make_entry)
