#!/usr/bin/env python3
"""Does a test fail when the code is broken? `python tests/mutations.py [-k WORDS] [--list]`.

Each mutation of mutations.toml breaks one thing in a copy of the project and runs the nearest tests there, two at once:

    killed     a test failed, and passes again without the mutation
    survived   all of them passed: a test is missing
    invalid    the old text is not in the file exactly once, or the tests could not be run

Exits with 1 if any survived or was invalid. Standard library only.
"""

import argparse
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue

ROOT = Path(__file__).resolve().parent.parent
AT_ONCE = 2
NOT_OURS = ("DATABASE_URL", "PYTEST_ADDOPTS", "PYTHONDONTWRITEBYTECODE")  # of the environment
LONGEST = 15 * 60  # seconds for the tests of one mutation
PYTEST = [sys.executable, "-m", "pytest", "-x", "-q", "-n0", "-p", "no:cacheprovider", "--tb=no"]
FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+::.+?)(?: - .*)?$", re.MULTILINE)


def main():
    options = arguments()
    mutations = tomllib.loads((ROOT / "tests" / "mutations.toml").read_text())["mutation"]
    chosen = [mutation for mutation in mutations if all(words in as_text(mutation) for words in options.k)]
    if options.list:
        print("\n".join(as_text(mutation) for mutation in chosen))
        return 0
    with tempfile.TemporaryDirectory(prefix="mutations-") as folder:
        copies = Queue()
        for number in range(AT_ONCE):
            copies.put(Copy(Path(folder) / str(number)))
        with ThreadPoolExecutor(AT_ONCE) as pool:
            results = list(pool.map(lambda mutation: tried(mutation, copies), chosen))
    counts = {kind: results.count(kind) for kind in ("killed", "survived", "invalid")}
    print(", ".join(f"{number} {kind}" for kind, number in counts.items()))
    return 1 if counts["survived"] or counts["invalid"] else 0


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("-k", metavar="WORDS", action="append", default=[], help="only those with these words")
    parser.add_argument("--list", action="store_true", help="name them and run nothing")
    return parser.parse_args()


def as_text(mutation):
    return f"{mutation['file']}: {mutation['breaks']}"


def tried(mutation, copies):
    """The result of one mutation, printed as soon as it is known."""
    copy = copies.get()
    try:
        kind, detail = copy.result_of(mutation)
    finally:
        copies.put(copy)
    print(f"{kind:9} {as_text(mutation)}{f' ({detail})' if detail else ''}", flush=True)
    return kind


class Copy:
    """A copy of the project's own files in which one mutation after the other is made."""

    def __init__(self, folder):
        self.folder, self.sound = folder, set()
        listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
        templates = (path.relative_to(ROOT) for path in (ROOT / "data").glob("test-template-*"))
        for name in filter(None, [*names, *templates]):
            if (ROOT / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, folder / name)

    def result_of(self, mutation):
        """(killed, survived or invalid; by which test, or why)."""
        path = self.folder / mutation["file"]
        text = path.read_text() if path.exists() else ""
        if (count := text.count(mutation["old"])) != 1:
            return "invalid", f"the old text is there {count} times"
        write(path, text.replace(mutation["old"], mutation["new"]))
        try:
            status, output = self.run(mutation["tests"])
        finally:
            write(path, text)
        if status == 0:
            return "survived", ""
        failed = FAILED.search(output)
        if status != 1 or not failed:
            return "invalid", output.strip().splitlines()[-1] if output.strip() else f"pytest: {status}"
        return ("killed", failed[1]) if self.passes(failed[1]) else ("invalid", f"{failed[1]} fails without it too")

    def passes(self, test):
        """Whether a test passes in the project as it is. Asked once for each test."""
        if test not in self.sound and self.run([test])[0] == 0:
            self.sound.add(test)
        return test in self.sound

    def run(self, tests):
        """pytest's exit status and what it printed."""
        ours = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
        try:
            done = subprocess.run(
                [*PYTEST, *tests],
                cwd=self.folder,
                env=ours,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                text=True,
                timeout=LONGEST,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return None, f"not done within {LONGEST // 60} minutes"
        return done.returncode, done.stdout


def write(path, text):
    """And forget what Python compiled: two texts of one length, written in one second, look the same to it."""
    path.write_text(text)
    if path.suffix == ".py":
        Path(importlib.util.cache_from_source(str(path))).unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(main())
