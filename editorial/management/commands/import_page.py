"""`manage.py import_page FILE [--dry-run]`: a category page becomes drafts, as at the desk, in one transaction."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand

from editorial.importing.category import NewCategory, category_here, proposed
from editorial.importing.files import refuse_by_size, source_of_file
from editorial.importing.reading import confirmed, page_in, previewed
from submissions.models import Category, Round
from submissions.page import NotAPage

ADVICE = "Give the path of a category page saved as .txt, .html or .docx."


class Command(BaseCommand):
    help = "Read a category page in: drafts of new entries, new versions of changed ones. Published text stays."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE", help="A category page as .txt, .html or .docx.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would happen, and save nothing.")
        parser.add_argument("--round", type=int, metavar="YEAR", help="The round of new entries; else the newest.")
        parser.add_argument("--number", type=int, help="The number of a category that the page does not name.")
        parser.add_argument("--title", help="The title of a new category that the page does not name.")

    def handle(self, *, file, dry_run, round, number, title, **options):
        try:
            page = page_in(source_of_file(_content(file)))
            asked = {"category": _category(page, number, title), "round_": _round(round)}
            report = previewed(page, **asked) if dry_run else confirmed(page, seal=None, **asked)
        except NotAPage as error:
            sys.exit(f"{file}: {error}")
        self.stdout.write("\n".join(_lines(report, dry_run)))


def _content(file):
    if not file.is_file():
        raise NotAPage(f"there is no such file. {ADVICE}")
    refuse_by_size(file.stat().st_size)
    try:
        return file.read_bytes()
    except OSError as error:
        raise NotAPage(f"the file cannot be read ({error.strerror}). {ADVICE}") from error


def _category(page, number, title):
    """As told, or as the page says; without either, somebody must say what a new category is called."""
    here = Category.objects.filter(number=number).first() if number is not None else category_here(page)
    if here or page.category.title:
        return here
    if not title:
        raise NotAPage("The page does not name its category, and it is none of those here. Say --number and --title.")
    return NewCategory(number if number is not None else proposed(page).number, title[:200], title[:60])


def _round(year):
    if year is None:
        return None
    if found := Round.objects.filter(year=year).first():
        return found
    raise NotAPage(
        f"There is no round of {year}. The rounds here: {', '.join(str(r.year) for r in Round.objects.all())}."
    )


def _lines(report, dry_run):
    yield f"Category: {report.category}{' (new)' if report.category_is_new else ''}   Round: {report.round}"
    yield ""
    for entry in report.entries:
        yield f"  {entry.outcome.label:<18} {entry.title}  (line {entry.line})"
        if entry.differences:
            yield f"  {'':<18} differs in: {', '.join(label.lower() for label, _ in entry.differences)}"
        for label, ours, theirs in entry.both:
            yield f"  {'':<18} LIIA changed this too: {label}. “{ours}” stays, “{theirs}” is left out"
        if entry.doubts and entry.changes:
            yield f"  {'':<18} doubts: {len(entry.doubts)}"
    yield from (f"  {remark}" for remark in report.remarks)
    yield ""
    yield f"{report.summary}.{' Nothing was saved.' if dry_run or not report.changes else ''}"
