"""Whether a text is a whole category page: not another article, and not cut off."""

from __future__ import annotations

import re

from .addresses import addresses_in
from .headings import Heading
from .labels import label_of
from .lines import Line
from .markers import marker_of
from .records import NotAPage
from .sections import Sections
from .sentences import ends_sentence
from .subheadings import ADDRESS

OF_THE_PROGRAMME = re.compile(
    r"\bpractice spotlight\b|\bthis category\b|\bsubmissions? in this category\b|^\s*category \d|\bLIIA\b",
    re.IGNORECASE,
)
MID_SENTENCE = re.compile(
    r"(?:[,;(–—&-]|\b(?:the|a|an|and|or|of|to|in|for|with|by|at|from|on|as|our|their|its|his|her|that"
    r"|which|who|is|are|was|were|be|been|has|have|had|will|this|these|those|we|they"
    r"|it|but|not|than|into|through|between|because|so|if|when|where))$",
    re.IGNORECASE,
)


def refuse_another_article(lines: list[Line], headings: list[Heading]) -> None:
    """Raises NotAPage when no entry was found, or too little of the submission form to trust what was."""
    told = any(OF_THE_PROGRAMME.search(line.text) for line in lines[:40] + lines[-20:])
    if not headings and told:
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


def refuse_a_cut_page(headings: list[Heading], sections: list[Sections], footer: list[Line]) -> None:
    """Raises NotAPage when the text stops inside its last entry."""
    if footer:
        return
    last = sections[-1]
    written = last.supporting or last.body
    if not written:
        tell_cut(headings[-1].line, f"after the heading of the entry “{headings[-1].title[:80]}”, before its main text")
    final = max((line for part in (last.body, last.supporting) for line in part), key=lambda line: line.number)
    if not any(
        stands_after(final, part) for part in (last.contacts, last.team, last.partners, last.furniture)
    ) and breaks_off(final):
        tell_cut(final, "in the middle of a sentence")


def stands_after(final: Line, part: list[Line]) -> bool:
    return bool(part) and part[-1].number > final.number


def breaks_off(line: Line) -> bool:
    """A line of running text that stops before its sentence does."""
    text = line.text
    if ends_sentence(text) or text.endswith((":", "”", '"', "’", ")", "]")) or ADDRESS.search(text):
        return False
    if MID_SENTENCE.search(text):
        return True
    return len(text) > 120 and not marker_of(text) and not text.startswith(("“", '"'))


def tell_cut(line: Line, where: str) -> None:
    raise NotAPage(
        f"The page is cut off {where} (line {line.number}): copy the whole page and read it again.", line.number
    )
