#!/usr/bin/env python3
"""Run a command beside a throw-away PostgreSQL: `python3 tests/postgres_cluster.py -- pytest -q`.

Makes a cluster of its own from Debian's `postgresql`, on a private socket in a temporary folder, runs the command with
DATABASE_URL set to it, and removes everything, whatever happens. Exits as the command did. Standard library only.
As root, the server runs as `postgres` (or `nobody`): PostgreSQL refuses to run as root.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

BINARIES = "/usr/lib/postgresql"
NOT_FOUND = "PostgreSQL's server is not installed. On Debian: apt install postgresql"
# A database that is thrown away need not survive a power cut.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "50",
}


def main(arguments):
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        sys.exit("Say which command to run: python3 tests/postgres_cluster.py -- pytest -q")
    # An ending signal becomes an exception, so that the cluster is removed then too.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(128 + signal.SIGTERM))
    with cluster(newest_binaries()) as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode


def newest_binaries():
    """The folder of the newest server's programs."""
    found = sorted(Path(BINARIES).glob("*/bin/initdb"), key=lambda path: int(path.parts[-3].split(".")[0]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else sys.exit(NOT_FOUND)


@contextmanager
def cluster(binaries):
    """The URL of a running server with an empty database; afterwards it and its folder are gone."""
    folder = Path(tempfile.mkdtemp(prefix="spotlight-pg-"))
    user = unprivileged()
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)
    data = folder / "data"
    try:
        run(user, binaries / "initdb", "-D", data, "-U", "spotlight", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        settings = {**SETTINGS, "unix_socket_directories": folder}
        with (data / "postgresql.conf").open("a") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())
        run(user, binaries / "pg_ctl", "-D", data, "-w", "-t", "60", "-l", folder / "log", "start")
        run(user, binaries / "createdb", "-h", folder, "-U", "spotlight", "spotlight")
        yield f"postgres://spotlight@/{folder}/spotlight"  # an absolute path after the host: a socket's folder
    finally:
        if (data / "postmaster.pid").exists():
            run(user, binaries / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop", check=False)
        shutil.rmtree(folder, ignore_errors=True)


def unprivileged():
    """Whom to run the server as; None: ourselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    sys.exit("There is no user postgres or nobody to run the server as.")


def run(user, *command, check=True):
    """Run one of PostgreSQL's programs; its output is shown only when it fails."""
    identity = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    # Output goes to a file: the server keeps it open, and a pipe would never end.
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(
            [str(part) for part in command], stdout=output, stderr=output, stdin=subprocess.DEVNULL, cwd="/", **identity
        )
        if check and done.returncode:
            output.seek(0)
            sys.exit(f"{command[0]} failed:\n{output.read()}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
