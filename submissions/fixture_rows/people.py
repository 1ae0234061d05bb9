"""Who stands behind the entries: contacts, each person once, and partners, each organisation once."""

from django.utils.text import slugify

from submissions.fixture_rows.row import numbered_within


def contact_key(contact):
    """What makes two printed contacts one person: the address without regard to case, or the name if there is none."""
    return contact.email.casefold() or contact.name


def contact_rows(entries):
    """(rows, {contact_key: primary key}): each person as first printed, in page order."""
    return _once_each("boroughs.contact", entries, lambda entry: map(_person, entry.contacts))


def partner_rows(entries, decisions):
    """(rows, {spelling as printed: primary key}): each organisation under the name decided for it."""
    printed = [partner for entry in entries for partner in entry.partners]
    names = {spelling: decisions.partner_names.get(spelling.casefold(), spelling) for spelling in printed}
    rows, keys = _once_each(
        "submissions.partner",
        entries,
        lambda entry: ((names[spelling], _partner(names[spelling], decisions)) for spelling in entry.partners),
    )
    return rows, {spelling: keys[name] for spelling, name in names.items()}


def _once_each(model, entries, records_of):
    """(rows, {name: primary key}) of records that entries share, numbered within the entry that names them first.

    `records_of(entry)` gives pairs (name, fields).
    """
    rows, keys = [], {}
    for number, entry in enumerate(entries, start=1):
        new = {}
        for name, fields in records_of(entry):
            if name not in keys:
                new.setdefault(name, fields)
        added = numbered_within(model, number, new.values())
        keys |= zip(new, (row["pk"] for row in added), strict=True)
        rows += added
    return rows, keys


def _person(contact):
    return contact_key(contact), {"name": contact.name, "role": contact.role, "email": contact.email}


def _partner(name, decisions):
    return {"name": name, "slug": slugify(name), "aliases": decisions["partners"].get(name, [])}
