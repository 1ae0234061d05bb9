"""Follows the links that readers are given, politely: one request to a host at a time, and a pause between two.

An entry's text comes from outside, so no link leads this server into its own network: each hop's name is resolved once,
only a public address is connected to, and nothing of what a refused one would answer is shown.
"""

import hashlib
import ipaddress
import logging
import queue
import re
import socket
import ssl
import threading
import time
from datetime import UTC, datetime, timedelta
from html import unescape
from http import HTTPStatus
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings
from django.utils import timezone

from editorial.models import CheckedLink
from pagereader import clean_typed
from submissions.models import Submission

logger = logging.getLogger(__name__)

SECONDS = 20  # for one link, with all its hops and both methods, however slowly a server drips
PAUSE = 1.0  # seconds between two requests to one host
MOST_HOPS = 8
MOST_HEADER_BYTES = 64 * 1024
AGAIN_AFTER = timedelta(minutes=30)  # a second run at the same time leaves what the first has claimed
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST = CheckedLink._meta.get_field("url").max_length
HREF = re.compile(r'<a [^>]*?href="(https?://[^"]+)"', re.IGNORECASE)
LOCATION = re.compile(rb"\r?\nlocation:[ \t]*([^\r\n]*)", re.IGNORECASE)
STATUS = re.compile(rb"HTTP/\d\.\d (\d{3})")
# Some sites refuse HEAD, or programmes altogether; that says nothing about the link.
REFUSES_PROGRAMMES = {401, 403, 405, 429, 999}
NAT64 = ipaddress.ip_network("64:ff9b::/96")
UNICAST = ipaddress.ip_network("2000::/3")  # all that is given out of IPv6 for the open internet


class LeadsNowhere(Exception):
    """Why a link cannot be followed, in a few words."""


def links_of(entry):
    """The web addresses that a published entry's page leads to, each once."""
    text = "".join((entry.summary, entry.body, entry.supporting))
    items = [item.url for item in entry.supporting_items.all() if item.url]
    return list(dict.fromkeys([*items, *map(unescape, HREF.findall(text))]))


def note_links_to_follow():
    """Saves a row for each link of every published entry, deletes the others; {address: the key of its first row}."""
    wanted = [
        (entry, url)
        for entry in Submission.objects.published().prefetch_related("supporting_items")
        for url in links_of(entry)
    ]
    _forget_others(wanted)
    keys = {}
    for entry, url in wanted:
        link, _ = CheckedLink.objects.get_or_create(submission=entry, url=stored(url), defaults={"checked_at": NEVER})
        keys.setdefault(url, link.pk)
    return keys


def follow(url, last):
    """Follows one link and saves whether it leads somewhere; a sentence, or None where another run has it in hand.

    `last`: {host: when it was asked last}, for the pause between two requests."""
    if not _claim(url):
        return None
    problem = _problem_at_its_turn(url, last)
    _save(url, problem)
    return f"{problem or 'fine'}  {url}"


def stored(url):
    """The address as the table holds it: one too long for its column is cut, and ends with a digest of the whole."""
    url = clean_typed(url)
    return url if len(url) <= LONGEST else f"{url[: LONGEST - 17]}…{hashlib.sha256(url.encode()).hexdigest()[:16]}"


def problem_with(url):
    """Why the link leads nowhere, in a few words; "" if it leads somewhere, or nobody can say."""
    deadline = time.monotonic() + SECONDS
    try:
        for method in ("HEAD", "GET"):
            code = _final_answer(method, url, deadline)
            if code < 400 or code in REFUSES_PROGRAMMES:
                return ""
    except LeadsNowhere as problem:
        return str(problem)
    known = {status.value: f" {status.phrase}" for status in HTTPStatus}
    return f"The site answers {code}{known.get(code, '')}"


def is_public(text):
    """Whether an IP address is one of the open internet: not private, loopback, link-local, shared or reserved, also
    when it is written as IPv6. What the settings name is let through, for a test's own server."""
    if text in settings.LINKS_MAY_LEAD_TO:
        return True
    address = ipaddress.ip_address(text.partition("%")[0])
    if address.version == 6:
        if address in NAT64:
            return is_public(str(ipaddress.ip_address(int(address) & 0xFFFFFFFF)))
        if address.sixtofour:
            return is_public(str(address.sixtofour))
        if address not in UNICAST:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _final_answer(method, url, deadline):
    """The status at the end of all redirects. Raises LeadsNowhere."""
    for _ in range(MOST_HOPS):
        try:
            code, location = _answer(method, url, deadline)
            if not (300 <= code < 400 and location):
                return code
            url = urljoin(url, location)
        except TimeoutError:
            raise LeadsNowhere(f"No answer: nothing whole came within {SECONDS} seconds") from None
        except ssl.SSLError as error:
            raise LeadsNowhere(f"No answer: its certificate or encryption fails ({error.reason})"[:300]) from None
        except (OSError, ValueError) as error:  # ValueError: an address that is none, bad ports and names among them
            raise LeadsNowhere(f"No answer: {getattr(error, 'strerror', None) or error}"[:300]) from None
    raise LeadsNowhere(f"It is led on more than {MOST_HOPS} times")


def _answer(method, url, deadline):
    """(status, where it leads on to) of one hop. Raises OSError, ValueError, LeadsNowhere."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise LeadsNowhere("It leads to what is no web address")
    host = parts.hostname if ":" in parts.hostname else parts.hostname.encode("idna").decode()
    port = parts.port if parts.port is not None else {"http": 80, "https": 443}[parts.scheme]
    name = f"[{host}]" if ":" in host else host
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~") + (
        f"?{quote(parts.query, safe='/?%:@!$&()*+,;=~[]')}" if parts.query else ""
    )
    request = (
        f"{method} {target} HTTP/1.1\r\nHost: {name}{f':{port}' if parts.port else ''}\r\nAccept: */*\r\n"
        f"User-Agent: PracticeSpotlight/1.0 (+{settings.SITE_URL})\r\nConnection: close\r\n\r\n"
    )
    with _connected(host, port, deadline) as connection:
        if parts.scheme == "https":
            connection = ssl.create_default_context().wrap_socket(connection, server_hostname=host)
        with connection:
            connection.settimeout(_left(deadline))
            connection.sendall(request.encode("ascii"))
            return _head_of(connection, deadline)


def _connected(host, port, deadline):
    """A socket to the first address of `host` that answers: the very address that was looked at."""
    public = [address for address in _addresses(host, port, deadline) if is_public(address)]
    if not public:
        raise LeadsNowhere("Not followed: it leads to an address inside a private network")
    for address in public:
        try:
            return socket.create_connection((address, port), timeout=_left(deadline))
        except OSError as error:
            problem = error
    raise problem


def _addresses(host, port, deadline):
    """What the name stands for now. The system's own look-up knows no deadline, so it is left behind at ours."""
    answers = queue.Queue()

    def look_up():
        try:
            answers.put([row[4][0] for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)])
        except (OSError, ValueError) as error:
            answers.put(error)

    threading.Thread(target=look_up, daemon=True).start()
    try:
        answer = answers.get(timeout=_left(deadline))
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(answer, Exception):
        raise answer
    return list(dict.fromkeys(answer))


def _head_of(connection, deadline):
    head = b""
    while b"\n\r\n" not in head and b"\n\n" not in head:
        connection.settimeout(_left(deadline))
        piece = connection.recv(4096)
        if not piece:
            break
        head += piece
        if len(head) > MOST_HEADER_BYTES:
            raise LeadsNowhere("No answer: it sends headers without end")
        if head.startswith(b"HTTP/1.1 1"):  # “go on” and the like: the answer itself follows
            head = re.sub(rb"^HTTP/1\.1 1(?:[^\n]*\n)+?\r?\n", b"", head)
    found = STATUS.match(head)
    if not found:
        raise LeadsNowhere("No answer: what came is no web page")
    location = LOCATION.search(head)
    return int(found[1]), location[1].decode("utf-8", "replace").strip() if location else ""


def _left(deadline):
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _claim(url):
    """Whether this run may check the address: nobody else has begun to, in the last half hour."""
    now = timezone.now()
    due = CheckedLink.objects.filter(url=stored(url), checked_at__lt=now - AGAIN_AFTER)
    return bool(due.update(checked_at=now))


def _problem_at_its_turn(url, last):
    try:
        _wait_for(urlsplit(url).hostname, last)
        return problem_with(url)
    except Exception:  # whatever an address does to the libraries beneath: it stops no other
        logger.exception("A link could not be checked.")
        return "This is no address that can be followed"


def _wait_for(host, last):
    time.sleep(max(0, last.get(host, 0) + PAUSE - time.monotonic()))
    last[host] = time.monotonic()


def _save(url, problem):
    links, now = CheckedLink.objects.filter(url=stored(url)), timezone.now()
    links.update(checked_at=now, problem=clean_typed(problem)[:300])
    if problem:
        links.filter(failing_since__isnull=True).update(failing_since=now)
    else:
        links.update(failing_since=None)


def _forget_others(wanted):
    """A link that was taken out of its entry is no longer anybody's business."""
    present = {(entry.pk, stored(url)) for entry, url in wanted}
    for link in CheckedLink.objects.all():
        if (link.submission_id, link.url) not in present:
            link.delete()
