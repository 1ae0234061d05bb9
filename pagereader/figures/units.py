"""What can be counted: the nouns of the trade, and the unit each stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from ..text.words import words_of

# People whom the work is for: any number of them says whom it reached.
BENEFICIARIES = frozenset(
    words_of(
        """
        people participants interns students apprentices children families parents carers households uasc
        attendees learners mentees pupils residents women men girls boys fathers mothers dads mums babies
        adults users members individuals siblings leavers teenagers adolescents youngsters yp cyp graduates
        candidates grandparents guardians respondents clients patients refugees adopters couples infants
        toddlers offenders entrants victims survivors tenants guests others relatives citizens youths teens
        newborns sons daughters peers inspectors ambassadors trainees applicants beneficiaries minors
        """
    )
)
# People who do the work: they are a result only when something was done with them (trained, recruited, reached).
STAFF = frozenset(
    words_of(
        """
        workers practitioners staff managers officers employees clinicians therapists psychologists
        coordinators co-ordinators advisers advisors mentors trainers volunteers professionals teachers nurses
        psychiatrists visitors midwives doctors
        counsellors councillors commissioners champions leads leaders heads supervisors
        consultants colleagues educators headteachers sencos governors assistants facilitators directors
        foster-carers specialists pas aspirants researchers recruits
        """
    )
)
PEOPLE = BENEFICIARIES | STAFF
# Things delivered, given, opened, won or avoided. Each is its own unit, as printed.
THINGS = frozenset(
    words_of(
        """
        sessions workshops packs suitcases referrals units homes properties placements apprenticeships
        internships jobs tenancies meals laptops vouchers events courses visits assessments plans episodes
        interviews memberships grants bursaries qualifications exclusions suspensions offences incidents
        arrests moves places spaces schools nurseries settings organisations organizations employers businesses
        agencies calls cases contacts conversations conferences meetings groups clubs trips outings festivals
        classes lessons parcels hampers gifts devices tablets phones bikes books journals toolkits resources
        films videos podcasts leaflets guides newsletters surveys responses consultations activities programmes
        projects camps residentials performances exhibitions certificates awards scholarships offers bids
        tenders contracts beds flats houses bedrooms rooms hubs centres attendances enrolments applications
        admissions adoptions reunifications orders hearings audits inspections reviews records datasets
        dashboards indicators reports downloads views hits followers messages emails appointments interventions
        matches introductions partnerships links connections checks signups registrations pledges licences
        permits passes tickets travelcards driving-lessons hours roles posts opportunities vacancies starts
        breakdowns crimes reoffences nights stays arrears evictions items bags boxes toys prams cots mattresses
        kits passports blankets mentorships relationships pathways conversions assaults missing-episodes
        notifications disclosures prosecutions convictions stops searches weapons disruptions closures clinics
        drop-ins webinars modules learning-events cohorts
        """
    )
)
# Small numbers of these describe how the work is built, not what it did.
STRUCTURE = frozenset(
    words_of(
        """
        programmes projects groups hubs centres rooms pathways roles posts resources partnerships agencies
        cohorts modules spaces plans offers contracts orders homes houses flats schools settings organisations
        properties beds meetings reviews opportunities activities links relationships leads leaders officers
        managers
        """
    )
)
STOPS = frozenset(
    words_of(
        """
        of in on at by for from to with without within via through across between during since until per as
        than then that which who whom whose where when while and or but nor so if is are was were be been being
        has have had do does did will would can could should may might must a an the this these those their our
        your his her its my each every all using including include includes before after against under over
        about around into onto out off up down not no also who’ve we they he she it there because following
        rather took take taken came come went go gone made make making gave give given said say says told tell
        felt feel got get
        """
    )
)
WORD = re.compile(r"[^\W_]+(?:[-’'./&][^\W_]+)*|&", re.UNICODE)
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


@dataclass(frozen=True)
class Noun:
    """What a number counts: its unit, its noun in the plural, and how far into the text the noun reaches."""

    unit: str
    plural: str
    length: int


def unit_after(text: str, value: int) -> Noun | None:
    """The noun that the words after a number say it counts, or None.

    It is the first plural of the trade within six words, or the second of two that stand together ("Events
    Apprentices"); 1 looks for a singular.
    """
    words = list(WORD.finditer(text[:120]))[:7]
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


STOP_MARK = re.compile(r"[,;:.()\"“”]")


def is_stop(word: str, index: int) -> bool:
    return word.lower() in STOPS or (index > 0 and word[0].isdigit() and not word.isdigit())


def is_other_plural(word: str) -> bool:
    """A plural that the trade's lists do not hold: it is what the number counts, so no later noun is."""
    return len(word) > 3 and word.islower() and word.endswith("s") and not word.endswith(NO_PLURAL) and word.isalpha()


def thing_given(before: str, after: str) -> Noun | None:
    """What is handed out in "sent 40 postcards" or "40 postcards were sent"; never a part of how the work is built."""
    match = OTHER_THINGS.match(after)
    if not match or match["noun"] in NOT_COUNTED or any(word in STOPS for word in match.group().split()):
        return None
    if GIVEN.search(before) or WERE_GIVEN.match(after, match.end()):
        return Noun(match["noun"], match["noun"], match.end())
    return None


def noun_of(word: str, singular: bool) -> str | None:
    """The noun of the trade in its plural form, or None when the word is none."""
    word = word.lower().replace("’", "'").rsplit("/", 1)[0]
    if singular:
        return next((plural for plural in plurals(word) if plural in PEOPLE or plural in THINGS), None)
    return word if word in PEOPLE or word in THINGS else None


IRREGULAR = {
    "person": "people",
    "child": "children",
    "family": "families",
    "man": "men",
    "woman": "women",
    "baby": "babies",
    "tenancy": "tenancies",
    "property": "properties",
}


def plurals(word: str) -> tuple[str, ...]:
    return (IRREGULAR.get(word, word + "s"), word + "es")


def is_own_family(before: str, plural: str, value: Decimal) -> bool:
    """Whether a case story counts somebody's own children ("she has two children")."""
    return plural in OWN_FAMILY and value <= 6 and bool(CHILDREN_OF.search(before))


def one_was_done(after: str) -> bool:
    """ "One intern has already accessed a permanent role" counts; "One young person said" does not."""
    return bool(ONE_DONE.match(after[:80]))


def staff_count(before: str, after: str) -> bool:
    """Staff count when something was done with them (trained, recruited), not when they are who does the work."""
    if STAFF_DONE.search(after[:16]) and not before.lower().endswith("our "):
        return True  # "the scheme has 25 mentors matched with …"
    done = STAFF_DONE.search(before[-45:]) or STAFF_DONE.search(after[:45])
    return bool(done) and not STAFF_AS_MEANS.search(before)


def thing_count(sentence: str, before: str, plural: str, value: int) -> bool:
    """Things count when the sentence says they were delivered; a few of what a service is built of never do."""
    if value < 10 and BACKGROUND.search(before):
        return False
    if value < 10 and plural in STRUCTURE and not DONE_TO_THEM.search(before[-60:]):
        return False
    return value >= 10 or bool(DONE.search(sentence))


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
NOT_COUNTED = frozenset(
    words_of(
        """
        areas strands phases stages steps elements components principles pillars priorities themes aims objectives ways
        questions reasons levels options types times things points features challenges lessons factors sections hostels
        tiers parts sides outcomes goals days weeks months years hours minutes terms decades boroughs teams services
        nights quarters aspects kinds sorts values forms versions models changes ideas words others departments
        """
    )
)
OTHER_THINGS = re.compile(r"\s+(?:[a-z’'-]+\s+){0,2}?(?P<noun>[a-z-]{3,}s)\b")
HANDED = (
    r"(?:delivered|distributed|sent|given|handed|produced|made|created|received|completed|awarded|issued"
    r"|donated|planted"
    r"|built|written|collected|supplied|provided|linked|recorded|published|answered|resolved|held"
    r"|ran|hosted|organised|launched)"
)
GIVEN = re.compile(rf"\b(?:{HANDED}|gave|wrote)(?: out| back)?\s+$", re.IGNORECASE)
WERE_GIVEN = re.compile(rf"\s+(?:were|have been|had been|have now been)\s+{HANDED}\b", re.IGNORECASE)
OWN_FAMILY = frozenset(words_of("children siblings sons daughters babies"))
ONE_DONE = re.compile(
    r"(?:\s+\w+){0,4}?\s+(?:accessed|secured|gained|graduated|obtained|completed|progressed|achieved|moved"
    r"|returned|started"
    r"|found|won|passed|accepted|placed|delivered|opened|recruited|appointed|employed)\b"
)
STAFF_AS_MEANS = re.compile(
    r"\b(?:team of|made up of|consists? of|funding for|there are|funded|employs?|our|have|has|had|with"
    r"|the|(?:delivered|led|run|staffed|supported|managed|provided|facilitated|overseen) by)\s+(?:now\s+)?$",
    re.IGNORECASE,
)
DONE_TO_THEM = re.compile(
    r"\b(?:delivered|opened|provided|created|ran|hosted|secured|found|bought|built|refurbished|worked with|working with"
    r"|reached|visited|engaged|launched|offered|closed|recruited)\s+(?:\w+\s){0,3}$"
)
