"""JSON: what the list is, its rows under `results`, and last how many there were."""

import json
from datetime import date, datetime

from django.utils import timezone

from submissions.exports import licence


def json_file(_table, batches, details):
    """The file as bytes, a part for each batch of rows."""
    head = {"title": details.title, "url": details.address, "licence": licence.ADDRESS, "credit": licence.CREDIT}
    yield f'{_text(head)[:-1]},"results":['.encode()
    count = 0
    for rows in batches:
        yield b"".join((b"," if count + n else b"") + b"\n" + _text(row).encode() for n, row in enumerate(rows))
        count += len(rows)
    yield f'\n],"count":{count}}}\n'.encode()


def _text(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=plain_value)


def plain_row(row):
    """A row with nothing in it but what JSON has words for."""
    return {name: plain_value(value) if isinstance(value, date) else value for name, value in row.items()}


def plain_value(value):
    """What JSON has no word for: a day, and a moment in London's time."""
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no form in JSON")
