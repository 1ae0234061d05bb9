"""The team that did the work, and the partners it names, parted as a reader would part them."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..figures.units import STAFF
from ..reference import phrase_list
from ..text.lines import Line

CONNECTING = (",", ";", "&", "/", "–", "-", " and", " of", " for", " the", " with")
NONE_STATED = re.compile(r"(?:none|n/?a|nil|not applicable|no partners|tbc|-|–|—)\.?", re.IGNORECASE)

# Two nouns that name one service or one group of people with an "and" between them.
STOCK_PAIRS = re.compile(
    r"\b(?:health (?:and|&) social care|health (?:and|&) (?:well-?being|safety|care)|family (?:and"
    r"|&) friends|friends (?:and|&) family"
    r"|(?:parents?|families|foster carers) (?:and|&) (?:carers?|guardians)|(?:children|young people"
    r"|adults) (?:and|&) (?:families|young people|learning|education)"
    r"|children (?:and|&) adolescent\w*|child (?:and|&) adolescent|child (?:and|&) family|education (?:and"
    r"|&) (?:training|inclusion|skills|employment|early years)"
    r"|employment (?:and|&) (?:training|skills)|skills (?:and|&) employment|sports? (?:and|&) leisure"
    r"|leisure (?:and|&) (?:culture|sport|libraries|environment)"
    r"|arts? (?:and|&) culture|culture (?:and|&) leisure|drugs? (?:and|&) alcohol|alcohol (?:and|&) drugs?"
    r"|voluntary (?:and|&) community|community (?:and|&) voluntary"
    r"|speech (?:and|&) language|needs (?:and|&) disabilit\w+|disabilit(?:y|ies) (?:and|&) \w+ needs"
    r"|early years (?:and|&) childcare|housing (?:and|&) (?:homelessness|regeneration|support)"
    r"|advice (?:and|&) guidance|information,? advice (?:and|&) guidance|advice (?:and|&) support"
    r"|support (?:and|&) (?:advice|guidance)"
    r"|learning (?:and|&) development|research (?:and|&) (?:development|practice)|policy (?:and"
    r"|&) (?:practice|performance)|quality (?:and|&) (?:assurance|performance|improvement)"
    r"|performance (?:and|&) (?:improvement|insight|data|intelligence)|data (?:and|&) (?:insight"
    r"|performance|intelligence|analytics)|fire (?:and|&) rescue|search (?:and|&) rescue"
    r"|mental health (?:and|&) (?:emotional )?well-?being|emotional (?:and|&) mental health|police (?:and"
    r"|&) crime|crime (?:and|&) disorder|violence (?:and|&) (?:exploitation|vulnerability)"
    r"|gangs? (?:and|&) (?:exploitation|violence)|fostering (?:and|&) adoption|adoption (?:and"
    r"|&) (?:fostering|permanence|special guardianship)|care (?:and|&) (?:support|permanence)"
    r"|looked after (?:and|&) leaving|assessment (?:and|&) (?:intervention|support)|prevention (?:and"
    r"|&) (?:inclusion|early help|intervention)|early help (?:and|&) prevention"
    r"|safeguarding (?:and|&) (?:quality assurance|family support|social care|review\w*)|strategy (?:and"
    r"|&) (?:commissioning|performance)|human resources (?:and|&) \w+"
    r"|hammersmith (?:and|&) fulham|kensington (?:and|&) chelsea|barking (?:and|&) dagenham"
    r"|guy[’']?s (?:and|&) st|south london (?:and|&) maudsley|tavistock (?:and|&) portman"
    r"|chelsea (?:and|&) westminster|marks (?:and|&) spencer|ernst (?:and|&) young|home[- ]start"
    r"|relate (?:and|&) \w+ mediation|brothers (?:and|&) sisters|mums (?:and|&) dads"
    r"|women (?:and|&) girls|boys (?:and|&) (?:girls|young men)|bed (?:and|&) breakfast|parks (?:and"
    r"|&) (?:leisure|open spaces)|transport (?:and|&) \w+|planning (?:and|&) \w+)",
    re.IGNORECASE,
)
HEAD_NOUN = re.compile(
    r"\b(?:teams?|services?|schools?|colleges?|universit(?:y|ies)|trusts?|partnerships?|boards?|councils?"
    r"|agenc(?:y|ies)|associations?|charit(?:y|ies)"
    r"|foundations?|forums?|groups?|committees?|departments?|units?|hubs?|panels?|networks?|academ(?:y"
    r"|ies)|clubs?|providers?|organi[sz]ations?"
    r"|compan(?:y|ies)|societ(?:y|ies)|centres?|clinics?|hospitals?|cent(?:re|er)s|authorit(?:y|ies)"
    r"|housing|uk|cic|ltd|nhs|advocates?|members?|carers?"
    r"|officers?|workers?|governors?|employers?|businesses|leavers|volunteers?|ambassadors?|commissioners?"
    r"|projects?|programmes?|initiatives?|librar(?:y|ies)|theatres?|museums?|church|mosque|federation|institute|fund)$",
    re.IGNORECASE,
)
STANDS_ALONE = phrase_list("partners", "stands_alone")
DEPARTMENTS = phrase_list("partners", "departments")
LONGEST_LIST = 600  # characters between two commas; longer is a sentence, and is not parted
OWN_NAME = re.compile(r"[’']s$|[a-z][A-Z]")  # "Barnardo’s", "YoungMinds"
THE_NAME = re.compile(r"[Tt]he [A-Z]")
ONE_AND = re.compile(r"\s+(?:and|&)\s+", re.IGNORECASE)


def team_from(lines: list[Line]) -> str:
    """The team as printed; a list of teams becomes one line parted by semicolons."""
    return "; ".join(filter(None, (cleaned(text.removesuffix(":")) for text in unbroken(lines))))


def partners_from(lines: list[Line]) -> tuple[str, ...]:
    """Each partner once, in the order printed, without the full stop that ends the list."""
    names = (name for text in unbroken(lines) for name in split_partners(cleaned(text)))
    return tuple(dict.fromkeys(name for name in names if name and not NONE_STATED.fullmatch(name)))


def unbroken(lines: list[Line]) -> list[str]:
    """Wrapped lines joined; list items and lines that each name somebody apart."""
    texts: list[str] = []
    before = ""
    for line in lines:
        marker = line.marker
        goes_on = before.endswith(CONNECTING) or line.wrapped or line.text[0].islower()
        if texts and not marker and goes_on:
            texts[-1] += " " + line.text
        else:
            texts.append(marker.rest if marker and marker.rest else line.text)
        before = line.text
    return texts


def split_partners(text: str) -> list[str]:
    if ";" in text:
        return split_at_semicolons(text)
    for mark in (" | ", " / ", "\t", " • "):
        if mark in text:
            return [name for part in text.split(mark) if (name := without_and(part))]
    *parts, last = [part for part in outside_brackets(text, ",") if part.strip()] or [""]
    if not parts:
        return [cleaned(part) for part in split_pair(last, are_two)]
    names = [name for part in with_company_forms(parts) for name in split_pair(part, are_plain)]
    # "Barnardo’s and Transform Housing" at the end of a list is two, ", and Family and Friends" is one.
    end = without_and(last)
    names += split_pair(end, are_end_of_list if end == cleaned(last) else are_two)
    return [cleaned(name) for name in names]


def split_at_semicolons(text: str) -> list[str]:
    if text.count(";") == 1 and "," in text.partition(";")[0] and not places_a_name(text):
        text = re.sub(r"\s*;\s*(?:and\s+)?", ", ", text)  # "police, health and education; and Barnet Homes"
        return [cleaned(name) for part in text.split(",") for name in split_pair(part, are_end_of_list)]
    return [name for part in text.split(";") for name in two_own_names(without_and(part)) if name]


def places_a_name(text: str) -> bool:
    """Whether the one comma before ";" only says where somebody is ("St Mary’s University, Twickenham; Mind")."""
    name, comma, place = text.partition(";")[0].rpartition(",")
    return bool(comma) and "," not in name and len(place.split()) == 1 and len(name.split()) > 2 and is_somebody(name)


def two_own_names(text: str) -> list[str]:
    """ "Kingston University and St Mary’s University, Twickenham" is two: each side is a whole name of its own."""
    for match in ONE_AND.finditer(text[:LONGEST_LIST]):
        left, right = text[: match.start()], text[match.end() :]
        whole = is_own_name(left) and is_own_name(right.split(",")[0])
        if whole and match.group().strip() != "&" and not is_inside(text, match):
            return [left, right]
    return [text]


def is_own_name(text: str) -> bool:
    return len(text.split()) > 1 and text[0].isupper() and is_somebody(text)


def with_company_forms(parts: list[str]) -> list[str]:
    """A comma before "Ltd" or "Inc" parts nothing."""
    names: list[str] = []
    for part in parts:
        if names and part.strip().lower().rstrip(".") in ("ltd", "inc", "llp", "cic"):
            names[-1] += "," + part
        else:
            names.append(part)
    return names


def outside_brackets(text: str, mark: str) -> list[str]:
    parts, depth, current = [], 0, []
    for char in text:
        depth += (char in "([") - (char in ")]" and depth > 0)
        if char == mark and depth == 0:
            parts.append("".join(current))
            current = []
        else:
            current.append(char)
    return [*parts, "".join(current)]


def split_pair(text: str, rule: Callable[[str, str], bool]) -> list[str]:
    """Parts "A and B" at the last "and" between two names, then what is before it. `rule`: what makes them two, one of
    the three functions below; what ends a list is parted once."""
    text = text.strip()
    for match in reversed(list(ONE_AND.finditer(text)) if len(text) <= LONGEST_LIST else []):
        left, right = text[: match.start()], text[match.end() :]
        if is_inside(text, match):
            continue
        if are_apart(left, right):
            return [*split_pair(left, are_two if rule is are_end_of_list else rule), right]
        if match.group().strip() == "&" and not (is_somebody(left) and is_somebody(right)):
            continue
        begins_a_name = right[:1].isupper() or right[:1].isdigit() or stands_alone(right)
        if begins_a_name and rule(left, right):
            return [left, right] if rule is are_end_of_list else [*split_pair(left, rule), right]
    return [text]


def are_two(left: str, right: str) -> bool:
    """Both are somebody."""
    return is_somebody(left) and (is_somebody(right) or is_proper(right))


def are_plain(left: str, right: str) -> bool:
    """Two plain names ("Police and Probation"): no others are parted in an earlier item of a list."""
    return stands_alone(left) and stands_alone(right)


def are_end_of_list(left: str, right: str) -> bool:
    """The "and" is the one that a list with commas ends with."""
    return is_somebody(left) or not HEAD_NOUN.search(right) or len(left.split()) == 1


def are_apart(left: str, right: str) -> bool:
    """Two groups of people ("designated teachers & school nurses"), or a second name that opens with "the"."""
    if (is_group(left) and is_group(right)) or (is_own_name(left) and is_pair_name(right)):
        return True
    named = all(word[0].isupper() or word in ("of", "the", "for", "in", "&", "and") for word in left.split())
    return bool(THE_NAME.match(right)) and named and (len(left.split()) > 1 or is_somebody(left))


def is_pair_name(text: str) -> bool:
    """ "Word & Deed": an own name with "&" in it, none of its words a department's."""
    words = text.split(" & ")
    return len(words) == 2 and all(is_proper(word) and not stands_alone(word) for word in words)


def is_group(text: str) -> bool:
    words = text.split()
    return 1 < len(words) < 5 and words[-1].lower() in STAFF and text.islower()


def is_inside(text: str, match: re.Match[str]) -> bool:
    """Whether this "and" is in a stock pair, or inside brackets."""
    if text.count("(", 0, match.start()) > text.count(")", 0, match.start()):
        return True
    return any(pair.start() < match.start() < pair.end() for pair in STOCK_PAIRS.finditer(text))


def stands_alone(name: str) -> bool:
    name = name.lower().replace("’", "'")
    return name.strip(" .") in STANDS_ALONE or name.replace("'", "") in STANDS_ALONE


def is_somebody(name: str) -> bool:
    """Whether these words by themselves name an organisation or a group of people."""
    words = name.split()
    if not words:
        return False
    is_abbreviation = words[-1].isupper() and len(words[-1]) > 1
    return is_abbreviation or stands_alone(name) or bool(HEAD_NOUN.search(name) or OWN_NAME.search(name))


def is_proper(name: str) -> bool:
    """One capitalised word that is no department's: "Coram", but not "Inclusion"."""
    return name.isalpha() and name[0].isupper() and name.lower() not in DEPARTMENTS


def without_and(part: str) -> str:
    part = cleaned(part)
    return cleaned(re.sub(r"^(?:and|&)\s+", "", part, flags=re.IGNORECASE))


def cleaned(text: str) -> str:
    """Without the marks that end a list: a trailing comma, semicolon or full stop ("Ltd." keeps its own)."""
    text = text.strip().rstrip(",; ")
    if text.endswith(".") and not re.search(r"\b(?:Ltd|Inc|Co|etc|[A-Z])\.$", text):
        text = text[:-1]
    return text.strip()
