"""The list of batches of a warehouse folder: one file, replaced whole, under a lock.

A killed writer leaves the old list; folders that no list names are swept at the next write.
"""

from __future__ import annotations

import dataclasses
import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CATALOG = "catalog.json"
BATCHES = "batches"


@dataclass(frozen=True, slots=True)
class Entry:
    """A batch in the list: whether it counts, what it took the place of, and the year it was given by others."""

    id: str
    withdrawn: bool = False
    replaces: str | None = None
    division: int | None = None


def read_catalog(folder: Path) -> tuple[Entry, ...]:
    """The entries in the order in which they came; an empty or absent folder has none."""
    path = folder / CATALOG
    if not path.exists():
        return ()
    return tuple(Entry(**held) for held in json.loads(path.read_text(encoding="utf-8"))["batches"])


def replace_catalog(folder: Path, entries: tuple[Entry, ...]) -> None:
    """Put the new list in place in one step, after everything it names is on the disk."""
    text = json.dumps({"batches": [dataclasses.asdict(entry) for entry in entries]}, indent=1) + "\n"
    fresh = folder / f"{CATALOG}.new"
    with fresh.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder / CATALOG)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Make sure that the names in a folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """One writer at a time; the lock falls when its process ends, however it ends."""
    (folder / BATCHES).mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _sweep(folder)
        yield


def _sweep(folder: Path) -> None:
    """Remove what a killed import left: batch folders that the list does not name."""
    named = {entry.id for entry in read_catalog(folder)}
    for left in sorted((folder / BATCHES).iterdir()):
        if left.name not in named:
            shutil.rmtree(left)
