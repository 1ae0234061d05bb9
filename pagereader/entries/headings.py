"""Which lines open an entry. A heading is known by its shape (authority, a mark, a title) and by what follows it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..people.authorities import Gazetteer, Opening
from ..text.addresses import addresses_in
from ..text.labels import label_of, opens_an_entry
from ..text.lines import Line, broke_here
from ..text.markers import marker_of

NUMBERING = re.compile(
    r"(?:#{1,6}\s+|\*{2}|\d{1,2}[.)]\s+|(?:entry|submission|project|example)\s+\d{1,2}\s*[:.–-]\s*)?", re.IGNORECASE
)
MARK = re.compile(r"\s*(?:[–—−‒|:\t]|-(?=\s)|(?<=\s)-)[\s–—−‒-]*|\s*,\s+")
OPEN_END = re.compile(r"(?:[:,&–—-]|\b(?:and|of|for|the|to|with|in|a|from|by|on))$", re.IGNORECASE)
LONGEST_TITLE = 220  # characters
LOOK_AHEAD = 4  # lines after a short-form heading ("Camden: …") within which a label or address must stand


@dataclass(frozen=True)
class Heading:
    """A line with the shape of an entry's heading. `strong`: the authority is written in its formal form."""

    index: int
    line: Line
    title: str
    opening: Opening
    strong: bool
    title_lines: tuple[Line, ...] = ()  # lines after the heading that belong to its title


def headings_of(lines: list[Line], gazetteer: Gazetteer, width: int | None = None) -> list[Heading]:
    """The entry headings among `lines`, in order."""
    shaped = {}
    for index in range(len(lines)):
        heading = shape_of(index, lines, gazetteer, width)
        if heading and not is_prose(heading, lines):
            shaped[index] = heading
    confirmed = [heading for heading in shaped.values() if is_confirmed(heading, lines, shaped)]
    if not confirmed:
        return []
    chosen = {heading.index for heading in confirmed}
    first, current = confirmed[0].index, ()
    for index, heading in shaped.items():
        if index in chosen:
            current = heading.opening.authorities
        elif index > first and stands_without_labels(heading, lines, shaped, current):
            chosen.add(index)
            current = heading.opening.authorities
    return [heading for index, heading in shaped.items() if index in chosen]


def unchosen(lines: list[Line], chosen: list[Heading], gazetteer: Gazetteer, width: int | None) -> list[Line]:
    """Lines that name an authority and a title as a heading does, but open no entry: in the authority's formal form, or
    directly above the next entry."""
    opened = {heading.index for heading in chosen}
    found = []
    for index, line in enumerate(lines):
        heading = None if index in opened or marker_of(line.text) else shape_of(index, lines, gazetteer, width)
        own = next((one.opening.authorities for one in reversed(chosen) if one.index < index), ())
        if heading and heading.opening.authorities == own and ":" in line.text:
            continue  # "London Borough of Barnet: our story" in Barnet's own entry
        if heading and (heading.strong or index + 1 in opened) and is_title(heading, lines):
            found.append(line)
    return found


def is_title(heading: Heading, lines: list[Line]) -> bool:
    return len(heading.title) <= 120 and not is_prose(heading, lines)


def shape_of(index: int, lines: list[Line], gazetteer: Gazetteer, width: int | None) -> Heading | None:
    line = lines[index]
    start = NUMBERING.match(line.text).end()
    text = line.text[start:].rstrip("*# ")
    if not text or len(text) > 2 * LONGEST_TITLE:
        return None
    opening = gazetteer.opening(text)
    if opening is None:
        return title_first(index, lines, text, gazetteer)
    mark = MARK.match(text, opening.end)
    title = text[mark.end() :].strip() if mark else ""
    if title:
        heading = Heading(index, line, title, opening, opening.official and "," not in mark.group())
        return with_wrapped_title(heading, lines, width)
    if text[opening.end :].strip(" :–—-|"):
        return None
    return title_on_next_line(index, lines, opening)


def title_first(index: int, lines: list[Line], text: str, gazetteer: Gazetteer) -> Heading | None:
    """ "KickStart Futures – London Borough of Sutton": only when a label stands on the very next line."""
    if not follows_a_label(index, lines) or marker_of(text):
        return None
    for match in reversed(list(re.finditer(r"\s[-–—|]\s|\s\(|:\s", text))):
        opening = gazetteer.opening(text[match.end() :])
        if opening and opening.official and not text[match.end() + opening.end :].strip(" )"):
            return Heading(index, lines[index], text[: match.start()].strip(), opening, False)
    return None


def title_on_next_line(index: int, lines: list[Line], opening: Opening) -> Heading | None:
    if index + 2 >= len(lines) or label_of(lines[index + 1].text) or not follows_a_label(index + 1, lines):
        return None
    title = lines[index + 1]
    if len(title.text) > LONGEST_TITLE or title.text.endswith((".", ",", ";")) or marker_of(title.text):
        return None
    return Heading(index, lines[index], title.text, opening, opening.official, (title,))


def with_wrapped_title(heading: Heading, lines: list[Line], width: int | None) -> Heading:
    """A title that runs on to the next line, when a label follows that."""
    following = lines[heading.index + 1 : heading.index + 2]
    if not following or label_of(following[0].text) or not follows_a_label(heading.index + 1, lines):
        return heading
    if not title_goes_on(heading, following[0], width):
        return heading
    title = f"{heading.title} {following[0].text}"
    return Heading(heading.index, heading.line, title, heading.opening, heading.strong, (following[0],))


def title_goes_on(heading: Heading, line: Line, width: int | None) -> bool:
    """It broke off at a connecting word or mark, goes on in lower case, or had no room for the next word."""
    if line.after_blank or len(line.text) > 100 or line.text.endswith("."):
        return False
    return line.text[0].islower() or bool(OPEN_END.search(heading.title)) or broke_here(heading.line, line.text, width)


def is_prose(heading: Heading, lines: list[Line]) -> bool:
    """A sentence that only begins like a heading ("Lambeth Council – like many …")."""
    title, after = heading.title, lines[heading.index + 1 + len(heading.title_lines) :][:1]
    if len(title) > LONGEST_TITLE or (title.endswith((".", ",", ";")) and not title.endswith("etc.")):
        return True
    if not (title[0].isupper() or title[0].isdigit() or title[0] in "“‘\"'(#£") and not opens_next(after):
        return True
    if after and not after[0].after_blank and after[0].text[0].islower() and not label_of(after[0].text):
        return True
    return not heading.strong and bool(re.search(r"[.!?]\s+[A-Z]", title))


def opens_next(after: list[Line]) -> bool:
    return bool(after) and opens_an_entry(after[0].text)


def follows_a_label(index: int, lines: list[Line]) -> bool:
    return opens_next(lines[index + 1 : index + 2])


def is_confirmed(heading: Heading, lines: list[Line], shaped: dict[int, Heading]) -> bool:
    """Whether a label of the form, or a contact's address, follows before the next line shaped like a heading."""
    reach = len(lines) if heading.strong else heading.index + 1 + LOOK_AHEAD + len(heading.title_lines)
    for index in range(heading.index + 1, min(reach, len(lines))):
        if index in shaped:
            return False
        label = label_of(lines[index].text)
        if label and label.kind == "supporting" and label.certain:
            return False
        near = index - heading.index <= LOOK_AHEAD + len(heading.title_lines)
        if label and opens_an_entry(lines[index].text) and (near or label.certain):
            return True
        if near and addresses_in(lines[index].text):
            return True
    return False


def stands_without_labels(
    heading: Heading, lines: list[Line], shaped: dict[int, Heading], current: tuple[str, ...]
) -> bool:
    """An entry without a single label, on a page whose other entries have them: formal name, another authority,
    a line of its own, and text below it."""
    following = heading.index + 1 + len(heading.title_lines)
    if not heading.strong or following >= len(lines) or following in shaped:
        return False
    if len(heading.title) > 120 or heading.title.endswith(("!", "?", ":")):
        return False
    stands_apart = heading.line.after_blank or bool(marker_of(lines[heading.index - 1].text))
    return stands_apart and set(heading.opening.authorities) != set(current)
