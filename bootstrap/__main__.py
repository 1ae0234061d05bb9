"""`python3 -m bootstrap run` and so on: the Makefile's targets."""

import signal
import sys

from . import checks, packages, site
from .steps import Failed, Stop


def run():
    port = site.check_port()
    packages.install()
    site.prepare()
    site.serve(port)


def test():
    packages.install(["dev"])
    return checks.run_all()


def test_slow():
    packages.install(["dev"])
    return checks.run_slow_tests()


def test_postgres():
    packages.install(["dev"])
    return checks.run_tests_on_postgres()


def test_mutations():
    packages.install(["dev"])
    return checks.run_mutations()


def admin():
    packages.install()
    site.keep_secret_key()
    site.migrate()
    site.create_administrator()


def setup():
    packages.install(["dev"])
    site.keep_secret_key()


def fixtures():
    setup()
    site.manage("Build the fixtures", "build_fixtures")


def format():
    packages.install(["dev"])
    checks.tidy()


TARGETS = (run, test, test_slow, test_postgres, test_mutations, admin, setup, fixtures, format)
COMMANDS = {target.__name__.replace("_", "-"): target for target in TARGETS}


def main(name):
    """The command's exit status: 0, 1 with a sentence on standard error, or 130 when it was stopped by hand."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        return COMMANDS[name]() or 0
    except Failed as failure:
        print(f"{failure.output}\n{failure}", file=sys.stderr)
    except Stop as stop:
        print(stop, file=sys.stderr)
    except KeyboardInterrupt:
        print("\nStopped. The same command goes on from here.", file=sys.stderr)
        return 130
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
