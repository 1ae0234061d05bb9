"""`make run`, `make setup` and `make admin`, from a bare Python on: its standard library, and nothing of the site.

Each does what is left to do, and goes on where it was stopped.
"""

import hashlib
import json
import os
import platform
import re
import secrets
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
import zipfile
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from urllib.parse import urljoin

UV_VERSION = "0.13.9"
ROOT = Path(__file__).resolve().parent
ENV_FILE = ROOT / ".env"
TOOLS = ROOT / ".tools"
UV = TOOLS / f"uv-{UV_VERSION}" / "bin" / "uv"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OWN_PYTHON = getattr(sys, "_base_executable", None) or sys.executable  # not a virtual environment about to be remade
INSTALLED = VENV / "installed.json"
COLLECTED = ROOT / "data" / "static" / "collected.txt"
NO_NETWORK = (
    "The Python package index cannot be reached, and not all packages are here yet. "
    "Check the network (behind a proxy, set HTTPS_PROXY), then run the same command again; it goes on where it stopped."
)
UNREACHABLE = re.compile(
    r"error sending request|failed to (fetch|download)|dns error|tcp connect|connection (refused|reset)"
    r"|network is unreachable|(operation|connection|request) timed out",
    re.IGNORECASE,
)


class Stop(Exception):
    """The command cannot go on; the text is what its user reads."""


@contextmanager
def step(label):
    """A line on the screen: what is done, then `ok` and the seconds, or `failed`, or `stopped` (Ctrl-C, a signal)."""
    start = time.monotonic()
    print(f"  {label:<34} ", end="", flush=True)
    try:
        yield
    except BaseException as reason:
        print("failed" if isinstance(reason, Exception) else "stopped", flush=True)
        raise
    print(f"ok {time.monotonic() - start:6.1f} s", flush=True)


def run(label, *command, env=None):
    """One step that runs one tool quietly. Raises Stop with all that the tool printed when it fails."""
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with step(label):
        done = subprocess.run(command, cwd=ROOT, env=env, text=True, errors="replace", check=False, **quiet)
        if done.returncode:
            output = f"{done.stdout.rstrip()}\n(exit status {done.returncode})"
            raise Stop(f"{output}\nThis step failed: {label}. The tool's output is above.")


def install(*groups):
    """Make `.venv` hold the locked packages, and those of the dependency groups, if it does not yet.

    Other groups' packages stay: `make run` does not undo `make test`.
    """
    wanted = {"lock": lock_digest(), "python": platform.python_version(), "groups": sorted(groups)}
    try:
        last = json.loads(INSTALLED.read_text()) if PYTHON.exists() else {}
    except (OSError, ValueError):  # none, or one that was being written when the machine stopped
        last = {}
    if last and last == wanted | {"groups": last.get("groups")} and set(groups) <= set(last["groups"]):
        return
    if not UV.exists():
        fetch_uv()
    if not INSTALLED.exists():
        shutil.rmtree(VENV, ignore_errors=True)  # an install that was interrupted may look whole and not be
    INSTALLED.unlink(missing_ok=True)
    # A cache that needs no home folder, unless uv has one; pip's certificate is good for uv too.
    env = {"UV_CACHE_DIR": str(TOOLS / "cache"), "UV_PYTHON_DOWNLOADS": "never", **os.environ}
    if "PIP_CERT" in env:
        env.setdefault("SSL_CERT_FILE", env["PIP_CERT"])
    env.pop("VIRTUAL_ENV", None)
    env |= {"UV_PROJECT_ENVIRONMENT": str(VENV), "UV_NO_PROGRESS": "1"}
    env.setdefault("UV_COMPILE_BYTECODE_TIMEOUT", "600")  # seconds
    # Compiled once, and not in each of a hundred processes where Python may store nothing.
    options = ["--frozen", "--inexact", "--compile-bytecode", "--no-default-groups"]
    options += [f"--group={group}" for group in groups]
    try:
        run("Install the locked packages", UV, "sync", *options, "--python", OWN_PYTHON, env=env)
    except Stop as failure:
        raise Stop(NO_NETWORK) if UNREACHABLE.search(str(failure)) else failure from failure
    INSTALLED.write_text(json.dumps(wanted))


def lock_digest():
    """What the packages depend on, as one short word."""
    return hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + (ROOT / "uv.lock").read_bytes()).hexdigest()


def fetch_uv():
    """uv from the package index into `.tools`: by pip with its own settings, or without where Debian has no pip."""
    folder = TOOLS / "uv-unfinished"
    shutil.rmtree(folder, ignore_errors=True)
    pip = [OWN_PYTHON, "-m", "pip", "install", "--quiet", "--no-input", "--retries=1", "--only-binary=:all:"]
    env = {**os.environ, "PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    quiet = {"stdin": subprocess.DEVNULL, "capture_output": True, "check": False}
    with step(f"Fetch uv {UV_VERSION}"):
        if subprocess.run([*pip, f"--target={folder}", f"uv=={UV_VERSION}"], env=env, **quiet).returncode:
            unpack_uv(folder)
        folder.rename(UV.parent.parent)


def unpack_uv(folder):
    """uv's wheel by the standard library alone, checked against the index's own sha256."""
    index = os.environ.get("PIP_INDEX_URL", "https://pypi.org/simple").rstrip("/") + "/uv/"
    links = re.findall(r'href="([^"]+\.whl)#sha256=([0-9a-f]{64})', download(index).decode())
    suiting = (link for link in links if f"uv-{UV_VERSION}-" in link[0] and suits_this_machine(link[0]))
    address, digest = next(suiting, (None, None))
    if address is None:
        raise Stop(f"The package index has no uv {UV_VERSION} for {platform.system()} on {platform.machine()}.")
    wheel = download(urljoin(index, address))
    if hashlib.sha256(wheel).hexdigest() != digest:
        raise Stop("uv arrived damaged (its sha256 is not the index's). Run the same command again.")
    (folder / "bin").mkdir(parents=True)
    with zipfile.ZipFile(BytesIO(wheel)) as archive:
        inside = next(name for name in archive.namelist() if name.endswith("/scripts/uv"))
        (folder / "bin" / "uv").write_bytes(archive.read(inside))
    (folder / "bin" / "uv").chmod(0o755)


def suits_this_machine(wheel):
    """Whether a wheel's name is for this system, processor and C library."""
    linux = "manylinux" if platform.libc_ver()[0] == "glibc" else "musllinux"
    system = {"Linux": linux, "Darwin": "macosx"}.get(platform.system(), "none")
    tag = wheel.rpartition("-")[2]
    return system in tag and tag.endswith(f"_{platform.machine()}.whl")


def download(address):
    """The bytes at an address of the package index, within the machine's or pip's certificates."""
    certificates = ssl.create_default_context(cafile=os.environ.get("PIP_CERT"))
    request = urllib.request.Request(address, headers={"Accept": "text/html, */*", "User-Agent": "practice-spotlight"})
    try:
        with urllib.request.urlopen(request, timeout=30, context=certificates) as answer:
            return answer.read()
    except (OSError, ValueError) as error:
        raise Stop(NO_NETWORK) from error


def check_port(port):
    """Asked before anything is installed, so that nobody waits for an install to hear that the port is taken."""
    if not (port.isdecimal() and 0 < int(port) < 65536):
        raise Stop(f"PORT is a number from 1 to 65535, not “{port}”: make run PORT=8001")
    other = int(port) + 1 if int(port) < 65535 else 8001
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except PermissionError as error:
            raise Stop(f"This account may not serve on port {port}. Take one above 1023: make run PORT=8001") from error
        except OSError as error:
            raise Stop(
                f"Port {port} is taken, perhaps by an earlier `make run`. "
                f"Stop what runs there, or choose another port: make run PORT={other}"
            ) from error


def make_secret_key():
    """Write a secret key into `.env`, for this account's eyes only, unless there is one. The rest stays as it is."""
    before = ENV_FILE.read_text() if ENV_FILE.exists() else ""
    if os.environ.get("SECRET_KEY") or re.search(r"^\s*(export\s+)?SECRET_KEY\s*=\s*\S", before, re.MULTILINE):
        return
    start = "\n" if before and not before.endswith("\n") else ""
    key = secrets.token_urlsafe(50)  # its alphabet has no $, which django-environ would take for a reference
    with os.fdopen(os.open(ENV_FILE, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600), "a") as file:
        file.write(f"{start}SECRET_KEY={key}\n")


def collect_static():
    """Only when a static file, a package or a setting has changed: hashing and compressing takes seconds."""
    digest = hashlib.sha256(lock_digest().encode())
    own = (path for folder in ROOT.glob("*/static") if folder != COLLECTED.parent for path in folder.rglob("*"))
    for path in [ROOT / "spotlight" / "settings.py", *sorted(path for path in own if path.is_file())]:
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    if COLLECTED.exists() and COLLECTED.read_text() == digest.hexdigest():
        return
    COLLECTED.unlink(missing_ok=True)
    command = ["manage.py", "collectstatic", "--no-input", "--clear", "--verbosity=0"]
    run("Collect style and script", PYTHON, *command)
    COLLECTED.write_text(digest.hexdigest())


def serve():
    """Everything set up, then become the production server; gunicorn.conf.py prints the address once it answers."""
    port = os.environ.get("PORT") or "8000"
    check_port(port)
    install()
    make_secret_key()
    # One process for both, because each start of Django takes half a second.
    run("Bring the database up to date", PYTHON, "manage.py", "load_fixtures", "--if-empty", "--migrate")
    collect_static()
    if port != "8000":
        os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
    os.chdir(ROOT)
    os.execve(PYTHON, [str(PYTHON), "-m", "gunicorn"], {**os.environ, "PORT": port})


def setup():
    install("dev")
    make_secret_key()


def admin():
    """The packages without those of development, the database, then Django's own questions."""
    install()
    make_secret_key()
    run("Bring the database up to date", PYTHON, "manage.py", "migrate", "--verbosity=0")
    os.chdir(ROOT)
    os.execv(PYTHON, [str(PYTHON), "manage.py", "createsuperuser"])


def main(command):
    """The command's exit status: 0, 1 with a sentence on standard error, or 130 when it was stopped by hand."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        {"run": serve, "setup": setup, "admin": admin}[command]()
        return 0
    except Stop as stop:
        print(stop, file=sys.stderr)
    except KeyboardInterrupt:
        print("\nStopped. The same command goes on from here.", file=sys.stderr)
        return 130
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
