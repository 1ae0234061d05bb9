"""Whether an entry holds part of another, whose heading was not known as one: then its labels come twice or out of
order, an address is another authority's, or a line names an authority as a heading does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from ..people.authorities import key
from ..records import Authority, Doubt, Entry, Reference
from ..text.addresses import addresses_in
from ..text.labels import Label, label_of
from ..text.lines import Line
from ..text.markers import marker_of
from ..text.sentences import is_sentence
from .sections import FRONT, Sections

KINDS = (*FRONT, "main", "supporting")
PLAIN_LABEL = re.compile(r"\W*(?:summary|contacts?|teams?|partners?|submission)\b", re.IGNORECASE)
ONE_MORE = re.compile(r"\W*(?:second|other|additional)\b|.*\d\W*(?::|$)", re.IGNORECASE)
NAMES_AN_AUTHORITY = re.compile(
    r"(?i:the )?(?:(?:(?i:london|royal) (?i:boroughs?)|(?i:city|cities|borough|councils?)) (?i:of)|L\.?B\.?|R\.?B\.?)"
    r"(?: of)? [A-Z]"
)
LONGEST_HEADING = 220  # characters
SAME_ENTRY = "If so, part it in the text with a heading “London Borough of … – title”, and read the page again."


@dataclass(frozen=True)
class Hit:
    """A label of the form on one of an entry's lines."""

    index: int
    label: Label
    line: Line

    @property
    def printed(self) -> str:
        return self.line.text.removesuffix(self.label.rest).strip(" \t:*#_–-") or self.line.text[:40]


def swallowed_entries(
    entries: tuple[Entry, ...],
    parts: list[list[Line]],
    sections: list[Sections],
    shaped: set[int],
    reference: Reference,
) -> Iterator[Doubt]:
    """`parts`: all lines of each entry. `shaped`: numbers of the lines with the shape of a heading that open none."""
    hits = [hits_in(part) for part in parts]
    orders = [first_places(found) for found in hits]
    for number, (entry, part) in enumerate(zip(entries, parts, strict=True)):
        clusters = clusters_of(hits[number], part, usual_order(orders, number))
        for cluster in clusters:
            yield told_cluster(cluster, hits[number], part, number)
        doubted = {line for cluster in clusters for line in lines_above(cluster[0], part)}
        yield from other_headings(part, sections[number], shaped, doubted, number)
        yield from other_addresses(entry, part, reference, number)


def hits_in(lines: list[Line]) -> list[Hit]:
    found = []
    for index, line in enumerate(lines):
        label = label_of(line.text)
        if label and label.kind in KINDS and is_telling(label, line, lines[index + 1 : index + 3]):
            found.append(Hit(index, label, line))
    return found


def is_telling(label: Label, line: Line, below: list[Line]) -> bool:
    """Whether a label is hardly anything else: a sentence or a sub-heading may open with the same words."""
    if label.form in ("colon", "alone"):
        if not label.certain and label.rest[:1].islower():
            return False
        return label.certain or bool(PLAIN_LABEL.match(line.text) and label.kind != "supporting")
    if label.form == "dash":
        return (label.certain or bool(PLAIN_LABEL.match(line.text))) and label.rest[:1].isupper()
    if label.kind == "contacts":
        return any(addresses_in(near.text) for near in (line, *below)) and not is_sentence(line.text)
    return label.certain and label.kind in ("summary", "main") and label.rest[:1].isupper()


def first_places(hits: list[Hit]) -> dict[str, int]:
    places: dict[str, int] = {}
    for hit in hits:
        places.setdefault(hit.label.kind, hit.index)
    return places


def usual_order(orders: list[dict[str, int]], number: int) -> set[tuple[str, str]]:
    """Pairs of labels that stand in this order in every other entry that has both, and in two at least."""
    others = [order for other, order in enumerate(orders) if other != number]
    pairs = set()
    for one, two in combinations(KINDS, 2):
        before = [order[one] < order[two] for order in others if one in order and two in order]
        if len(before) > 1 and len(set(before)) == 1:
            pairs.add((one, two) if before[0] else (two, one))
    return pairs


def clusters_of(hits: list[Hit], part: list[Line], usual: set[tuple[str, str]]) -> list[list[Hit]]:
    """The labels that would belong to another entry, each such entry's together."""
    own: dict[str, Hit] = {}
    clusters: list[list[Hit]] = []
    current: list[Hit] = []
    for hit in hits:
        kind = hit.label.kind
        if current and kind not in {one.label.kind for one in current}:
            current.append(hit)
        elif current or is_of_another(hit, own, part, usual):
            if current and goes_on(current[-1], hit, part):
                continue
            current = [hit]
            clusters.append(current)
        else:
            own.setdefault(kind, hit)
    return clusters


def is_of_another(hit: Hit, own: dict[str, Hit], part: list[Line], usual: set[tuple[str, str]]) -> bool:
    kind = hit.label.kind
    if kind in own:
        return not goes_on(own[kind], hit, part)
    late = "main" in own or any(is_sentence(line.text) for line in part[: hit.index])
    if kind == "summary" and ("main" in own or (late and not own)):
        return True
    return any((kind, other) in usual for other in own) and late


def goes_on(first: Hit, hit: Hit, part: list[Line]) -> bool:
    """Whether a second contact, or a second label directly below the first, belongs to the same entry."""
    if hit.label.kind != first.label.kind or hit.label.kind != "contacts":
        return False
    between = part[first.index + 1 : hit.index]
    return bool(ONE_MORE.match(hit.printed)) or all(addresses_in(line.text) for line in between)


def lines_above(hit: Hit, part: list[Line]) -> list[int]:
    return [line.number for line in part[max(0, hit.index - 3) : hit.index]]


def told_cluster(cluster: list[Hit], hits: list[Hit], part: list[Line], number: int) -> Doubt:
    first = cluster[0]
    named = ", ".join(f"“{hit.printed}” (line {hit.line.number})" for hit in cluster)
    earlier = next((hit for hit in hits if hit.label.kind == first.label.kind and hit.index < first.index), None)
    again = f"once more (first on line {earlier.line.number})" if earlier else "where it does not belong"
    above = next((line for line in reversed(part[: first.index]) if not is_furniture(line)), None)
    heading = f", and line {above.number}, “{above.text[:120]}”, may be its heading" if above else ""
    message = f"{named} stands here {again}: another entry may have been taken into this one{heading}. {SAME_ENTRY}"
    return Doubt("swallowed-entry", first.line.number, message, number)


def is_furniture(line: Line) -> bool:
    label = label_of(line.text)
    return bool(label and label.kind == "more")


def other_headings(
    part: list[Line], sections: Sections, shaped: set[int], doubted: set[int], number: int
) -> Iterator[Doubt]:
    """Lines of running text that name an authority as a heading does."""
    listed = {line.number for name in (*FRONT[1:],) for line in getattr(sections, name)}
    for line in part:
        if line.number in listed or line.number in doubted:
            continue
        if line.number in shaped or could_be_heading(line):
            message = (
                f"“{line.text[:160]}” reads like the heading of an entry, but stands inside this one: another entry "
                f"may have been taken into it. {SAME_ENTRY}"
            )
            yield Doubt("swallowed-entry", line.number, message, number)


def could_be_heading(line: Line) -> bool:
    text = line.text
    if not NAMES_AN_AUTHORITY.match(text) or len(text) > LONGEST_HEADING or marker_of(text):
        return False
    return not text.endswith((".", "!", "?", ";", ",")) and ": " not in text and not is_sentence(text)


def other_addresses(entry: Entry, part: list[Line], reference: Reference, number: int) -> Iterator[Doubt]:
    own = [authority for authority in reference.authorities if authority.name in entry.boroughs]
    bodies = {squashed(one.delivery_body) for one in own if one.delivery_body}
    has_own = any(authority.email_domains for authority in own)
    for line in part:
        for address in addresses_in(line.text):
            domain = address.text.rpartition("@")[2].lower()
            if any(has_domain(one, domain) for one in own) or any(body in squashed(domain) for body in bodies):
                continue
            whose = next((one.name for one in reference.authorities if has_domain(one, domain)), "")
            if whose or (has_own and is_of_a_council(domain)):
                belongs = f"is an address of {whose}" if whose else "is no address of this entry’s authority"
                message = (
                    f"{address.text} {belongs}: ask whether it belongs here, or whether part of another entry was "
                    "taken into this one."
                )
                yield Doubt("swallowed-entry", line.number, message, number)


def has_domain(authority: Authority, domain: str) -> bool:
    return any(domain == known or domain.endswith("." + known) for known in authority.email_domains)


def is_of_a_council(domain: str) -> bool:
    return domain.endswith(".gov.uk")


def squashed(name: str) -> str:
    return key(name).replace(" ", "")


def strays(lines: list[Line], shaped: set[int], reference: Reference, where: str) -> Iterator[Doubt]:
    """What belongs to entries and stands before the first or after the last."""
    for line in lines:
        if line.number in shaped:
            message = f"“{line.text[:160]}” reads like the heading of an entry, but stands {where}: ask for its text."
            yield Doubt("swallowed-entry", line.number, message)
    for hit in hits_in(lines):
        if hit.label.certain or hit.label.kind == "contacts":
            message = (
                f"“{hit.printed}” stands {where}: an entry may have been taken for part of it. If so, give it a "
                "heading “London Borough of … – title”, and read the page again."
            )
            yield Doubt("swallowed-entry", hit.line.number, message)
    for line in lines:
        for address in addresses_in(line.text):
            domain = address.text.rpartition("@")[2].lower()
            if any(has_domain(one, domain) for one in reference.authorities):
                message = f"{address.text} is an authority’s address and stands {where}: an entry may be part of it."
                yield Doubt("swallowed-entry", line.number, message)
