"""Reading a page in. What a person is shown before confirming is what the import did, in a transaction taken back."""

from contextlib import suppress
from functools import lru_cache

from django.conf import settings
from django.db import transaction

from editorial.importing import drafts
from editorial.importing.category import category_here, made, proposed, remarks_on
from editorial.importing.fitting import refuse_what_does_not_fit
from editorial.importing.known import Known
from editorial.importing.matching import candidates, matched
from editorial.importing.report import Report
from editorial.importing.telling import told
from submissions.fixture_rows.published import reference
from submissions.models import Round, Submission
from submissions.page import NotAPage, read
from submissions.search import gathered


class NotConfirmed(Exception):
    """What the import would do is not what was confirmed: the catalogue has changed since. Nothing was written."""

    def __init__(self, report):
        super().__init__("The catalogue has changed since this was shown.")
        self.report = report


class _TakenBack(Exception):
    pass


def page_in(text):
    """The page that a text holds, read whole. Raises NotAPage."""
    page = read(text, _reference())
    refuse_what_does_not_fit(page)
    return page


def previewed(page, category=None, round_=None, by=None):
    """The Report of what reading the page in would do; nothing of it is kept.

    `category`: a Category, a NewCategory, or None for what the page itself says. `round_`: None for the newest.
    """
    with suppress(_TakenBack), transaction.atomic():
        report = _read_in(page, category, round_, by)
        raise _TakenBack
    return report


def confirmed(page, seal, category=None, round_=None, by=None):
    """Reads the page in, all of it in one transaction, and gives the Report. `seal`: of the report that the person has
    seen, or None for whoever wants no look first. Raises NotConfirmed when it would do something else by now."""
    with transaction.atomic():
        report = _read_in(page, category, round_, by)
        if seal is not None and seal != report.seal:
            raise NotConfirmed(report)
    return report


def _read_in(page, category, round_, by):
    with gathered():
        round_ = round_ or _newest_round()
        Round.objects.select_for_update().get(pk=round_.pk)  # one import after the other, so that none is doubled
        category = category or category_here(page) or proposed(page)
        is_new = not hasattr(category, "pk")
        category = made(category, page) if is_new else category
        known, present = Known(), candidates(category)
        matches = matched(page.entries, present)
        asked = [[doubt for doubt in page.doubts if doubt.entry == n] for n in range(len(page.entries))]
        entries = [
            told(entry, matches.get(n), asked[n], round_, category, known, by) for n, entry in enumerate(page.entries)
        ]
        introduction = [doubt for doubt in page.doubts if doubt.entry is None]
        introduction = drafts.note_doubts(introduction, category, None, None, known)
    return Report(
        category=str(category),
        category_is_new=is_new,
        round=str(round_),
        entries=entries,
        doubts=[(doubt.line, doubt.message) for doubt in introduction],
        remarks=[] if is_new else remarks_on(category, page),
        others=_not_on_the_page(present, matches),
    )


def _newest_round():
    if newest := Round.objects.first():
        return newest
    raise NotAPage("There is no round yet that the page's entries could belong to. Add one under Rounds first.")


def _not_on_the_page(present, matches):
    found = {match.entry.pk for match in matches.values()}
    withdrawn = Submission.Status.WITHDRAWN
    return sorted(c.entry.title for c in present if c.entry.pk not in found and c.entry.status != withdrawn)


@lru_cache(maxsize=1)
def _reference():
    """London's authorities and LIIA's themes as the reader takes them."""
    return reference(settings.ROOT / "fixtures")
