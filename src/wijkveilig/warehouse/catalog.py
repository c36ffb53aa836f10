"""The list of batches of a warehouse folder: one file, replaced whole, under a lock.

A killed writer leaves the old list; batch folders that no list names are swept at the next write. Nothing
else is ever removed: a folder that we did not make stays, and a store that lost its list is refused.
"""

from __future__ import annotations

import dataclasses
import fcntl
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from wijkveilig.warehouse.batch import Json

CATALOG = "catalog.json"
BATCHES = "batches"
FILES = frozenset({"observations.parquet", "areas.parquet", "raw", "manifest.json"})
_HALF = "tmp_"  # DuckDB writes a file under this name first
_BATCH = re.compile(r"[0-9a-f]{16}\Z")


class StoreError(Exception):
    """A folder that is no store of ours, or that lost its list; the text is one Dutch sentence for the user."""


class UnknownBatchError(StoreError, KeyError):
    """A batch was named that the warehouse does not have; the argument is its id."""

    def __str__(self) -> str:
        """The Dutch clause."""
        return f"batch {self.args[0]} is er niet."


@dataclass(frozen=True, slots=True)
class Entry:
    """A batch in the list: whether it counts, what it took the place of, and the year it was given by others."""

    id: str
    withdrawn: bool = False
    replaces: tuple[str, ...] = ()
    division: int | None = None


def read_catalog(folder: Path) -> tuple[Entry, ...]:
    """The entries in the order in which they came; an empty or absent folder has none.

    StoreError when the list is not ours, or when it is gone while there are batches.
    """
    path = folder / CATALOG
    if not path.exists():
        if left := [held.name for held in _batch_folders(folder)]:
            raise StoreError(
                f"In {folder} staan batches (zoals {left[0]}), maar de lijst {CATALOG} ontbreekt. "
                "Er is niets veranderd: zet de lijst terug of kies een andere map."
            )
        return ()
    try:
        return tuple(_entry(held) for held in json.loads(path.read_text(encoding="utf-8"))["batches"])
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{path} is geen lijst van batches: deze map is geen opslag van wijkveilig.") from error


def _entry(held: Json) -> Entry:
    entry = Entry(**{**held, "replaces": tuple(held.get("replaces") or ())})
    if not _BATCH.match(entry.id):
        raise ValueError(f"'{entry.id}' is no batch id")
    return entry


def _batch_folders(folder: Path) -> list[Path]:
    """The folders that have the name of a batch and hold nothing but what a batch holds."""
    there = (folder / BATCHES).iterdir() if (folder / BATCHES).is_dir() else iter(())
    return sorted(held for held in there if _BATCH.match(held.name) and held.is_dir() and _is_ours(held))


def _is_ours(batch: Path) -> bool:
    return not batch.is_symlink() and all(
        held.is_file() and held.name.removeprefix(_HALF) in FILES for held in batch.iterdir()
    )


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
        named = {entry.id for entry in read_catalog(folder)}
        if not (folder / CATALOG).exists():
            replace_catalog(folder, ())  # from here on a batch folder without a list is a list that was lost
        _sweep(folder, named)
        yield


def _sweep(folder: Path, named: set[str]) -> None:
    """Remove what a killed import left: batch folders of ours that the list does not name."""
    for left in _batch_folders(folder):
        if left.name not in named:
            shutil.rmtree(left)
