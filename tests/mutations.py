#!/usr/bin/env python3
"""Does a test fail when the code is broken? `python tests/mutations.py [-k WORDS] [--list]`.

Each mutation of mutations.toml breaks one thing in a copy of the project and runs its tests there, two copies at once:
first the tests that are named, and only if none of them fails the whole files. Without any mutation the tests that
failed are run at the end, all together.

    killed     a test failed, and passes without the mutation
    survived   all of them passed: a test is missing
    invalid    the old text is not in the file exactly once, a test is not there or fails without the mutation too

Exits with 1 if any survived or was invalid; with --list if any old text or test is not there. Standard library only.
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
LONGEST_AT_THE_END = 60 * 60
PYTEST = [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", "--tb=no"]
FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+::.+?)(?: - .*)?$", re.MULTILINE)


def main():
    options = arguments()
    mutations = tomllib.loads((ROOT / "tests" / "mutations.toml").read_text())["mutation"]
    chosen = [mutation for mutation in mutations if all(words in as_text(mutation) for words in options.k)]
    if options.list:
        faults = [fault_of(mutation, ROOT) for mutation in chosen]
        for mutation, fault in zip(chosen, faults, strict=True):
            print(f"{as_text(mutation)}{f' (invalid: {fault})' if fault else ''}")
        return 1 if any(faults) else 0
    with tempfile.TemporaryDirectory(prefix="mutations-") as folder:
        copies = Queue()
        for number in range(AT_ONCE):
            copies.put(Copy(Path(folder) / str(number)))
        with ThreadPoolExecutor(AT_ONCE) as pool:
            results = list(pool.map(lambda mutation: tried(mutation, copies), chosen))
        failing = copies.get().failing({test for kind, test in results if kind == "killed"})
    kinds = []
    for mutation, (kind, test) in zip(chosen, results, strict=True):
        if kind == "killed" and test in failing:
            kind = say("invalid", mutation, f"{test} fails without it too")
        kinds.append(kind)
    counts = {kind: kinds.count(kind) for kind in ("killed", "survived", "invalid")}
    print(", ".join(f"{number} {kind}" for kind, number in counts.items()))
    return 1 if counts["survived"] or counts["invalid"] else 0


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("-k", metavar="WORDS", action="append", default=[], help="only those with these words")
    parser.add_argument("--list", action="store_true", help="name them and run nothing")
    return parser.parse_args()


def as_text(mutation):
    return f"{mutation['file']}: {mutation['breaks']}"


def fault_of(mutation, folder):
    """Why a mutation cannot be tried in this copy; "" if it can. A test's parameters are not looked at."""
    path = folder / mutation["file"]
    if (count := path.read_text().count(mutation["old"]) if path.exists() else 0) != 1:
        return f"the old text is there {count} times"
    return next((f"there is no {test}" for test in mutation["tests"] if not is_there(folder, test)), "")


def is_there(folder, test):
    file, *names = test.partition("[")[0].split("::")
    text = (folder / file).read_text() if (folder / file).exists() else None
    return text is not None and all(re.search(rf"^ *(?:def|class) {name}\b", text, re.MULTILINE) for name in names)


def tried(mutation, copies):
    """The result of one mutation, printed as soon as it is known."""
    copy = copies.get()
    try:
        kind, detail = copy.result_of(mutation)
    finally:
        copies.put(copy)
    return say(kind, mutation, detail), detail


def say(kind, mutation, detail):
    print(f"{kind:9} {as_text(mutation)}{f' ({detail})' if detail else ''}", flush=True)
    return kind


class Copy:
    """A copy of the project's own files in which one mutation after the other is made."""

    def __init__(self, folder):
        self.folder = folder
        listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
        templates = (path.relative_to(ROOT) for path in (ROOT / "data").glob("test-template-*"))
        for name in filter(None, [*names, *templates]):
            if (ROOT / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, folder / name)

    def result_of(self, mutation):
        """(killed, survived or invalid; by which test, or why)."""
        if fault := fault_of(mutation, self.folder):
            return "invalid", fault
        path, tests = self.folder / mutation["file"], mutation["tests"]
        named, text = [test for test in tests if "::" in test], path.read_text()
        write(path, text.replace(mutation["old"], mutation["new"]))
        try:
            for some in filter(None, (named, [test for test in tests if test not in named])):
                status, output = self.run(["-x", *some])
                if status != 0:
                    break
        finally:
            write(path, text)
        if status == 0:
            return "survived", ""
        failed = FAILED.search(output)
        if status != 1 or not failed:
            return "invalid", output.strip().splitlines()[-1] if output.strip() else f"pytest: {status}"
        return "killed", failed[1]

    def failing(self, tests):
        """Those of the tests that fail without any mutation; all of them if they could not be run."""
        status, output = self.run(sorted(tests), LONGEST_AT_THE_END) if tests else (0, "")
        return set(FAILED.findall(output)) if status in (0, 1) else tests

    def run(self, arguments, longest=LONGEST):
        """pytest's exit status and what it printed."""
        ours = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
        try:
            done = subprocess.run(
                [*PYTEST, *arguments],
                cwd=self.folder,
                env=ours,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                text=True,
                timeout=longest,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return None, f"not done within {longest // 60} minutes"
        return done.returncode, done.stdout


def write(path, text):
    """And forget what Python compiled: two texts of one length, written in one second, look the same to it."""
    path.write_text(text)
    if path.suffix == ".py":
        Path(importlib.util.cache_from_source(str(path))).unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(main())
