"""How far a new picture is: one small file in the municipality's store, written by the job and read by a page."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from django.utils.translation import gettext as _

from wijkveilig.picture import packing
from wijkveilig.scope import clock

LOCK = "rebuild.lock"


class Stage(StrEnum):
    """Where a rebuild is."""

    ORDERED = "ordered"
    READING = "reading"
    COUNTING = "counting"
    DONE = "done"
    FAILED = "failed"


PATIENCE = {
    Stage.ORDERED: timedelta(minutes=10),
    Stage.READING: timedelta(minutes=1),
    Stage.COUNTING: timedelta(minutes=1),
}
"""How long work may be silent before it is asked whether anyone still does it."""


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
    """The last progress that was written, or None when no picture was ever ordered.

    Work that nobody does any more (its process was killed, or none takes it from the queue) is not busy: it failed.
    """
    path = store / "progress.json"
    if not path.exists():
        return None
    found = packing.unpack(Progress, packing.load(path))
    silent = clock.now().timestamp() - path.stat().st_mtime
    if not found.busy or silent <= PATIENCE[found.stage].total_seconds() or _at_work(store):
        return found
    said = {
        Stage.ORDERED: _("Niemand neemt het werk op: het programma dat beelden maakt, draait niet."),
    }.get(found.stage, _("Het maken van het beeld is afgebroken voordat het klaar was."))
    return replace(found, stage=Stage.FAILED, failed=_("%(why)s Maak het beeld opnieuw.") % {"why": said})


@contextmanager
def alone(store: Path) -> Iterator[None]:
    """One rebuild at a time: a second one waits, and finds the first one's edition."""
    store.mkdir(parents=True, exist_ok=True)
    with (store / LOCK).open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _at_work(store: Path) -> bool:
    """Whether some process is making a picture: the lock goes with the process, however it ends."""
    path = store / LOCK
    if not path.exists():
        return False
    with path.open("r+") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
