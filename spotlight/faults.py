"""When the site cannot save: a full disk, a database that is locked, read-only or away. And what no log line says."""

import errno
import logging
import re

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.cache.backends.db import DatabaseCache
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import DatabaseError, InternalError, OperationalError, connection
from django.http import HttpResponse, UnreadablePostError
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from spotlight.desk import ADDRESSES

log = logging.getLogger(__name__)

NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
FULL = "The disk of the site is full."
READ_ONLY = "The site’s data can be read just now, not changed."
BUSY = "Something else has been writing to the site’s data for too long."
AWAY = "The site’s data cannot be reached just now."
SENTENCES = {
    "SQLITE_FULL": FULL,
    "SQLITE_READONLY": READ_ONLY,
    "SQLITE_BUSY": BUSY,
    "SQLITE_LOCKED": BUSY,
    "53100": FULL,  # PostgreSQL's own numbers
    "25006": READ_ONLY,
    "55P03": BUSY,
}
# What is secret is never shown again; what is the form's own business is sent along unseen.
SECRET = re.compile(r"password|passkey|credential|secret|csrf|^code$", re.IGNORECASE)
NOT_WORDS = re.compile(
    r"^_|_FORMS$|^(initial-)?opened$|^(homepage|next|action|answer|way|kind|section|select_across)$|-id$"
)


def what_is_wrong(error):
    """The storage fault behind an exception, in a sentence; "" if it is none, but a mistake of the programme."""
    while isinstance(error, UpdateError | SessionInterrupted):  # what Django makes of a session it could not save
        error = error.__context__
    if isinstance(error, OSError):
        return FULL if error.errno in NO_SPACE else ""
    cause = error.__cause__
    if isinstance(error, OperationalError):
        name = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None) or ""
        of_sqlite = next((sentence for key, sentence in SENTENCES.items() if name.startswith(key)), AWAY)
        return "" if name == "SQLITE_ERROR" else of_sqlite  # a wrong statement: no such column
    if isinstance(error, InternalError) and getattr(cause, "sqlstate", "") == "25006":
        return READ_ONLY
    return ""


def unavailable(request, sentence, *, saved=False):
    """503: what is wrong, what to do, and every word that was sent, to be copied or sent again.

    `saved`: whether the deed itself was done and only what follows it was not. Drawn without the database.
    """
    log.error("%s could not be answered: %s", request.path, sentence)
    words, rest = _sent_with(request)
    context = {"problem": sentence, "saved": saved, "words": words, "rest": rest, "action": request.get_full_path()}
    if words and getattr(request, "csrf_processing_done", False):
        context["token"] = get_token(request)
    headers = {"Retry-After": "60", "Cache-Control": "no-store"}
    return HttpResponse(render_to_string("503.html", context), status=503, headers=headers)


def _sent_with(request):
    """([(name, words)], [(name, value)]): what a person wrote, and what the same form carried beside it."""
    try:
        sent = [(name, value) for name, values in request.POST.lists() for value in values]
    except (RequestDataTooBig, TooManyFieldsSent, UnreadablePostError, OSError):
        return [], []
    sent = [(name, value) for name, value in sent if not SECRET.search(name)]
    words = [(name, value) for name, value in sent if re.search(r"[^\W\d]", value) and not NOT_WORDS.search(name)]
    return words, [pair for pair in sent if pair not in words]


class StorageFaults:
    """Middleware: a view's storage fault becomes the page that says so."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, error):
        sentence = what_is_wrong(error)
        return unavailable(request, sentence) if sentence else None


class Sessions(SessionMiddleware):
    """Sessions that say why they could not be saved. A page for readers goes out all the same: a session that only
    looks loses no more than some minutes of its time."""

    def process_response(self, request, response):
        try:
            return super().process_response(request, response)
        except Exception as error:
            sentence = what_is_wrong(error)
            if not sentence:
                raise
            if request.method in ("GET", "HEAD") and not request.path.startswith(ADDRESSES):
                return response
            return unavailable(request, sentence, saved=request.method == "POST" and response.status_code < 400)


class SharedCache(DatabaseCache):
    """Django's own says nothing when its table cannot be written; then each sign-in would be one too many."""

    def _base_set(self, *args, **kwargs):
        faults = []

        def watched(execute, sql, params, many, context):
            try:
                return execute(sql, params, many, context)
            except DatabaseError as error:
                faults.append(error)
                raise

        with connection.execute_wrapper(watched):
            done = super()._base_set(*args, **kwargs)
        if not done and (fault := next(filter(what_is_wrong, faults), None)):
            raise fault
        return done


class WithoutSecrets(logging.Filter):
    """Takes the secrets of links out of log lines: an address that was refused may still open something."""

    SECRETS = re.compile(r"(?<=/)[\w-]{43}(?![\w-])|(?<=/password/reset/)[^/\s]+-[^/\s]+")

    def filter(self, record):
        message = record.getMessage()
        record.msg, record.args = self.SECRETS.sub("…", message), ()
        return True
