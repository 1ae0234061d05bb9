"""Searches that found nothing, counted per day without anything about a person.

What was asked once or twice may be about one person, so its words are stored nowhere: only a digest is counted. From
the third time on the words are stored, for 90 days, and only so many a day.
"""

import re
import threading
from collections import Counter
from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from submissions.derived.renewal import short_waits
from submissions.models import FailedSearch, FailedSearchCount
from submissions.search.reading import cleaned
from submissions.withheld import NOTE, withhold

LONGEST = 100  # characters that are stored
TIMES = 3  # a search is asked this often before its words are stored
KEPT = timedelta(days=90)
MOST_TEXTS = 200  # stored on one day
MOST_DIGESTS = 2_000  # first counted on one day
MOST_WAITING = 200  # searches that wait in memory while the database is busy; later ones are not counted
_PATIENCE = 50  # milliseconds a reader waits for what another connection writes at this moment

_ADDRESS = re.compile(r"\S*(?:[@＠﹫]|%(?:25)*40)\S*", re.I)
_LINK = re.compile(r"\S+://\S*|www\.\S+", re.I)
_INSURANCE = re.compile(r"\b[a-z]{2}(?:\s*\d{2}){3}\s*[a-d]\b", re.I)
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*"
_DAY = re.compile(rf"\b\d{{1,4}}(?:[./-]\d{{1,2}}[./-]|(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\s+)\d{{2,4}}\b", re.I)
# Phone, NHS and case numbers: seven signs or more, or five digits.
_NUMBER = re.compile(r"(?:\+|\b)\d[\d\s()./-]{5,}\d\b|\d{5,}")
_POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b", re.I)
_STREET = (
    "street|st|road|rd|avenue|ave|lane|close|court|gardens?|drive|grove|crescent|way|square|terrace|mews|walk|hill|rise"
)
_HOUSE = re.compile(rf"\b(?:flat\s+)?\d+[a-z]?,?\s+(?:[\w’']+\s+){{1,3}}?(?:{_STREET})\b|\bflat\s+\d+[a-z]?\b", re.I)
_PERSONAL = (_LINK, _ADDRESS, _INSURANCE, _DAY, _POSTCODE, _NUMBER, _HOUSE)
_waiting = Counter()
_lock = threading.Lock()


def record_failure(text):
    """Count a search that found nothing. Never raises and hardly waits: if the database is busy, the next one does."""
    if words := without_personal_data(text):
        with _lock:
            if len(_waiting) < MOST_WAITING:
                _waiting[words, timezone.localdate()] += 1
    _write()


def without_personal_data(text):
    """The text in lower case without links, addresses of any kind, dates and long numbers, at most 100 characters."""
    text = withhold(cleaned(text or "")).replace(NOTE, " ")
    for pattern in _PERSONAL:
        text = pattern.sub(" ", text)
    return " ".join(text.lower().split())[:LONGEST].strip()


def forget_old():
    """Delete what was asked more than 90 days ago, words and digests. Returns how many searches that was."""
    before = timezone.localdate() - KEPT
    return sum(model.objects.filter(day__lt=before).delete()[0] for model in (FailedSearch, FailedSearchCount))


def _write():
    with _lock:
        counted = dict(_waiting)
        _waiting.clear()
    try:
        if counted:
            with short_waits(_PATIENCE) as cursor:
                for (text, day), times in sorted(counted.items()):
                    _add(cursor, text, day, times)
    except DatabaseError:
        with _lock:
            _waiting.update(counted)


def _add(cursor, text, day, times):
    if FailedSearch.objects.filter(text=text, day=day).update(count=F("count") + times):
        return
    digest = salted_hmac("search without result", text, algorithm="sha256").hexdigest()
    if not FailedSearch.objects.filter(text=text).exists():
        times = _upsert(cursor, FailedSearchCount, ("digest",), MOST_DIGESTS, digest=digest, day=day, count=times)
        if times < TIMES:
            return
    if _upsert(cursor, FailedSearch, ("text", "day"), MOST_TEXTS, text=text, day=day, count=times):
        FailedSearchCount.objects.filter(pk=digest).delete()


def _upsert(cursor, model, keys, most, **row):
    """Add to a row's count, or add the row unless its day has `most`. Returns the count, 0 for a row refused."""
    table = connection.ops.quote_name(model._meta.db_table)
    present = " AND ".join(f"{key} = %s" for key in keys)
    cursor.execute(
        f"INSERT INTO {table} ({', '.join(row)}) SELECT {', '.join(['%s'] * len(row))} "  # noqa: S608 (our own names)
        f"WHERE EXISTS (SELECT 1 FROM {table} WHERE {present}) "
        f"OR (SELECT COUNT(*) FROM {table} WHERE day = %s) < %s "
        f"ON CONFLICT ({', '.join(keys)}) DO UPDATE SET count = {table}.count + excluded.count, day = excluded.day "
        "RETURNING count",
        [*row.values(), *(row[key] for key in keys), row["day"], most],
    )
    stored = cursor.fetchone()
    return stored[0] if stored else 0
