"""Numbers that stand for people without naming them: "Twelve of them have trained …", "21 went home", "36 said"."""

from __future__ import annotations

import re

from .comparisons import Found
from .numbers import Number

AUX = r"(?:have|had|has|were|are|also|now|since|then|already|all|still|successfully|later)"
# What only people do. "remain", "open", "use" are said of things too.
HUMAN = (
    r"(?:train(?:ed|ing) (?:as|in|to|with)|have trained|qualified|graduated|said|told|replied|answered yes|responded"
    r"|felt|feel|agreed|went (?:home|on|into|back|to)|gone (?:home|on|into|back|to)|came (?:back|home|to|along)"
    r"|moved (?:in|on|out|to|into|back|home)|returned (?:home|to)|stayed (?:in|on|at|with)|found (?:work|jobs?|a job"
    r"|employment)|started (?:work|college|university|a|an|jobs?|school)|joined|became|become"
    r"|left (?:care|home|custody|school|the (?:service|scheme|programme))|learn(?:ed|t)"
    r"|attended|took part|taken part|passed|gained|completed|enrolled|applied|volunteer(?:ed)?|signed up|waiting for"
    r"|secured (?:a|an|jobs?|work|employment|apprenticeships|places)|in (?:work|education|employment|training|college)"
    r"|at (?:university|college)|living (?:with|in|on|independently)|live (?:with|in|on|independently)|reported"
    r"|described|attend|work(?:ing)? (?:as|for|in)|got (?:a|jobs?|into)|wanted|asked|told us|know|knew|rated"
    r"|recommended|chose|achieved|progressed|dropped out|reunited|adopted|employed)"
)
OF_THEM = r"(?:\s+of (?:them|those|these|whom|the (?:group|cohort|graduates|first group)))?"
ACTS = re.compile(rf"(?P<of>{OF_THEM})(?:\s*\([^()]*\))?(?:,? of whom)?\s+(?:{AUX}\s+)*{HUMAN}\b")
WHO = re.compile(r"\s+who\b")
THE = re.compile(r"(?:\bof the|\bthe first|\b[Aa]ll|\b[Tt]he)\s+$")
OPENING = re.compile(
    r"(?:^|[,;:–—(]\s*|\b20\d\d(?:[-/]\d\d)?\s+"
    r"|\b(?:remaining|other|and|but|while|that|then|all|only|when|of whom|months?|weeks|years?|days|terms?|later|end"
    r"|course|programme|pilot|since|time)\s+)$",
    re.IGNORECASE,
)
HELPED = re.compile(
    r"\b(?:trained|recruited|supported|helped|housed|employed|matched|reached|interviewed|taught|coached|mentored"
    r"|asked|surveyed|welcomed|rehoused)\s+(?:all\s+)?$",
    re.IGNORECASE,
)
OBJECT = re.compile(r"\s+(?:of (?:them|those|these)\b)|(?=[.,;]|\s+(?:and|so far|to date|last year|this year)\b|$)")


def people_meant(sentence: str, number: Number, unit: str) -> Found | None:
    """A bare number whose verb only people can have. `unit`: what the sentence counted before it."""
    if number.value <= 1 or unit not in ("", "people"):
        return None
    before = sentence[: number.start]
    if (match := ACTS.match(sentence, number.end)) and (match["of"] or OPENING.search(before)):
        return Found(number, "people", number.end + len(match["of"]))
    if WHO.match(sentence, number.end) and THE.search(before) and "over" not in number.printed:
        return Found(number, "people", number.end)
    if HELPED.search(before) and (match := OBJECT.match(sentence, number.end)):
        return Found(number, "people", match.end())
    return None
