"""Links are followed, but into no private network and not without end, and no address ends a run."""

import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import pytest
from django.conf import settings as site_settings
from django.core.management import call_command
from django.db import connection

from editorial import dead_links
from editorial.models import CheckedLink
from tests.editorial.test_cron import Site, site

__all__ = ["site"]

PRIVATE = [
    "127.0.0.1", "127.8.9.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",  # noqa: S104
    "192.0.2.7", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::7f00:1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::a00:1", "fe80::1", "fe80::1%eth0", "fc00::1",
    "fd12::1", "fec0::1", "ff02::1", "2002:7f00:1::", "2001:db8::1", "2001::1",
]  # fmt: skip
INNER = "Not followed: it leads to an address inside a private network"


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_inside_a_network_is_not_public(address):
    assert not dead_links.is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "193.62.157.66", "2606:4700::1111", "64:ff9b::808:808"])
def test_an_address_of_the_open_internet_is_public(address):
    assert dead_links.is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "0"])
def test_a_server_of_this_machine_is_not_asked_however_it_is_written(site, settings, host):
    settings.LINKS_MAY_LEAD_TO = []
    assert dead_links.problem_with(site.replace("127.0.0.1", host) + "/broken") == INNER
    assert Site.asked == []


@contextmanager
def answering(*pieces, pause=0.0):
    """The address of a server that sends these bytes to whoever asks, one after the other."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            try:
                connection, _ = server.accept()
                with connection:
                    connection.recv(4096)
                    for piece in pieces:
                        connection.sendall(piece)
                        time.sleep(pause)
            except OSError:
                if server.fileno() == -1:
                    return

    threading.Thread(target=serve, daemon=True).start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}/"
    server.close()


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        ("http://127.0.0.2:1/", INNER),
        ("http://[::1]:1/", INNER),
        ("//169.254.169.254/latest/meta-data/", INNER),
        ("file:///etc/passwd", "It leads to what is no web address"),
        ("ftp://example.org/", "It leads to what is no web address"),
        ("gopher://127.0.0.1:6379/_x", "It leads to what is no web address"),
        ("http://[::1x/", "No answer: Invalid IPv6 URL"),
        ("/again", "It is led on more than 8 times"),
    ],
)
def test_each_hop_is_looked_at(settings, target, problem):
    settings.LINKS_MAY_LEAD_TO = ["127.0.0.1"]
    with answering(f"HTTP/1.1 302 Found\r\nLocation: {target}\r\n\r\n".encode()) as address:
        assert dead_links.problem_with(address) == problem


def test_a_name_is_resolved_once_and_that_address_is_asked(site, settings, monkeypatch):
    """A name that leads outside when it is looked at, and inside when it is asked, leads nowhere."""
    settings.LINKS_MAY_LEAD_TO = []
    asked, real = [], socket.getaddrinfo

    def rebinding(host, port, *args, **kwargs):
        asked.append(host)
        return real("203.0.113.9" if len(asked) > 1 else "127.0.0.1", port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    assert dead_links.problem_with(site.replace("127.0.0.1", "rebinding.example")) == INNER
    assert asked == ["rebinding.example"]
    assert Site.asked == []


@pytest.mark.parametrize(
    "pieces",
    [[b"HTTP/1.1 200 OK\r\n", *[b"X: y\r\n"] * 500], [b"HTTP/1.1 100 Continue\r\n\r\n"] * 500, [b"H"] * 500],
    ids=["headers", "go on", "letters"],
)
def test_a_dripping_server_is_left_at_the_deadline(settings, monkeypatch, pieces):
    settings.LINKS_MAY_LEAD_TO = ["127.0.0.1"]
    monkeypatch.setattr(dead_links, "SECONDS", 0.6)
    with answering(*pieces, pause=0.05) as address:
        begun = time.monotonic()
        assert dead_links.problem_with(address).startswith("No answer: nothing whole came within")
        assert time.monotonic() - begun < 5


def test_headers_without_end_are_not_read(settings):
    settings.LINKS_MAY_LEAD_TO = ["127.0.0.1"]
    with answering(b"HTTP/1.1 200 OK\r\n", b"X: " + b"y" * 10_000_000) as address:
        assert dead_links.problem_with(address) == "No answer: it sends headers without end"


def test_no_reason_of_the_server_is_shown(settings):
    settings.LINKS_MAY_LEAD_TO = ["127.0.0.1"]
    with answering(b"HTTP/1.1 500 secret-name-of-a-host\r\n\r\n") as address:
        assert dead_links.problem_with(address) == "The site answers 500 Internal Server Error"


ODD = [
    "http://[::1x/",
    "http://[",
    "http://127.0.0.1:99999/",
    "http://127.0.0.1:x/",
    "http://.../",
    "http://" + "a" * 300 + ".example/",
    "http://127.0.0.2/" + "a" * 3000,
    "http://127.0.0.2/" + "a" * 3000 + "b",
    "http://127.0.0.2/\x07\u202e\n",
    "http://m\u00fcnchen.invalid/\u00fc",
    "http://\ud83d.invalid/".encode("utf-8", "replace").decode(),
    "http://user:pass@127.0.0.2/",
    "https://",
]


def test_no_stored_address_stops_a_run_and_each_is_tried_once(site, make_entry, monkeypatch):
    monkeypatch.setattr(dead_links.time, "sleep", lambda seconds: None)
    entry = make_entry()
    for url in [*ODD, f"{site}/fine"]:
        entry.supporting_items.bulk_create([entry.supporting_items.model(submission=entry, title="x", url=url[:500])])
    make_entry(body="".join(f'<p><a href="{url}">x</a></p>' for url in [*ODD, f"{site}/gone"] if len(url) > 8))
    call_command("check_links", verbosity=0)
    checked = dict(CheckedLink.objects.values_list("url", "problem"))
    assert checked[f"{site}/fine"] == ""
    assert checked[f"{site}/gone"] == "The site answers 404 Not Found"
    assert all(problem for url, problem in checked.items() if not url.startswith(site))
    assert max(map(len, checked)) == 500
    assert len([url for url in checked if url.startswith("http://127.0.0.2/aaa")]) == 3  # 500, 3,000 and 3,001 letters


RUN = (
    "import sys, django; django.setup()\n"
    "from django.conf import settings; settings.LINKS_MAY_LEAD_TO = ['127.0.0.1']\n"
    "from django.db import connection; connection.settings_dict['NAME'] = sys.argv[1]\n"
    "from django.core.management import call_command; call_command('check_links')\n"
)


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_ask_for_each_link_once(site, make_entry):
    body = "".join(f'<p><a href="{site}/fine?{n}">x</a></p>' for n in range(4))
    Site.answers |= {f"/fine?{n}": 200 for n in range(4)}
    make_entry(body=body)
    make_entry(body=body)
    command = [sys.executable, "-c", RUN, str(connection.settings_dict["NAME"])]
    environment = {
        "DJANGO_SETTINGS_MODULE": "spotlight.settings",
        "SECRET_KEY": "x",
        "DATABASE_URL": site_settings.DATABASE_URL,
    }
    runs = [subprocess.Popen(command, env=environment, cwd=site_settings.ROOT) for _ in range(2)]
    assert [run.wait(120) for run in runs] == [0, 0]
    assert sorted(path for _, path in Site.asked) == [f"/fine?{n}" for n in range(4)]
