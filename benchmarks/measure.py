"""Measuring: one call in a process of its own, with its time and its peak memory."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("WIJKVEILIG_SHARED_DATA", ROOT.parent / "shared" / "data"))


@dataclass(frozen=True)
class Row:
    """One measurement. `budget` is the most that it may be, in the same unit; None where there is none."""

    name: str
    value: float
    unit: str
    budget: float | None = None
    note: str = ""

    @property
    def fits(self) -> bool:
        """Whether it stays within its budget."""
        return self.budget is None or self.value <= self.budget

    def as_json(self) -> dict[str, object]:
        """The row as a plain object."""
        return asdict(self) | {"fits": self.fits}


@dataclass(frozen=True)
class Run:
    """One call: the best wall time of a few, the processor time of that one, its peak memory and what it printed."""

    seconds: float
    processor: float
    megabytes: float
    printed: str


# The child measures its own peak, so that one large run does not speak for the next.
_CHILD = """
import resource, runpy, sys, time
began = time.perf_counter()
sys.argv = sys.argv[1:]
code = 0
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
except SystemExit as ended:
    code = ended.code or 0
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"\\n{time.perf_counter() - began} {peak}", file=sys.stderr)
sys.exit(code)
"""


def run(script: Path, *arguments: str, times: int = 3) -> Run:
    """Run a Python script a few times, each in a fresh process; Python's own start counts."""
    best: Run | None = None
    for _ in range(times):
        began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(
            [sys.executable, "-c", _CHILD, str(script), *arguments], capture_output=True, text=True, check=False
        )
        seconds = time.perf_counter() - began
        if done.returncode:
            raise RuntimeError(f"{script.name} ended with {done.returncode}: {done.stderr.strip()}")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        peak = float(done.stderr.split()[-1])
        if best is None or seconds < best.seconds:
            best = Run(seconds, processor, peak, done.stdout)
    if best is None:
        raise ValueError("a measurement needs at least one run")
    return best


def table(rows: list[Row]) -> str:
    """The rows as a table in Markdown."""
    lines = ["| what | measured | budget | |", "|---|---|---|---|"]
    for row in rows:
        budget = "" if row.budget is None else f"{row.budget:g} {row.unit}"
        lines.append(
            f"| {row.name} | {row.value:.3g} {row.unit} | {budget} | {'' if row.fits else 'OVER'} {row.note} |"
        )
    return "\n".join(lines)


def as_json(rows: list[Row]) -> str:
    """The rows as JSON text."""
    return json.dumps([row.as_json() for row in rows], indent=1, ensure_ascii=False) + "\n"
