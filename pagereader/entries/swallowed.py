"""Whether an entry holds part of another, whose heading was not known as one: then its labels come twice or out of
order, an address is another authority's, or a line names an authority as a heading does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from ..people.authorities import key
from ..records import Doubt, Entry
from ..reference import Authority, Reference
from ..text.labels import Label
from ..text.lines import Line
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
    def kind(self) -> str:
        return self.label.kind

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
    orders = [first_places(some) for some in hits]
    for number, (entry, part) in enumerate(zip(entries, parts, strict=True)):
        clusters = clusters_of(hits[number], part, usual_order(orders, number))
        for cluster in clusters:
            yield doubt_about(cluster, hits[number], part, number)
        above = {line.number for first, *_ in clusters for line in part[max(0, first.index - 3) : first.index]}
        yield from other_headings(part, sections[number], shaped, above, number)
        yield from other_addresses(entry, part, reference, number)


def hits_in(lines: list[Line]) -> list[Hit]:
    return [
        Hit(index, line.label, line)
        for index, line in enumerate(lines)
        if line.label and line.label.kind in KINDS and is_only_a_label(line, lines[index + 1 : index + 3])
    ]


def is_only_a_label(line: Line, below: list[Line]) -> bool:
    """Whether a label is hardly anything else: a sentence or a sub-heading may open with the same words."""
    label = line.label
    if label.form in ("colon", "alone"):
        if label.certain:
            return True
        plain = PLAIN_LABEL.match(line.text) and label.kind != "supporting"
        return bool(plain) and not label.rest[:1].islower()
    if label.form == "dash":
        return (label.certain or bool(PLAIN_LABEL.match(line.text))) and label.rest[:1].isupper()
    if label.kind == "contacts":
        return any(near.addresses for near in (line, *below)) and not line.is_sentence
    return label.certain and label.kind in ("summary", "main") and label.rest[:1].isupper()


def first_places(hits: list[Hit]) -> dict[str, int]:
    places: dict[str, int] = {}
    for hit in hits:
        places.setdefault(hit.kind, hit.index)
    return places


def usual_order(orders: list[dict[str, int]], number: int) -> set[tuple[str, str]]:
    """Pairs of labels that come in this order in every other entry that has both, and in two at least."""
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
    for hit in hits:
        current = clusters[-1] if clusters else []
        if current and hit.kind not in {one.kind for one in current}:
            current.append(hit)
        elif current:
            if not is_one_contact_more(current[-1], hit, part):
                clusters.append([hit])
        elif is_of_another(hit, own, part, usual):
            clusters.append([hit])
        else:
            own.setdefault(hit.kind, hit)
    return clusters


def is_of_another(hit: Hit, own: dict[str, Hit], part: list[Line], usual: set[tuple[str, str]]) -> bool:
    if hit.kind in own:
        return not is_one_contact_more(own[hit.kind], hit, part)
    late = "main" in own or any(line.is_sentence for line in part[: hit.index])
    if hit.kind == "summary" and ("main" in own or (late and not own)):
        return True
    return late and any((hit.kind, other) in usual for other in own)


def is_one_contact_more(first: Hit, hit: Hit, part: list[Line]) -> bool:
    """Whether a second contact, or a second label directly below the first, belongs to the same entry."""
    if hit.kind != first.kind or hit.kind != "contacts":
        return False
    return bool(ONE_MORE.match(hit.printed)) or all(line.addresses for line in part[first.index + 1 : hit.index])


def doubt_about(cluster: list[Hit], hits: list[Hit], part: list[Line], number: int) -> Doubt:
    first = cluster[0]
    named = ", ".join(f"“{hit.printed}” (line {hit.line.number})" for hit in cluster)
    earlier = next((hit for hit in hits if hit.kind == first.kind and hit.index < first.index), None)
    again = f"once more (first on line {earlier.line.number})" if earlier else "where it does not belong"
    text_above = (line for line in reversed(part[: first.index]) if not (line.label and line.label.kind == "more"))
    above = next(text_above, None)
    heading = f", and line {above.number}, “{above.text[:120]}”, may be its heading" if above else ""
    message = f"{named} stands here {again}: another entry may have been taken into this one{heading}. {SAME_ENTRY}"
    return Doubt("swallowed-entry", first.line.number, message, number)


def other_headings(
    part: list[Line], sections: Sections, shaped: set[int], doubted: set[int], number: int
) -> Iterator[Doubt]:
    """Lines of running text that name an authority as a heading does."""
    listed = {line.number for name in FRONT[1:] for line in sections[name]}
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
    if not NAMES_AN_AUTHORITY.match(text) or len(text) > LONGEST_HEADING or line.marker:
        return False
    return not text.endswith((".", "!", "?", ";", ",")) and ": " not in text and not line.is_sentence


def other_addresses(entry: Entry, part: list[Line], reference: Reference, number: int) -> Iterator[Doubt]:
    own = [authority for authority in reference.authorities if authority.name in entry.boroughs]
    bodies = [squashed(authority.delivery_body) for authority in own if authority.delivery_body]
    for line in part:
        for address in line.addresses:
            owners = [one for one in reference.authorities if has_domain(one, address.domain)]
            if set(owners) & set(own) or any(body in squashed(address.domain) for body in bodies):
                continue
            if owners:
                belongs = f"is an address of {owners[0].name}"
            elif address.domain.endswith(".gov.uk") and any(authority.email_domains for authority in own):
                belongs = "is no address of this entry’s authority"
            else:
                continue
            message = (
                f"{address.text} {belongs}: ask whether it belongs here, or whether part of another entry was taken "
                "into this one."
            )
            yield Doubt("swallowed-entry", line.number, message, number)


def squashed(name: str) -> str:
    return key(name).replace(" ", "")


def has_domain(authority: Authority, domain: str) -> bool:
    return any(domain == known or domain.endswith("." + known) for known in authority.email_domains)


def strays(lines: list[Line], shaped: set[int], reference: Reference, where: str) -> Iterator[Doubt]:
    """What belongs to entries but comes before the first or after the last."""
    for line in lines:
        if line.number in shaped:
            message = f"“{line.text[:160]}” reads like the heading of an entry, but stands {where}: ask for its text."
            yield Doubt("swallowed-entry", line.number, message)
    for hit in hits_in(lines):
        if hit.label.certain or hit.kind == "contacts":
            message = (
                f"“{hit.printed}” stands {where}: an entry may have been taken for part of it. If so, give it a "
                "heading “London Borough of … – title”, and read the page again."
            )
            yield Doubt("swallowed-entry", hit.line.number, message)
    for line in lines:
        for address in line.addresses:
            if any(has_domain(one, address.domain) for one in reference.authorities):
                message = f"{address.text} is an authority’s address and stands {where}: an entry may be part of it."
                yield Doubt("swallowed-entry", line.number, message)
