"""What a person should look at: each doubt is one whole sentence about one line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from .entries.evidence import URL
from .entries.sections import Sections
from .records import Block, Category, Doubt, Entry
from .text.blocks import line_at, passages
from .text.quotations import MARKS, OPENERS, curled, is_open, quotation_of, unclosed_marks
from .text.sentences import sentences_of

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
    found = [
        *suspect_addresses(entry, number),
        *empty_labels(sections, number),
        *empty_headings(entry, number),
        *announced_missing(entry, number),
        *unclosed_quotes(entry, number),
        *unplaced_lines(sections, number),
    ]
    return sorted(found, key=lambda doubt: doubt.line)


def suspect_addresses(entry: Entry, number: int) -> Iterator[Doubt]:
    for contact in entry.contacts:
        if contact.email_suspect:
            message = (
                f"The address {contact.email} does not fit the name {contact.name}: ask the authority which of the "
                f"two is right."
            )
            yield Doubt("contact-address", contact.line, message, number)


def empty_labels(sections: Sections, number: int) -> Iterator[Doubt]:
    for printed, line in sections.empty:
        label = printed.strip("*#_ ")
        yield Doubt(
            "empty-label",
            line.number,
            f"Nothing stands under “{label}”: ask the authority for it, or leave the label out.",
            number,
        )


def empty_headings(entry: Entry, number: int) -> Iterator[Doubt]:
    """Headings that another heading follows at once, unless the first is a part of the form and the second its own."""
    if not (entry.summary or entry.body or entry.supporting or entry.contacts):
        message = (
            f"Nothing stands under “{shortened(entry.heading)}”: ask the authority for the entry, or leave it out."
        )
        yield Doubt("empty-label", entry.line, message, number)
    for blocks in (entry.summary, entry.body, entry.supporting):
        run: list[Block] = []
        for block in blocks:
            if block.kind != "heading":
                yield from told_run(run, number)
                run = []
            else:
                run.append(block)
        yield from told_run([*run, None] if run else run, number)


def told_run(run: list[Block | None], number: int) -> Iterator[Doubt]:
    """One doubt about headings in a row; None stands for the end of the text."""
    empty = [
        one for one, following in pairwise(run) if not is_part_above(one.text, following.text if following else "")
    ]
    if empty:
        named = ", ".join(f"“{shortened(one.text)}” (line {one.lines[0]})" for one in empty)
        message = f"Nothing stands under the heading {named}: ask the authority for it, or leave the heading out."
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
    for blocks in (entry.summary, entry.body, entry.supporting):
        for text, block, first in passages(blocks):
            if block.kind == "quote":
                continue
            for sentence in sentences_of(text):
                missing = ATTACHED.search(sentence.text) and not URL.search(sentence.text)
                if missing or (WITHIN_SUPPORTING.search(sentence.text) and not entry.supporting):
                    announced = shortened(sentence.text)
                    message = f"The text announces something the page does not hold: “{announced}” Ask for it."
                    yield Doubt("announced-missing", line_at(block, sentence.start, first), message, number)
    yield from broken_off(entry, number)


def broken_off(entry: Entry, number: int) -> Iterator[Doubt]:
    """A part whose last words end with a colon promises something that never comes."""
    for blocks in (entry.body, entry.supporting):
        if not blocks:
            continue
        last = blocks[-1]
        text = last.items[-1] if last.items else last.text
        if text.endswith(":") and last.kind != "quote":
            message = f"Nothing follows “{shortened(text, from_end=True)}” Ask the authority for what it announces."
            yield Doubt("announced-missing", last.lines[-1], message, number)


def unclosed_quotes(entry: Entry, number: int) -> Iterator[Doubt]:
    for blocks in (entry.summary, entry.body, entry.supporting):
        found = list(passages(blocks))
        for index, (text, block, first) in enumerate(found):
            following = found[index + 1] if index + 1 < len(found) else None
            for place in unclosed_marks(text):
                if not (place == 0 and runs_into(block, following)):
                    opening = shortened(text[place:].lstrip(MARKS))
                    message = f"A quotation opens here and never closes: “{opening}” Check where it ends."
                    yield Doubt("unclosed-quote", line_at(block, place, first), message, number)


def runs_into(block: Block, following: tuple[str, Block, int] | None) -> bool:
    """A speech of several paragraphs opens its mark before each and closes it only after the last: that is no slip."""
    if block.items or following is None or following[1].items or curled(following[0])[:1] not in OPENERS:
        return False
    return is_open(block.text) and quotation_of(following[0]) is not None and not block.credit


def praised_without_entry(category: Category) -> list[Doubt]:
    """One doubt for each borough the introduction praises that has no entry on the page."""
    found: dict[str, Doubt] = {}
    for named in category.named_boroughs:
        who = named.delivery_body or named.borough
        if not named.has_entry and who not in found:
            printed = f" (printed “{named.printed}”)" if named.printed != who else ""
            message = (
                f"The introduction praises {who}{printed}, but the page holds no entry from there: ask whether one "
                f"was left out."
            )
            found[who] = Doubt("praised-without-entry", named.line, message)
    return list(found.values())


def shortened(text: str, from_end: bool = False) -> str:
    """At most about 90 characters of a text, cut between words."""
    if len(text) <= 90:
        return text
    if from_end:
        return "… " + (text[-90:].partition(" ")[2] or text[-90:])
    return (text[:90].rpartition(" ")[0] or text[:90]) + " …"
