"""What an authority signs: the words and figures of an entry, as a person reads them, and their fingerprint.

Only what readers would see is signed: confirmed figures, and words that nobody wanted taken down. Contacts, themes,
categories, the address, links to documents and a figure's label are LIIA's to keep true; none of them is a claim of the
authority's, and changing them asks nobody. LIIA may also hide a figure (see `only_hides`): readers then learn less, and
nothing that was not signed.
"""

import hashlib
import json
from collections import Counter
from decimal import Decimal

from spotlight.desk.diff_and_merge import differing
from submissions.entry_fields import SIGNED, Kind
from submissions.wording import plain

SIGNED_OF_FIGURE = ("figure", "value", "unit", "comparator", "period", "quote")


def claims(entry):
    """{label: paragraphs} of what is signed, those without any left out; formatting and spacing do not count."""
    said = {field.label: _claimed(field, entry) for field in SIGNED}
    return {label: paragraphs for label, paragraphs in said.items() if paragraphs}


def _claimed(field, entry):
    if field.kind is Kind.RICH:
        return _paragraphs(getattr(entry, field.name))
    if field.kind is Kind.ROWS:
        return sorted(SHOWN_ROWS[field.name](getattr(entry, field.name).all()))
    return sorted(field.texts(entry))


def fingerprint(claimed):
    """SHA-256 of `claims`, 64 hexadecimal digits: two texts with the same fingerprint say the same."""
    return hashlib.sha256(json.dumps(claimed, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def only_hides(entry, before):
    """Whether all that happened to the claims `before` is that LIIA rejected a figure, or set it back to be decided."""
    after = claims(entry)
    if differing(before, after) != ["Figures"]:
        return False
    gone, come = (Counter(one.get("Figures", [])) for one in (before, after))
    hidden = Counter(_figure(metric) for metric in entry.metrics.all() if not metric.is_confirmed)
    return not come - gone and not (gone - come) - hidden


def _paragraphs(markup):
    return [_spaced(line) for line in plain(markup).splitlines() if line.strip()]


def _spaced(text):
    return " ".join(text.split())


def _figure(metric):
    compared = f", compared with {_number(metric.comparator)}" if metric.comparator is not None else ""
    period = f", {metric.period}" if metric.period else ""
    return f"{metric.figure} ({_number(metric.value)} {metric.unit}{compared}{period}): {_spaced(metric.quote)}"


def _number(value):
    """75 and not 75.00"""
    return f"{Decimal(value).normalize():f}"


def _voice(voice):
    return f"{_spaced(voice.quote)} ({voice.speaker or 'speaker not stated'})"


# The rows that readers see, each in a line.
SHOWN_ROWS = {
    "metrics": lambda metrics: (_figure(metric) for metric in metrics if metric.is_confirmed),
    "voices": lambda voices: (_voice(voice) for voice in voices if voice.is_heard),
}
