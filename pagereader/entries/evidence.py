"""What an entry shows beside its own words: people's voices, and the documents, films and pages it points to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..records import SupportingItem, Voice
from ..text.addresses import WEB_ADDRESS
from ..text.passages import Block, Passage, is_sentence, passages_of
from ..text.quotations import CLOSERS, FROM_A_PAPER, MARKS, with_curly_marks

QUOTED = re.compile(r"[“«]([^“”«»]+)[”»]|[“«]([^“”«»]+?)(?=\s\((?:YP|young|aged)\b)", re.IGNORECASE)
FIRST_PERSON = re.compile(r"\b(?:I|I[’']\w+|me|my|we|our|us|you|your)\b")
PERSON = re.compile(
    r"\b(?:young (?:person|people|man|woman|adult|carer|advis[eo]r|inspector|parent)|yp|pa|parents?"
    r"|mothers?|mums?|dads?|fathers?|carers?|child|children"
    r"|care[- ]leavers?|care[- ]experienced|staff|social worker|practitioner|member|participant|student"
    r"|pupil|apprentice|intern|mentor|mentee|aged|age|year[- ]old|teacher"
    r"|headteacher|manager|director|foster|grand(?:mother|parent|father)|family|volunteer|officer|adviser"
    r"|advisor|worker|trainer|feedback|senco|nurse|partner|resident"
    r"|girl|boy|sibling|brother|sister|guardian|attendee|colleague|professional|youth|learner|[A-Z]\.?)\b",
    re.IGNORECASE,
)
AFTERWARDS = re.compile(r"\s*(?:[-–—]\s*)?\((?P<bracket>[^()]{2,60})\)|\s*[-–—]\s*(?P<dash>[A-Z][^.“”\"()]{1,60})")
BEFORE = re.compile(
    r"(?:^|[.!?”]\s+)(?P<who>[A-Z][^.!?“”:]{1,60}?)\s*(?:said|says|told us|shared|commented|reported|wrote"
    r"|explained|reflected)?\s*[:,]?\s*$"
)
DOCUMENT = re.compile(
    r"\b(?:video|film|report|evaluation|documents?|presentation|slides?|leaflet|brochure|guide|handbook"
    r"|policy|strategy|toolkit|case stud(?:y|ies)|poster|podcast|flyer"
    r"|newsletter|booklet|website|webpage|page|link|article|paper|appendix|attachment|pdf|data|survey"
    r"|infographic|framework|plan|briefing|animation|template|image|photos?"
    r"|recording|song|album|book|blog|research|retrieved|review|digest|testimonials?|letter"
    r"|certificate|spreadsheet|summary|charter|map|model|diagram)\b",
    re.IGNORECASE,
)
OF_A_SOURCE = re.compile(r"\bretrieved\b|\bet al\b|\b(?:19|20)\d\d\.", re.IGNORECASE)
ONLY_POINTS = re.compile(
    r"(?:(?:click|see|read|find out|view|watch) )?(?:here|more|it|(?:this )?link|website)\W*", re.IGNORECASE
)
LONGEST_ITEM_TITLE = 160  # characters


def voices_of(blocks: tuple[Block, ...]) -> tuple[Voice, ...]:
    """Words of one person, from a quotation of their own or from inside a paragraph, in order."""
    voices: list[Voice] = []
    for passage in passages_of(blocks):
        if passage.block.kind == "quote":
            voices.append(Voice(without_marks(passage.text), passage.block.speaker, passage.line))
        elif passage.block.kind != "heading":
            voices += voices_inside(passage)
    return tuple(voices)


def without_marks(text: str) -> str:
    """Without the outer quotation marks."""
    text = text.strip()
    if text[:1] in MARKS:
        text = text[1:]
    text = re.sub(r"([”»\"])\.$", r"\1", text)
    if text[-1:] in CLOSERS + '"' or (text[-1:] in "’'" and text[-2:-1] in ".!?,"):
        text = text[:-1]
    return text.strip()


def voices_inside(passage: Passage) -> Iterator[Voice]:
    text = passage.text
    for match in QUOTED.finditer(with_curly_marks(text)):
        quote = text[slice(*match.span(match.lastindex))].strip()
        before = text[max(0, match.start() - 120) : match.start()]
        speaker = speaker_after(AFTERWARDS.match(text, match.end())) or speaker_before(before)
        if is_voice(quote, bool(speaker), before):
            yield Voice(quote, speaker, passage.line_at(match.start()))


def speaker_after(credit: re.Match[str] | None) -> str:
    """Who the words after a quotation say has spoken: a kind of person, or a name with an age."""
    if credit is None:
        return ""
    who = (credit["bracket"] or credit["dash"]).strip()
    return who if PERSON.search(who) or re.fullmatch(r"[A-Z]\w+,? \(?\d{1,2}\)?", who) else ""


def speaker_before(before: str) -> str:
    """Who the words just before a quotation say is speaking ("One parent said: …"), "" when they do not."""
    match = BEFORE.search(before)
    return match["who"].strip() if match and PERSON.search(match["who"]) and before.rstrip()[-1:] in ":," else ""


def is_voice(quote: str, credited: bool, before: str) -> bool:
    """Whether quoted words are speech and no term, title or passage from a paper."""
    words = len(quote.split())
    if FROM_A_PAPER.search(before):
        return False
    if credited:
        return words >= 2
    return words >= 6 and bool(FIRST_PERSON.search(quote)) and quote[0].isupper()


def supporting_items_of(supporting: tuple[Block, ...], body: tuple[Block, ...]) -> tuple[SupportingItem, ...]:
    """The items of the supporting section, every address in the main text, and every link behind words."""
    items = [item for passage in passages_of(supporting) for item in items_in(passage)]
    items += [item for passage in passages_of(body) for item in addressed_items(passage)]
    behind = [item for block in (*supporting, *body) for item in items_behind_words(block)]
    linked_lines = {item.line for item in behind}  # what is named there is the link's
    return tuple(dict.fromkeys([*(item for item in items if item.url or item.line not in linked_lines), *behind]))


def items_in(passage: Passage) -> list[SupportingItem]:
    """What a passage of the supporting section points to: its web addresses, or the document it names."""
    text, kind = passage.text, passage.block.kind
    if kind == "quote":
        return []
    if WEB_ADDRESS.search(text):
        return addressed_items(passage)
    if kind == "heading" or not DOCUMENT.search(text) or (is_sentence(text) and not OF_A_SOURCE.search(text)):
        return []
    return [SupportingItem(text.rstrip(":").strip(), "", passage.line)]


def addressed_items(passage: Passage) -> list[SupportingItem]:
    """Each web address with the words before it as its title; an address alone is its own title."""
    items, position = [], 0
    for match in WEB_ADDRESS.finditer(passage.text):
        url = match.group().rstrip(".,;:)]>’'")
        title = passage.text[position : match.start()].strip(" :–—-(<[,.;")
        if len(title) > LONGEST_ITEM_TITLE:
            title = title.rsplit(". ", 1)[-1]
        items.append(SupportingItem(title or url, url, passage.line))
        position = match.start() + len(url)
    return items


def items_behind_words(block: Block) -> Iterator[SupportingItem]:
    """The links behind words: the words are the title, or their sentence where they only point."""
    for link in block.links:
        passage = block.passages[link.item]
        title = link.words.strip()
        if ONLY_POINTS.fullmatch(title):
            around = (one.text for one in passage.sentences if one.start <= link.place < one.start + len(one.text))
            title = next(around, passage.text)[:LONGEST_ITEM_TITLE]
        yield SupportingItem(title, link.url, passage.line_at(link.place))
