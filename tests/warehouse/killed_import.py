"""A program that commits readings in a child of its own and kills it. Run by a test; never touches DuckDB itself.

A process that used DuckDB has threads, and a fork of it may hang: this one only forks. Each line on stdin is
'<folder> <seconds>' (-1: let it end); the answer is how long the child lived.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from tests.warehouse import making

from wijkveilig.warehouse.reading import Reading
from wijkveilig.warehouse.store import Warehouse


def new_readings() -> list[Reading]:
    """Three batches of a thousand rows."""
    rows: list[making.Figure] = [(f"BU99{at:06d}", "1.1.1", "2016", at) for at in range(1_000)]
    return [making.reading(f"nieuw {name}", making.observations(rows)) for name in range(3)]


def commit_and_kill(folder: Path, kill_after: float) -> float:
    """Commit in a child; kill it after so many seconds (-1: never). Returns the seconds that it lived."""
    started = time.perf_counter()
    child = os.fork()
    if child == 0:
        Warehouse(folder).commit(new_readings())
        os._exit(0)
    if kill_after >= 0:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return time.perf_counter() - started


if __name__ == "__main__":
    for line in sys.stdin:
        where, seconds = line.rsplit(" ", 1)
        print(commit_and_kill(Path(where), float(seconds)), flush=True)  # noqa: T201 - the answer to the test
