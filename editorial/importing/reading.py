"""Reading a page in, from the file or paste that it comes as.

What a person is shown before confirming is what the import did, in a transaction taken back.
"""

import logging
import re
from bisect import bisect_right
from contextlib import contextmanager, suppress
from dataclasses import replace
from decimal import InvalidOperation

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import DataError, IntegrityError, transaction

from boroughs.models import Contact
from editorial.importing.category import create_category, likely_category, proposed, remarks_on
from editorial.importing.entries import import_entry, note_doubts
from editorial.importing.known import Known, candidates, matched, reference_here
from editorial.importing.report import Report, lines_of
from editorial.importing.visible import Source, source_of_markup
from editorial.importing.word import source_of_word, unpacked
from pagereader import Block, Doubt, NotAPage, decode, read
from submissions.entry_fields import READ, Kind
from submissions.models import Administrator, Partner, Round, Submission

logger = logging.getLogger(__name__)

LARGEST_FILE = 5_000_000  # bytes; the longest category page so far has 95,000 characters
SAVE_AS = "Open it where it was made, save it as a Word document (.docx) or as plain text, and choose that file."
# How a file begins whose kind people choose by mistake.
KINDS = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture, a binary file",
    b"\xff\xd8\xff": "a picture, a binary file",
    b"GIF8": "a picture, a binary file",
    b"\xd0\xcf\x11\xe0": "an old Word or Office file (.doc)",
    b"{\\rtf": "a rich text file (.rtf)",
}
ZIP = b"PK\x03\x04"
MARKUP = re.compile(
    r"<(?:!doctype html|html|head|body|main|article|section|div|p|h[1-6]|ul|ol|table|meta)\b", re.IGNORECASE
)


class NotConfirmed(Exception):
    """What the import would do is not what was confirmed: the catalogue has changed since. Nothing was written."""

    def __init__(self, report):
        super().__init__("The catalogue has changed since this was shown.")
        self.report = report


class _TakenBack(Exception):
    pass


def page_in(source):
    """The page that a text holds, read whole. `source`: a Source, or plain text. Raises NotAPage."""
    page = page_of(Source(source) if isinstance(source, str) else source, reference_here())
    refuse_what_does_not_fit(page)
    return page


def page_of(source, reference):
    """The page that a Source holds, read by a Reference, whether or not the catalogue could store it. Raises
    NotAPage."""
    return _with_what_was_noticed(read(source.text, reference), source)


def _with_what_was_noticed(page, source):
    """Doubts from before the text was read stand beside the reader's own; footnotes close their entry."""
    starts = [entry.line for entry in page.entries]
    last = max((line for line, place in page.ledger.items() if place.startswith("entry")), default=0)

    def entry_at(line):
        return bisect_right(starts, line) - 1 if starts[0] <= line <= last else None

    noticed = [Doubt("left-out", line, sentence, entry_at(line)) for line, _, sentence in source.doubts]
    entries = list(page.entries)
    for line, words in source.notes:
        number = entry_at(line)
        if number is not None:
            note = Block("paragraph", (line,), words, starts=(0,))
            entries[number] = replace(entries[number], supporting=(*entries[number].supporting, note))
    return replace(page, entries=tuple(entries), doubts=tuple(sorted([*page.doubts, *noticed], key=_place)))


def _place(doubt):
    return (-1 if doubt.entry is None else doubt.entry, doubt.line)


def refuse_what_does_not_fit(page):
    """Raises NotAPage naming the line, the text and what to do about the first thing that is too long to be stored.
    Nothing of the authorities' is cut."""
    for entry in page.entries:
        for field in READ:
            if field.kind is Kind.TEXT:
                _fits(Submission, field.name, entry.stated(field.name), entry.line)
        for name in entry.partners:
            _fits(Partner, "name", name, entry.line)
        for contact in entry.contacts:
            _fits(Contact, "name", contact.name, contact.line)
            _fits(Contact, "role", contact.role, contact.line)
            _is_address(contact)
    for person in page.category.administrators:
        _fits(Administrator, "name", person.name, person.line)
        _is_address(person)


def _fits(model, field, text, line):
    room = model._meta.get_field(field).max_length
    if room and len(text) > room:
        kind = model._meta.verbose_name
        raise NotAPage(
            f"Line {line}: “{text[:60]} …” was read as the {field} of the {kind}, but has {len(text)} characters, "
            f"and there is room for {room}. Shorten it in the text, or part it from what follows with a line break.",
            line,
        )


def _is_address(contact):
    try:
        if contact.email:
            validate_email(contact.email)
    except ValidationError as error:
        raise NotAPage(
            f"Line {contact.line}: “{contact.email[:80]}” is no e-mail address. Mend it in the text.", contact.line
        ) from error


def preview_import(page, *, category=None, round_=None, by=None):
    """The Report of what reading the page in would do; nothing of it is kept.

    `category`: a Category, a NewCategory, or None for the likeliest. `round_`: None for the newest.
    """
    with suppress(_TakenBack), _in_one_piece():
        report = _read_in(page, category, round_, by)
        raise _TakenBack
    return report


def run_import(page, seal, *, category=None, round_=None, by=None):
    """Reads the page in, all of it in one transaction, and gives the Report. `seal`: of the report that the person has
    seen, or None for whoever wants no look first. Raises NotConfirmed when it would do something else by now, and
    NotAPage where the page does not say its category and `category` is None."""
    if category is None and not (likely := likely_category(page)).is_certain:
        raise NotAPage(f"{likely.why} Say which category it is.")
    with _in_one_piece():
        report = _read_in(page, category, round_, by)
        if seal is not None and seal != report.seal:
            raise NotConfirmed(report)
    return report


@contextmanager
def _in_one_piece():
    """A transaction. What the catalogue cannot store raises NotAPage with a sentence, and nothing is saved."""
    try:
        with transaction.atomic():
            yield
    except (IntegrityError, DataError, ValidationError, InvalidOperation) as error:
        logger.exception("A page could not be imported")
        raise NotAPage(
            "The catalogue cannot store something on this page, so nothing was saved. Import its entries one by one to "
            f"find which, and send LIIA’s developers this remark: {str(error)[:200]}"
        ) from error


def _read_in(page, category, round_, by):
    round_ = round_ or _newest_round()
    Round.objects.select_for_update().get(pk=round_.pk)  # one import after the other, so that none is doubled
    category = category or likely_category(page).category or proposed(page)
    is_new = not hasattr(category, "pk")
    category = create_category(category, page) if is_new else category
    known, present = Known(), candidates(category)
    matches = matched(page.entries, present)
    asked = [[doubt for doubt in page.doubts if doubt.entry == n] for n in range(len(page.entries))]
    place = {"round_": round_, "category": category, "known": known, "by": by}
    entries = [import_entry(entry, matches.get(n), asked[n], **place) for n, entry in enumerate(page.entries)]
    introduction = [doubt for doubt in page.doubts if doubt.entry is None]
    stored = [doubt for doubt in introduction if is_new or doubt.kind != "left-out"]
    new = note_doubts(stored, category, None, None, known)
    introduction = [doubt for doubt in introduction if doubt in new or doubt not in stored]
    return Report(
        category=str(category),
        category_is_new=is_new,
        round=str(round_),
        entries=entries,
        **lines_of(introduction),
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


def source_of_file(data):
    """The page's Source from the bytes of a .txt, .html or .docx file; what they are decides, not the file's name.

    Raises NotAPage with a sentence that says what the file is instead, and what to do.
    """
    refuse_by_size(len(data))
    for beginning, kind in KINDS.items():
        if data.startswith(beginning):
            raise NotAPage(f"This is {kind}, from which the text cannot be read. {SAVE_AS}")
    if data.startswith(ZIP):
        return source_of_word(unpacked(data))
    return source_of_paste(decode(data))


def source_of_paste(text):
    """As `source_of_file`, for text that somebody pasted: plain, or a page's HTML."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return source_of_markup(text) if MARKUP.match(text, _after_comments(text)) else Source(text)


def _after_comments(text):
    """Where a text begins that may have HTML comments before it."""
    at = len(text) - len(text.lstrip())
    while text.startswith("<!--", at) and (end := text.find("-->", at)) != -1:
        at = end + 3
        while text[at : at + 1].isspace():
            at += 1
    return at


def refuse_by_size(size):
    """Raises NotAPage for a file of more bytes than a page can have, so that nobody needs to read it first."""
    if size > LARGEST_FILE:
        raise NotAPage(
            f"The file has {size:,} bytes, and a category page at most {LARGEST_FILE:,}. Take pictures out of it, or "
            "save it as plain text."
        )
