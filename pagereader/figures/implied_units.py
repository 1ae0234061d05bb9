"""What was done, in any words: "sat on 42 recruitment panels", "signed up 22 shopkeepers", "64 petitions were signed".

The trade's lists (`measures`) come first; here a verb in the past says that the plural after a number is a result.
"""

from __future__ import annotations

import re

from ..text.words import words_of
from .units import NO_PLURAL, NOT_COUNTED, STOPS, Noun

PARTICLE = r"(?:up|on|in|out|back|off|over|with|to|at|for|through|down|away|together)"
MORE = r"(?:now|also|already|together|directly|successfully|since|then|themselves)"
IRREGULAR = (
    r"wrote|written|sat|held|ran|gave|given|made|built|taught|met|found|won|brought|bought|sent|sold|drew|drawn|sang"
    r"|sung|drove|driven|heard|saw|seen|read|shot|got|dealt|spoke|spoken|fed|grew|grown|chose|chosen|lent|put|set up"
    r"|took|taken|kept|swam|rode|shown|dug|sewn|laid|hung"
)
PAST = re.compile(
    rf"(?P<aux>\b(?:to|will|would|could|should|may|might|must|can|not)\s(?:have\s|be\s)?)?"
    rf"\b(?P<verb>[a-z]{{2,}}ed|{IRREGULAR})(?:\s{PARTICLE}){{0,2}}(?:\s{MORE})?\s+$",
    re.IGNORECASE,
)
WAS_DONE = re.compile(
    rf"\s+(?:were|have been|had been|have now been|have already been)\s+(?:{MORE}\s+)?"
    rf"(?P<verb>[a-z]{{2,}}ed|{IRREGULAR})\b"
)
DID_SO = re.compile(
    r"\s+(?:(?:have|had|has|also|now|then|since)\s+)*(?:signed|joined|stayed|completed|attended|came|took part"
    r"|volunteered|replied|trained|qualified|started|agreed|said|returned|left|passed|graduated|gave|helped|offered)\b"
)
# Verbs that place, plan, need or last: what they count is how things are, not what was done.
NO_DEED = frozenset(
    words_of(
        """
        based needed required planned expected hoped aimed proposed wanted promised pledged lasted waited lived aged
        turned consisted included comprised contained covered involved divided grouped limited located scheduled spanned
        designed targeted ranged estimated entitled allowed intended used allocated assigned dedicated related
        followed remained stayed agreed aligned linked compared combined shared owed numbered indeed need feed
        bed seed speed structured organised arranged split merged faced lacked named called defined identified
        """
    )
)
# What the smallest numbers count as well: each says by itself that something was reached or finished.
FINISHED = frozenset(
    words_of(
        """
        trained signed welcomed recruited reached answered wrote written won opened secured hired rescued repaired
        replaced published painted housed rehoused inducted qualified recorded filmed bought
        """
    )
)
NOT_PEOPLE = frozenset(
    words_of(
        """
        letters numbers papers posters dinners flyers orders offers folders trackers stickers planners banners chapters
        quarters corners covers towers computers printers matters powers banisters scooters jumpers slippers flowers
        doors floors errors factors sectors mirrors motors radiators sensors visors monitors indicators calculators
        centers meters filters containers hampers vouchers newsletters registers shelters trailers freezers cookers
        answers prayers rivers borders barriers layers drawers shutters lockers boilers heaters wallpapers disorders
        waivers transfers encounters gathers suppers diners headers speakers toasters blenders rollers tokens lists
        checklists wants grants plants pants tents variants contents constants attendants payees fees trees degrees
        committees knees employers lotteries quarters reminders folders dividers timers trainers disasters characters
        """
    )
)
PERSON = re.compile(r"(?:(?:er|or|ee|ist|ian|ant|mate|friend|folk|aunt|uncle|cousin|nan|grandad|spouse|scout|cadet)s)$")
OTHER = re.compile(r"\s+(?:[a-z’'-]+\s+){0,2}?(?P<noun>[a-z-]{3,}s)\b(?![’'])")


def thing_done(before: str, after: str, value: int) -> Noun | None:
    """The plural that a number counts, where a verb in the past says that it was done, reached or made."""
    match = OTHER.match(after)
    if not match or is_uncounted(match):
        return None
    noun = match["noun"]
    person = is_person(noun)
    if is_deed(PAST.search(before[-60:]), value) or is_deed(WAS_DONE.match(after, match.end()), value):
        return Noun("people" if person else noun, noun, match.end())
    return Noun("people", noun, match.end()) if person and DID_SO.match(after, match.end()) else None


def is_uncounted(match: re.Match[str]) -> bool:
    words = match.group().split()
    return match["noun"] in NOT_COUNTED or match["noun"].endswith(NO_PLURAL) or any(word in STOPS for word in words)


def is_deed(match: re.Match[str] | None, value: int) -> bool:
    """Whether this verb says what was done; a number below ten needs a verb that can mean nothing else."""
    if not match or match.groupdict().get("aux"):
        return False
    verb = match["verb"].lower()
    return verb not in NO_DEED and (value >= 10 or verb in FINISHED)


def is_person(plural: str) -> bool:
    """Whether a plural names people by its ending ("shopkeepers", "starters", "pianists")."""
    last = plural.rsplit("-", 1)[-1]
    return last not in NOT_PEOPLE and bool(PERSON.search(last))
