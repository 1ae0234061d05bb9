"""Which lines open an entry. A heading is known by its shape (authority, a mark, a title) and by what follows it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..people.authorities import Gazetteer, Opening
from ..text.lines import Line, marker_of

NUMBERING = re.compile(
    r"(?:#{1,6}\s+|\*{2}|\d{1,2}[.)]\s+|(?:entry|submission|project|example)\s+\d{1,2}\s*[:.–-]\s*)?", re.IGNORECASE
)
MARK = re.compile(r"\s*(?:[–—−‒|:\t]|-(?=\s)|(?<=\s)-)[\s–—−‒-]*|\s*,\s+")
BEFORE_AN_AUTHORITY = re.compile(r"\s[-–—|]\s|\s\(|:\s")
OPEN_END = re.compile(r"(?:[:,&–—-]|\b(?:and|of|for|the|to|with|in|a|from|by|on))$", re.IGNORECASE)
LONGEST_TITLE = 220  # characters
LONGEST_SURE_TITLE = 120  # characters of a title that no label confirms
LOOK_AHEAD = 4  # lines after a short-form heading ("Camden: …") within which a label or address must come


@dataclass(frozen=True)
class Heading:
    """A line with the shape of an entry's heading. `strong`: the authority has its formal form.
    `title_lines`: lines after the heading that belong to its title."""

    index: int
    line: Line
    title: str
    opening: Opening
    strong: bool
    title_lines: tuple[Line, ...] = ()

    @property
    def end(self) -> int:
        """The index of the first line after it."""
        return self.index + 1 + len(self.title_lines)


def headings_of(lines: list[Line], gazetteer: Gazetteer) -> list[Heading]:
    """The entry headings among `lines`, in order."""
    shaped = {}
    for index in range(len(lines)):
        heading = shape_of(index, lines, gazetteer)
        if heading and not is_prose(heading, lines):
            shaped[index] = heading
    chosen = {heading.index for heading in shaped.values() if is_confirmed(heading, lines, shaped)}
    if not chosen:
        return []
    first, current = min(chosen), ()
    for index, heading in shaped.items():
        if index in chosen:
            current = heading.opening.authorities
        elif index > first and opens_without_labels(heading, lines, shaped, current):
            chosen.add(index)
            current = heading.opening.authorities
    return [heading for index, heading in shaped.items() if index in chosen]


def unchosen(lines: list[Line], chosen: list[Heading], gazetteer: Gazetteer) -> list[Line]:
    """Lines that name an authority and a title as a heading does, but open no entry: in the authority's formal form, or
    directly above the next entry."""
    opened = {heading.index for heading in chosen}
    others = []
    for index, line in enumerate(lines):
        heading = None if index in opened or line.marker else shape_of(index, lines, gazetteer)
        if not heading:
            continue
        own = next((one.opening.authorities for one in reversed(chosen) if one.index < index), ())
        if heading.opening.authorities == own and ":" in line.text:
            continue  # "London Borough of Barnet: our story" in Barnet's own entry
        sure = len(heading.title) <= LONGEST_SURE_TITLE and not is_prose(heading, lines)
        if sure and (heading.strong or index + 1 in opened):
            others.append(line)
    return others


def shape_of(index: int, lines: list[Line], gazetteer: Gazetteer) -> Heading | None:
    line = lines[index]
    text = line.text[NUMBERING.match(line.text).end() :].rstrip("*# ")
    if not text or len(text) > 2 * LONGEST_TITLE:
        return None
    opening = gazetteer.opening(text)
    if opening is None:
        return title_first(index, lines, text, gazetteer)
    mark = MARK.match(text, opening.end)
    title = text[mark.end() :].strip() if mark else ""
    if title:
        heading = Heading(index, line, title, opening, opening.official and "," not in mark.group())
        return with_wrapped_title(heading, lines)
    if text[opening.end :].strip(" :–—-|"):
        return None
    return title_on_next_line(index, lines, opening)


def title_first(index: int, lines: list[Line], text: str, gazetteer: Gazetteer) -> Heading | None:
    """ "KickStart Futures – London Borough of Sutton": only when a label is on the very next line."""
    if not follows_a_label(index, lines) or marker_of(text):
        return None
    for match in reversed(list(BEFORE_AN_AUTHORITY.finditer(text))):
        opening = gazetteer.opening(text[match.end() :])
        if opening and opening.official and not text[match.end() + opening.end :].strip(" )"):
            return Heading(index, lines[index], text[: match.start()].strip(), opening, False)
    return None


def title_on_next_line(index: int, lines: list[Line], opening: Opening) -> Heading | None:
    if index + 2 >= len(lines) or lines[index + 1].label or not follows_a_label(index + 1, lines):
        return None
    title = lines[index + 1]
    if len(title.text) > LONGEST_TITLE or title.text.endswith((".", ",", ";")) or title.marker:
        return None
    return Heading(index, lines[index], title.text, opening, opening.official, (title,))


def with_wrapped_title(heading: Heading, lines: list[Line]) -> Heading:
    """A title that runs on to the next line, when a label follows that."""
    if not follows_a_label(heading.index + 1, lines):
        return heading
    line = lines[heading.index + 1]
    if line.label or not title_goes_on(heading, line):
        return heading
    return replace(heading, title=f"{heading.title} {line.text}", title_lines=(line,))


def title_goes_on(heading: Heading, line: Line) -> bool:
    """It broke off at a connecting word or mark, goes on in lower case, or its line was full."""
    if line.after_blank or len(line.text) > 100 or line.text.endswith("."):
        return False
    return line.wrapped or line.text[0].islower() or bool(OPEN_END.search(heading.title))


def is_prose(heading: Heading, lines: list[Line]) -> bool:
    """A sentence that only begins like a heading ("Lambeth Council – like many …")."""
    title, below = heading.title, lines[heading.end] if heading.end < len(lines) else None
    if len(title) > LONGEST_TITLE or (title.endswith((".", ",", ";")) and not title.endswith("etc.")):
        return True
    begins = title[0].isupper() or title[0].isdigit() or title[0] in "“‘\"'(#£"
    if not begins and not (below and below.opens_an_entry):
        return True
    if below and not below.after_blank and below.text[0].islower() and not below.label:
        return True
    return not heading.strong and bool(re.search(r"[.!?]\s+[A-Z]", title))


def follows_a_label(index: int, lines: list[Line]) -> bool:
    """Whether a label of an entry's top is on the line after this one."""
    return index + 1 < len(lines) and lines[index + 1].opens_an_entry


def is_confirmed(heading: Heading, lines: list[Line], shaped: dict[int, Heading]) -> bool:
    """Whether a label of the form, or a contact's address, follows before the next line shaped like a heading."""
    nearest = heading.end + LOOK_AHEAD
    reach = len(lines) if heading.strong else min(nearest, len(lines))
    for index in range(heading.index + 1, reach):
        line, near = lines[index], index < nearest
        if index in shaped or (line.label and line.label.kind == "supporting" and line.label.certain):
            return False
        if line.opens_an_entry and (near or line.label.certain):
            return True
        if near and line.addresses:
            return True
    return False


def opens_without_labels(
    heading: Heading, lines: list[Line], shaped: dict[int, Heading], current: tuple[str, ...]
) -> bool:
    """An entry without a single label, on a page whose other entries have them: formal name, another authority,
    a line of its own, and text below it."""
    if not heading.strong or heading.end >= len(lines) or heading.end in shaped:
        return False
    if len(heading.title) > LONGEST_SURE_TITLE or heading.title.endswith(("!", "?", ":")):
        return False
    is_apart = heading.line.after_blank or bool(lines[heading.index - 1].marker)
    return is_apart and set(heading.opening.authorities) != set(current)
