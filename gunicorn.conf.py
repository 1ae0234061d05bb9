"""The production server. `make run` uses it as it is; GUNICORN_CMD_ARGS changes any of it (`--bind=0.0.0.0:8000`)."""

import gc
import os
from urllib.parse import urlencode, urlsplit
from wsgiref.util import setup_testing_defaults

wsgi_app = "spotlight.wsgi"
bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
preload_app = True  # a site that cannot start says so once, before it claims to be up
control_socket_disable = True  # it would want a home folder to write in
loglevel = "warning"


def when_ready(server):
    try:
        warm_up(server.app.wsgi())
    except Exception:  # the site answers, and to readers says what is the matter
        server.log.exception("The site could not be loaded before its first reader")
    print(f"\n  The site is at http://{bind}/ (Ctrl-C stops it).", flush=True)
    print("  To become an administrator, run `make admin` in another window, then sign in at /admin/.", flush=True)


def warm_up(application):
    """Answer a reader's first requests before the processes part: addresses, templates and what is held in memory are
    then loaded once and not in each process at its own first request, and the processes share that memory."""
    from django.conf import settings  # not earlier: the site is not loaded when this file is read
    from django.db import connections

    from submissions.models import Submission
    from submissions.search.spelling import english

    english()
    site, entry = urlsplit(settings.SITE_URL), Submission.objects.published().first()
    # A search that finds something: others are counted.
    found = (f"/submissions/?{urlencode({'q': entry.title})}", entry.get_absolute_url()) if entry else ()
    for address in ("/", *found):
        path, _, query = address.partition("?")
        environ = {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": site.netloc}
        environ |= {"wsgi.url_scheme": site.scheme, "HTTP_X_FORWARDED_PROTO": site.scheme}
        setup_testing_defaults(environ)
        application(environ, lambda status, headers: None).close()
    connections.close_all()  # two processes must not share one
    gc.collect()
    gc.freeze()  # or each process would touch, and so copy, what they share


def post_fork(_server, _worker):
    """Each server process has a sender of mail; `SEND_MAIL=off` leaves it to cron."""
    from editorial.outbox import start_sender

    start_sender()
