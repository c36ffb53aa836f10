"""The gates of `dev.py check`: each a command, quickest first, one line per gate, all of them run."""

import os
import subprocess
import time
from dataclasses import dataclass

from devtools.install import PYTHON, ROOT, VENV

BIN = VENV / "bin"


@dataclass(frozen=True)
class Gate:
    """One command that must end well. `quick` ones together stay under five seconds (pre-commit)."""

    name: str
    command: list[str]
    quick: bool = False


GATES = (
    Gate("format", [f"{BIN}/ruff", "format", "--check", "."], quick=True),
    Gate("lint", [f"{BIN}/ruff", "check", "--quiet", "."], quick=True),
    Gate("contract", [f"{BIN}/lint-imports", "--no-cache"], quick=True),
    Gate("templates", [f"{BIN}/djlint", "--lint", "--quiet", "src"], quick=True),
    Gate("migrations", [str(PYTHON), "-m", "django", "makemigrations", "--check", "--dry-run"]),
    Gate("house", [str(PYTHON), "-m", "pytest", "tests/house", "-p", "no:randomly"]),
    Gate("docs", [str(PYTHON), "-m", "scripts.docs", "--check"]),
    Gate("types", [f"{BIN}/mypy", "src/wijkveilig", "dev.py", "devtools", "hatch_build.py"]),
)


def run_all(*, quick: bool = False, gates: tuple[Gate, ...] = GATES) -> int:
    """Run the gates and print one line for each, with its output where it fails. Returns 0 when all hold."""
    bad = [gate.name for gate in gates if (gate.quick or not quick) and not _holds(gate)]
    if bad:
        print(f"{len(bad)} van {len(gates)} controles faalden: {', '.join(bad)}")
    return 1 if bad else 0


def _holds(gate: Gate) -> bool:
    """Run one gate."""
    begin = time.monotonic()
    store = str(ROOT / "var" / "check")  # so that a check leaves nothing in anyone's own store
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "wijkveilig.config.settings", "WIJKVEILIG_VAR": store}
    done = subprocess.run(gate.command, cwd=ROOT, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    verdict = "OK  " if done.returncode == 0 else "FAIL"
    print(f"{verdict} {gate.name:<12}{time.monotonic() - begin:6.1f} s", flush=True)
    if done.returncode != 0:
        print(done.stdout.rstrip(), flush=True)
    return done.returncode == 0
