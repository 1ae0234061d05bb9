"""Which entry of the catalogue an entry of a page is, though its heading or spelling may have changed."""

from dataclasses import dataclass

from django.utils.text import slugify
from rapidfuzz import fuzz, utils

from editorial.importing.content import text_words
from pagereader import to_html
from submissions.models import Submission

# Between entries of the first category, titles are at most 46 alike and texts 45 (of 100).
LIKE_TITLE, LIKE_TEXT = 80, 65
SAME = 101


@dataclass
class Candidate:
    """An entry of the category, and all the names it has had."""

    entry: Submission
    boroughs: set
    titles: set
    slugs: set
    text: str


@dataclass
class Match:
    entry: Submission
    how: str  # a part of a sentence: “by its title”
    likeness: float


def candidates(category):
    """Every entry of the category that readers see, have seen or will see; new versions count as their entry."""
    entries = Submission.objects.at_work().filter(categories=category, replaces=None).distinct()
    return [_candidate(entry) for entry in entries.prefetch_related("boroughs", "former_slugs", "versions")]


def matched(entries, present):
    """{index of a page's entry: Match}. The likest pair first, and each entry once."""
    pairs = [(_likeness(entry, other), n, other) for n, entry in enumerate(entries) for other in present]
    found, taken = {}, set()
    for (likeness, how), n, other in sorted((pair for pair in pairs if pair[0][0]), key=lambda pair: -pair[0][0]):
        if n not in found and other.entry.pk not in taken:
            found[n] = Match(other.entry, how, likeness)
            taken.add(other.entry.pk)
    return found


def _candidate(entry):
    drafted = Submission.objects.filter(replaces=entry).values_list("title", flat=True)
    return Candidate(
        entry=entry,
        boroughs={borough.name for borough in entry.boroughs.all()},
        titles={
            _plain(title) for title in (entry.title, *drafted, *(version.title for version in entry.versions.all()))
        },
        slugs={entry.slug, *(former.slug for former in entry.former_slugs.all())},
        text=text_words(entry.summary + entry.body),
    )


def _likeness(page, other):
    """(0 to 101, by what). Where no authority is the same, only title and text together are enough."""
    title = _plain(page.title)
    title_alike = max((fuzz.token_sort_ratio(title, name) for name in other.titles), default=0)
    text_alike = fuzz.ratio(text_words(to_html(page.summary + page.body)), other.text)
    same_title = title in other.titles or slugify(page.title) in other.slugs
    if not other.boroughs.intersection(page.boroughs):
        both = same_title and text_alike >= LIKE_TEXT
        return (text_alike, "by its title and text, though the authority differs") if both else (0, "")
    if same_title:
        return SAME, "by its title"
    if title_alike >= LIKE_TITLE:
        return max(title_alike, text_alike), "by its title, which is nearly the same"
    return (text_alike, "by its text, though the title differs") if text_alike >= LIKE_TEXT else (0, "")


def _plain(title):
    return utils.default_process(title)
