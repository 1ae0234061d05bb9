"""The labels of the submission form ("Key Contact:", "Team:" …) in the forms that different hands give them."""

from __future__ import annotations

import re
from dataclasses import dataclass

OF_PROJECT = (
    r"(?: of (?:the |this |our |your )?(?:project|practice|submission|work|programme|initiative|service|example))"
)
PROJECT = r"(?:project|practice|programme|submission|initiative)"

# A certain label is one that hardly ever opens a sentence or serves as a sub-heading in an entry's own text.
CERTAIN = {
    "summary": (
        rf"(?:brief |short |project |executive )?summary{OF_PROJECT}|{PROJECT} summary|{PROJECT} (?:overview"
        rf"|in brief)"
        rf"|(?:brief |short )?(?:description|overview){OF_PROJECT}|{PROJECT} description"
    ),
    "contacts": (
        r"(?:key|lead|main|project|named|borough|primary|second|other"
        r"|additional) contacts?(?:\(s\))?(?: details| persons?| people| names?| information)?"
        r"(?: \d)?|contacts?(?:\(s\))? (?:details|persons?|people|names?|information|for (?:this|the|further) \w+)"
    ),
    "team": (
        r"(?:team|service|lead team) names?|names? of (?:the )?(?:team|service)s?|teams?(?:\(s\))?(?: ?/ ?"
        r"| and | or )(?:services?|departments?)"
        r"|(?:lead|delivery|responsible) (?:team|service)s?|teams? involved|team\(s\)"
    ),
    "partners": (
        r"(?:key |delivery |external |main |project )?partners?(?:\(s\))?(?: (?:organi[sz]ations?|agenc(?:y"
        r"|ies)|involved|and stakeholders))"
        r"|(?:key|delivery|external|main|project) partners?|partner\(s\)|partnership organi[sz]ations"
    ),
    "main": (
        r"(?:main|full) (?:submission|text|body|entry)(?: text)?|submission (?:text|details)"
        r"|the (?:full )?submission"
    ),
    "supporting": (
        r"(?:supporting|supplementary) (?:information|info|materials?|documents?|documentation|evidence"
        r"|resources?|links?|files?)"
        r"(?:(?: ?/ ?| and | & |, )(?:information|materials?|documents?|documentation|evidence|resources?|links?))*"
    ),
}
USUAL = {
    "summary": r"summary|overview|in brief|in short|about (?:the|this) project|synopsis",
    "contacts": r"contacts?|contact\(s\)|project lead",
    "team": r"teams?|services?|service area|department|directorate",
    "partners": r"partners?|partnerships?|in partnership with|working with",
    "main": r"submission|the project|main",
    "supporting": (
        r"(?:additional|further) (?:information|materials?|resources|documents)|attachments?|appendi(?:x|ces)"
        r"|useful links|links|resources"
        r"|references?"
    ),
}
# Labels of plain facts, which an entry states in one paragraph each, before its main text.
FACTS = {"what_it_took": r"what (?:it|this|the project) took(?: \([\w ,&/]{1,60}\))?"}
OPENING_KINDS = ("summary", "contacts", "team", "partners", "main", "more")
LEAD = re.compile(r"[\s#*_•●▪·◦>–—-]{0,8}")
READ_MORE = re.compile(
    r"(?:click (?:here )?to )?(?:read|find out|see|show|view) (?:more|less)(?: (?:about|on|of) (?:this"
    r"|the) \w+)?[\s.…>»→:+]*",
    re.IGNORECASE,
)
AFTER = re.compile(
    r"(?P<bold>[*_]{0,3})(?P<gap>[^\S\t]*)(?P<mark>[:：]|[-–—](?=\s|$)|\t|,(?=\s+[A-Z]|$))?(?P<space>\s*[*_]{0,3}\s*)"
)


@dataclass(frozen=True)
class Label:
    """The label with which a line begins. `form`: colon, dash, alone (nothing else on the line) or bare (text follows
    with no mark between). `rest`: what follows it. `certain`: it hardly ever opens a sentence."""

    kind: str
    form: str
    rest: str
    certain: bool

    @property
    def opens_an_entry(self) -> bool:
        """Whether it is one of those near the top of an entry."""
        marked = self.form in ("colon", "alone") or (self.certain and self.form == "dash")
        return marked and self.kind in OPENING_KINDS

    @property
    def part(self) -> str:
        """The part of an entry that it heads."""
        return "body" if self.kind == "main" else self.kind


def compiled(patterns: dict[str, str]) -> re.Pattern[str]:
    return re.compile(
        "|".join(rf"(?P<{kind}>{pattern})(?![\w’'])" for kind, pattern in patterns.items()), re.IGNORECASE
    )


SURE, LIKELY = compiled(CERTAIN), compiled(USUAL | FACTS)


def label_of(text: str) -> Label | None:
    """The label with which a line begins, or None."""
    if READ_MORE.fullmatch(text):
        return Label("more", "alone", "", True)
    start = LEAD.match(text).end()
    matches = [match for match in (SURE.match(text, start), LIKELY.match(text, start)) if match]
    if not matches:
        return None
    match = max(matches, key=lambda one: one.end())
    after = AFTER.match(text, match.end())
    rest = text[after.end() :]
    if after["mark"] == "," and not (text[start].isupper() and (match.re is SURE or not text.endswith("."))):
        return None  # "Partners, Housing and Health met" is a sentence; "Key Contact, Dele Akande" is not
    form = form_of(after, rest)
    return Label(match.lastgroup, form, rest, match.re is SURE) if form else None


def form_of(after: re.Match[str], rest: str) -> str:
    mark = after["mark"]
    if mark in (":", "：", "\t"):  # in a form's table the words are in the next cell
        return "colon"
    if not rest:
        return "alone"
    if mark:
        return "dash"
    return "bare" if after["gap"] or after["space"] else ""


def form_label(text: str) -> Label | None:
    """The label that a text is, with nothing after it: a cell of a form's table."""
    label = label_of(text)
    return label if label and label.kind != "more" and not label.rest and label.form in ("colon", "alone") else None
