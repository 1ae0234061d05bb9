"""An edit in one server process is seen by the very next request to the other, whatever both have in memory."""

import multiprocessing
import os
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import Client

from submissions.models import Submission
from tests.test_commands import free_port

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = ["/", "/submissions/", "/submissions/?q={}", "/submissions/lodging/", "/submissions.atom", "/suggest?q={}"]
MORE = ["/submissions.csv", "/submissions/?theme=housing", "/themes/housing/", "/boroughs/brent/", "/api/submissions"]
WORDS = (
    "zeppelin",
    "airship",
    "balloon",
    "blimp",
    "glider",
    "kite",
    "parachute",
    "rocket",
    "saucer",
    "windmill",
    "yacht",
)


@pytest.fixture
def lodging(make_entry):
    make_entry(title="Rooms", slug="rooms", themes=["housing"], boroughs=["brent"])
    return make_entry(
        title="A lodging", slug="lodging", themes=["housing"], boroughs=["brent"], published_on="2026-03-01"
    )


class Process:
    """A server process of its own, with its own memory and connection, forked as gunicorn forks its workers."""

    def __init__(self):
        context = multiprocessing.get_context("fork")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=self.serve, args=(theirs,), daemon=True)
        self.process.start()

    def serve(self, pipe):
        for one in connections.all():
            one.connection = None  # the parent's: to close it here would close it there
        reader, sent = Client(), {}
        while task := pipe.recv():
            what, argument = task
            if what == "write":
                change(*argument)
                pipe.send(None)
            else:  # as a browser asks that has the page already
                answer = reader.get(argument, headers={"if-none-match": sent.get(argument, "")})
                sent[argument] = answer.get("ETag", "")
                pipe.send("" if answer.status_code == 304 else answer.getvalue().decode())
        os._exit(0)

    def __call__(self, what, argument):
        self.pipe.send((what, argument))
        assert self.pipe.poll(60), f"no answer to {what} {argument}"
        return self.pipe.recv()

    def end(self):
        self.pipe.send(None)
        self.process.join(10)


def change(how, word):
    title = f"A {word}"
    if how == "update":
        Submission.objects.filter(slug="lodging").update(title=title)
    elif how == "sql":
        connection.cursor().execute("UPDATE submissions_submission SET title = %s WHERE slug = 'lodging'", [title])
    else:
        entry = Submission.objects.get(slug="lodging")
        entry.title = title
        entry.save()


def test_an_edit_in_one_process_is_seen_by_the_very_next_request_to_the_other(lodging):
    connection.close()
    one, other = Process(), Process()
    try:
        for place, word in enumerate(WORDS):
            address = [*PAGES, *MORE][place].format(word)
            for page in [*PAGES, *MORE]:  # both have everything in memory
                one("get", page.format(word)), other("get", page.format(word))
            one("write", (("update", "sql", "save")[place % 3], word))
            assert word in other("get", address).lower(), address
            assert word in one("get", address).lower(), address
            one, other = other, one
    finally:
        one.end(), other.end()


@contextmanager
def server():
    """gunicorn as it is run, with two workers, on the tests' database."""
    port, database = free_port(), connection.settings_dict
    address = f"sqlite:///{database['NAME']}"
    if connection.vendor == "postgresql":
        address = f"postgres://{database['USER']}@/{database['HOST']}/{database['NAME']}"
    own = {"DATABASE_URL": address, "DEBUG": "on", "SEND_MAIL": "off", "PORT": str(port), "WEB_CONCURRENCY": "2"}
    process = subprocess.Popen([sys.executable, "-m", "gunicorn"], cwd=settings.ROOT, env=os.environ | own)
    site = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + 90
        while True:
            try:
                urllib.request.urlopen(f"{site}/healthz", timeout=60).read()
                break
            except OSError:
                assert time.monotonic() < end, "gunicorn did not answer"
                assert process.poll() is None, "gunicorn ended"
                time.sleep(0.1)
        yield lambda page: urllib.request.urlopen(site + page, timeout=60).read().decode()
    finally:
        process.terminate()
        process.wait(30)


@pytest.mark.slow
def test_an_edit_elsewhere_is_seen_by_both_workers_of_the_server(lodging):
    with server() as get:
        for place, word in enumerate(WORDS[: len(PAGES)]):
            for _ in range(4):  # both workers have everything in memory
                for page in PAGES:
                    get(page.format(word))
            change(("update", "sql", "save")[place % 3], word)
            for _ in range(6):
                assert word in get(PAGES[place].format(word)).lower(), PAGES[place]
