"""No file, feed or API answer holds an e-mail address, not even one that stands inside an authority's text.

Contacts stand on the entry's own page, where one reader meets one person. A bulk file would feed them to mailing lists.
"""

import re

NOTE = "[address on the entry’s own page]"
_ADDRESS = re.compile(r"[\w.%+'’-]+@[\w-]+(?:\.[\w-]+)+")
_MAIL_LINK = re.compile(r"<a\b[^>]*\bhref\s*=\s*[\"']?mailto:[^>]*>(.*?)</a>", re.I | re.S)


def withhold(text):
    """Plain text without anybody's e-mail address."""
    return _ADDRESS.sub(NOTE, text) if "@" in text else text


def withhold_from_html(markup):
    """The same for stored HTML, whose links to a mailbox become their words."""
    return withhold(_MAIL_LINK.sub(r"\1", markup))
