"""Which texts are refused: those that are no category page, and those cut off inside their last entry."""

from __future__ import annotations

import re

from ..text.lines import Line, NotAPage
from ..text.quotations import is_open
from ..text.sentences import MID_SENTENCE, VERB, ends_sentence, is_ended, sentences_of, shortened
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
LONGEST_UNSTOPPED = 120  # characters; a longer last sentence without its full stop counts as cut


def refuse_another_article(lines: list[Line], headings: list[Heading]) -> None:
    """Raises NotAPage when no entry was found, or too little of the submission form to trust what was."""
    names_programme = any(OF_THE_PROGRAMME.search(line.text) for line in lines[:40] + lines[-20:])
    if not headings and names_programme and opens_a_page(lines):
        raise NotAPage(
            f"The page has an introduction but no entry: it may be cut off after line {lines[-1].number}; an entry "
            "opens with “London Borough of … – title” and a label such as “Key Contact:”.",
            lines[-1].number,
        )
    if not headings:
        raise NotAPage(
            "This is no Practice Spotlight category page: no line opens an entry (“London Borough of … – title”, "
            "with “Summary of project:” or “Key Contact:” below it)."
        )
    entries = lines[headings[0].index :]
    labels = {line.label.kind for line in entries if line.label and line.label.form != "bare"}
    has_contact = "contacts" not in labels and any(line.addresses for line in entries)
    if len(labels) + names_programme + has_contact + (len(headings) > 2) < 2:
        number = headings[0].line.number
        raise NotAPage(
            f"Line {number} reads like an entry's heading, but the labels of a submission (“Summary of project:”, "
            "“Team:”, “Main Submission:”) are missing: choose the file that holds the category page.",
            number,
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
    part = last["supporting"] or last["body"]
    if not part or lacks_what_all_others_have(sections):
        refuse_as_cut(headings[-1].line, f"in the entry “{shortened(headings[-1].title)}”, before its main text")
    after = (line.number for name in ("contacts", "team", "partners", "furniture") for line in last[name])
    earlier = [] if last["supporting"] else [line for section in sections for line in section["body"]][:-1]
    if max(after, default=0) < part[-1].number and breaks_off(part, earlier):
        refuse_as_cut(part[-1], "in the middle of a sentence")


def refuse_as_cut(line: Line, where: str) -> None:
    raise NotAPage(
        f"The page is cut off {where} (line {line.number}): copy the whole page and read it again.", line.number
    )


def lacks_what_all_others_have(sections: list[Sections]) -> bool:
    """Whether only the last of three or more entries has no “Main Submission” label."""
    has_main = [any(line.label.kind == "main" for line in part.labels) for part in sections]
    return len(has_main) > 2 and all(has_main[:-1]) and not has_main[-1]


def breaks_off(part: list[Line], earlier: list[Line]) -> bool:
    """Whether the last line of a part stops before its sentence does. `earlier`: the main texts of the page up to that
    line; none when the page ends with supporting information."""
    last = part[-1]
    if is_ended(last.text):
        return False
    if MID_SENTENCE.search(last.text) or is_open(last.text):
        return True
    sentences = sentences_of(last.text)
    if len(sentences) > 1:
        return not only_lacks_its_stop(sentences[-1].text, [*earlier, *part])
    if last.marker:
        others = [line.text for line in part[-6:-1] if line.marker]
        return bool(others) and all(map(ends_sentence, others))
    if len(last.text) > LONGEST_UNSTOPPED:
        return True
    return is_in_sentences(earlier) and not only_lacks_its_stop(last.text, [*earlier, *part])


def only_lacks_its_stop(sentence: str, lines: list[Line]) -> bool:
    """Whether a last sentence reads as whole: short, with a verb, and its last word is one the text uses elsewhere
    (a text cut by a machine ends inside a word). `lines`: the text, the sentence included."""
    if len(sentence) > LONGEST_UNSTOPPED or len(sentence.split()) < 4 or not VERB.search(sentence):
        return False
    last = re.findall(r"[\w’'-]+", sentence)[-1].lower()
    same = re.compile(rf"(?<![\w’'-]){re.escape(last)}(?![\w’'-])")
    return sum(len(same.findall(line.text.lower())) for line in lines) > 1


def is_in_sentences(lines: list[Line]) -> bool:
    """Whether the paragraphs of a text, its lists and short lines left aside, nearly all end with a full stop."""
    paragraphs = [line.text for line in lines if len(line.text) > 60 and not line.marker]
    return bool(paragraphs) and sum(map(ends_sentence, paragraphs)) >= 0.7 * len(paragraphs)
