"""Whether a text is a whole category page: not another article, and not cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..doubts import shortened
from ..records import Block, Doubt, Entry, NotAPage
from ..text.addresses import addresses_in
from ..text.labels import label_of
from ..text.lines import Line
from ..text.markers import marker_of
from ..text.quotations import is_open
from ..text.sentences import VERB, ends_sentence, sentences_of
from ..text.subheadings import ADDRESS
from .headings import Heading
from .sections import Sections

OF_THE_PROGRAMME = re.compile(
    r"\bpractice spotlight\b|\bthis category\b|\bsubmissions? in this category\b|^\s*category \d|\bLIIA\b",
    re.IGNORECASE,
)
OPENS_A_PAGE = re.compile(
    r"\bthis category\b|\bsubmissions? in this category\b|^\s*category \d+\b|^\s*sponsored by\b"
    r"|\bpractice examples\b",
    re.IGNORECASE,
)
OTHER_TEXT = re.compile(
    r"^(?:#{1,4} |```|\$ |>>> |Q\d+[.: ]|\|.*\|$"
    r"|(?:question|respondents?|n ?=)\b)",
    re.IGNORECASE,
)
LONGEST_UNSTOPPED = 120  # characters; a longer last sentence without its full stop is taken to be cut
MID_SENTENCE = re.compile(
    r"(?:[,;(–—&-]|\b(?:the|a|an|and|or|of|to|in|for|with|by|at|from|on|as|our|their|its|his|her|that"
    r"|which|who|is|are|was|were|be|been|has|have|had|will|this|these|those|we|they"
    r"|it|but|not|than|into|through|between|because|so|if|when|where))$",
    re.IGNORECASE,
)


def refuse_another_article(lines: list[Line], headings: list[Heading]) -> None:
    """Raises NotAPage when no entry was found, or too little of the submission form to trust what was."""
    told = any(OF_THE_PROGRAMME.search(line.text) for line in lines[:40] + lines[-20:])
    if not headings and told and opens_a_page(lines):
        raise NotAPage(
            f"The page has an introduction but no entry: it may be cut off after line {lines[-1].number}; an "
            f"entry opens with "
            "“London Borough of … – title” and a label such as “Key Contact:”.",
            lines[-1].number,
        )
    if not headings:
        raise NotAPage(
            "This is no Practice Spotlight category page: no line opens an entry (“London Borough of … – title”, "
            "with “Summary of project:” "
            "or “Key Contact:” below it)."
        )
    kinds = {
        label.kind for line in lines[headings[0].index :] if (label := label_of(line.text)) and label.form != "bare"
    }
    addressed = any(addresses_in(line.text) for line in lines[headings[0].index :])
    if len(kinds) + told + (addressed and "contacts" not in kinds) + (len(headings) > 2) < 2:
        line = headings[0].line.number
        raise NotAPage(
            f"Line {line} reads like an entry's heading, but the labels of a submission (“Summary of project:”, "
            f"“Team:”, “Main Submission:”) "
            "are missing: choose the file that holds the category page.",
            line,
        )


def opens_a_page(lines: list[Line]) -> bool:
    """Whether a text begins as a category page does; a README or a survey about such pages does not."""
    other = sum(bool(OTHER_TEXT.match(line.text)) for line in lines)
    return other < 3 and any(OPENS_A_PAGE.search(line.text) for line in lines[:20])


def refuse_a_cut_page(headings: list[Heading], sections: list[Sections], footer: list[Line]) -> None:
    """Raises NotAPage when the text stops inside its last entry."""
    if footer:
        return
    last = sections[-1]
    if not (last.supporting or last.body) or lacks_what_all_others_have(sections):
        tell_cut(headings[-1].line, f"in the entry “{shortened(headings[-1].title)}”, before its main text")
    part = last.supporting or last.body
    after = (line.number for name in ("contacts", "team", "partners", "furniture") for line in getattr(last, name))
    if max(after, default=0) < part[-1].number and breaks_off(part[-1], part, bodies_before(part, sections)):
        tell_cut(part[-1], "in the middle of a sentence")


def lacks_what_all_others_have(sections: list[Sections]) -> bool:
    """Whether only the last of three or more entries has no “Main Submission” label."""
    told = [any(label.kind == "main" for label, _ in part.labels) for part in sections]
    return len(told) > 2 and all(told[:-1]) and not told[-1]


def bodies_before(part: list[Line], sections: list[Sections]) -> list[Line]:
    """Every main text's lines but the last; none when the page ends with supporting information."""
    if part is not sections[-1].body:
        return []
    return [line for section in sections for line in section.body][:-1]


def breaks_off(final: Line, part: list[Line], before: list[Line]) -> bool:
    """Whether the last line of running text stops before its sentence does. `before`: the main text so far."""
    text = final.text
    if (
        ends_sentence(text)
        or text.endswith((":", "”", '"', "’", ")", "]"))
        or ADDRESS.search(text)
        or addresses_in(text)
    ):
        return False
    if MID_SENTENCE.search(text) or is_open(text):
        return True
    if len(sentences_of(text)) > 1:
        return not only_lacks_its_stop(sentences_of(text)[-1].text, [*before, *part])
    if marker_of(text):
        others = [line.text for line in part[-6:-1] if marker_of(line.text)]
        return bool(others) and all(map(ends_sentence, others))
    return len(text) > LONGEST_UNSTOPPED or (
        is_told_in_sentences(before) and not only_lacks_its_stop(text, [*before, *part])
    )


def only_lacks_its_stop(sentence: str, lines: list[Line]) -> bool:
    """Whether a last sentence reads as whole: short, with a verb, and its last word is one the text uses elsewhere
    (a text cut by a machine ends inside a word)."""
    if len(sentence) > LONGEST_UNSTOPPED or len(sentence.split()) < 4 or not VERB.search(sentence):
        return False
    return is_used_elsewhere(sentence, [line.text for line in lines])


def reads_as_whole(text: str, texts: list[str]) -> bool:
    """Whether a last paragraph only lacks its full stop: it has a verb, and its last word ends a sentence elsewhere."""
    if len(text.split()) < 4 or not VERB.search(text):
        return False
    last = re.findall(r"[\w’'-]+", text)[-1]
    return any(re.search(rf"(?<![\w’'-]){re.escape(last)}[.!?;]", other, re.IGNORECASE) for other in texts)


def is_used_elsewhere(sentence: str, texts: list[str]) -> bool:
    """Whether the last word of a sentence is one that the texts, which hold it, have once more."""
    last = re.findall(r"[\w’'-]+", sentence)[-1].lower()
    return sum(len(re.findall(rf"(?<![\w’'-]){re.escape(last)}(?![\w’'-])", text.lower())) for text in texts) > 1


def is_told_in_sentences(lines: list[Line]) -> bool:
    """Whether the paragraphs of a text, its lists and short lines left aside, all end with a full stop."""
    paragraphs = [line.text for line in lines if len(line.text) > 60 and not marker_of(line.text)]
    return bool(paragraphs) and sum(map(ends_sentence, paragraphs)) >= 0.7 * len(paragraphs)


def tell_cut(line: Line, where: str) -> None:
    raise NotAPage(
        f"The page is cut off {where} (line {line.number}): copy the whole page and read it again.", line.number
    )


def cut_texts(entries: tuple[Entry, ...], ends_the_page: bool) -> Iterator[Doubt]:
    """A doubt for each text that stops without an end, however short its last words. `ends_the_page`: nothing follows
    the last entry."""
    texts = [block.text for entry in entries for block in entry.body]
    for number, entry in enumerate(entries):
        for blocks in (entry.summary, entry.body, entry.supporting):
            if not blocks:
                continue
            last = blocks[-1]
            text = last.items[-1] if last.items else last.text
            is_final = ends_the_page and number == len(entries) - 1 and blocks is entry.body and not entry.supporting
            if last.kind != "quote" and not is_ended(text) and is_cut(blocks, entry, texts, is_final):
                message = (
                    f"“{shortened(text, from_end=True)}” ends a text without a full stop: it may be cut off, or be a "
                    "heading with nothing under it. Look at the page."
                )
                yield Doubt("cut-off", last.lines[-1], message, number)


def is_cut(blocks: tuple[Block, ...], entry: Entry, texts: list[str], is_final: bool) -> bool:
    """`texts`: the paragraphs of all main texts. `is_final`: nothing follows this text on the page."""
    last = blocks[-1]
    if MID_SENTENCE.search(last.items[-1] if last.items else last.text):
        return True
    if last.items:
        others = last.items[:-1]
        return len(others) > 1 and all(map(ends_sentence, others)) and len(last.items[-1].split()) > 3
    others = [sentence.text for block in blocks[:-1] if is_prose(block) for sentence in sentences_of(block.text)[-1:]]
    others += [sentence.text for sentence in sentences_of(last.text)[:-1]]
    if blocks is entry.supporting and not (others and is_prose(last)):
        return False  # the name of a document
    if not is_final and (is_run_in(last.text) or reads_as_whole(last.text, texts)):
        return False
    return all(map(is_ended, others)) and (blocks is entry.body or bool(others))


def is_run_in(text: str) -> bool:
    """ "Lead contact: none": a label and a word, no sentence."""
    before, _, after = text.partition(": ")
    return bool(after) and len(text) <= 60 and len(before.split()) <= 6


def is_prose(block: Block) -> bool:
    return block.kind == "paragraph" and len(block.text) > 60


def is_ended(text: str) -> bool:
    return (
        ends_sentence(text)
        or text.endswith((":", "”", '"', "’", ")", "]"))
        or bool(ADDRESS.search(text))
        or bool(addresses_in(text))
    )
