"""The table of capabilities tells the truth: what it names exists."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from django.urls import Resolver404, resolve

from wijkveilig import cli
from wijkveilig.capabilities import Capability, State, as_json, rows

ROOT = Path(__file__).resolve().parents[2]


def faults(table: Sequence[Capability]) -> list[str]:
    """What the table claims that is not there; a row that is 'not yet' claims nothing."""
    found = []
    for row in table:
        if row.state is State.WORKS and not (row.page and row.test):
            found.append(f"{row.id} works, and names no page or no test")
        if row.page and not page_exists(row.page):
            found.append(f"{row.id} names the page {row.page}, which does not exist")
        if row.command and not command_exists(row.command):
            found.append(f"{row.id} names the command {row.command}, which does not exist")
        if row.test and not (ROOT / row.test).exists():
            found.append(f"{row.id} names the test {row.test}, which does not exist")
    return found


def page_exists(path: str) -> bool:
    """Whether the site answers on this path."""
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def command_exists(command: str) -> bool:
    """Whether `wijkveilig` has this subcommand."""
    name, verb = command.split()[:2]
    with pytest.raises(SystemExit) as ended, redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        cli.parser().parse_args([verb, "--help"])
    return name == "wijkveilig" and ended.value.code == 0


def row(**changes: str) -> Capability:
    """A row that works and names real things, with changes."""
    whole = {
        "id": "SR-99",
        "title": "x",
        "page": "/beeld/",
        "api": "",
        "command": "wijkveilig picture",
        "test": "tests/house/test_capabilities.py",
        "note": "",
    }
    return Capability(**{**whole, **changes}, state=State.WORKS)


def test_what_the_table_names_exists() -> None:
    assert faults(rows()) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"page": "/bestaat-niet/"},
        {"command": "wijkveilig toveren"},
        {"test": "tests/no_such_test.py"},
        {"page": ""},
        {"test": ""},
    ],
)
def test_a_row_that_names_what_is_not_there_is_found(changes: dict[str, str]) -> None:
    assert faults([row()]) == []
    assert len(faults([row(**changes)])) == 1


def test_all_45_rows_are_there_in_order() -> None:
    assert [entry.id for entry in rows()] == [f"SR-{number:02d}" for number in range(1, 46)]


def test_the_document_is_made_from_the_table() -> None:
    result = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "docs.py"), "--check"], capture_output=True, text=True, check=False
    )

    assert result.returncode == 0, result.stdout


def test_the_json_holds_a_state_for_each_row() -> None:
    assert {entry["state"] for entry in as_json()} <= {"works", "partly", "not yet"}
    assert all(re.fullmatch(r"SR-\d\d", entry["id"]) for entry in as_json())
