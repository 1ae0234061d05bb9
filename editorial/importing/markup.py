"""HTML as the lines that a person sees: the reader's own marks stand for headings, lists, quotations and links."""

import re

from bs4 import BeautifulSoup, NavigableString

from submissions.page import NotAPage, unwrapped

MOST_ELEMENTS = 20_000  # a page of 95,000 characters, built with a website's blocks, has some 6,000
UNSEEN = {"head", "script", "style", "noscript", "template", "svg", "iframe", "object", "nav", "select", "textarea"}
AROUND = {"header", "footer", "aside"}  # of the site, when they stand outside the page's own part
LISTS = {"ul", "ol", "dl", "table"}
BLOCKS = {"p", "div", "section", "article", "main", "figure", "figcaption", "details", "summary", "blockquote", "pre"}
BLOCKS |= {"h1", "h2", "h3", "h4", "h5", "h6", "hr", "address", "fieldset", *LISTS}
CELLS = {"td", "th"}
INSIDE = {"li", "dt", "dd", *CELLS}  # a paragraph in one of these does not stand apart
LINES = {"tr", "caption", "li", "dt", "dd"}
WEB = re.compile(r"https?://", re.IGNORECASE)
QUOTED = re.compile(r"\s*[“\"‘'«]")
# What stands between pieces of text until all of them are known: a new line, a blank line, quotation marks.
LINE, GAP, OPEN, CLOSE = "\x01\x02\x03\x04"
BREAK = re.compile(f"[ \t]*(?:[\n{LINE}{GAP}][ \t]*)+")


def text_of_markup(markup):
    """Plain text with a line for each heading, paragraph and list item, and a blank line between blocks."""
    if len(re.findall("<[a-zA-Z]", markup)) > MOST_ELEMENTS:
        raise NotAPage("This HTML holds far more than a category page. Save the page as plain text, and choose that.")
    soup = BeautifulSoup(re.sub(f"[{LINE}-{CLOSE}]", "", markup), "html.parser")
    page = soup.find("main") or soup.find(attrs={"role": "main"}) or soup.body or soup
    return _tidy("".join(_pieces(page)))


def _pieces(page):
    """The texts in order, with marks around them. Without recursion: a page may be built as deep as it likes."""
    waiting, numbers = [page], {}
    while waiting:
        node = waiting.pop()
        if type(node) is str:
            yield node
        elif isinstance(node, NavigableString):
            yield re.sub(r"\s+", " ", node) if type(node) is NavigableString else ""  # not comments and the like
        elif not _is_unseen(node):
            opening, closing = _marks(node, numbers)
            waiting += [closing, *reversed(_content(node)), opening]


def _is_unseen(element):
    if element.name in AROUND:
        return not element.find_parent(["main", "article", "blockquote"])
    return element.name in UNSEEN


def _content(element):
    if element.name == "pre":
        return [element.get_text()]
    if element.name == "blockquote" and not element.find_parent("blockquote"):
        return _quotation(element)
    return element.contents


def _quotation(element):
    """The words in quotation marks, unless they have them; who spoke stands after them."""
    speakers = element.find_all(["cite", "footer"], recursive=False)
    words = [node for node in element.contents if not any(node is speaker for speaker in speakers)]
    named = [f"{LINE}– {speaker.get_text().strip().lstrip('–—- ')}" for speaker in speakers]
    said = "".join(node.get_text() for node in words)
    return [*words, *named] if not said.strip() or QUOTED.match(said) else [OPEN, *words, CLOSE, *named]


def _marks(element, numbers):
    """What stands before and after the element's text. `numbers`: {list: its last item's number}."""
    name, above = element.name, element.parent.name if element.parent else ""
    if name == "li":
        return LINE + _item_mark(element, numbers), LINE
    if name in CELLS:
        return ("\t" if element.find_previous_sibling(list(CELLS)) else ""), ""
    if name in BLOCKS and above in INSIDE:
        return (LINE if name in LISTS or element.find_previous_sibling(True) else ""), LINE if name in LISTS else ""
    if name in BLOCKS:
        return GAP, GAP
    if name in LINES:
        return LINE, LINE
    if name == "a":
        return "", _target(element)
    return {"br": ("\n", ""), "q": (OPEN, CLOSE)}.get(name, ("", ""))


def _item_mark(item, numbers):
    above = item.parent
    if above is None or above.name != "ol":
        return "• "
    start = above.get("start", "1")
    numbers[id(above)] = numbers.get(id(above), int(start) - 1 if start.isdecimal() else 0) + 1
    return f"{numbers[id(above)]}. "


def _target(link):
    """The address that a link leads to, where its words do not say it; none inside this page or this website."""
    if link.find_parent("a"):
        return ""
    target, words = unwrapped(link.get("href", "")), link.get_text()
    if target.lower().startswith("mailto:"):
        address = target[7:].partition("?")[0]
        return "" if address.lower() in words.lower() else f" {address}"
    return f" ({target})" if WEB.match(target) and _bare(target) not in _bare(words) else ""


def _bare(address):
    return WEB.sub("", address.strip().lower()).removeprefix("www.").rstrip("/")


def _tidy(text):
    text = re.sub(f"{OPEN}[\\s{LINE}{GAP}]*", "“", text)
    text = re.sub(f"[\\s{LINE}{GAP}]*{CLOSE}", "”", text)
    text = re.sub(" *\t *", "\t", text.replace("\xa0", " "))
    return BREAK.sub(_line_or_gap, text).strip() + "\n"


def _line_or_gap(found):
    return "\n\n" if GAP in found[0] or found[0].count("\n") > 1 else "\n"
