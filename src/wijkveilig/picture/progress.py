"""How far a new picture is: one small file in the municipality's store, written by the job and read by a page."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from wijkveilig.picture import packing


class Stage(StrEnum):
    """Where a rebuild is."""

    ORDERED = "ordered"
    READING = "reading"
    COUNTING = "counting"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` steps; `finished_on` is an ISO moment; `failed` says why there is no new picture (Dutch)."""

    stage: Stage
    done: int = 0
    total: int = 1
    finished_on: str | None = None
    failed: str | None = None
    edition: str | None = None

    @property
    def busy(self) -> bool:
        """Whether something is still going on."""
        return self.stage in (Stage.ORDERED, Stage.READING, Stage.COUNTING)

    @property
    def percent(self) -> int:
        """How far, from 0 to 100."""
        return 100 if not self.busy else round(100 * self.done / max(self.total, 1))


def write_progress(store: Path, progress: Progress) -> None:
    """Put the progress in place in one step, so that a reader never sees half of it."""
    store.mkdir(parents=True, exist_ok=True)
    fresh = store / f".progress.{os.getpid()}"
    fresh.write_bytes(packing.dump(progress))
    fresh.replace(store / "progress.json")


def read_progress(store: Path) -> Progress | None:
    """The last progress that was written, or None when no picture was ever ordered."""
    path = store / "progress.json"
    return packing.unpack(Progress, packing.load(path)) if path.exists() else None
