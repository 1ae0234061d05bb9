"""What people find in their mail."""

import re

from django.core import mail as sent

LINK = re.compile(r"https?://[^/\s\"<>]+(/[^\s\"<>]*)")


def letter_to(email):
    """The newest mail to this address."""
    return [mail for mail in sent.outbox if mail.to == [email]][-1]


def links_in(mail, part="/"):
    """The paths that a mail leads to, in text, HTML and headers, those with `part` in them; each once."""
    texts = [mail.body, *(html for html, _ in mail.alternatives), mail.extra_headers.get("List-Unsubscribe", "")]
    paths = [path for text in texts for path in LINK.findall(text)]
    return [path for path in dict.fromkeys(paths) if part in path]
