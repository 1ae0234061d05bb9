"""The two commands, on a copy of this folder: what they say when they cannot go on, and what they leave behind."""

import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

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


def test_no_python_at_all_is_said(copy, environment, tmp_path):
    environment["PATH"] = programs(tmp_path / "bin")
    done = make("test", folder=copy, env=environment)
    assert done.returncode != 0
    assert "needs Python 3.11 or newer; here is no python3" in done.stderr


def test_a_newer_python_beside_an_old_one_is_found(copy, environment, tmp_path):
    environment["PATH"] = programs(tmp_path / "bin", **{"python3": OLD_PYTHON, "python3.12": "exit 0"})
    assert "python3.12 -m bootstrap run" in make("--dry-run", "run", folder=copy, env=environment).stdout


def test_a_taken_port_is_said_before_anything_is_installed(copy, environment):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = make("run", f"PORT={port}", folder=copy, env=environment)
    assert done.returncode != 0
    assert f"Port {port} is taken" in done.stderr
    assert f"make run PORT={port + 1}" in done.stderr
    assert not (copy / ".venv").exists()


def test_a_port_that_is_no_number_is_said(copy, environment):
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
    done = make("setup", folder=copy, env=environment | {"UV_OFFLINE": "1"})
    assert done.returncode == 0, done.stdout + done.stderr
    assert not (copy / ".venv" / "lib" / "half").exists()
    assert (copy / ".venv" / "installed.json").exists()


def test_pip_is_not_needed_to_know_uvs_wheel(monkeypatch):
    from bootstrap import packages

    monkeypatch.setattr(packages.platform, "system", lambda: "Linux")
    monkeypatch.setattr(packages.platform, "machine", lambda: "aarch64")
    monkeypatch.setattr(packages.platform, "libc_ver", lambda: ("glibc", "2.36"))
    assert packages.suits_this_machine("uv-1-py3-none-manylinux_2_28_aarch64.whl")
    assert not packages.suits_this_machine("uv-1-py3-none-musllinux_1_1_aarch64.whl")
    assert not packages.suits_this_machine("uv-1-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl")
    assert not packages.suits_this_machine("uv-1-py3-none-macosx_11_0_arm64.whl")


def keep_secret_key(folder):
    script = "from bootstrap.site import keep_secret_key; keep_secret_key()"
    subprocess.run([sys.executable, "-c", script], cwd=folder, env={"PATH": os.environ["PATH"]}, check=True)
    return (folder / ".env").read_text()


def test_the_secret_key_is_made_once_and_for_this_account_only(copy):
    written = keep_secret_key(copy)
    assert written.startswith("SECRET_KEY=")
    assert len(written.splitlines()) == 1
    assert len(written) > 60
    assert stat.S_IMODE((copy / ".env").stat().st_mode) == 0o600
    assert keep_secret_key(copy) == written


def test_what_a_person_wrote_into_env_stays(copy):
    (copy / ".env").write_text("DEBUG=True")
    assert keep_secret_key(copy).startswith("DEBUG=True\nSECRET_KEY=")


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def first_answer(address, process):
    """Seconds until the address answers 200. Fails when the process ends first, or after 30 s."""
    start = time.monotonic()
    while time.monotonic() - start < 30:
        assert process.poll() is None, process.communicate()
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:
                assert answer.status == 200
                return time.monotonic() - start
        except ConnectionError:
            time.sleep(0.05)
        except OSError as error:
            if not isinstance(getattr(error, "reason", None), ConnectionError):
                raise
            time.sleep(0.05)
    raise AssertionError(f"{address} did not answer")


@pytest.mark.slow
def test_the_site_runs_stops_at_ctrl_c_and_is_quick_the_second_time(copy, environment):
    (copy / ".venv").symlink_to(ROOT / ".venv")
    port = free_port()
    for seconds in (30, 5):
        command = [MAKE, "run", f"PORT={port}"]
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        with subprocess.Popen(command, cwd=copy, env=environment, start_new_session=True, **streams) as process:
            try:
                assert first_answer(f"http://127.0.0.1:{port}/submissions/", process) < seconds
            finally:
                os.killpg(process.pid, signal.SIGINT)
            said = process.communicate(timeout=20)[0]
        assert f"The site is at http://127.0.0.1:{port}/" in said
        assert "make admin" in said
        assert "Traceback" not in said
