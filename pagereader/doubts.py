"""What a person should look at: each doubt is one whole sentence about one line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, zip_longest

from .entries.sections import Sections
from .records import Category, Doubt, Entry
from .text.addresses import WEB_ADDRESS
from .text.passages import MID_SENTENCE, VERB, Block, Passage, ends_sentence, is_ended, passages_of, shortened
from .text.quotations import MARKS, OPENERS, is_open, quotation_of, unclosed_marks, with_curly_marks

ATTACHED = re.compile(
    r"\b(?:reports?|documents?|evaluation|video|film|slides|presentation|images?|photos?|leaflet|policy"
    r"|data|appendix|case stud(?:y|ies)|digest|survey|link|letter|toolkit|guide)\b"
    r"[^.]{0,60}\b(?:is|are)?\s*attached\b|\b(?:please )?(?:see|find) attached\b|\battached (?:is|are)\b"
    r"|\b(?:see|in) (?:the )?(?:attachments?|appendix|appendices)\b"
    r"|\b(?:click|watch|view|see|listen|download)(?: \w+){0,4} here\b(?! (?:is|was|were|are))",
    re.IGNORECASE,
)
WITHIN_SUPPORTING = re.compile(
    r"\b(?:included?|includes|including|found|see|provided|shared|available|added|attached|contains?"
    r"|quotes?|set out|listed)\b[^.]{0,90}\b(?:in|within|under)\s+(?:the |our )?"
    r"(?:supporting|supplementary)\s+(?:materials?|information|documents?|documentation|evidence|section|files?)\b",
    re.IGNORECASE,
)

# The parts in which entries tell their story, as their authors head them.
PART = re.compile(
    r"(?:(?:the|our|key|main) )?(?:background|context|introduction|overview|rationale|aims?(?: and objectives)?"
    r"|objectives|challenge|problem|issue|need|solution|response|approach"
    r"|what (?:we|did we|was|were|has|is|are|young)\b[\w ’']*"
    r"|how (?:we|it|did)\b[\w ’']*|actions?(?: taken)?|activities|delivery|implementation|method(?:ology)?|process"
    r"|impact|outcomes?|results|findings|achievements|evidence(?: of impact)?|evaluation|feedback|difference made"
    r"|lessons(?: (?:we )?learn(?:ed|t))?|learning|reflections?|next steps|what next|the future|future plans"
    r"|sustainability|conclusions?|summary|costs?|resources|staffing|recommendations|transferability)"
    r"(?:(?: and |, | & |/)(?:the |our )?(?:impact|outcomes?|results|learning|evidence|next steps|context|aims?"
    r"|activities|transferability|sustainability|conclusions?|feedback))*",
    re.IGNORECASE,
)


def doubts_of_entry(entry: Entry, number: int, sections: Sections) -> list[Doubt]:
    """The doubts about one entry, in the order of their lines."""
    doubts = [
        *suspect_addresses(entry, number),
        *empty_labels(entry, sections, number),
        *empty_headings(entry, number),
        *announced_missing(entry, number),
        *unclosed_quotes(entry, number),
        *unplaced_lines(sections, number),
    ]
    return sorted(doubts, key=lambda doubt: doubt.line)


def suspect_addresses(entry: Entry, number: int) -> Iterator[Doubt]:
    for contact in entry.contacts:
        if contact.email_suspect:
            message = (
                f"The address {contact.email} does not fit the name {contact.name}: ask the authority which of the "
                f"two is right."
            )
            yield Doubt("contact-address", contact.line, message, number)


def empty_labels(entry: Entry, sections: Sections, number: int) -> Iterator[Doubt]:
    for line in sections.empty:
        label = line.text.strip("*#_ ")
        message = f"Nothing stands under “{label}”: ask the authority for it, or leave the label out."
        yield Doubt("empty-label", line.number, message, number)
    if not (any(entry.texts) or entry.contacts):
        heading = shortened(entry.heading)
        message = f"Nothing stands under “{heading}”: ask the authority for the entry, or leave it out."
        yield Doubt("empty-label", entry.line, message, number)


def empty_headings(entry: Entry, number: int) -> Iterator[Doubt]:
    """Headings that another heading follows at once, unless the first is a part of the form and the second its own."""
    for blocks in entry.texts:
        for is_heading, run in groupby(blocks, key=lambda block: block.kind == "heading"):
            headings = list(run) if is_heading else []
            following = [block.text for block in headings[1:]]
            if headings and headings[-1] is blocks[-1]:
                following.append("")  # the end of the text
            empty = [one for one, below in zip(headings, following, strict=False) if not is_part_above(one.text, below)]
            if empty:
                named = ", ".join(f"“{shortened(one.text)}” (line {one.lines[0]})" for one in empty)
                message = (
                    f"Nothing stands under the heading {named}: ask the authority for it, or leave the heading out."
                )
                yield Doubt("empty-label", empty[0].lines[0], message, number)


def is_part_above(heading: str, following: str) -> bool:
    """ "Evidence of Impact" above "Quantitative Achievements", not "Impact" above "Next steps"."""
    if not following or (heading.endswith(":") and following.endswith(":")):
        return False
    return bool(PART.search(heading)) and not PART.fullmatch(following.strip(" :*#0123456789.)"))


def unplaced_lines(sections: Sections, number: int) -> Iterator[Doubt]:
    for line in sections.unplaced:
        message = (
            f"“{shortened(line.text)}” stands under no label: it was kept at the start of the main text; move it "
            f"where it belongs."
        )
        yield Doubt("unplaced-line", line.number, message, number)


def announced_missing(entry: Entry, number: int) -> Iterator[Doubt]:
    """Documents that a text says are attached, and parts whose last words end with a colon."""
    for blocks in entry.texts:
        for passage in passages_of(blocks):
            for sentence in passage.sentences if passage.block.kind != "quote" else ():
                missing = ATTACHED.search(sentence.text) and not WEB_ADDRESS.search(sentence.text)
                if missing or (not entry.supporting and WITHIN_SUPPORTING.search(sentence.text)):
                    announced = shortened(sentence.text)
                    message = f"The text announces something the page does not hold: “{announced}” Ask for it."
                    yield Doubt("announced-missing", sentence.line, message, number)
    for blocks in filter(None, (entry.body, entry.supporting)):
        last = blocks[-1]
        text = last.passages[-1].text
        if text.endswith(":") and last.kind != "quote":
            message = f"Nothing follows “{shortened(text, from_end=True)}” Ask the authority for what it announces."
            yield Doubt("announced-missing", last.lines[-1], message, number)


def unclosed_quotes(entry: Entry, number: int) -> Iterator[Doubt]:
    for blocks in entry.texts:
        passages = list(passages_of(blocks))
        for passage, following in zip_longest(passages, passages[1:]):
            for place in unclosed_marks(passage.text):
                if place or not runs_into(passage.block, following):
                    opening = shortened(passage.text[place:].lstrip(MARKS))
                    message = f"A quotation opens here and never closes: “{opening}” Check where it ends."
                    yield Doubt("unclosed-quote", passage.line_at(place), message, number)


def runs_into(block: Block, following: Passage | None) -> bool:
    """A speech of several paragraphs opens its mark before each and closes it only after the last: that is no slip."""
    if block.items or following is None or following.block.items or with_curly_marks(following.text)[:1] not in OPENERS:
        return False
    return is_open(block.text) and quotation_of(following.text) is not None and not block.credit


def cut_texts(entries: tuple[Entry, ...], ends_the_page: bool) -> Iterator[Doubt]:
    """A doubt for each text that stops without an end, however short its last words. `ends_the_page`: nothing follows
    the last entry."""
    bodies = [block.text for entry in entries for block in entry.body]
    for number, entry in enumerate(entries):
        for blocks in filter(None, entry.texts):
            last = blocks[-1]
            text = last.passages[-1].text
            is_final = ends_the_page and entry is entries[-1] and blocks is entry.body and not entry.supporting
            if last.kind != "quote" and not is_ended(text) and is_cut(blocks, entry, bodies, is_final):
                message = (
                    f"“{shortened(text, from_end=True)}” ends a text without a full stop: it may be cut off, or be a "
                    "heading with nothing under it. Look at the page."
                )
                yield Doubt("cut-off", last.lines[-1], message, number)


def is_cut(blocks: tuple[Block, ...], entry: Entry, bodies: list[str], is_final: bool) -> bool:
    """`bodies`: the paragraphs of all main texts. `is_final`: nothing follows this text on the page."""
    last = blocks[-1]
    *others, text = (passage.text for passage in last.passages)
    if MID_SENTENCE.search(text):
        return True
    if last.items:
        return len(others) > 1 and all(map(ends_sentence, others)) and len(text.split()) > 3
    ends = [one.text for block in blocks[:-1] if is_long_paragraph(block) for one in block.passages[0].sentences[-1:]]
    ends += [one.text for one in last.passages[0].sentences[:-1]]
    if blocks is entry.supporting and not (ends and is_long_paragraph(last)):
        return False  # the name of a document
    if not is_final and (is_run_in(text) or ends_like_a_sentence(text, bodies)):
        return False
    return all(map(is_ended, ends)) and (blocks is entry.body or bool(ends))


def ends_like_a_sentence(text: str, bodies: list[str]) -> bool:
    """Whether a last paragraph has a verb, and its last word ends a sentence elsewhere."""
    if len(text.split()) < 4 or not VERB.search(text):
        return False
    last = re.findall(r"[\w’'-]+", text)[-1]
    stopped = re.compile(rf"(?<![\w’'-]){re.escape(last)}[.!?;]", re.IGNORECASE)
    return any(map(stopped.search, bodies))


def is_run_in(text: str) -> bool:
    """ "Lead contact: none": a label and a word, no sentence."""
    before, _, after = text.partition(": ")
    return bool(after) and len(text) <= 60 and len(before.split()) <= 6


def is_long_paragraph(block: Block) -> bool:
    return block.kind == "paragraph" and len(block.text) > 60


def praised_without_entry(category: Category) -> list[Doubt]:
    """One doubt for each borough the introduction praises that has no entry on the page."""
    doubts: dict[str, Doubt] = {}
    for named in category.named_boroughs:
        who = named.delivery_body or named.borough
        if not named.has_entry and who not in doubts:
            printed = f" (printed “{named.printed}”)" if named.printed != who else ""
            message = (
                f"The introduction praises {who}{printed}, but the page holds no entry from there: ask whether one "
                f"was left out."
            )
            doubts[who] = Doubt("praised-without-entry", named.line, message)
    return list(doubts.values())
