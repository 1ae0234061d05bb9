"""The two commands, on a copy of this folder: what they say when they cannot go on, and what they leave behind."""

import hashlib
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
import urllib.request
import zipfile
from contextlib import ExitStack, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import HTTPError

import pytest

import bootstrap

ROOT = Path(__file__).resolve().parent.parent
MAKE = shutil.which("make")
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", ".tools", ".env", "data", "tests", "__pycache__", ".*_cache", ".ci")
NOWHERE = "http://127.0.0.1:9"  # the discard port: nothing answers


@pytest.fixture
def copy(tmp_path):
    """A fresh clone, in a folder whose name has a space."""
    return shutil.copytree(ROOT, tmp_path / "a fresh clone", ignore=LEFT_OUT)


@pytest.fixture
def environment(tmp_path):
    """An account with nothing in its home, and the machine's certificates."""
    kept = {name: value for name, value in os.environ.items() if name in ("SSL_CERT_FILE", "PIP_CERT", "UV_CACHE_DIR")}
    return {"PATH": os.environ["PATH"], "HOME": str(tmp_path / "home"), **kept}


def make(*arguments, folder, env):
    return subprocess.run([MAKE, *arguments], cwd=folder, env=env, capture_output=True, text=True, timeout=60)


def programs(folder, **scripts):
    """A folder to stand alone on PATH, holding shell scripts."""
    folder.mkdir()
    for name, script in scripts.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    return str(folder)


OLD_PYTHON = '[ "$1" = --version ] && echo Python 3.9.2 || exit 1'


def test_a_python_that_is_too_old_is_named(copy, environment, tmp_path):
    environment["PATH"] = programs(tmp_path / "bin", python3=OLD_PYTHON)
    done = make("run", folder=copy, env=environment)
    assert done.returncode != 0
    assert "needs Python 3.11 or newer; here is Python 3.9.2" in done.stderr


def test_a_missing_python_is_named(copy, environment, tmp_path):
    environment["PATH"] = programs(tmp_path / "bin")
    done = make("test", folder=copy, env=environment)
    assert done.returncode != 0
    assert "needs Python 3.11 or newer; here is no python3" in done.stderr


def test_a_newer_python_beside_an_old_one_is_found(copy, environment, tmp_path):
    environment["PATH"] = programs(tmp_path / "bin", **{"python3": OLD_PYTHON, "python3.12": "exit 0"})
    assert "python3.12 bootstrap.py run" in make("--dry-run", "run", folder=copy, env=environment).stdout


def test_a_taken_port_is_named_before_anything_is_installed(copy, environment):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = make("run", f"PORT={port}", folder=copy, env=environment)
    assert done.returncode != 0
    assert f"Port {port} is taken" in done.stderr
    assert f"make run PORT={port + 1}" in done.stderr
    assert not (copy / ".venv").exists()


def test_a_port_that_is_no_number_is_named(copy, environment):
    done = make("run", "PORT=http", folder=copy, env=environment)
    assert "PORT is a number from 1 to 65535, not “http”" in done.stderr


def test_without_network_uv_cannot_come(copy, environment):
    environment |= {"PIP_INDEX_URL": f"{NOWHERE}/simple", "PIP_RETRIES": "0", "no_proxy": "*"}
    done = make("run", f"PORT={free_port()}", folder=copy, env=environment)
    assert done.returncode != 0
    assert "package index cannot be reached" in done.stderr
    assert "Traceback" not in done.stderr + done.stdout


def test_without_network_the_packages_cannot_come(copy, environment, tmp_path):
    (copy / ".tools").symlink_to(ROOT / ".tools")
    environment |= {"HTTPS_PROXY": NOWHERE, "UV_CACHE_DIR": str(tmp_path / "cache"), "UV_HTTP_RETRIES": "0"}
    done = make("run", f"PORT={free_port()}", folder=copy, env=environment)
    assert done.returncode != 0
    assert "package index cannot be reached" in done.stderr
    assert "Traceback" not in done.stderr + done.stdout


def test_an_interrupted_install_is_begun_again(copy, environment):
    (copy / ".tools").symlink_to(ROOT / ".tools")
    (copy / ".venv" / "lib" / "half").mkdir(parents=True)
    done = make("setup", folder=copy, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    assert not (copy / ".venv" / "lib" / "half").exists()
    assert (copy / ".venv" / "installed.json").exists()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture
def index(tmp_path, monkeypatch):
    """index(digest=None) → a package index on this machine, with a uv for every system that does nothing."""
    folder = tmp_path / "index" / "uv"
    folder.mkdir(parents=True)

    def serve(digest=None):
        links = []
        for tag in ("manylinux_2_17_x86_64", "manylinux_2_28_aarch64", "musllinux_1_1_x86_64", "macosx_11_0_arm64"):
            wheel = folder / f"uv-{bootstrap.UV_VERSION}-py3-none-{tag}.whl"
            with zipfile.ZipFile(wheel, "w") as archive:
                archive.writestr(f"uv-{bootstrap.UV_VERSION}.data/scripts/uv", f"for {tag}")
            sha256 = digest or hashlib.sha256(wheel.read_bytes()).hexdigest()
            links.append(f'<a href="{wheel.name}#sha256={sha256}">{wheel.name}</a>')
        (folder / "index.html").write_text("\n".join(links))
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path / "index"))
        stack.enter_context(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        stack.callback(server.shutdown)
        monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{server.server_port}")

    with ExitStack() as stack:
        yield serve


@pytest.mark.parametrize(
    ("system", "machine", "libc", "wheel"),
    [
        ("Linux", "x86_64", "glibc", "manylinux_2_17_x86_64"),
        ("Linux", "aarch64", "glibc", "manylinux_2_28_aarch64"),
        ("Linux", "x86_64", "", "musllinux_1_1_x86_64"),
        ("Darwin", "arm64", "", "macosx_11_0_arm64"),
    ],
)
def test_without_pip_uv_comes_all_the_same(index, tmp_path, monkeypatch, system, machine, libc, wheel):
    index()
    monkeypatch.setattr(bootstrap.platform, "system", lambda: system)
    monkeypatch.setattr(bootstrap.platform, "machine", lambda: machine)
    monkeypatch.setattr(bootstrap.platform, "libc_ver", lambda: (libc, ""))
    bootstrap.unpack_uv(tmp_path / "tools")
    assert (tmp_path / "tools" / "bin" / "uv").read_text() == f"for {wheel}"
    assert os.access(tmp_path / "tools" / "bin" / "uv", os.X_OK)


def test_a_damaged_uv_is_refused(index, tmp_path):
    index(digest="0" * 64)
    with pytest.raises(bootstrap.Stop, match="arrived damaged"):
        bootstrap.unpack_uv(tmp_path / "tools")
    assert not (tmp_path / "tools").exists()


def make_secret_key(folder):
    script = "from bootstrap import make_secret_key; make_secret_key()"
    subprocess.run([sys.executable, "-c", script], cwd=folder, env={"PATH": os.environ["PATH"]}, check=True)
    return (folder / ".env").read_text()


def test_the_secret_key_is_made_once_and_for_this_account_only(copy):
    key_line = make_secret_key(copy)
    assert key_line.startswith("SECRET_KEY=")
    assert len(key_line.splitlines()) == 1
    assert len(key_line) > 60
    assert stat.S_IMODE((copy / ".env").stat().st_mode) == 0o600
    assert make_secret_key(copy) == key_line


def test_what_a_person_wrote_into_env_stays(copy):
    (copy / ".env").write_text("DEBUG=True")
    assert make_secret_key(copy).startswith("DEBUG=True\nSECRET_KEY=")


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def await_answer(address, process):
    """Return once the address answers 200. Fails when the process ends first, or after a minute."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        assert process.poll() is None, process.communicate()
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:
                assert answer.status == 200
                return
        except HTTPError:
            raise
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"{address} did not answer")


@pytest.fixture
def site_runs(copy, environment):
    """site_runs() → what `make run` says between its start, its first page and Ctrl-C."""
    (copy / ".venv").symlink_to(ROOT / ".venv")
    port = free_port()
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "start_new_session": True}

    def site_runs():
        with subprocess.Popen([MAKE, "run", f"PORT={port}"], cwd=copy, env=environment, **streams) as process:
            try:
                await_answer(f"http://127.0.0.1:{port}/", process)
            finally:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGINT)
            said = process.communicate(timeout=30)[0]
        assert f"The site is at http://127.0.0.1:{port}/" in said
        assert "make admin" in said
        assert "Traceback" not in said
        return said

    return site_runs


@pytest.mark.slow
def test_the_site_runs_and_the_second_time_does_only_what_is_left(site_runs):
    """Seconds are not counted: they are the machine's. The long steps must be gone."""
    assert "Collect style and script" in site_runs()
    steps = [line.split("  ")[1] for line in site_runs().splitlines() if " ok " in line]
    assert steps == ["Bring the database up to date"]
