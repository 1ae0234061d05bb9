"""Numbers in a sentence, in digits and in words, and which of them count nothing (ages, years, names of things)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from ..reference import LISTS

ONES = {word: value for value, word in enumerate(LISTS["numbers"]["ones"].split(), 1)}
TENS = {word: 10 * value for value, word in enumerate(LISTS["numbers"]["tens"].split(), 2)}
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
NUMERAL = "|".join([*sorted(ONES, key=len, reverse=True), *TENS])
DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
SPELT = (
    rf"(?:a|{NUMERAL})(?=\s(?:hundred|thousand|million)\b)(?:\s(?:hundred|thousand"
    rf"|million)\b(?:\sand)?(?:\s(?:{NUMERAL})\b(?:-(?:{NUMERAL})\b)?)?){{1,3}}|(?:{NUMERAL})(?:[- ](?:{NUMERAL})(?=\W"
    rf"|$))?|a dozen"
)
QUALIFIER = (
    r"(?:(?:a total of|more than|less than|fewer than|just over|just under|well over|close to|up to"
    r"|at least|in excess of|as many as|over|under|around|about"
    r"|approximately|approx\.?|nearly|almost|some|circa|c\.|only|an average of|a further|another"
    r"|an additional|an estimated)\s+)"
)
MONEY = re.compile(
    rf"(?P<qualifier>{QUALIFIER})?(?P<sign>[£$€])\s?(?P<number>{DIGITS})(?:\s?(?P<scale>k|m|bn|million"
    rf"|thousand|billion)\b)?",
    re.IGNORECASE,
)
PERCENT = re.compile(
    rf"(?<![\w£$€.,])(?P<qualifier>{QUALIFIER})?(?P<number>{DIGITS}|(?:{NUMERAL})(?:-(?:{NUMERAL}))?)\s?(?:%"
    rf"|per\s?cent\b|percentage points?\b)(?:\s?(?:percentage )?points?\b)?",
    re.IGNORECASE,
)
COUNT = re.compile(
    rf"(?<![\w£$€./,:’'@#-])(?P<qualifier>{QUALIFIER})?(?P<number>{DIGITS}|\b(?:{SPELT})\b)(?!\w)", re.IGNORECASE
)
ANY_NUMBER = re.compile(rf"\d|\b(?:{NUMERAL}|a dozen|{'|'.join(SCALES)})\b", re.IGNORECASE)
CURRENCIES = {"£": "GBP", "$": "USD", "€": "EUR"}
MULTIPLIERS = {
    "k": 1000,
    "thousand": 1000,
    "m": 1_000_000,
    "million": 1_000_000,
    "bn": 1_000_000_000,
    "billion": 1_000_000_000,
}

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
TIME_UNIT = r"(?:minute|hour|day|night|week|fortnight|month|term|quarter|year|decade|generation)s?"
# Lower case or capital: "cohort 1". Capital only: "Year 12", because "over two years 37 packs" counts packs.
NAMED_BY_NUMBER = re.compile(
    r"\b(?:(?i:cohort|phase|stage|level|section|article|grade|part|tier|band|step|outcome|strand|theme|regulation|category"
    r"|priority|objective|aim|goal|chapter|page|figure|table|appendix|schedule|version|top|aged?|ages|number|question|wave"
    r"|round|pillar|principle|recommendation|option|zone|covid|paragraph|volume|issue|edition|domain|age of|clause"
    r"|under)|No\.?|no\.|Years?|Week|Day|Month|Session|Module|Unit|Group|Ward|Room|Act"
    r"|Quarter|Stage|Form)\s*$"
)
AGE_BEFORE = re.compile(
    rf"\b(?:aged?|ages|between the ages of|age range|age group)\b[^.;]{{0,24}}$|\bover the age of $|\b{MONTH}\s+$",
    re.IGNORECASE,
)
AGE_AFTER = re.compile(
    rf"(?:\s?\+|[’']?s\b|[’']s\b|[\s-]*(?:year|yr)s?[\s-]*old|\s*(?:years|yrs)\s+of\s+age|\s+(?:and"
    rf"|or) (?:over|under|above|below|older|younger)\b"
    rf"|\s*[-–—]\s*\d|\s*(?:st|nd|rd|th)\b|-|\s*(?:am|pm)\b|:\d|/\d|\s+to\s+\d+[\s-]*(?:year|yr)"
    rf"|\s*bed(?:room)?(?:ed)?s?\b|\s+{MONTH}\b|\s*[x×]\s?\d)",
    re.IGNORECASE,
)
RANGE_BEFORE = re.compile(r"\d\s*[-–—/]\s*$|\b\d{1,2}\+?\s+to\s+$")
YEAR = r"(?:19|20)\d\d"
BEFORE_A_YEAR = re.compile(
    r"\b(?:in|since|by|during|from|until|till|of|for|summer|winter|spring|autumn|late|early|mid)[ -]$", re.IGNORECASE
)
COUNTED_LIKE_A_YEAR = re.compile(r"\s+(?:people|young|children|famil|care|referral|session|staff|episode|contact)")
WHOLLY = re.compile(
    r"\s+(?:recommend\w*|worth|sure|committed|agree|certain|honest\w*|support(?:ive)?|behind|confident"
    r"|focused|dedicated|would|think|believe|love)\b"
)
CHANGE = (
    r"\b(?:reduc|fell|fall|drop|decreas|increas|rose|risen|rising|grew|grow|cut|improv|declin|went|gone|mov|up\b|down\b"
    r"|doubl|halv|short|lower|chang|tripl|rais)"
)
CHANGED_FROM = re.compile(rf"{CHANGE}\w*(?:\s+\w+){{0,5}}\s+from\s(?:[^.]|\.\d){{0,24}}$", re.IGNORECASE)
FALLING = re.compile(r"\bfrom\s+(?P<first>\d{1,4})\s+(?:down )?to\s+$", re.IGNORECASE)
DURATION = re.compile(
    rf"[\s-]+(?:and (?:a )?half\s+)?(?:(?:calendar|school|academic|full|consecutive|working|whole|more|further|extra"
    rf"|additional|successive|financial)\s)?(?!hours of\b){TIME_UNIT}\b",
    re.IGNORECASE,
)
FRACTION_AFTER = re.compile(
    r"\s+in\s+(?:every\s+)?(?:\d{1,2}|100|two|three|four|five|six|seven|eight|nine|ten|twenty"
    r"|hundred)\b(?!\s*(?:sessions|schools|boroughs|years|months|weeks|days|terms|cases|calls))",
    re.IGNORECASE,
)
FRACTION_BEFORE = re.compile(
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine)\s+in\s+(?:every\s+)?$", re.IGNORECASE
)


@dataclass(frozen=True)
class Number:
    """A number in a sentence. `kind`: money, percent, count or time. `start`: of its qualifier ("over 300"), if it has
    one; `number_start`: of the number itself. `currency`: an ISO code, "" unless money."""

    kind: str
    value: Decimal
    start: int
    end: int
    printed: str
    number_start: int
    currency: str = ""


@dataclass(frozen=True)
class Figure:
    """A number with what it counts, inside one sentence. `end`: where the number with its unit ends. `comparator`: what
    it is set against (£266 against £805)."""

    number: Number
    unit: str
    end: int
    comparator: Decimal | None = None


def has_number(text: str) -> bool:
    return bool(ANY_NUMBER.search(text))


def numbers_in(sentence: str) -> list[Number]:
    """The numbers of a sentence that may count something, in order."""
    numbers: list[Number] = []
    percentages = plain_numbers("percent", PERCENT, is_adverb, sentence)
    for number in (*amounts(sentence), *percentages, *plain_numbers("count", COUNT, counts_nothing, sentence)):
        if not any(other.start < number.end and number.start < other.end for other in numbers):
            numbers.append(number)
    return sorted(numbers, key=lambda number: number.start)


def amounts(sentence: str) -> Iterator[Number]:
    for match in MONEY.finditer(sentence):
        value = decimal(match["number"]) * MULTIPLIERS.get((match["scale"] or "").lower(), 1)
        yield number_from("money", value, match, "sign", CURRENCIES[match["sign"]])


def plain_numbers(
    kind: str, pattern: re.Pattern[str], is_none: Callable[[str, re.Match[str]], bool], sentence: str
) -> Iterator[Number]:
    for match in pattern.finditer(sentence):
        if not is_none(sentence, match):
            yield number_from(kind, value_of(match["number"]), match)


def number_from(kind: str, value: Decimal, match: re.Match[str], first: str = "number", currency: str = "") -> Number:
    """`first`: the group of the match with which the number begins."""
    return Number(kind, value, match.start(), match.end(), match.group(), match.start(first), currency)


def is_adverb(sentence: str, match: re.Match[str]) -> bool:
    """ "I would 100% recommend" measures nothing."""
    return value_of(match["number"]) == 100 and bool(WHOLLY.match(sentence, match.end()))


def counts_nothing(sentence: str, match: re.Match[str]) -> bool:
    """Ages, years, dates, durations, versions, fractions and numbers that are part of a name."""
    start, number = match.start("number"), match["number"]
    before, after = sentence[max(0, start - 40) : start], sentence[match.end() : match.end() + 40]
    if re.fullmatch(YEAR, number) and (not COUNTED_LIKE_A_YEAR.match(after) or BEFORE_A_YEAR.search(before)):
        return True
    if AGE_AFTER.match(after) or AGE_BEFORE.search(before) or NAMED_BY_NUMBER.search(before):
        return True
    if RANGE_BEFORE.search(before) and not is_change(sentence[max(0, start - 110) : start], number):
        return True
    return bool(DURATION.match(after) or FRACTION_AFTER.match(after) or FRACTION_BEFORE.search(before))


def is_change(before: str, number: str) -> bool:
    """Whether "60 to 20" is a change: a verb says so, or it runs downwards, as no range does."""
    fell = FALLING.search(before)
    return bool(CHANGED_FROM.search(before)) or bool(fell and value_of(fell["first"]) > value_of(number))


def value_of(text: str) -> Decimal:
    return decimal(text) if text[0].isdigit() else Decimal(spelt_value(text))


def decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def spelt_value(text: str) -> int:
    """ "one hundred and twenty-five" is 125."""
    total = current = 0
    for word in re.findall(r"[a-z]+", text.lower()):
        if word in ONES or word == "a":
            current += ONES.get(word, 1)
        elif word in TENS:
            current += TENS[word]
        elif word == "dozen":
            current *= 12
        elif word == "hundred":
            current *= 100
        elif word in SCALES:
            total, current = total + current * SCALES[word], 0
    return total + current
