"""The suites of `dev.py test`: SQLite, real processes, PostgreSQL, browser; one summed line at the end."""

import os
import shutil
import subprocess
import xml.etree.ElementTree as Xml
from collections.abc import Sequence
from ctypes.util import find_library
from dataclasses import dataclass
from pathlib import Path

from devtools.install import PYTHON, ROOT
from devtools.say import on_terminal

REPORTS = ROOT / "var" / "test"
DATABASE = "WIJKVEILIG_DATABASE_URL"
CHROMIUM = "WIJKVEILIG_CHROMIUM"
LIBRARIES = {  # package -> library, of WeasyPrint
    "libpango-1.0-0": "pango-1.0",
    "libpangoft2-1.0-0": "pangoft2-1.0",
    "libharfbuzz-subset0": "harfbuzz-subset",
}
NO_TESTS = 5  # pytest's exit code when it collected nothing


@dataclass(frozen=True)
class Counted:
    """What one or more suites came to."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Counted") -> "Counted":
        return Counted(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def run_all(chosen: list[str]) -> int:
    """Run the suites; `chosen` goes to pytest as it is. Returns 0 only when tests ran and none failed."""
    shutil.rmtree(REPORTS, ignore_errors=True)
    REPORTS.mkdir(parents=True)
    _fetch_packages()
    total = _suite("sqlite", ["-m", "not browser and not processes", "-n", "2"], chosen, _environment())
    total += _suite("processes", ["-m", "processes"], chosen, _environment())  # one by one: these tell the time
    total += _on_postgres(chosen)
    total += _in_browser(chosen)
    if total.passed + total.failed == 0:
        print("Er is geen enkele test gedraaid.")
        total += Counted(failed=1)
    print(total, flush=True)
    return 1 if total.failed else 0


def _environment(**extra: str) -> dict[str, str]:
    """The environment of a suite: SQLite unless `extra` says otherwise, and nobody's own store."""
    kept = {key: value for key, value in os.environ.items() if key != DATABASE}
    return kept | {"WIJKVEILIG_VAR": str(REPORTS / "store")} | extra


def _on_postgres(chosen: list[str]) -> Counted:
    """All that opens the database again on PostgreSQL: on the server that is named, else on one of our own."""
    arguments = ["-m", "not browser", "-p", "devtools.database_only", "-n", "2"]
    if named := os.environ.get(DATABASE):
        return _suite("postgres", arguments, chosen, _environment(**{DATABASE: named}))
    server = [str(PYTHON), "-m", "wijkveilig.config.postgres", "--"]
    return _suite("postgres", arguments, chosen, _environment(), around=server)


def _in_browser(chosen: list[str]) -> Counted:
    """The journeys in a real browser."""
    browser = find_chromium()
    if browser is None:
        print("BROWSER TESTS SKIPPED: er is geen chromium op deze machine (apt-get install chromium)", flush=True)
        return Counted()
    return _suite("browser", ["-m", "browser", "-p", "no:randomly"], chosen, _environment(**{CHROMIUM: browser}))


def find_chromium() -> str | None:
    """The browser of the system, or the one that the environment names."""
    names = (os.environ.get(CHROMIUM, ""), "chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if name and (found := shutil.which(name))), None)


def missing_packages() -> list[str]:
    """Debian's packages that the tests need and this machine lacks: a browser, and the libraries of WeasyPrint."""
    libraries = [package for package, library in LIBRARIES.items() if find_library(library) is None]
    return ([] if find_chromium() else ["chromium"]) + libraries


def _fetch_packages() -> None:
    """Install what is missing where this script may; elsewhere say in one line what it is."""
    missing = missing_packages()
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"{', '.join(missing)} installeren met apt-get ...", flush=True)
        env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update"], ["install", "-y", "--no-install-recommends", *missing]):
            subprocess.run(["apt-get", "-qq", *command], env=env, stdin=subprocess.DEVNULL, capture_output=True)
        missing = missing_packages()
    if missing:
        print(f"Er ontbreekt iets, dus niet alles wordt getest: apt-get install {' '.join(missing)}", flush=True)


def _suite(
    name: str, arguments: list[str], chosen: list[str], env: dict[str, str], around: Sequence[str] = ()
) -> Counted:
    """Run pytest once and count from its report. A suite that collects nothing fails, unless the user chose tests."""
    print(f"== {name} ==", flush=True)
    report = REPORTS / f"{name}.xml"
    looks = ["--color=yes"] if on_terminal() else []
    command = [*around, str(PYTHON), "-m", "pytest", *arguments, f"--junitxml={report}", *looks, *chosen]
    code = subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL).returncode
    return judge(name, code, report, may_be_empty=bool(chosen))


def judge(name: str, code: int, report: Path, *, may_be_empty: bool) -> Counted:
    """What a run of pytest came to, from its exit code and its report; a run that broke off counts as a failure."""
    counted = count(report)
    if code == NO_TESTS and may_be_empty:
        return counted
    if code != 0 and counted.failed == 0:
        print(f"{name}: pytest stopte met code {code} zonder dat een test faalde", flush=True)
        return counted + Counted(failed=1)
    if counted == Counted() or (code == 0 and counted.failed):
        print(f"{name}: het verslag van pytest klopt niet met zijn afloop", flush=True)
        return counted + Counted(failed=1)
    return counted


def count(report: Path) -> Counted:
    """The numbers in a JUnit report; nothing where there is none. Errors count as failures."""
    try:
        suites = list(Xml.parse(report).getroot().iter("testsuite"))  # noqa: S314 - written by our own pytest
    except (OSError, Xml.ParseError):
        return Counted()
    tests, failures, errors, skipped = (
        sum(int(suite.get(key, "0")) for suite in suites) for key in ("tests", "failures", "errors", "skipped")
    )
    return Counted(tests - failures - errors - skipped, failures + errors, skipped)
