"""`dev.py check` gives one line per gate, shows why one fails, and stops for none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from devtools.gates import GATES, Gate, run_all

ROOT = Path(__file__).resolve().parents[2]
GOOD = Gate("good", [sys.executable, "-c", "print('silent')"], quick=True)
BAD = Gate("bad", [sys.executable, "-c", "import sys; print('line 7: wrong'); sys.exit(1)"])


def test_a_gate_that_holds_gives_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_all(gates=(GOOD,)) == 0

    assert [line.split()[:2] for line in capsys.readouterr().out.splitlines()] == [["OK", "good"]]


def test_a_gate_that_fails_shows_its_output_and_the_next_ones_still_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_all(gates=(BAD, GOOD)) == 1

    out = capsys.readouterr().out
    assert "FAIL bad" in out
    assert "line 7: wrong" in out
    assert "OK   good" in out


def test_quick_leaves_the_slow_gates_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_all(gates=(BAD, GOOD), quick=True) == 0

    assert "bad" not in capsys.readouterr().out


def test_every_gate_of_the_house_style_is_there() -> None:
    assert {gate.name for gate in GATES} >= {"format", "lint", "types", "contract", "house", "migrations", "docs"}


@pytest.fixture
def ci(tmp_path: Path) -> Path:
    """A folder with .ci/run, in front of the path a python3 whose `dev.py test` says what a test wants."""
    (tmp_path / ".ci").mkdir()
    (tmp_path / ".ci" / "run").write_text((ROOT / ".ci" / "run").read_text())
    (tmp_path / "bin").mkdir()
    python = tmp_path / "bin" / "python3"
    python.write_text('#!/bin/sh\n[ "$2" = check ] || cat "$(dirname "$0")/../said"\n')
    python.chmod(0o755)
    return tmp_path


def _run_ci(folder: Path, said: str) -> "subprocess.CompletedProcess[str]":
    (folder / "said").write_text(said)
    env = os.environ | {"PATH": f"{folder / 'bin'}:{os.environ['PATH']}"}
    return subprocess.run(["bash", folder / ".ci" / "run"], env=env, capture_output=True, text=True)


def test_ci_ends_with_the_summed_line_of_the_tests(ci: Path) -> None:
    done = _run_ci(ci, "== sqlite ==\n3 passed, 0 failed, 0 skipped\n")

    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == "3 passed, 0 failed, 0 skipped"


@pytest.mark.parametrize("line", ["BROWSER TESTS SKIPPED: no chromium", "Er ontbreekt iets: apt-get install it"])
def test_ci_fails_when_tests_were_skipped_for_what_the_machine_lacks(ci: Path, line: str) -> None:
    done = _run_ci(ci, f"{line}\n3 passed, 0 failed, 0 skipped\n")

    assert done.returncode == 1


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not on this machine, and need not be")
@pytest.mark.parametrize("target", ["run", "test", "check"])
def test_make_is_a_thin_alias(target: str) -> None:
    done = subprocess.run(["make", "--dry-run", "--silent", target], cwd=ROOT, capture_output=True, text=True)

    assert done.stdout == f"python3 dev.py {target}\n"
