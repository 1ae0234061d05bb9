"""A step is one line on the screen: what is done, and how long it took. What a tool says shows only when it fails."""

import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager

from . import ROOT

WIDTH = 34


class Stop(Exception):
    """The command cannot go on; the text is the sentence its user reads."""


class Failed(Stop):
    """A tool ended with an error; `output` is everything it said."""

    def __init__(self, label, output):
        super().__init__(f"This step failed: {label}. What its tool said is above.")
        self.output = output


@contextmanager
def step(label):
    """Show the label, then `ok` and the seconds, or `failed`, or `stopped` (by Ctrl-C or a signal)."""
    start = time.monotonic()
    print(f"  {label:<{WIDTH}} ", end="", flush=True)
    try:
        yield
    except BaseException as reason:
        print("failed" if isinstance(reason, Exception) else "stopped", flush=True)
        raise
    print(f"ok {time.monotonic() - start:6.1f} s", flush=True)


def run(label, command, env=None):
    """One step that runs one tool quietly. Raises Failed with what the tool said."""
    with step(label), tempfile.TemporaryFile() as log:
        if status := wait(command, env, log):
            log.seek(0)
            raise Failed(label, f"{log.read().decode(errors='replace').rstrip()}\n(exit status {status})")


def wait(command, env, log):
    """The tool's exit status. Whatever ends the step (Ctrl-C too) ends the tool."""
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        while True:
            try:
                return process.wait(timeout=2)
            except subprocess.TimeoutExpired:
                show_life()
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def show_life():
    """A long step prints a dot every two seconds, for a person only."""
    if sys.stdout.isatty():
        print(".", end="", flush=True)
