"""From the text of a category page to its records."""

from __future__ import annotations

import re
from itertools import chain

from .doubts import cut_texts, doubts_of_entry, praised_without_entry
from .entries.category import Footer, Introduction, category_from, footer_from, footer_start, introduction_from
from .entries.evidence import supporting_items_of, voices_of
from .entries.headings import Heading, headings_of, unchosen
from .entries.refusals import refuse_a_cut_page, refuse_another_article
from .entries.sections import Sections, sections_of
from .entries.swallowed import strays, swallowed_entries
from .figures.metrics import metrics_of
from .people.authorities import gazetteer_of
from .people.contacts import contacts_from
from .people.partners import partners_from, team_from
from .records import Contact, Entry, Page, SupportingItem
from .reference import Reference
from .rendering import to_text
from .text.blocks import blocks_of
from .text.labels import FACTS
from .text.lines import Line, lines_of
from .themes import TITLE, Sample, samples_from, themes_of

FIELDS = ("summary", "contacts", "team", "partners", *FACTS, "body", "supporting")


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
