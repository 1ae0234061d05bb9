"""A shortlist as a Word document: cover, contents, and each entry in full on pages of its own."""

from django.urls import reverse
from docx import Document

from spotlight.wording import ALLIANCE
from submissions.exports.table import clean
from submissions.pack.word import (
    a4,
    bookmark,
    bytes_of,
    field,
    house_style,
    instruction,
    link,
    mark_of_field,
    write_markup,
)
from submissions.sharing.addresses import absolute, short_address

TITLE = "Practice Spotlight: a shortlist"
REMARK = "The texts are the authorities’ own. LIIA recognised these submissions; it did not test cause and effect."


def word_document(chosen, day):
    """The bytes of a `.docx` with the entries of a shortlist, dated `day`."""
    document = Document()
    house_style(document)
    a4(document)
    _properties(document, chosen)
    _footer(document)
    _cover(document, chosen, day)
    _contents(document, chosen.entries)
    for number, entry in enumerate(chosen.entries, start=1):
        _entry(document, entry, number)
    return bytes_of(document)


def _properties(document, chosen):
    """The day is that of the latest change, so that two documents of the same texts are the same."""
    properties = document.core_properties
    properties.title, properties.author, properties.language = TITLE, ALLIANCE, "en-GB"
    properties.comments, properties.last_modified_by = "", ALLIANCE
    properties.created = properties.modified = max(entry.changed_at for entry in chosen.entries)


def _footer(document):
    line = document.sections[0].footer.paragraphs[0]
    line.add_run("Practice Spotlight, page ")
    field(line, "PAGE", "1")
    line.add_run(" of ")
    field(line, "NUMPAGES", "1")


def _cover(document, chosen, day):
    document.add_paragraph(TITLE, style="Title")
    number = len(chosen.entries)
    document.add_paragraph(f"{number} {'entry' if number == 1 else 'entries'}, {day:%-d %B %Y}", style="Subtitle")
    for sentence in chosen.problems:
        document.add_paragraph(sentence)
    document.add_paragraph(REMARK)
    people = chosen.administrators()
    if people:
        document.add_paragraph("Who can help", style="TOC Heading")
    for person in people:
        line = document.add_paragraph(clean(", ".join(filter(None, [person.name, person.role])) + ", "))
        _write_address_of(line, "on the about page", absolute(reverse("about")))


def _contents(document, entries):
    """A table of contents that Word can update; until then, a list of links."""
    document.add_paragraph("Contents", style="TOC Heading")
    lines = [document.add_paragraph(style="toc 1") for _ in entries]
    mark_of_field(lines[0], "begin")
    instruction(lines[0], r'TOC \o "1-1" \h \z \u')
    mark_of_field(lines[0], "separate")
    for number, (line, entry) in enumerate(zip(lines, entries, strict=True), start=1):
        link(line, _heading(entry), place=_place(number))
    mark_of_field(lines[-1], "end")


def _heading(entry):
    return f"{entry.title} ({entry.borough_names})"


def _place(number):
    return f"entry_{number}"


def _entry(document, entry, number):
    bookmark(document.add_paragraph(clean(_heading(entry)), style="Heading 1"), _place(number), number)
    document.add_paragraph("In short", style="Heading 2")
    write_markup(document, entry.summary)
    for name, text in _facts(entry):
        _fact(document, name, text or "Not stated")
    _contacts(document, entry)
    _figures(document, entry)
    document.add_paragraph("The submission", style="Heading 2")
    write_markup(document, entry.body)
    _supporting(document, entry)


def _facts(entry):
    if entry.delivery_body:
        yield "Delivered by", entry.delivery_body.name
    yield from ((label, "; ".join(texts)) for label, texts in entry.in_short)
    yield "Category", "; ".join(category.title for category in entry.categories.all()) + f", {entry.round.name}"
    yield "Address", short_address(entry)


def _fact(document, name, text):
    line = document.add_paragraph()
    line.add_run(f"{name}: ").bold = True
    if text.startswith("http"):
        link(line, text, text)
    else:
        line.add_run(clean(text))
    return line


def _contacts(document, entry):
    people = [line.contact for line in entry.contact_lines.all()]
    if not people:
        _fact(document, "Contact", "Not stated")
    for person in people:
        line = _fact(document, "Contact", ", ".join(filter(None, [person.name, person.role])))
        if person.silent_since:
            line.add_run(", ")
            link(line, "ask LIIA for a current address", absolute(reverse("about")))
        elif person.email:
            line.add_run(", ")
            _write_address_of(line, "on the entry’s own page", short_address(entry))


def _write_address_of(line, place, page):
    """A file is passed on and searched for addresses, so it holds none: it says where the e-mail address is."""
    line.add_run("e-mail address ")
    link(line, place, page)


def _figures(document, entry):
    if not entry.figures:
        if entry.figures_undecided:
            document.add_paragraph("Figures: not yet decided by LIIA.")
        return
    document.add_paragraph("Figures, as the authority states them", style="Heading 2")
    for metric in entry.figures:
        line = document.add_paragraph(style="List Bullet")
        line.add_run(clean(metric.figure)).bold = True
        line.add_run(clean(f" {metric.label}. In the text: “{metric.quote}”"))
    if entry.figures_undecided:
        document.add_paragraph("More figures are not yet decided by LIIA.")


def _supporting(document, entry):
    items = entry.supporting_items.all()
    if not entry.supporting and not items:
        return
    document.add_paragraph("Supporting information", style="Heading 2")
    if entry.supporting:
        write_markup(document, entry.supporting)
    for item in items:
        line = document.add_paragraph(clean(item.title), style="List Bullet")
        if item.url:
            line.add_run(": ")
            link(line, item.url, item.url)
