"""The category as its page introduces it, its administrators, the boroughs it names, and its round."""

from pagereader import to_html
from submissions.fixture_rows.row import numbered, row

CATEGORY = ROUND = 1  # the one page there is; the next page's rows will count on


def category_rows(category, decisions, keys):
    """Rows of the round, the category, its administrators and its mentions; `keys` as in page_rows.Keys."""
    return [
        row("submissions.round", ROUND, **decisions["round"]),
        row("submissions.category", CATEGORY, **decisions["category"], **_as_published(category)),
        *numbered("submissions.administrator", map(_administrator, category.administrators)),
        *numbered("submissions.boroughmention", (_mention(named, keys) for named in category.named_boroughs)),
    ]


def _as_published(category):
    return {
        "scope": category.scope,
        "sponsor": category.sponsor,
        "panel": category.panel,
        "introduction": to_html(category.introduction),
        "sign_off": category.sign_off,
    }


def _administrator(person):
    return {"category": CATEGORY, "name": person.name, "role": person.role, "email": person.email}


def _mention(named, keys):
    return {
        "category": CATEGORY,
        "borough": keys.boroughs.get(named.borough),
        "delivery_body": keys.bodies.get(named.delivery_body),
        "printed": named.printed,
        "sentence": named.sentence,
    }
