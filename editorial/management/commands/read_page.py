"""`manage.py read_page FILE [--json]`: what the reader finds on a category page, and what it doubts. Saves nothing."""

import json
import sys
from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError

from editorial.importing.fixture_tables import BuildError
from editorial.importing.known import reference_here, reference_of_files
from editorial.importing.reading import page_of, refuse_by_size, source_of_file
from pagereader import NotAPage, as_json
from submissions.entry_fields import READ

ADVICE = "give the path of a category page saved as .txt, .html or .docx."


class Command(BaseCommand):
    help = "Print what the reader finds on a category page, and its doubts. Nothing is saved, no database is needed."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", help="A category page as .txt, .html or .docx.")
        parser.add_argument("--json", action="store_true", dest="as_json", help="Print everything as JSON.")
        parser.add_argument("--number", type=int, help="The category's number, where the page does not print it.")
        parser.add_argument("--title", help="The category's title, where the page does not print it.")

    def handle(self, *, file, as_json, number, title, **options):
        try:
            page = page_of(source_of_file(_content(Path(file))), _reference())
        except NotAPage as error:
            sys.exit(_refusal(file, error))
        except BuildError as error:
            sys.exit(str(error))
        page = _with_given(page, number, title)
        self.stdout.write(_json(page) if as_json else "\n".join(_report(page)))


def _reference():
    """The authorities and themes of the catalogue; those of the fixtures where no database answers, or an empty one."""
    try:
        return reference_here()
    except (NotAPage, DatabaseError):
        return reference_of_files(settings.ROOT / "fixtures")


def _content(path):
    """The bytes of the file. Exits with a sentence if there are none; raises NotAPage for far too many, unread."""
    try:
        if not path.exists():
            sys.exit(f"There is no file {path}: {ADVICE}")
        if not path.is_file():
            sys.exit(f"{path} is not a file: {ADVICE}")
        refuse_by_size(path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        sys.exit(f"{path} cannot be read ({error.strerror}): {ADVICE}")


def _refusal(file, error):
    line = f", line {error.line}" if error.line and f"line {error.line} " not in str(error).lower() else ""
    return f"{file}{line}: {error}"


def _with_given(page, number, title):
    given = {name: value for name, value in (("number", number), ("title", title)) if value is not None}
    return replace(page, category=replace(page.category, **given))


def _json(page):
    return json.dumps(as_json(page), ensure_ascii=False, indent=1)


def _report(page):
    """Lines of plain English: the category, each entry, each doubt."""
    yield from _category_lines(page.category)
    yield _totals(page.entries)
    for number, entry in enumerate(page.entries, start=1):
        yield from _entry_lines(number, entry)
    yield ""
    yield f"Doubts: {len(page.doubts) or 'none'}"
    for doubt in page.doubts:
        about = "" if doubt.entry is None else f"{page.entries[doubt.entry].title}: "
        yield f"  line {doubt.line:>4}  {about}{doubt.message}"


def _totals(entries):
    authorities = {name for entry in entries for name in entry.boroughs}
    contacts = [contact for entry in entries for contact in entry.contacts]
    people = {contact.email.casefold() or contact.name for contact in contacts}
    suspect = sum(contact.email_suspect for contact in contacts)
    return (
        f"{len(entries)} entries from {len(authorities)} authorities, {len(contacts)} contacts of {len(people)} people "
        f"(addresses that do not fit the name: {suspect})"
    )


def _category_lines(category):
    number = "Category" if category.number is None else f"Category {category.number}"
    yield f"{number}: {category.title or 'title not stated'}"
    yield from _labelled("Scope", [category.scope])
    yield from _labelled("Sponsor", [category.sponsor])
    yield from _labelled("Names", [", ".join(dict.fromkeys(named.printed for named in category.named_boroughs))])
    yield from _labelled(
        "LIIA", [f"{person.name}, {person.role} – {person.email}" for person in category.administrators]
    )
    yield ""


def _entry_lines(number, entry):
    yield ""
    yield f"{number:>3}  {entry.title}  (line {entry.line})"
    yield from _labelled(
        "Boroughs", [", ".join(entry.boroughs) + (f" ({body})" if (body := entry.delivery_body) else "")]
    )
    yield from _labelled("Contacts", [_contact(contact) for contact in entry.contacts])
    for field in READ:
        if field.in_short:
            printed = entry.stated(field.name)
            yield from _labelled(field.label, [printed if isinstance(printed, str) else ", ".join(printed)])
    yield from _labelled("Figures", [str(len(entry.metrics) or "none")])
    yield from _labelled("Voices", [str(len(entry.voices) or "none")])
    yield from _labelled("Themes", [", ".join(theme.slug for theme in entry.themes)])


def _contact(contact):
    said = ", ".join(filter(None, (contact.name, contact.role))) + f" – {contact.email or 'no address'}"
    return f"{said}  (does not fit the name)" if contact.email_suspect else said


def _labelled(label, values):
    """The label beside the first value, the others under it; “not stated” where there is none."""
    for label_or_not, value in zip([label, *[""] * len(values)], values or [""], strict=False):
        yield f"     {label_or_not:<9} {value or 'not stated'}"
