#!/usr/bin/env python3
"""Run, test and check Wijkveilig on a machine that has Python 3.11 and nothing else. Standard library only.

    python3 dev.py run      installs, opens the demo city and starts the site
    python3 dev.py test     runs every test: on SQLite, on PostgreSQL and in the browser
    python3 dev.py check    runs the gates: format, lint, contract, house, migrations, docs, types
    python3 dev.py setup    installs and makes .venv/bin/wijkveilig, starts nothing
    python3 dev.py lock     makes the two lock files again from pyproject.toml

Every command may be stopped at any moment and given again.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python must get one clear line, not a syntax error
    sys.exit(f"Wijkveilig vraagt Python 3.11 of nieuwer; dit is {sys.version.split()[0]} (Debian: python3.11).")

import argparse
import os

from devtools import gates, install, lock, suites
from devtools.say import MissingError, failed


def run(options: argparse.Namespace) -> int:
    """Install, then become `wijkveilig run`: one process, so that what is killed is the parent of all the rest."""
    install.ensure("dev" if options.postgres else "run")
    arguments = ["run", "--host", options.host, "--port", str(options.port)]
    arguments += ["--postgres"] if options.postgres else []
    arguments += ["--empty"] if options.empty else []
    sys.stdout.flush()
    os.chdir(install.ROOT)
    os.execv(install.PYTHON, [str(install.PYTHON), "-m", "wijkveilig", *arguments])


def setup(options: argparse.Namespace) -> int:
    """Install what running needs (with --dev: what testing needs too)."""
    install.ensure("dev" if options.dev else "run")
    print(f"Klaar: {install.COMMAND.relative_to(install.ROOT)}")
    return 0


def test(options: argparse.Namespace) -> int:
    """Install what the tests need and run them; what follows the command goes to pytest."""
    install.ensure("dev")
    return suites.run_all(options.rest)


def check(options: argparse.Namespace) -> int:
    """Install what the gates need and run them, the quickest first."""
    install.ensure("dev")
    return gates.run_all(quick=options.quick)


def make_locks(_: argparse.Namespace) -> int:
    """Make both lock files again."""
    install.ensure("dev")
    return lock.make()


def parser() -> argparse.ArgumentParser:
    """The command line of this script."""
    top = argparse.ArgumentParser(prog="dev.py", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    commands = top.add_subparsers(dest="command", required=True, metavar="run|test|check|setup|lock")
    runner = commands.add_parser("run", help="start the site with the demo city")
    runner.add_argument("--port", type=int, default=8000)
    runner.add_argument("--host", default="127.0.0.1")
    runner.add_argument("--postgres", action="store_true", help="use a PostgreSQL of our own in place of SQLite")
    runner.add_argument("--empty", action="store_true", help="a store of your own (var/eigen), without the demo city")
    runner.set_defaults(act=run)
    installer = commands.add_parser("setup", help="install, start nothing")
    installer.add_argument("--dev", action="store_true", help="what tests and gates need too")
    installer.set_defaults(act=setup)
    commands.add_parser("test", help="run the tests; more arguments go to pytest").set_defaults(act=test)
    checker = commands.add_parser("check", help="run the gates")
    checker.add_argument("--quick", action="store_true", help="only the gates that take under five seconds")
    checker.set_defaults(act=check)
    commands.add_parser("lock", help="make the lock files again").set_defaults(act=make_locks)
    return top


def main() -> int:
    """Parse, act, and turn what is expected to go wrong into one line."""
    options, rest = parser().parse_known_args()
    options.rest = rest
    if rest and options.command != "test":
        parser().error(f"onbekend: {' '.join(rest)}")
    try:
        return int(options.act(options))
    except MissingError as missing:
        return failed(str(missing))
    except KeyboardInterrupt:
        return failed("Onderbroken. Geef dezelfde opdracht nog eens om verder te gaan.", code=130)


if __name__ == "__main__":
    sys.exit(main())
