"""What a number counts: the nouns of the trade, the unit each is, and when a sentence makes them a result."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from ..reference import word_list

BENEFICIARIES = word_list("nouns", "beneficiaries")
STAFF = word_list("nouns", "staff")
PEOPLE = BENEFICIARIES | STAFF
THINGS = word_list("nouns", "things")
STRUCTURE = word_list("nouns", "structure")
OWN_FAMILY = word_list("nouns", "own_family")
NOT_COUNTED = word_list("nouns", "not_counted")
STOPS = word_list("verbs", "stops")
COUNTED_WORD = re.compile(r"[^\W_]+(?:[-’'./&][^\W_]+)*|&")
STOP_MARK = re.compile(r"[,;:.()\"“”]")
DONE = re.compile(
    r"\b(?:delivered|provided|distributed|sent|given|giving|gave|received|receive[sd]?|held|ran|run"
    r"|running|hosted|organised|offered|completed|complete|secured|securing|secure|created|creating"
    r"|opened|opening|launched|produced|made|awarded|award|appointed|recruited|recruit\w*|trained|attended"
    r"|attend\w*|took part|taken part|participated|participating|supported|support\w*|helped|reached"
    r"|engaged|enabled|worked with|working with|accessed|access|achieved|gained|graduated|obtained|found"
    r"|placed|matched|referred|visited|assessed|reviewed|answered|responded|employ\w*"
    r"|prevented|avoided|reduced|reducing|fell|fallen|dropped|decreased|increased|rose|risen|grew|grown"
    r"|saved|led by|co-?designed with|interviewed|surveyed|consulted|joined|registered|enrolled"
    r"|started|begun|began|moved|returned|reunified|approved|adopted|fostered|carried out|undertaken"
    r"|undertook|facilitated|funded|bought|purchased|built|refurbished|commissioned|developed"
    r"|published|won|passed|progressed|sustained|studying|accepted|submitted|conducted|identified|closed"
    r"|diverted|stepped down|stabilised|involved|took|taken|has had|have had|totalling|total of"
    r"|so far|to date|comprising|signed|rated|reported|said|are in|are now|now live|live in|housed"
    r"|accommodated|been sourced|being sourced|were|was)\b",
    re.IGNORECASE,
)
STAFF_DONE = re.compile(
    r"\b(?:trained|training|attended|attend\w*|took part|taken part|participat\w*|completed|recruited"
    r"|recruiting|matched|received|receiv\w*|joined|supported|upskilled|reached"
    r"|graduated|accessed|engaged|signed up|registered|enrolled|rated|reported|said|agreed|felt|responded"
    r"|surveyed|consulted|volunteer\w*|retained|progressed|qualified|appointed"
    r"|converted|promoted|used|left|stayed|benefit\w*|welcomed|inducted|hired|coached|interviewed|taught|briefed"
    r"|kept|signed up|brought in)\b",
    re.IGNORECASE,
)
STAFF_AS_MEANS = re.compile(
    r"\b(?:team of|made up of|consists? of|funding for|there are|funded|employs?|our|have|has|had|with"
    r"|the|(?:delivered|led|run|staffed|supported|managed|provided|facilitated|overseen) by)\s+(?:now\s+)?$",
    re.IGNORECASE,
)
CHILDREN_OF = re.compile(
    r"\b(?:has|have|had|her|his|their|my|your|mother of|father of|mum of|dad of|parent of|parents of"
    r"|siblings?|sibling group of|brothers?|family of|with)\s*$",
    re.IGNORECASE,
)
BACKGROUND = re.compile(
    r"\b(?:we|they|it|there|which|council|borough|service|team)\s+(?:already\s+)?(?:had|has|have|were|was"
    r"|is|are|consists? of|consisted of|comprises?|is made up of)\s*(?:\w+\s){0,2}$",
    re.IGNORECASE,
)
ONE_DONE = re.compile(
    r"(?:\s+\w+){0,4}?\s+(?:accessed|secured|gained|graduated|obtained|completed|progressed|achieved|moved"
    r"|returned|started"
    r"|found|won|passed|accepted|placed|delivered|opened|recruited|appointed|employed)\b"
)
DONE_TO_THEM = re.compile(
    r"\b(?:delivered|opened|provided|created|ran|hosted|secured|found|bought|built|refurbished|worked with|working with"
    r"|reached|visited|engaged|launched|offered|closed|recruited)\s+(?:\w+\s){0,3}$"
)
NO_PLURAL = (
    "ss",
    "us",
    "is",
    "years",
    "sports",
    "arts",
    "skills",
    "careers",
    "needs",
    "sales",
    "rights",
    "access",
    "news",
)
IRREGULAR_PLURALS = {
    "person": "people",
    "child": "children",
    "family": "families",
    "man": "men",
    "woman": "women",
    "baby": "babies",
    "tenancy": "tenancies",
    "property": "properties",
}


@dataclass(frozen=True)
class Noun:
    """What a number counts: its unit, its noun in the plural, and how far into the text the noun reaches."""

    unit: str
    plural: str
    length: int


def unit_after(text: str, value: int) -> Noun | None:
    """The noun that the words after a number say it counts, or None.

    It is the first plural of the trade within six words, or the second of two side by side ("Events Apprentices");
    1 looks for a singular.
    """
    words = list(COUNTED_WORD.finditer(text[:120]))[:7]
    place = 0
    for index, word in enumerate(words):
        if STOP_MARK.search(text[place : word.start()]) or is_stop(word.group(), index):
            return None
        place = word.end()
        plural = noun_of(word.group(), value == 1)
        if plural is None and is_other_plural(word.group()):
            return None
        if plural:
            following = words[index + 1] if index + 1 < len(words) else None
            if following and text[word.end() : following.start()] == " " and noun_of(following.group(), value == 1):
                word, plural = following, noun_of(following.group(), value == 1)
            return Noun(unit_of(plural), plural, word.end())
    return None


def unit_of(plural: str) -> str:
    """People for everybody counted by the head; a thing is its own unit."""
    return "people" if plural in PEOPLE else plural


def is_stop(word: str, index: int) -> bool:
    return word.lower() in STOPS or (index > 0 and word[0].isdigit() and not word.isdigit())


def is_other_plural(word: str) -> bool:
    """A plural that the trade's lists do not hold: it is what the number counts, so no later noun is."""
    return len(word) > 3 and word.islower() and word.endswith("s") and not word.endswith(NO_PLURAL) and word.isalpha()


def noun_of(word: str, singular: bool) -> str | None:
    """The noun of the trade in its plural form, or None when the word is none."""
    word = word.lower().replace("’", "'").rsplit("/", 1)[0]
    plurals = (IRREGULAR_PLURALS.get(word, word + "s"), word + "es") if singular else (word,)
    return next((plural for plural in plurals if plural in PEOPLE or plural in THINGS), None)


def is_result(noun: Noun, value: Decimal, sentence: str, start: int, end: int) -> bool:
    """Whether the sentence says that something was done with what is counted from `start` to `end`."""
    before, after = sentence[:start], sentence[end:]
    if value == 1:  # "One intern has already accessed a permanent role" counts; "One young person said" does not
        return start == 0 and noun.plural in PEOPLE and bool(ONE_DONE.match(after[:80]))
    if noun.plural in BENEFICIARIES:  # in a case story "she has two children" counts nothing
        return not (noun.plural in OWN_FAMILY and value <= 6 and CHILDREN_OF.search(before))
    if noun.plural in STAFF:
        return is_staff_result(before, after)
    return is_thing_result(noun.plural, value, sentence, before)


def is_staff_result(before: str, after: str) -> bool:
    """Staff count when something was done with them (trained, recruited), not when they are who does the work."""
    if STAFF_DONE.search(after[:16]) and not before.lower().endswith("our "):
        return True  # "the scheme has 25 mentors matched with …"
    done = STAFF_DONE.search(before[-45:]) or STAFF_DONE.search(after[:45])
    return bool(done) and not STAFF_AS_MEANS.search(before)


def is_thing_result(plural: str, value: Decimal, sentence: str, before: str) -> bool:
    """Things count when the sentence says they were delivered; a few of what a service is built of never do."""
    if value >= 10:
        return True
    if BACKGROUND.search(before) or (plural in STRUCTURE and not DONE_TO_THEM.search(before[-60:])):
        return False
    return bool(DONE.search(sentence))
