"""From the text of a category page to its records."""

from __future__ import annotations

import re

from .doubts import doubts_of_entry, praised_without_entry
from .entries.category import Introduction, boroughs_named, introduction_from
from .entries.evidence import supporting_items_of
from .entries.footer import Footer, footer_from, footer_start
from .entries.headings import Heading, headings_of, unchosen
from .entries.refusals import cut_texts, refuse_a_cut_page, refuse_another_article
from .entries.sections import Sections, sections_of
from .entries.swallowed import strays, swallowed_entries
from .entries.voices import voices_of
from .figures.metrics import metrics_of
from .people.authorities import Gazetteer, gazetteer_of
from .people.contacts import contacts_from
from .people.partners import partners_from, team_from
from .records import Category, Contact, Doubt, Entry, Page, Reference, SupportingItem
from .text.blocks import blocks_of
from .text.lines import Line, lines_of, wrap_width
from .themes import TITLE, Sample, samples_from, themes_of

FIELDS = ("summary", "contacts", "team", "partners", "body", "supporting", "furniture")


def read(text: str, reference: Reference) -> Page:
    """Reads a category page. Raises NotAPage, with one sentence that says what to do, when the text is none."""
    lines = lines_of(text)
    gazetteer = gazetteer_of(reference)
    width = wrap_width(lines)
    headings = headings_of(lines, gazetteer, width)
    refuse_another_article(lines, headings)
    end = headings[-1].index + footer_start(lines[headings[-1].index :])
    introduction = introduction_from(lines[: headings[0].index], width)
    footer = footer_from(lines[end:], width)
    parts = parts_between(lines, headings, end)
    sections = [sections_of(part, width) for part in parts]
    refuse_a_cut_page(headings, sections, lines[end:])
    entries = tuple(
        entry_from(heading, part, width, reference) for heading, part in zip(headings, sections, strict=True)
    )
    shaped = {line.number for line in unchosen(lines, headings, gazetteer, width)}
    category = category_from(introduction, footer, gazetteer, entries)
    doubts = [
        *all_doubts(category, entries, sections),
        *cut_texts(entries, not lines[end:]),
        *swallowed_entries(entries, parts, sections, shaped, reference),
        *strays(lines[: headings[0].index], shaped - listed(lines, headings), reference, "in the introduction"),
        *strays(lines[end:], shaped, reference, "after the last entry"),
    ]
    return Page(category, entries, in_order(doubts), ledger_of(introduction, headings, sections, footer))


def listed(lines: list[Line], headings: list[Heading]) -> set[int]:
    """Numbers of the lines that say what an entry's heading says: a list of contents has them."""
    titles = {heading.line.text.casefold() for heading in headings} | {one.title.casefold() for one in headings}
    return {line.number for line in lines if line.text.strip("* ").casefold().endswith(tuple(titles))}


def parts_between(lines: list[Line], headings: list[Heading], end: int) -> list[list[Line]]:
    """The lines of each entry, its heading left out."""
    stops = [heading.index for heading in headings[1:]] + [end]
    return [
        lines[heading.index + 1 + len(heading.title_lines) : stop]
        for heading, stop in zip(headings, stops, strict=True)
    ]


def entry_from(heading: Heading, sections: Sections, width: int | None, reference: Reference) -> Entry:
    summary = blocks_of(sections.summary, width, headed=False)
    body = blocks_of(sections.body, width)
    supporting = blocks_of(sections.supporting, width, headed=False)
    contacts, team = contacts_from(sections.contacts, width), team_from(sections.team, width)
    title = Sample(heading.title, heading.line.number, TITLE)
    return Entry(
        line=heading.line.number,
        heading=" ".join(dict.fromkeys([heading.line.text, *(line.text for line in heading.title_lines)])),
        title=heading.title,
        boroughs=heading.opening.authorities,
        delivery_body=heading.opening.delivery_body
        or delivery_body_of(heading.opening.authorities, contacts, team, reference),
        summary=summary,
        contacts=contacts,
        team=team,
        partners=partners_from(sections.partners, width),
        body=body,
        supporting=supporting,
        supporting_items=(*supporting_items_of(supporting, body), *links_beside(heading, sections)),
        voices=voices_of(summary, body, supporting),
        themes=themes_of(samples_from(title, team, summary, body, supporting), reference.themes),
        metrics=metrics_of(summary, body, supporting),
    )


def links_beside(heading: Heading, sections: Sections) -> list[SupportingItem]:
    """Links behind words of the heading, the summary, the contacts, the team and the partners."""
    lines = [heading.line, *heading.title_lines, *sections.summary]
    lines += [*sections.contacts, *sections.team, *sections.partners]
    return [SupportingItem(link.words, link.url, line.number) for line in lines for link in line.links]


def delivery_body_of(boroughs: tuple[str, ...], contacts: tuple[Contact, ...], team: str, reference: Reference) -> str:
    """The body that delivers for these boroughs, when a contact's address or the team's name shows it."""
    for authority in reference.authorities:
        if authority.name in boroughs and authority.delivery_body:
            told = " ".join([team, *(contact.role for contact in contacts)]).lower()
            domain = re.sub(r"\W", "", authority.delivery_body.lower())
            if authority.delivery_body.lower() in told or any(domain in contact.email.lower() for contact in contacts):
                return authority.delivery_body
    return ""


def category_from(
    introduction: Introduction, footer: Footer, gazetteer: Gazetteer, entries: tuple[Entry, ...]
) -> Category:
    return Category(
        number=introduction.number,
        title=introduction.title,
        scope=introduction.scope,
        sponsor=introduction.sponsor,
        introduction=introduction.blocks,
        panel=introduction.panel,
        named_boroughs=boroughs_named(introduction.blocks, introduction.panel, gazetteer, entries),
        sign_off=footer.sign_off,
        administrators=tuple(footer.administrators),
        footer=footer.blocks,
    )


def in_order(doubts: list[Doubt]) -> tuple[Doubt, ...]:
    """Those about the introduction first, then entry by entry, line by line."""
    return tuple(sorted(doubts, key=lambda doubt: (-1 if doubt.entry is None else doubt.entry, doubt.line)))


def all_doubts(category: Category, entries: tuple[Entry, ...], sections: list[Sections]) -> list[Doubt]:
    found = praised_without_entry(category)
    for number, (entry, part) in enumerate(zip(entries, sections, strict=True)):
        found += doubts_of_entry(entry, number, part)
    return found


def ledger_of(
    introduction: Introduction, headings: list[Heading], sections: list[Sections], footer: Footer
) -> dict[int, str]:
    ledger = introduction.ledger | footer.ledger
    for number, (heading, part) in enumerate(zip(headings, sections, strict=True)):
        for line in (heading.line, *heading.title_lines):
            ledger[line.number] = f"entry {number}.heading"
        for name in FIELDS:
            for line in getattr(part, name):
                ledger.setdefault(line.number, "furniture" if name == "furniture" else f"entry {number}.{name}")
    return dict(sorted(ledger.items()))
