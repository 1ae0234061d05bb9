"""Numbers whose unit their sentence only implies: by what was done ("sat on 42 recruitment panels"), by what only
people do ("21 went home"), or by what was counted before ("31 units, 9 of which …")."""

from __future__ import annotations

import re

from ..reference import word_list
from .numbers import Figure, Number
from .units import NO_PLURAL, NOT_COUNTED, STOPS, Noun

HANDED = (
    r"(?:delivered|distributed|sent|given|handed|produced|made|created|received|completed|awarded|issued"
    r"|donated|planted"
    r"|built|written|collected|supplied|provided|linked|recorded|published|answered|resolved|held"
    r"|ran|hosted|organised|launched)"
)
GIVEN = re.compile(rf"\b(?:{HANDED}|gave|wrote)(?: out| back)?\s+$", re.IGNORECASE)
WERE_GIVEN = re.compile(rf"\s+(?:were|have been|had been|have now been)\s+{HANDED}\b", re.IGNORECASE)
PARTICLE = r"(?:up|on|in|out|back|off|over|with|to|at|for|through|down|away|together)"
ADVERB = r"(?:now|also|already|together|directly|successfully|since|then|themselves)"
IRREGULAR_PAST = (
    r"wrote|written|sat|held|ran|gave|given|made|built|taught|met|found|won|brought|bought|sent|sold|drew|drawn|sang"
    r"|sung|drove|driven|heard|saw|seen|read|shot|got|dealt|spoke|spoken|fed|grew|grown|chose|chosen|lent|put|set up"
    r"|took|taken|kept|swam|rode|shown|dug|sewn|laid|hung"
)
PAST = re.compile(
    rf"(?P<aux>\b(?:to|will|would|could|should|may|might|must|can|not)\s(?:have\s|be\s)?)?"
    rf"\b(?P<verb>[a-z]{{2,}}ed|{IRREGULAR_PAST})(?:\s{PARTICLE}){{0,2}}(?:\s{ADVERB})?\s+$",
    re.IGNORECASE,
)
WAS_DONE = re.compile(
    rf"\s+(?:were|have been|had been|have now been|have already been)\s+(?:{ADVERB}\s+)?"
    rf"(?P<verb>[a-z]{{2,}}ed|{IRREGULAR_PAST})\b"
)
DID_SO = re.compile(
    r"\s+(?:(?:have|had|has|also|now|then|since)\s+)*(?:signed|joined|stayed|completed|attended|came|took part"
    r"|volunteered|replied|trained|qualified|started|agreed|said|returned|left|passed|graduated|gave|helped|offered)\b"
)
NOT_DONE = word_list("verbs", "not_done")
FINISHED = word_list("verbs", "finished")
NOT_PEOPLE = word_list("nouns", "not_people")
PERSON_ENDING = re.compile(
    r"(?:(?:er|or|ee|ist|ian|ant|mate|friend|folk|aunt|uncle|cousin|nan|grandad|spouse|scout|cadet)s)$"
)
OTHER = re.compile(r"\s+(?:[a-z’'-]+\s+){0,2}?(?P<noun>[a-z-]{3,}s)\b(?![’'])")
AUX = r"(?:have|had|has|were|are|also|now|since|then|already|all|still|successfully|later)"
# What only people do. Things "remain", "open" and are "in use" too.
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
OF_WHICH = re.compile(r"\s+of (?:which|whom|these|those|them)\b", re.IGNORECASE)
LEADS_ON = re.compile(r"(?:\b(?:and|whom|which|those|these|them)|[,;])[\s,]*$", re.IGNORECASE)
PLACED = re.compile(r"\s+(?:via|through|from|with|in|by|are|were)\b", re.IGNORECASE)
DID = re.compile(
    r"(?:\s*\([^()]*\))?\s+(?:(?:have|had|has|were|are|did|also|now|all|more|since|not|then|went on to)\s+)*"
    r"(?:stay|complet|mov|gain|secur|start|return|re-enter|progress|achiev|pass|graduat|remain|attend|report|said|say"
    r"|found|went|gone|still|liv|work|in work|in educat|in employ|in assess|in train|accept|reunif|adopt|train|recruit"
    r"|qualif|left|felt|feel|agree|chose|join|avoid|sustain|obtain|access|us|like|need|ha[ds])",
    re.IGNORECASE,
)
GOES_BACK = re.compile(r"(?:[\w-]+\s+){0,3}?(?:of|from|among) (?:those|these|them|this group)\b", re.IGNORECASE)


def thing_done(before: str, after: str, value: int) -> Noun | None:
    """The plural that a number counts, where something was handed out ("sent 40 postcards", "40 postcards were sent"),
    or a verb in the past says that it was done or reached."""
    match = OTHER.match(after)
    if not match or match["noun"] in NOT_COUNTED or STOPS & set(match.group().split()):
        return None
    noun = match["noun"]
    if GIVEN.search(before) or WERE_GIVEN.match(after, match.end()):
        return Noun(noun, noun, match.end())
    if noun.endswith(NO_PLURAL):
        return None
    person = is_person(noun)
    if is_deed(PAST.search(before[-60:]), value) or is_deed(WAS_DONE.match(after, match.end()), value):
        return Noun("people" if person else noun, noun, match.end())
    return Noun("people", noun, match.end()) if person and DID_SO.match(after, match.end()) else None


def is_deed(match: re.Match[str] | None, value: int) -> bool:
    """Whether this verb says what was done; a number below ten needs a verb that can mean nothing else."""
    if not match or match.groupdict().get("aux"):
        return False
    verb = match["verb"].lower()
    return verb not in NOT_DONE and (value >= 10 or verb in FINISHED)


def is_person(plural: str) -> bool:
    """Whether a plural names people by its ending ("shopkeepers", "starters", "pianists")."""
    last = plural.rsplit("-", 1)[-1]
    return last not in NOT_PEOPLE and bool(PERSON_ENDING.search(last))


def people_meant(sentence: str, number: Number, unit: str) -> Figure | None:
    """A bare number with a verb that only people have. `unit`: what the sentence counted before it."""
    if number.value <= 1 or unit not in ("", "people"):
        return None
    before = sentence[: number.start]
    if (match := ACTS.match(sentence, number.end)) and (match["of"] or OPENING.search(before)):
        return Figure(number, "people", number.end + len(match["of"]))
    if WHO.match(sentence, number.end) and THE.search(before) and "over" not in number.printed:
        return Figure(number, "people", number.end)
    if HELPED.search(before) and (match := OBJECT.match(sentence, number.end)):
        return Figure(number, "people", match.end())
    return None


def inherited(sentence: str, number: Number, unit: str) -> Figure | None:
    """A count that shares the noun counted just before it. `unit`: what that was, "" when nothing was counted."""
    if not unit:
        return None
    if match := OF_WHICH.match(sentence, number.end):
        return Figure(number, unit, match.end())
    if not LEADS_ON.search(sentence[: number.start]):
        return None
    listed = OF_WHICH.search(sentence, 0, number.start) and PLACED.match(sentence, number.end)
    did = unit == "people" and DID.match(sentence, number.end)
    return Figure(number, unit, number.end) if listed or did else None


def goes_back(sentence: str) -> bool:
    """Whether a sentence speaks on of what the one before it counted ("Of those, 5 returned home")."""
    return bool(GOES_BACK.match(sentence))
