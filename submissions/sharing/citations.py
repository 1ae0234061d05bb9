"""An entry as others name it: cited by people, and described to machines in schema.org's words (JSON-LD).

The authority is the author; LIIA publishes. Machines are given only what is true.
"""

import json

from django.urls import reverse
from django.utils.safestring import mark_safe

from spotlight.wording import ALLIANCE, in_a_sentence
from submissions.sharing.addresses import absolute, short_address
from submissions.withheld import withhold

CONTEXT = "https://schema.org"
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def authors(entry):
    """“London Borough of Sutton”, several with “and”."""
    return in_a_sentence([borough.official_name for borough in entry.boroughs.all()] or [ALLIANCE])


def harvard(entry):
    """The day of reading is the reader's to add: a cached or printed page would give a wrong one."""
    return (
        f"{authors(entry)} ({entry.published_on.year}) ‘{entry.title}’, Practice Spotlight, {entry.round.name}. "
        f"{ALLIANCE}. Available at: {short_address(entry)} (Accessed: [add the day])."
    )


def plain_citation(entry):
    return f"“{entry.title}”, {authors(entry)}, in Practice Spotlight ({ALLIANCE}), {short_address(entry)}"


def as_script(*things):
    """Each thing as a block of data. A browser runs none of it, so the content policy has nothing to refuse."""
    things = (_withheld({"@context": CONTEXT, **thing}) for thing in things)
    texts = (json.dumps(thing, ensure_ascii=False).translate(_ESCAPES) for thing in things)
    # Safe: whatever could end the script or begin a tag was escaped.
    return mark_safe("\n".join(f'<script type="application/ld+json">{text}</script>' for text in texts))  # noqa: S308


def _withheld(value):
    """The data without anybody's e-mail address."""
    if isinstance(value, dict):
        return {name: _withheld(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_withheld(part) for part in value]
    return withhold(value) if isinstance(value, str) else value


def publisher():
    return {"@type": "Organization", "name": ALLIANCE, "alternateName": "LIIA"}


def website():
    """The site, and how to search it."""
    search = absolute(reverse("submissions")) + "?q={search_term_string}"
    return {
        "@type": "WebSite",
        "name": "Practice Spotlight",
        "url": absolute("/"),
        "inLanguage": "en-GB",
        "publisher": publisher(),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": search},
            "query-input": "required name=search_term_string",
        },
    }


def article(entry, picture):
    """An entry: the boroughs are its authors, LIIA its publisher. `picture`: the path of its preview image."""
    address = absolute(entry.get_absolute_url())
    return {
        "@type": "Article",
        "headline": entry.title,
        "description": entry.teaser,
        "url": address,
        "mainEntityOfPage": address,
        "identifier": short_address(entry),
        "image": absolute(picture),
        "inLanguage": "en-GB",
        "datePublished": entry.published_on.isoformat(),
        "dateModified": entry.changed_at.isoformat(timespec="seconds"),
        "author": [_authority(borough) for borough in entry.boroughs.all()],
        "publisher": publisher(),
        "about": [_named("Thing", theme) for theme in entry.themes.all()],
        "isPartOf": [_named("CollectionPage", category) for category in entry.categories.all()],
    }


def collection(record, description):
    """A page that gathers entries: a theme, a borough, a category."""
    return _named("CollectionPage", record) | {"description": description, "publisher": publisher()}


def trail(*steps):
    """Breadcrumbs from (name, path) pairs, the home page first."""
    places = [("Home", "/"), *steps]
    items = [
        {"@type": "ListItem", "position": n, "name": name, "item": absolute(path)}
        for n, (name, path) in enumerate(places, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _authority(borough):
    return {
        "@type": "GovernmentOrganization",
        "name": borough.official_name,
        "url": absolute(borough.get_absolute_url()),
    }


def _named(kind, record):
    return {"@type": kind, "name": str(record), "url": absolute(record.get_absolute_url())}
