"""The site on this machine: its secret key, its database with the catalogue, its static files, its server."""

import hashlib
import os
import re
import secrets
import socket

from . import PYTHON, ROOT
from .packages import lock_digest
from .steps import Stop, run

ENV_FILE = ROOT / ".env"
STATIC = ROOT / "data" / "static"
STATIC_STAMP = STATIC / "collected.txt"


def check_port():
    """The port to serve on. Asked first, so that nobody waits for an install to hear that it is taken."""
    port = os.environ.get("PORT") or "8000"
    if not (port.isdecimal() and 0 < int(port) < 65536):
        raise Stop(f"PORT is a number from 1 to 65535, not “{port}”: make run PORT=8001")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except PermissionError as error:
            raise Stop(f"This account may not serve on port {port}. Take one above 1023: make run PORT=8001") from error
        except OSError as error:
            raise Stop(
                f"Port {port} is taken, perhaps by an earlier `make run`. "
                f"Stop what runs there, or choose another port: make run PORT={other_port(port)}"
            ) from error
    return port


def other_port(port):
    return int(port) + 1 if int(port) < 65535 else 8001


def keep_secret_key():
    """Write a secret key into `.env`, for this account's eyes only, unless there is one. The rest stays as it is."""
    if os.environ.get("SECRET_KEY"):
        return
    written = ENV_FILE.read_text() if ENV_FILE.exists() else ""
    if re.search(r"^\s*(export\s+)?SECRET_KEY\s*=\s*\S", written, re.MULTILINE):
        return
    start = "\n" if written and not written.endswith("\n") else ""
    key = secrets.token_urlsafe(50)  # its alphabet has no $, which django-environ would take for a reference
    with os.fdopen(os.open(ENV_FILE, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600), "a") as file:
        file.write(f"{start}SECRET_KEY={key}\n")


def prepare():
    """Database and static files, ready to serve."""
    keep_secret_key()
    # One process for both, because each start of Django takes half a second.
    manage("Bring the database up to date", "load_fixtures", "--if-empty", "--migrate")
    collect_static()


def migrate():
    manage("Bring the database up to date", "migrate", "--verbosity=0")


def manage(label, *arguments, env=None):
    run(label, [PYTHON, "manage.py", *arguments], env=env)


def collect_static():
    """Only when a static file, a package or a setting has changed: hashing and compressing takes seconds."""
    digest = static_digest()
    if STATIC_STAMP.exists() and STATIC_STAMP.read_text() == digest:
        return
    STATIC_STAMP.unlink(missing_ok=True)
    manage("Collect style and script", "collectstatic", "--no-input", "--clear", "--verbosity=0")
    STATIC_STAMP.write_text(digest)


def static_digest():
    """One word for all that collectstatic reads: the packages, the settings, each static file of the project."""
    digest = hashlib.sha256(lock_digest().encode())
    for path in [ROOT / "spotlight" / "settings.py", *sorted(static_sources())]:
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def static_sources():
    folders = (folder for folder in ROOT.glob("*/static") if folder != STATIC)
    return (path for folder in folders for path in folder.rglob("*") if path.is_file())


def serve(port):
    """Become the production server; gunicorn.conf.py says where the site is once it answers."""
    env = {**os.environ, "PORT": port}
    if port != "8000":
        env.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
    os.chdir(ROOT)
    os.execve(PYTHON, [str(PYTHON), "-m", "gunicorn"], env)


def create_administrator():
    os.chdir(ROOT)
    os.execv(PYTHON, [str(PYTHON), "manage.py", "createsuperuser"])
