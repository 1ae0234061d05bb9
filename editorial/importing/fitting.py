"""What the catalogue has no room for is told before anything is written; nothing of the authorities' is cut."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from boroughs.models import Contact
from pagereader import NotAPage
from submissions.entry_fields import READ, Kind
from submissions.models import Administrator, Partner, Submission


def refuse_what_does_not_fit(page):
    """Raises NotAPage naming the line, the text and what to do about the first thing that is too long."""
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
