"""Erasing words for good: out of every text of every table, however they are written there, but not out of what readers
see. Somebody's words were withdrawn there first, and what is published changes by its own way only.
"""

import html
import json
import re
from collections import Counter
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from editorial.failures import Refused
from editorial.models import Erasure
from editorial.models.story import name_of
from submissions.derived import rebuild
from submissions.models import Doubt, FailedSearch, SearchRow, SearchStem, SearchWord, Submission, Voice

ERASED = "[erased]"
SHORTEST = 8  # characters: fewer would be found in words that nobody meant
HEAD = 40  # characters by which a beginning is known: elsewhere the words may be cut off at the end
# Between two words: spaces, tags, and both as HTML or JSON writes them.
GAP = r"(?:\s|&nbsp;|&#160;|\\[nrt]|\\u00a0|<[^<>]*>)+"
# No part of another word; an escape of JSON's may end in a letter.
NO_LETTER_BEFORE = r"(?:(?<![^\W_])|(?<=\\[nrt])|(?<=\\u[0-9a-f]{4}))"
NO_LETTER_AFTER = r"(?![^\W_])"
ALIKE = ["'’‘", '"“”', "-–—‑"]
# Not what anybody wrote, or (Erasure) the wish itself.
PASSED_OVER = {"django_migrations", "django_content_type", "auth_permission", Erasure._meta.db_table}
READ_BY_ALL = ("boroughs", "submissions", "survey")
FOR_LIIA_ONLY = (Doubt, FailedSearch, SearchRow, SearchStem, SearchWord)  # those of search hold no text to be read


@dataclass(frozen=True)
class Cell:
    """One stored text that has the words. `row` is the engine's own number of the row."""

    table: str
    column: str
    kind: str
    row: object
    text: str


class Words:
    """Finds the words in a stored text: in other capitals, with other quotation marks, with tags between them, as HTML
    or JSON escapes them, and from their beginning on if the text breaks off before their end."""

    def __init__(self, words):
        said = words.split()
        tokens = ["".join(_written(letter) for letter in word) for word in said]
        head = next((n for n in range(1, len(said)) if len(" ".join(said[:n])) >= HEAD), len(said))
        tokens[-1] += NO_LETTER_AFTER
        self.head = re.compile(NO_LETTER_BEFORE + GAP.join(tokens[:head]), re.IGNORECASE)
        rest = zip(tokens[head:], said[head:], strict=True)
        self.rest = [(re.compile(GAP + token, re.IGNORECASE), word) for token, word in rest]
        self.longest = max(re.findall(r"[A-Za-z0-9]+", " ".join(said[:head])), key=len, default="")

    def without(self, text):
        """The text with ERASED in the place of the words; the same text if it has none."""
        parts, start = [], 0
        while match := self.head.search(text, start):
            parts += [text[start : match.start()], ERASED]
            start = self._end(text, match.end())
        return "".join([*parts, text[start:]])

    def _end(self, text, end):
        for token, word in self.rest:
            if not (match := token.match(text, end)):
                cut = re.compile(rf"{GAP}(\w*)…?(?=\W*$)").match(text, end)
                return cut.end() if cut and word.casefold().startswith(cut[1].casefold()) else end
            end = match.end()
        return end


def _written(letter):
    """How one letter may be stored, as a regular expression. What is no letter may be missing."""
    if letter.isascii() and letter.isalnum():
        return letter
    same = next((group for group in ALIKE if letter in group), letter)
    ways = {way for one in same for way in (one, html.escape(one), f"&#{ord(one)};", f"&#x{ord(one):x};")}
    ways |= {f"&{html.entities.codepoint2name[ord(one)]};" for one in same if ord(one) in html.entities.codepoint2name}
    ways |= {json.dumps(one)[1:-1] for one in same}
    pattern = "|".join(re.escape(way) for way in sorted(ways, key=len, reverse=True))
    return f"(?:{pattern})" if letter.isalnum() else f"(?:{pattern})?"


def cells_with(words):
    """Every stored text that has the words, as a Cell."""
    pattern = Words(words)
    with connection.cursor() as cursor:
        return [
            Cell(table, column, kind, row, text)
            for table, column, kind in _text_columns(cursor)
            for row, text in _rows(cursor, table, column, pattern.longest)
            if pattern.without(text) != text
        ]


def _text_columns(cursor):
    """(table, column, type) of each column that holds text, in any table, ours or not."""
    for table in sorted(set(connection.introspection.table_names(cursor)) - PASSED_OVER):
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA table_info({connection.ops.quote_name(table)})")
            columns = [(row[1], row[2].lower()) for row in cursor.fetchall()]
        else:
            cursor.execute(
                "SELECT column_name, data_type FROM information_schema.columns "
                "WHERE table_name = %s AND table_schema = current_schema()",
                [table],
            )
            columns = [(name, kind.lower()) for name, kind in cursor.fetchall()]
        yield from ((table, name, kind) for name, kind in columns if re.search("char|text|json", kind))


def _rows(cursor, table, column, part):
    quote = connection.ops.quote_name
    text = quote(column) if connection.vendor == "sqlite" else f"{quote(column)}::text"
    like = "LIKE" if connection.vendor == "sqlite" else "ILIKE"
    sql = f"SELECT {_row_number()}, {text} FROM {quote(table)} WHERE {text} {like} %s"  # noqa: S608 (names the database gave)
    cursor.execute(sql, [f"%{part}%"])
    return [(row, value) for row, value in cursor.fetchall() if isinstance(value, str)]


def _row_number():
    return "rowid" if connection.vendor == "sqlite" else "ctid::text"


def divided(cells):
    """(those that can be erased, those that readers see). What is published is not touched."""
    seen = [cell for cell in cells if _is_read(cell)]
    return [cell for cell in cells if cell not in seen], seen


def _is_read(cell):
    model = next((model for model in apps.get_models() if model._meta.db_table == cell.table), None)
    if model is None or model._meta.app_label not in READ_BY_ALL or model in FOR_LIIA_ONLY:
        return False
    record = _record(model, cell)
    entry = record if isinstance(record, Submission) else getattr(record, "submission", None)
    if isinstance(record, Voice) and record.withdrawn_at:
        return False
    return entry.status == Submission.Status.PUBLISHED if isinstance(entry, Submission) else True


def _record(model, cell):
    with connection.cursor() as cursor:
        quote = connection.ops.quote_name
        where = _is_row()
        sql = f"SELECT {quote(model._meta.pk.column)} FROM {quote(cell.table)} WHERE {where}"  # noqa: S608 (as above)
        cursor.execute(sql, [cell.row])
        (pk,) = cursor.fetchone()
    return model._base_manager.filter(pk=pk).first()


def counted(cells):
    """[(what the table holds, in words, and how many of its texts have the words)]"""
    names = {model._meta.db_table: str(model._meta.verbose_name_plural) for model in apps.get_models()}
    number = Counter(names.get(cell.table, cell.table.replace("_", " ")) for cell in cells)
    return sorted(number.items())


def ask_to_erase(words, reason, *, by):
    """Saves the wish. Nothing is erased before another administrator consents (see `erase`)."""
    return Erasure.objects.create(words=words, reason=reason, asked_by=by, asked_by_name=name_of(by))


def _is_row():
    """The condition that finds a row by the place that `Cell.row` names."""
    return "rowid = %s" if connection.vendor == "sqlite" else "ctid = %s::tid"


def _delete(cells):
    where = _is_row()
    with connection.cursor() as cursor:
        for cell in cells:
            table = connection.ops.quote_name(cell.table)
            cursor.execute(f"DELETE FROM {table} WHERE {where}", [cell.row])  # noqa: S608 (our own table's name)


@transaction.atomic
def erase(erasure, *, by):
    """Erases the words from everything stored but what readers see, and returns the Erasure. There is no way back:

    - every stored text has ERASED in their place; failed searches that hold them are deleted;
    - the search index is built again, and what the database has freed is overwritten;
    - the wish holds who consented and in how many places, and no longer the words.

    Refused to the one who asked for it, for a wish that is settled, and while readers still see the words.
    """
    wish = _still_waiting(erasure)
    if wish.asked_by_id in (None, by.pk):
        raise Refused("Another administrator than the one who asked has to consent.")
    # SQLite leaves erased text in its file until the place is needed, unless it is asked not to.
    _ask_sqlite("secure_delete = ON")
    cells, seen = divided(cells_with(wish.words))
    if seen:
        raise Refused("Readers still see these words. Take them out there first: withdraw the voice, or publish anew.")
    _delete([cell for cell in cells if cell.table == FailedSearch._meta.db_table])
    _write([cell for cell in cells if cell.table != FailedSearch._meta.db_table], Words(wish.words))
    rebuild()  # the words that search knows never go otherwise
    wish.words, wish.places = "", len(cells)
    wish.consented_by, wish.consented_by_name, wish.done_at = by, name_of(by), timezone.now()
    wish.save()
    transaction.on_commit(lambda: _ask_sqlite("wal_checkpoint(TRUNCATE)"))
    return wish


@transaction.atomic
def take_back(erasure):
    """Saves that the wish is withdrawn, without its words. Nothing was erased."""
    wish = _still_waiting(erasure)
    wish.words, wish.taken_back_at = "", timezone.now()
    wish.save()
    return wish


def _still_waiting(erasure):
    wish = Erasure.objects.select_for_update().get(pk=erasure.pk)
    if not wish.is_waiting:
        raise Refused(f"{wish} is settled already.")
    return wish


def _write(cells, words):
    quote = connection.ops.quote_name
    where, cast = _is_row(), "%s" if connection.vendor == "sqlite" else "%s::{kind}"
    # All columns of a row at once: on PostgreSQL a row that was written has another number.
    rows = {}
    for cell in cells:
        rows.setdefault((cell.table, cell.row), []).append(cell)
    with connection.cursor() as cursor:
        for (table, row), of_row in rows.items():
            texts = [words.without(cell.text) for cell in of_row]
            for cell, text in zip(of_row, texts, strict=True):
                if "json" in cell.kind:
                    json.loads(text)
            changes = ", ".join(f"{quote(cell.column)} = {cast.format(kind=cell.kind)}" for cell in of_row)
            cursor.execute(f"UPDATE {quote(table)} SET {changes} WHERE {where}", [*texts, row])  # noqa: S608 (as above)


def _ask_sqlite(pragma):
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA {pragma}")
