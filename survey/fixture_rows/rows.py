"""The survey as rows: model by model inside each section, so that each row points to rows before it."""

from dataclasses import dataclass, field

from submissions.fixture_rows.row import numbered_within, row
from survey.page import possible_bases

SURVEY = 1  # the one survey there is; the next one's rows will count on


@dataclass
class Keys:
    """Primary keys by slug, and those of what headlines point to by its line in the source."""

    boroughs: dict
    themes: dict
    lines: dict = field(default_factory=dict)  # line: ("question" or "consideration", key)

    def themes_named(self, decisions, decided):
        for slug in decided["themes"]:
            if slug not in self.themes:
                raise decisions.error("themes", slug, "choose a theme of sources/themes.csv, for there is none called")
        return [self.themes[slug] for slug in decided["themes"]]


def survey_rows(survey, decisions, keys):
    rows = [_survey(survey, decisions)]
    for number, section in enumerate(survey.sections, start=1):
        decided = decisions.sections[section.heading]
        rows += [_section(number, section, decided, decisions, keys), *_named(number, decided, decisions, keys)]
        rows += [row for question in _questions(number, section, decided, keys) for row in question]
        rows += [*_considerations(number, section, keys), *_growth(number, section)]
        rows += _headlines(number, section, decided, decisions, keys)
    return rows


def _survey(survey, decisions):
    bases = possible_bases(survey.statistics())
    return row(
        "survey.survey",
        SURVEY,
        year=survey.year,
        name=decisions["name"],
        title=survey.title.text,
        responses_printed=" ".join(said.text for said in survey.responses),
        fewest_responses=bases[0],
        most_responses=bases[-1],
        responses_note=responses_note(survey, bases),
        contents_note=contents_note(survey),
    )


def responses_note(survey, bases):
    """Why the number of authorities that answered is not certain; "" if it is."""
    if len(bases) == 1:
        return ""
    printed = " ".join(said.text for said in survey.responses)
    evidence = "; ".join(filter(None, map(_evidence, survey.statistics())))
    return (
        f"The survey says “{printed}”: the number came out garbled. Its figures do not agree on it: {evidence}. "
        f"So this site says {bases[0]} or {bases[-1]}."
    )


def _evidence(one):
    """What one figure says about how many answered, "" if nothing."""
    if one.base:
        return f"one counts {one.base} authorities (“{one.count}/{one.base}”)"
    if one.percent and one.count:
        bases = possible_bases([one])
        return f"another gives {one.count} as {one.percent}%, which is true of {' or '.join(map(str, bases))} only"
    return ""


def contents_note(survey):
    """Which parts the survey lists as one and then treats apart; "" if none."""
    listed = [said.text for said in survey.contents[1:]]
    headings = [section.heading for section in survey.sections]
    apart = [part for part in listed if "/" in part and part not in headings]
    if not apart:
        return ""
    return f"The survey lists “{apart[0]}” as one part; its slides, and the sections here, treat it in two."


def _section(number, section, decided, decisions, keys):
    lead = section.growth_lead
    return row(
        "survey.section",
        number,
        survey=SURVEY,
        position=number,
        title=decided["title"],
        heading=section.heading,
        slug=decided["slug"],
        themes=keys.themes_named(decisions, decided),
        growth_lead=lead.text if lead else "",
    )


def _named(number, decided, decisions, keys):
    named = decided.get("boroughs", {})
    for slug, quote in named.items():
        if slug not in keys.boroughs:
            advice = f"choose a borough of sources/local_authorities.csv, for there is no “{slug}”, for"
            raise decisions.error(slug, quote, advice)
    fields = ({"section": number, "borough": keys.boroughs[slug], "quote": quote} for slug, quote in named.items())
    return numbered_within("survey.namedborough", number, fields)


def _questions(number, section, decided, keys):
    """Each question's rows: itself, its options, its responses."""
    slugs = {text: slug for slug, text in decided.get("questions", {}).items()}
    for position, question in enumerate(section.questions, start=1):
        pk = number * 100 + position
        keys.lines |= {one.line: ("question", pk) for one in (question, *question.options, *question.responses)}
        asked = {"section": number, "position": position, "slug": slugs[question.text], "text": question.text}
        yield [
            row("survey.question", pk, **asked, introduced_as=question.introduced_as, base=None),
            *_within("survey.option", pk, "question", map(_option, question.options)),
            *_within("survey.sampleresponse", pk, "question", ({"text": one.text} for one in question.responses)),
        ]


def _within(model, parent, name, rows_of_fields):
    placed = ({name: parent, "position": n, **fields} for n, fields in enumerate(rows_of_fields, start=1))
    return numbered_within(model, parent, placed)


def _option(option):
    return {"text": option.text, "count": option.count, "parts": option.parts, "note": option_note(option)}


def option_note(option):
    """What a reader should know about a row, "" if nothing."""
    if option.count is None:
        return "The survey prints this answer without a number."
    if not option.parts:
        return ""
    repeated = " and ".join(f"“{text}”" for text in option.repeats)
    return (
        f"The survey prints this as one answer: “{option.text}”. It is split here for reading. {repeated} are also "
        "rows of this table; the survey does not say whether this authority is counted there too."
    )


def _considerations(number, section, keys):
    rows, figures = [], []
    for position, one in enumerate(section.considerations, start=1):
        pk = number * 100 + position
        keys.lines[one.line] = ("consideration", pk)
        placed = {"section": number, "position": position, "group": one.group}
        rows.append(row("survey.consideration", pk, **placed, text=one.text))
        if one.statistic:
            figures.append(row("survey.statistic", pk, consideration=pk, **vars(one.statistic)))
    return [*rows, *figures]


def _growth(number, section):
    return _within("survey.growthidea", number, "section", ({"text": one.text} for one in section.growth))


def _headlines(number, section, decided, decisions, keys):
    fields = (
        {"sentence": one["sentence"], "quote": one["quote"], "themes": keys.themes_named(decisions, one)}
        | _place(one["quote"], section, keys)
        for one in decided.get("headline", [])
    )
    return _within("survey.headline", number, "section", fields)


def _place(quote, section, keys):
    """The question or the consideration whose line says the quote; neither for an idea to build on."""
    answers = [(option.line, f"{option.text}\t{option.count}") for one in section.questions for option in one.options]
    said = [*answers, *((one.line, one.text) for one in section.considerations)]
    kind, key = next((keys.lines[line] for line, text in said if quote in text), ("", None))
    return {"question": key if kind == "question" else None, "consideration": key if kind == "consideration" else None}
