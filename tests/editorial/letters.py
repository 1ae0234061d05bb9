"""What people find in their mail."""

import re

from django.core import mail as sent
from django.utils import timezone

from editorial.models import Mail
from editorial.outbox import send_due

LINK = re.compile(r"https?://[^/\s\"<>]+(/[^\s\"<>]*)")


def letters():
    """Every mail that has arrived, the oldest first. What waits is sent first: no request sends anything itself. Also
    what a test wrote on a later day."""
    Mail.objects.unsent().filter(tries=0).update(next_try_at=timezone.now())
    send_due()
    return sent.outbox


def letter_to(email):
    """The newest mail to this address."""
    return [mail for mail in letters() if mail.to == [email]][-1]


def links_in(mail, part="/"):
    """The paths that a mail leads to, in text, HTML and headers, those with `part` in them; each once."""
    texts = [mail.body, *(html for html, _ in mail.alternatives), mail.extra_headers.get("List-Unsubscribe", "")]
    paths = [path for text in texts for path in LINK.findall(text)]
    return [path for path in dict.fromkeys(paths) if part in path]
