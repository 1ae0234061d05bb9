"""No file, feed, API answer or preview holds an e-mail address, not even one inside an authority's text or a link.

Contacts stand on the entry's own page, where one reader meets one person. A bulk file would feed them to mailing lists.
An address counts however it is written: plain, percent-encoded (also twice, as in wrapped links), with HTML entities, a
full-width, spoken or bracketed “at” and “dot”, unseen characters or tags inside.
"""

import re
from html import unescape

NOTE = "[address on the entry’s own page]"

# The “at” is looked for first, then what stands before and after it, never far: no text, however odd, takes long.
_NEAR = 400  # characters
_UNSEEN = r"\u00ad\u200b-\u200f\u2060-\u2064\ufeff"
_INLINE = r"(?:</?(?:a|abbr|b|br|em|i|mark|q|small|span|strong|sub|sup|u|wbr)\b[^<>]{0,200}>|<!--[^<>]{0,200}-->)"
# Seen as a space, or not at all.
_SPACE = r"&(?:amp;){0,4}(?:nbsp|shy|zwn?j|#0*(?:160|173|820[3-7])|#x0*(?:a0|ad|200[b-f]));"
_BETWEEN = rf"(?:{_INLINE}|{_SPACE}|\s){{0,6}}"
_TAGS = rf"(?:{_INLINE}|{_SPACE}){{0,4}}"
_SIGN = r"[@＠﹫]|%(?:25){0,4}40|(?:%|\\)u0040|&(?:amp;){0,4}(?:#0*64(?!\d)|#x0*40(?![\da-f])|commat);?"
_OPEN, _CLOSE = r"(?:[\[({<«‹《“\"]|&lt;)", r"(?:[\])}>»›》”\"]|&gt;)"
_AT = re.compile(rf"{_SIGN}|{_OPEN}\s{{0,3}}(?:at|{_SIGN})\s{{0,3}}{_CLOSE}", re.I)
_DOT = (
    r"(?:[.．。]|(?-i: \. (?=[a-z]))|%(?:25){0,4}2e|&(?:amp;){0,4}(?:#0*46|#x0*2e|period);"
    rf"|\s{{0,3}}{_OPEN}\s{{0,3}}dot\s{{0,3}}{_CLOSE}\s{{0,3}}|\sdot\s)"
)
_LABEL = rf"(?:[\w{_UNSEEN}-]|%(?!(?:25)*2e)){{1,99}}"
_DOMAIN = rf"(?:{_LABEL}{_TAGS}{_DOT}{_TAGS}){{1,9}}[^\W\d_][\w{_UNSEEN}-]{{1,62}}"
_BEFORE = re.compile(rf'(?:"[^"<>\s]{{1,64}}"|[\w.%+\'’{_UNSEEN}-]{{1,99}}){_BETWEEN}\Z', re.I)
_AFTER = re.compile(_BETWEEN + _DOMAIN, re.I)
# “jane.doe at example.org”, “jane at example dot org”; not “look at example.org”
_SPOKEN_AT = re.compile(" at ", re.I)
_BEFORE_SPOKEN = re.compile(r"[\w-]{2,60}(?:(?:\.| dot )[\w-]{2,60}){1,3}\Z", re.I)
_AFTER_SPOKEN = re.compile(r"(?:[\w-]{1,63}(?:\.| dot )){1,9}[^\W\d_]{2,63}", re.I)
_BEFORE_DOTS = re.compile(r"[\w.-]{2,99}\Z")
_AFTER_DOTS = re.compile(r"(?:[\w-]{1,63} dot ){1,9}[^\W\d_]{2,63}", re.I)

# Without one of these there is none: a few hundred times faster to look for than each way to write it.
_SIGNS = ("@", "＠", "﹫", "%", "&#", "&amp;", "&commat", "u0040")
_BRACKETED = re.compile(rf"at\s{{0,3}}{_CLOSE}", re.I)
_TAG = re.compile("<[^<>]*>")
_LINK = re.compile(r"(<a\b[^<>]*?\bhref\s*=\s*)([\"'])(.*?)\2([^<>]*>)(.*?)(</a>)", re.I | re.S)
_MAILBOX = re.compile(r"\s*mailto(?::|%(?:25)*3a)", re.I)


def withhold(text):
    """Text, or the text of HTML, without anybody's e-mail address; tags stay."""
    if any(map(text.__contains__, _SIGNS)) or _BRACKETED.search(text):
        text = _without(text, _AT, _BEFORE, _AFTER)
    if not _SPOKEN_AT.search(text):
        return text
    return _without(_without(text, _SPOKEN_AT, _BEFORE_SPOKEN, _AFTER_SPOKEN), _SPOKEN_AT, _BEFORE_DOTS, _AFTER_DOTS)


def withhold_from_link(url):
    """A link that names nobody's address: without its query if that does; "" if the rest does, and for a mailbox."""
    if _MAILBOX.match(url):
        return ""
    if withhold(url) == url:
        return url
    bare = re.split("[?#]", url, maxsplit=1)[0]
    return bare if withhold(bare) == bare else ""


def withhold_from_html(markup):
    """The same for stored HTML, whose links to a mailbox become their words."""
    return withhold(_LINK.sub(_without_address, markup) if "<a" in markup else markup)


def _without(text, sign, before, after):
    parts, end = [], 0
    for at in sign.finditer(text):
        if at.start() < end or not (domain := after.match(text, at.end(), at.end() + _NEAR)):
            continue
        near = max(end, at.start() - _NEAR)
        if name := before.search(text[near : at.start()]):
            start = near + name.start()
            tags = "".join(_TAG.findall(text[start : domain.end()]))
            parts += [text[end:start], NOTE, tags]
            end = domain.end()
    return "".join([*parts, text[end:]]) if parts else text


def _without_address(match):
    before, quote, url, after, words, end = match.groups()
    kept = withhold_from_link(unescape(url))
    if kept == unescape(url):
        return match[0]
    return f"{before}{quote}{kept}{quote}{after}{words}{end}" if kept else words
