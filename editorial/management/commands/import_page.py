"""`manage.py import_page FILE [--dry-run]`: a category page becomes drafts, as at the desk, in one transaction."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand

from editorial.importing.category import NewCategory, cut_at_word, likely_category, proposed
from editorial.importing.reading import page_in, preview_import, refuse_by_size, run_import, source_of_file
from pagereader import NotAPage
from submissions.models import Category, Round

ADVICE = "Give the path of a category page saved as .txt, .html or .docx."


class Command(BaseCommand):
    help = "Read a category page in: drafts of new entries, new versions of changed ones. Published text stays."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE", help="A category page as .txt, .html or .docx.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would happen, and save nothing.")
        parser.add_argument("--round", type=int, metavar="YEAR", help="The round of new entries; else the newest.")
        parser.add_argument("--category", type=int, metavar="NUMBER", help="The page is this category, which is here.")
        parser.add_argument("--new-category", action="store_true", help="The page is a category that is not here yet.")
        parser.add_argument("--number", type=int, help="The number of a new category; else the page's, or the next.")
        parser.add_argument("--title", help="The title of a new category; else the page's.")
        parser.add_argument("--name", help="The short name of a new category; else its title, cut at a word.")

    def handle(self, *, file, dry_run, round, **options):
        try:
            page = page_in(source_of_file(_content(file)))
            asked = {"category": _category(page, dry_run, options), "round_": _round(round)}
            report = preview_import(page, **asked) if dry_run else run_import(page, seal=None, **asked)
        except NotAPage as error:
            sys.exit(f"{file}: {error}")
        self.stdout.write("\n".join(_lines(report, dry_run)))
        likely = likely_category(page)
        if dry_run and not (likely.is_certain or _says_which(options)):
            self.stdout.write(f"The category is supposed: {likely.why} {_say_which()}")


def _content(file):
    if not file.is_file():
        raise NotAPage(f"there is no such file. {ADVICE}")
    refuse_by_size(file.stat().st_size)
    try:
        return file.read_bytes()
    except OSError as error:
        raise NotAPage(f"the file cannot be read ({error.strerror}). {ADVICE}") from error


def _category(page, dry_run, options):
    """As the options say, else as the page says; where neither does, a dry run supposes the likeliest."""
    number, title, name = (options[option] for option in ("number", "title", "name"))
    if options["category"] is not None:
        return _here(options["category"])
    if not _says_which(options):
        likely = likely_category(page)
        if likely.is_certain or dry_run:
            return likely.category
        raise NotAPage(f"{likely.why} {_say_which()}")
    if number is not None and not (options["new_category"] or title) and _is_here(number):
        return _here(number)
    title = title or page.category.title
    if not title:
        raise NotAPage(f"The page prints no title for a new category. {_say_which()}")
    return NewCategory(proposed(page).number if number is None else number, title, name or cut_at_word(title, 60))


def _says_which(options):
    return any(
        options[option] not in (None, False) for option in ("category", "new_category", "number", "title", "name")
    )


def _is_here(number):
    return Category.objects.filter(number=number).exists()


def _here(number):
    if here := Category.objects.filter(number=number).first():
        return here
    raise NotAPage(f"There is no category {number}. {_say_which()}")


def _say_which():
    here = ", ".join(f"{one.number} {one}" for one in Category.objects.all()) or "none yet"
    return (
        f"Say --category and the number of one that is here ({here}), "
        "or --new-category with --title, --number and --name."
    )


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
