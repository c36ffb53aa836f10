"""This house keeps its own style: sizes, imports, names, and where a thing may be done."""

from __future__ import annotations

import ast
import datetime
from pathlib import Path, PurePath

import pytest
from tests.house.checks import CHECKS, Check

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "wijkveilig"
FILES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
FORBIDDEN_NAMES = {"utils", "util", "helpers", "common", "managers", "mixins", "base", "misc"}

# (check, file) -> (reason, until): an exception has a reason and an end.
EXCEPTIONS: dict[tuple[str, str], tuple[str, datetime.date]] = {}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_each_check_passes_its_good_and_fails_its_bad_example(check: Check) -> None:
    path = PurePath(check.path)

    assert list(check.look(ast.parse(check.good), path)) == []
    assert list(check.look(ast.parse(check.bad), path)) != []


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_the_house_keeps_its_rule(check: Check) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line} {message}"
        for path in FILES
        if (check.name, path.relative_to(SOURCE).as_posix()) not in EXCEPTIONS
        for line, message in check.look(ast.parse(path.read_text()), path.relative_to(SOURCE))
    ]

    assert found == []


def test_modules_stop_at_400_lines() -> None:
    found = [f"{path.relative_to(ROOT)} {count}" for path in FILES if (count := path.read_text().count("\n")) > 400]

    assert found == []


def test_no_room_has_a_drawer_for_odds_and_ends() -> None:
    found = [
        str(path.relative_to(ROOT))
        for path in SOURCE.rglob("*")
        if path.stem in FORBIDDEN_NAMES and path.suffix in {".py", ""}
    ]

    assert found == []


def test_an_exception_to_the_rules_has_not_run_out() -> None:
    today = datetime.datetime.now(datetime.UTC).date()

    assert [name for name, (_reason, until) in EXCEPTIONS.items() if until < today] == []
