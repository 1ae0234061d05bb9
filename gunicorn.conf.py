"""The production server. `make run` uses it as it is; GUNICORN_CMD_ARGS changes any of it (`--bind=0.0.0.0:8000`)."""

import os

wsgi_app = "spotlight.wsgi"
bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
preload_app = True  # a site that cannot start says so once, before it claims to be up
control_socket_disable = True  # it would want a home folder to write in
loglevel = "warning"


def when_ready(_server):
    print(f"\n  The site is at http://{bind}/ (Ctrl-C stops it).", flush=True)
    print("  To become an administrator, run `make admin` in another window, then sign in at /admin/.", flush=True)


def post_fork(_server, _worker):
    """Each server process has a sender of mail; `SEND_MAIL=off` leaves it to cron."""
    from editorial.outbox import start_sender  # not earlier: the site is not loaded when this file is read

    start_sender()
