"""What is typed, pasted or read in, cleaned in one place: characters that nobody sees, and links that a mail scanner, a
redirector or a tracker rewrote. Pure: forms, the page reader and the loaders all call it."""

from __future__ import annotations

import base64
import binascii
import re
import string
import unicodedata
from html import escape, unescape
from itertools import islice
from urllib.parse import SplitResult, unquote, urlsplit

# --- characters ------------------------------------------------------------------------------------------------------

SOFT_BREAK = re.compile("[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")  # Word's own line breaks, and their kin
_WIDE_SPACES = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_CONTROLS = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
# Unicode's own list of what is not drawn (Default_Ignorable_Code_Point), and the marks of annotations.
_IGNORED = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_UNSEEN = re.compile(f"[{_CONTROLS}{_IGNORED}]")
_JOINERS = "\u200c\u200d"
_TAGS = "".join(map(chr, range(0xE0020, 0xE0080)))
_KEYCAP, _BLACK_FLAG = "\u20e3", "\U0001f3f4"


def clean_typed(text: str) -> str:
    """`text` without characters that nobody sees, each wide space as a plain one, composed (NFC).

    Joiners, variation selectors and tags stay where a script or an emoji is made of them. Word's own line breaks become
    line breaks in a text that has others, else spaces. To clean twice changes nothing. Line ends and outer spaces stay:
    a form's field knows what to do with them.
    """
    clean = SOFT_BREAK.sub("\n" if "\n" in text else " ", text)
    clean = _UNSEEN.sub(_what_is_seen, _WIDE_SPACES.sub(" ", clean))
    clean = unicodedata.normalize("NFC", clean)
    return clean if clean == text else clean_typed(clean)


def _what_is_seen(match: re.Match[str]) -> str:
    """The character found, where it means something beside its neighbours; else ""."""
    char, text, place = match[0], match.string, match.start()
    before, after = text[max(0, place - 1) : place], text[place + 1 : place + 2]
    if char in _JOINERS:
        means = _is_joined(before) and _is_joined(after)
    elif "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef":
        means = _has_variants(before) or (after == _KEYCAP and before in set("0123456789#*"))
    else:
        means = char in _TAGS and text[:place].rstrip(_TAGS).endswith(_BLACK_FLAG)
    return char if means else ""


def _is_joined(char: str) -> bool:
    """Whether a joiner beside this character means something: emoji, and scripts whose letters join."""
    if not char or char.isascii() or char in _JOINERS:
        return False
    if unicodedata.category(char) in ("So", "Sk") or "\ufe00" <= char <= "\ufe0f":
        return True
    return ord(char) >= 0x600 and ord(char) not in range(0x1D00, 0x2C00) and char.isprintable()


def _has_variants(char: str) -> bool:
    return bool(char) and (
        unicodedata.category(char) in ("So", "Sm", "Lo") or char in "\u00a9\u00ae\u203c\u2049\u2139\u3030\u303d"
    )


# --- links -----------------------------------------------------------------------------------------------------------

_DEEPEST = 8  # wrappers in wrappers; more is nobody's link
_LONGEST = 8000
_WEB = re.compile(r"https?://", re.IGNORECASE)
_CODED_WEB = re.compile(r"https?(?::|%(?:25)*3a)(?:/|%(?:25)*2f){2}", re.IGNORECASE)
_IN_TEXT = re.compile(r"https?://[^\s<>\"“”‘’«»\\^`{|}]+", re.IGNORECASE)
_UNFIT = re.compile(r"[\s<>\"\x00-\x1f\x7f]")
_TARGETS = ("url", "u", "q", "a", "target", "to", "dest", "destination", "redirect", "redirect_url", "link", "r", "l")
# A page that leads on says so in its host or path. What shares, translates, searches or checks a page does not.
_LEADS_ON = re.compile(
    r"redirect(?:or|ion)?|redir|click(?:s|time|through)?|track(?:ing|er)?|out(?:bound)?|away|exit|leav(?:e|ing)|go|goto"
    r"|jump|links?|l|lm|lnks|urls?|r|external|forward|fwd|safelinks?|(?:link)?protect|urldefense|linkscan|wis|ct|t"
)
_OTHERWISE = re.compile(r"sharer?|search|translate|archive|validator|check|login|signin|o?embed|save")
_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_cid|mc_eid|mkt_tok"
    r"|li_fat_id|vero_id|oly_enc_id|oly_anon_id|_hsenc|_hsmi|__hstc|__hssc|elqtrackid|s_cid|wt\.mc_id)(?:=|$)",
    re.IGNORECASE,
)
_RUNS = string.ascii_uppercase + string.ascii_lowercase + string.digits + "-_"


def unwrapped(address: str) -> str:
    """The web address that `address` leads to, without a scanner's or redirector's wrapping and without what tracks
    its reader. Any other text is given back as it is, and so is a wrapper that does not hold its target."""
    address = address.strip()
    for _ in range(_DEEPEST):
        parts = _split(address)
        target = _target(parts, address) if parts else ""
        if not target:
            break
        address = target
    return _untracked(address)


def unwrapped_in(text: str) -> str:
    """Plain text with each web address in it unwrapped; all else stays as it is."""
    return _IN_TEXT.sub(lambda match: _in_text(match[0]), text) if "://" in text else text


def unwrapped_links(markup: str) -> str:
    """HTML with each web address in it unwrapped, in the links and in the words that readers see."""

    def mended(match: re.Match[str]) -> str:
        plain = unescape(match[0])
        clean = _in_text(plain)
        return match[0] if clean == plain else escape(clean)

    return _IN_TEXT.sub(mended, markup) if "://" in markup else markup


def _in_text(printed: str) -> str:
    """An address in running text: the sentence's own marks behind it do not belong to it."""
    address = printed.rstrip(".,;:!?'…")
    while address.endswith((")", "]")) and address.count(address[-1]) > address.count("(["[")]".index(address[-1])]):
        address = address[:-1].rstrip(".,;:!?'…")
    return unwrapped(address) + printed[len(address) :]


def _split(address: str) -> SplitResult | None:
    """None unless it is a web address that can be read."""
    if len(address) > _LONGEST or not _WEB.match(address):
        return None
    try:
        parts = urlsplit(address)
        return parts if parts.hostname else None
    except ValueError:
        return None


def _target(parts: SplitResult, address: str) -> str:
    host = parts.hostname or ""
    if host.startswith("urldefense.") and (match := re.search(r"/v3/__(.+?)__;([^!]*)", address)):
        return _web(_undefended(match[1], match[2]))
    pairs = [pair.partition("=")[::2] for pair in re.split("[&;]", parts.query)]
    values = {name.lower().removeprefix("amp;"): value for name, value in pairs}
    if host.startswith("urldefense.") and "/v2/" in parts.path:
        return _web(unquote(values.get("u", "").replace("-", "%").replace("_", "/")))
    if host.endswith(".protection.sophos.com") or host.startswith("linkscan."):
        return _web(_from_base64(values.get("u") or parts.path.rpartition("/")[2]))
    if host.endswith((".safelinks.protection.outlook.com", ".cdn.office.net")) or ".safelinks." in host:
        return _web(values.get("url", ""))
    # Cisco, GovDelivery and Amazon write the target into the path, percent-encoded; an archive writes it bare.
    for piece in parts.path.split("/"):
        if "%" in piece and (target := _web(piece)):
            return target
    if not _leads_on(host, parts.path):
        return ""
    return next((target for name in _TARGETS if (target := _web(values.get(name, "")))), "")


def _leads_on(host: str, path: str) -> bool:
    words = re.split(r"[^a-z0-9]+", f"{host} {path.lower()}")
    return any(map(_LEADS_ON.fullmatch, words)) and not any(map(_OTHERWISE.fullmatch, words))


def _web(value: str) -> str:
    """`value`, decoded as often as it was encoded, if it is a whole web address; else ""."""
    for _ in range(_DEEPEST):
        if _WEB.match(value) or not _CODED_WEB.match(value):
            break
        value = unquote(value)
    value = _UNFIT.sub(lambda char: f"%{ord(char[0]):02X}", value)
    return value if _split(value) else ""


def _undefended(text: str, coded: str) -> str:
    """Proofpoint's third form: each * is a byte of `coded`, and ** with a letter a run of them."""
    signs = iter(_from_base64(coded).encode("utf-8", "surrogateescape"))

    def put_back(match: re.Match[str]) -> str:
        number = _RUNS.index(match[1]) + 2 if match[1] else 1
        run = bytes(islice(signs, number))
        return "".join(f"%{sign:02X}" if sign > 126 or sign <= 32 else chr(sign) for sign in run)

    return re.sub(r"\*(?:\*([A-Za-z0-9_-]))?", put_back, text)


def _from_base64(text: str) -> str:
    try:
        padded = text.replace("-", "+").replace("_", "/") + "=" * (-len(text) % 4)
        return base64.b64decode(padded).decode("utf-8", "surrogateescape")
    except (binascii.Error, ValueError):
        return ""


def _untracked(address: str) -> str:
    """The same address without parameters that only say who read what; all others stay byte for byte."""
    if not _split(address):
        return address
    head, mark, fragment = address.partition("#")
    page, question, query = head.partition("?")
    left = [pair for pair in query.split("&") if not _TRACKING.match(pair.removeprefix("amp;"))]
    if len(left) != len(query.split("&")):
        head = page + (question + "&".join(left) if left else "")
    if fragment and all(_TRACKING.match(pair) for pair in fragment.split("&")):
        return head
    return head + mark + fragment
