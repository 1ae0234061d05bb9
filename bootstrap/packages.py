"""uv, and with it the locked packages in `.venv`. Done once; done again only when the lock or the Python changes."""

import hashlib
import json
import os
import platform
import re
import shutil
import ssl
import subprocess
import sys
import urllib.request
import zipfile
from io import BytesIO
from urllib.parse import urljoin

from . import PYTHON, ROOT
from .steps import Failed, Stop, run, step

UV_VERSION = "0.13.9"
TOOLS = ROOT / ".tools"
UV = TOOLS / f"uv-{UV_VERSION}" / "bin" / "uv"
VENV = ROOT / ".venv"
STAMP = VENV / "installed.json"
NO_NETWORK = (
    "The Python package index cannot be reached, and not all packages are here yet. "
    "Check the network (behind a proxy, set HTTPS_PROXY), then run the same command again; it goes on where it stopped."
)
UNREACHABLE = re.compile(
    r"error sending request|failed to fetch|failed to download|dns error|tcp connect|connection refused"
    r"|connection reset|network is unreachable|timed out",
    re.IGNORECASE,
)


def install(groups=()):
    """Make `.venv` hold the locked packages, and those of the dependency groups, if it does not yet."""
    wanted = {"lock": lock_digest(), "python": platform.python_version(), "groups": sorted(groups)}
    if is_installed(wanted):
        return
    fetch_uv()
    if not STAMP.exists():
        shutil.rmtree(VENV, ignore_errors=True)  # an install that was interrupted may look whole and not be
    STAMP.unlink(missing_ok=True)
    sync(groups)
    STAMP.write_text(json.dumps(wanted))


def lock_digest():
    """What the packages depend on, as one short word."""
    content = b"".join((ROOT / name).read_bytes() for name in ("pyproject.toml", "uv.lock"))
    return hashlib.sha256(content).hexdigest()


def is_installed(wanted):
    """Whether the last finished install was of this lock, for this Python, with at least these groups."""
    try:
        last = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return False
    same = all(last.get(key) == wanted[key] for key in ("lock", "python"))
    return same and set(wanted["groups"]) <= set(last["groups"]) and PYTHON.exists()


def sync(groups):
    """`uv sync` to the letter of the lock. Other groups' packages stay: `make run` does not undo `make test`."""
    command = [UV, "sync", "--frozen", "--inexact", "--no-default-groups", "--python", own_python()]
    command += ["--compile-bytecode"]  # once, and not in each of a hundred processes where Python may keep nothing
    command += [f"--group={group}" for group in groups]
    try:
        run("Install the locked packages", command, env=uv_environment())
    except Failed as failure:
        if UNREACHABLE.search(failure.output):
            raise Stop(NO_NETWORK) from failure
        raise


def own_python():
    """The Python that runs this, not the virtual environment it may run in: that one is about to be remade."""
    return getattr(sys, "_base_executable", None) or sys.executable


def uv_environment():
    """uv's own choices are left alone, but for where it installs, and a cache that needs no home folder."""
    env = {"UV_CACHE_DIR": str(TOOLS / "cache"), "UV_PYTHON_DOWNLOADS": "never", **os.environ}
    if "PIP_CERT" in env:
        env.setdefault("SSL_CERT_FILE", env["PIP_CERT"])
    env.pop("VIRTUAL_ENV", None)
    return env | {"UV_PROJECT_ENVIRONMENT": str(VENV), "UV_NO_PROGRESS": "1"}


def fetch_uv():
    """uv from the package index into `.tools`: with pip, or without where Debian leaves pip out."""
    if UV.exists():
        return
    folder = TOOLS / "uv-unfinished"
    shutil.rmtree(folder, ignore_errors=True)
    with step(f"Fetch uv {UV_VERSION}"):
        if not pip_installs_uv(folder):
            unpack_uv(folder)
        folder.rename(UV.parent.parent)


def pip_installs_uv(folder):
    """Whether pip is there and could do it, with its own settings (index, proxy, certificate)."""
    command = [own_python(), "-m", "pip", "install", "--quiet", "--no-input", "--retries=1", "--only-binary=:all:"]
    command += [f"--target={folder}", f"uv=={UV_VERSION}"]
    env = {**os.environ, "PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = subprocess.run(command, env=env, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    return done.returncode == 0


def unpack_uv(folder):
    """uv's wheel by the standard library alone, checked against the index's own sha256."""
    index = os.environ.get("PIP_INDEX_URL", "https://pypi.org/simple").rstrip("/") + "/uv/"
    links = re.findall(r'href="([^"]+\.whl)#sha256=([0-9a-f]{64})', download(index).decode())
    for address, digest in links:
        if f"uv-{UV_VERSION}-" in address and suits_this_machine(address):
            return unzip_uv(download(urljoin(index, address)), digest, folder)
    raise Stop(f"The package index has no uv {UV_VERSION} for {platform.system()} on {platform.machine()}.")


def suits_this_machine(address):
    """Whether a wheel's name is for this system, processor and C library."""
    linux = "manylinux" if platform.libc_ver()[0] == "glibc" else "musllinux"
    system = {"Linux": linux, "Darwin": "macosx"}.get(platform.system(), "none")
    tag = address.rpartition("-")[2]
    return system in tag and tag.endswith(f"_{platform.machine()}.whl")


def unzip_uv(wheel, digest, folder):
    if hashlib.sha256(wheel).hexdigest() != digest:
        raise Stop("uv arrived damaged (its sha256 is not the index's). Run the same command again.")
    (folder / "bin").mkdir(parents=True)
    with zipfile.ZipFile(BytesIO(wheel)) as archive:
        inside = next(name for name in archive.namelist() if name.endswith("/scripts/uv"))
        (folder / "bin" / "uv").write_bytes(archive.read(inside))
    (folder / "bin" / "uv").chmod(0o755)


def download(address):
    """The bytes at an address of the package index, within the machine's or pip's certificates."""
    certificates = ssl.create_default_context(cafile=os.environ.get("PIP_CERT"))
    request = urllib.request.Request(address, headers={"Accept": "text/html, */*", "User-Agent": "practice-spotlight"})
    try:
        with urllib.request.urlopen(request, timeout=30, context=certificates) as answer:
            return answer.read()
    except (OSError, ValueError) as error:
        raise Stop(NO_NETWORK) from error
