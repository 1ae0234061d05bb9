"""One row of a fixture file, and the one error of this room."""


class BuildError(ValueError):
    """The fixtures cannot be built. The message is one sentence that says where, and what to do."""


def row(model, pk, **fields):
    """A row as Django's `loaddata` reads it; `model` is "app.model", `fields` stand in the order given."""
    return {"model": model, "pk": pk, "fields": fields}


def numbered(model, rows_of_fields):
    """Rows of one model with primary keys 1, 2, 3 … in the order given."""
    return [row(model, pk, **fields) for pk, fields in enumerate(rows_of_fields, start=1)]


def numbered_within(model, parent, rows_of_fields):
    """Rows that belong to one parent: keys 901, 902 … for parent 9. A change in one parent moves no other's keys."""
    return [row(model, parent * 100 + n, **fields) for n, fields in enumerate(rows_of_fields, start=1)]
