"""Documents, films and pages an entry points to, and those it announces without supplying."""

from __future__ import annotations

import re

from ..records import Block, SupportingItem
from ..text.blocks import line_at, passages
from ..text.sentences import is_sentence, sentences_of

URL = re.compile(r"(?:https?://|www\.)[^\s<>\"“”‘]+", re.IGNORECASE)
DOCUMENT = re.compile(
    r"\b(?:video|film|report|evaluation|documents?|presentation|slides?|leaflet|brochure|guide|handbook"
    r"|policy|strategy|toolkit|case stud(?:y|ies)|poster|podcast|flyer"
    r"|newsletter|booklet|website|webpage|page|link|article|paper|appendix|attachment|pdf|data|survey"
    r"|infographic|framework|plan|briefing|animation|template|image|photos?"
    r"|recording|song|album|book|blog|research|retrieved|review|digest|song|testimonials?|letter"
    r"|certificate|spreadsheet|summary|charter|map|model|diagram)\b",
    re.IGNORECASE,
)


ONLY_POINTS = re.compile(
    r"(?:(?:click|see|read|find out|view|watch) )?(?:here|more|it|(?:this )?link|website)\W*", re.IGNORECASE
)


def supporting_items_of(supporting: tuple[Block, ...], body: tuple[Block, ...]) -> tuple[SupportingItem, ...]:
    """The items of the supporting section, and every address in the main text."""
    found = [
        item
        for text, block, line in passages(supporting)
        if block.kind != "quote"
        for item in items_in(text, line, block)
    ]
    found += [item for text, _, line in passages(body) if URL.search(text) for item in linked(text, line)]
    behind = [item for blocks in (supporting, body) for block in blocks for item in behind_words(block)]
    linked_lines = {item.line for item in behind}  # what is named there is the link's
    return tuple(dict.fromkeys([*(item for item in found if item.url or item.line not in linked_lines), *behind]))


def behind_words(block: Block) -> list[SupportingItem]:
    """The links that stand behind words: the words are the title, or their sentence where they only point."""
    found = []
    for link in block.links:
        text = block.items[link.item] if block.items else block.text
        line = block.item_lines[link.item] if block.items else line_at(block, link.place, block.lines[0])
        around = next((s.text for s in sentences_of(text) if s.start <= link.place < s.start + len(s.text)), text)
        title = around[:160] if ONLY_POINTS.fullmatch(link.words.strip()) else link.words.strip()
        found.append(SupportingItem(title, link.url, line))
    return found


def items_in(text: str, line: int, block: Block) -> list[SupportingItem]:
    if URL.search(text):
        return linked(text, line)
    if block.kind == "heading" or is_plain_prose(text):
        return []
    return [SupportingItem(text.rstrip(":").strip(), "", line)] if DOCUMENT.search(text) else []


def is_plain_prose(text: str) -> bool:
    return is_sentence(text) and not re.search(r"\bretrieved\b|\bet al\b|\b(?:19|20)\d\d\.", text, re.IGNORECASE)


def linked(text: str, line: int) -> list[SupportingItem]:
    """Each address with the words before it as its title; an address alone is its own title."""
    found, position = [], 0
    for match in URL.finditer(text):
        url = match.group().rstrip(".,;:)]>’'")
        title = text[position : match.start()].strip(" :–—-(<[,.;")
        if len(title) > 160:
            title = title.rsplit(". ", 1)[-1]
        found.append(SupportingItem(title or url, url, line))
        position = match.start() + len(url)
    return found
