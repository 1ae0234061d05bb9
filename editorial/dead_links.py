"""Follows the links that readers are given, politely: one request to a host at a time, and a pause between two."""

import re
import time
from html import unescape
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from django.conf import settings
from django.utils import timezone

from editorial.models import CheckedLink
from submissions.models import Submission

SECONDS_TO_ANSWER = 15
PAUSE = 1.0  # seconds between two requests to one host
HREF = re.compile(r'<a [^>]*?href="(https?://[^"]+)"')
# Some sites refuse HEAD, or programmes altogether; that says nothing about the link.
REFUSES_PROGRAMMES = {401, 403, 405, 429, 999}


def links_of(entry):
    """The web addresses that a published entry's page leads to, each once."""
    text = "".join((entry.summary, entry.body, entry.supporting))
    items = [item.url for item in entry.supporting_items.all() if item.url]
    return list(dict.fromkeys([*items, *map(unescape, HREF.findall(text))]))


def check_all(told=lambda sentence: None):
    """Checks every link of every published entry and returns how many fail. `told` is called with a line for each."""
    wanted = [
        (entry, url)
        for entry in Submission.objects.published().prefetch_related("supporting_items")
        for url in links_of(entry)
    ]
    _forget_others(wanted)
    found, last = {}, {}
    for number, (entry, url) in enumerate(wanted, start=1):
        if url not in found:
            _wait_for(urlsplit(url).hostname, last)
            found[url] = problem_with(url)
        _keep(entry, url, found[url])
        told(f"{number} of {len(wanted)}  {found[url] or 'fine'}  {url}")
    return CheckedLink.objects.filter(failing_since__isnull=False).count()


def problem_with(url):
    """Why the link leads nowhere, in a few words; "" if it leads somewhere, or nobody can say."""
    for method in ("HEAD", "GET"):
        request = Request(url, method=method, headers={"User-Agent": f"PracticeSpotlight/1.0 (+{settings.SITE_URL})"})  # noqa: S310
        try:
            with urlopen(request, timeout=SECONDS_TO_ANSWER):  # noqa: S310  (http and https only: see HREF and URLField)
                return ""
        except HTTPError as error:
            problem = "" if error.code in REFUSES_PROGRAMMES else f"The site answers {error.code} {error.reason}"
        except (URLError, HTTPException, OSError, ValueError) as error:
            return f"No answer: {getattr(error, 'reason', error)}"[:300]
    return problem


def _wait_for(host, last):
    time.sleep(max(0, last.get(host, 0) + PAUSE - time.monotonic()))
    last[host] = time.monotonic()


def _keep(entry, url, problem):
    now = timezone.now()
    link, _ = CheckedLink.objects.get_or_create(submission=entry, url=url, defaults={"checked_at": now})
    link.checked_at, link.problem = now, problem
    link.failing_since = (link.failing_since or now) if problem else None
    link.save()


def _forget_others(wanted):
    """A link that was taken out of its entry is no longer anybody's business."""
    kept = {(entry.pk, url) for entry, url in wanted}
    for link in CheckedLink.objects.all():
        if (link.submission_id, link.url) not in kept:
            link.delete()
