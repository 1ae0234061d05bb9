"""From the text of a category page to its records; and which texts are refused, for they are none or cut off."""

from __future__ import annotations

import re
from itertools import chain

from .doubts import cut_texts, doubts_of_entry, praised_without_entry
from .entries.category import Footer, Introduction, category_from, footer_from, footer_start, introduction_from
from .entries.evidence import supporting_items_of, voices_of
from .entries.headings import Heading, headings_of, unchosen
from .entries.sections import Sections, sections_of
from .entries.swallowed import strays, swallowed_entries
from .figures.metrics import metrics_of
from .people.authorities import gazetteer_of
from .people.contacts import contacts_from
from .people.partners import partners_from, team_from
from .records import Contact, Entry, Page, SupportingItem, to_text
from .reference import Reference
from .text.blocks import blocks_of
from .text.labels import FACTS
from .text.lines import Line, NotAPage, lines_of
from .text.passages import MID_SENTENCE, VERB, ends_sentence, is_ended, sentences_of, shortened
from .text.quotations import is_open
from .themes import TITLE, Sample, samples_from, themes_of

FIELDS = ("summary", "contacts", "team", "partners", *FACTS, "body", "supporting")

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


def read(text: str, reference: Reference) -> Page:
    """Reads a category page. Raises NotAPage, with one sentence that says what to do, when the text is none."""
    lines = lines_of(text)
    gazetteer = gazetteer_of(reference)
    headings = headings_of(lines, gazetteer)
    refuse_another_article(lines, headings)
    start = headings[0].index
    end = headings[-1].index + footer_start(lines[headings[-1].index :])
    introduction, footer = introduction_from(lines[:start]), footer_from(lines[end:])
    stops = [*(heading.index for heading in headings[1:]), end]
    parts = [lines[heading.end : stop] for heading, stop in zip(headings, stops, strict=True)]
    sections = [sections_of(part) for part in parts]
    refuse_a_cut_page(headings, sections, lines[end:])
    entries = tuple(entry_from(heading, part, reference) for heading, part in zip(headings, sections, strict=True))
    category = category_from(introduction, footer, gazetteer, entries)
    shaped = {line.number for line in unchosen(lines, headings, gazetteer)}
    doubts = [
        *praised_without_entry(category),
        *(
            doubt
            for number, (entry, part) in enumerate(zip(entries, sections, strict=True))
            for doubt in doubts_of_entry(entry, number, part)
        ),
        *cut_texts(entries, end == len(lines)),
        *swallowed_entries(entries, parts, sections, shaped, reference),
        *strays(lines[:start], shaped - listed(lines, headings), reference, "in the introduction"),
        *strays(lines[end:], shaped, reference, "after the last entry"),
    ]
    # Those about the category first, then entry by entry, line by line.
    doubts.sort(key=lambda doubt: (-1 if doubt.entry is None else doubt.entry, doubt.line))
    return Page(category, entries, tuple(doubts), ledger_of(introduction, headings, sections, footer))


def listed(lines: list[Line], headings: list[Heading]) -> set[int]:
    """Numbers of the lines that say what an entry's heading says: a list of contents has them."""
    titles = tuple(text.casefold() for heading in headings for text in (heading.line.text, heading.title))
    return {line.number for line in lines if line.text.strip("* ").casefold().endswith(titles)}


def entry_from(heading: Heading, sections: Sections, reference: Reference) -> Entry:
    boroughs = heading.opening.authorities
    summary = blocks_of(sections["summary"], headed=False)
    body = blocks_of(sections["body"])
    supporting = blocks_of(sections["supporting"], headed=False)
    contacts, team = contacts_from(sections["contacts"]), team_from(sections["team"])
    facts = {fact: blocks_of(sections[fact], headed=False) for fact in FACTS}
    text = (*summary, *body, *supporting, *chain.from_iterable(facts.values()))
    title = Sample(heading.title, heading.line.number, TITLE)
    return Entry(
        line=heading.line.number,
        heading=" ".join(dict.fromkeys([heading.line.text, *(line.text for line in heading.title_lines)])),
        title=heading.title,
        boroughs=boroughs,
        delivery_body=heading.opening.delivery_body or delivery_body_of(boroughs, contacts, team, reference),
        summary=summary,
        contacts=contacts,
        team=team,
        partners=partners_from(sections["partners"]),
        body=body,
        supporting=supporting,
        supporting_items=(*supporting_items_of(supporting, body), *links_beside(heading, sections)),
        voices=voices_of(text),
        themes=themes_of(samples_from(title, team, summary, body, supporting), reference.themes),
        metrics=metrics_of(text),
        facts={fact: to_text(blocks) for fact, blocks in facts.items()},
    )


def links_beside(heading: Heading, sections: Sections) -> list[SupportingItem]:
    """Links behind words of the heading, the summary, the contacts, the team, the partners and the facts."""
    lines = [heading.line, *heading.title_lines]
    lines += [line for name in ("summary", "contacts", "team", "partners", *FACTS) for line in sections[name]]
    return [SupportingItem(link.words, link.url, line.number) for line in lines for link in line.links]


def delivery_body_of(boroughs: tuple[str, ...], contacts: tuple[Contact, ...], team: str, reference: Reference) -> str:
    """The body that delivers for these boroughs, when a contact's address or the team's name shows it."""
    roles = " ".join([team, *(contact.role for contact in contacts)]).lower()
    for authority in reference.authorities:
        body = authority.delivery_body.lower()
        if body and authority.name in boroughs:
            domain = re.sub(r"\W", "", body)
            if body in roles or any(domain in contact.email.lower() for contact in contacts):
                return authority.delivery_body
    return ""


def ledger_of(
    introduction: Introduction, headings: list[Heading], sections: list[Sections], footer: Footer
) -> dict[int, str]:
    """What became of each line."""
    ledger = introduction.ledger | footer.ledger
    for number, (heading, part) in enumerate(zip(headings, sections, strict=True)):
        for line in (heading.line, *heading.title_lines):
            ledger[line.number] = f"entry {number}.heading"
        for name in FIELDS:
            for line in part[name]:
                ledger.setdefault(line.number, f"entry {number}.{name}")
        for line in part["furniture"]:
            ledger.setdefault(line.number, "furniture")
    return dict(sorted(ledger.items()))


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
