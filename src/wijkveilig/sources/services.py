"""What can be done with files: read them, look at one, take them in, withdraw a batch.

No clock, no actor, no Django.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from wijkveilig.sources.dating_batches import area_lists, area_lists_in, date_alone, date_together, years_beside
from wijkveilig.sources.opening import open_file, read_content, walk
from wijkveilig.sources.periods import LATEST
from wijkveilig.sources.quarrels import against_known, without_quarrels
from wijkveilig.sources.reasons import sentence
from wijkveilig.sources.types import LeftOut, Outcome, Readings, RefusedFile, Rehearsal, State
from wijkveilig.sources.unknown_codes import with_areas_checked
from wijkveilig.warehouse.batch import Batch
from wijkveilig.warehouse.catalog import UnknownBatchError
from wijkveilig.warehouse.reading import Reading
from wijkveilig.warehouse.store import Replaces, Warehouse
from wijkveilig.warehouse.types import AreaCode

Paths = Iterable[Path | str]


def files_in(paths: Paths) -> tuple[Path, ...]:
    """All files: those named, and those in folders (walked, sorted by name; hidden ones left out); each once."""
    return tuple(walk(paths))


def preview(path: Path | str, name: str | None = None) -> Reading:
    """What one file would bring: its check report (`batch`) and first rows (`preview`); RefusedFile with the reason.

    `name` is the name by which it is reported (default: the path as given).
    """
    content = open_file(Path(path), name or str(path))
    return date_together([read_content(content, None)])[0]


def read_files(paths: Paths, only: AreaCode | None = None) -> Readings:
    """Read files and folders. With `only` the figures and areas of that area alone are kept.

    Files that no source knows, that contradict themselves, that repeat another or that contradict another
    in this call (then both) are left out, with the reason.
    """
    held = _read_all(files_in(paths), only)
    taken, twisted = without_quarrels(held.taken)
    dated = date_together(taken)
    lists = area_lists(dated)
    settled = sorted((with_areas_checked(one, lists) for one in dated), key=lambda reading: reading.batch.order)
    about = [reading for reading in settled if only is None or len(reading.observations) or len(reading.areas)]
    here = {reading.batch.id for reading in about}
    elsewhere = [
        LeftOut(r.batch.file, f"Dit bestand gaat niet over {only}.") for r in settled if r.batch.id not in here
    ]
    return Readings(tuple(about), (*held.left_out, *(copy.left_out() for copy in held.copies), *twisted, *elsewhere))


def ingest(
    warehouse: Warehouse, paths: Paths, replace: Sequence[str] = (), *, fetched_on: date | None = None
) -> list[Outcome]:
    """Take files into the warehouse, all that are accepted in one step; one outcome per file, in the order given.

    `replace` names batches that a file of this call takes the place of; a file that contradicts one of
    them is then accepted. If no file of this call can, nothing is taken. An id that is not there raises
    UnknownBatchError (a KeyError), a folder that is no store StoreError. `fetched_on` is the day on which
    the files were got, as far as the caller knows: figures of later than the next year cannot be.
    """
    _must_be_known(warehouse, replace)
    files = files_in(paths)
    held = _read_all(files, None, LATEST if fetched_on is None else fetched_on.year + 1)
    readings = [_fetched(reading, fetched_on) for reading in held.taken]
    if not readings and not replace:
        outcomes = {}
    else:
        with warehouse.alone():
            outcomes = _take(warehouse, readings, tuple(replace))
    outcomes |= {copy.file: copy.outcome(outcomes[copy.of.batch.file]) for copy in held.copies}
    outcomes |= {one.file: _refused(one) for one in held.left_out}
    return [outcomes[str(file)] for file in files]


def rehearse(
    warehouse: Warehouse, paths: Paths, replace: Sequence[str] = (), *, fetched_on: date | None = None
) -> Rehearsal:
    """What `ingest` would do now with these files, held against each other and against what is there; nothing changes.

    Of two files with the same content the first speaks for both. Raises what `ingest` raises.
    """
    held = _read_all(files_in(paths), None, LATEST if fetched_on is None else fetched_on.year + 1)
    readings = [_fetched(reading, fetched_on) for reading in held.taken]
    weighed = _weigh(warehouse, readings, tuple(replace))
    gone = {one.file for one in weighed.refused}
    twisted = tuple(reading for reading in readings if reading.batch.file in gone)
    return Rehearsal(tuple(weighed.fresh), tuple(weighed.already), twisted, (*held.left_out, *weighed.refused))


def withdraw(warehouse: Warehouse, batch_id: str, *, named_by: Iterable[str] = ()) -> Batch:
    """Undo a batch. Its files stay while an edition or report in `named_by` names it; an unknown id raises KeyError."""
    with warehouse.alone():
        years = years_beside(warehouse, [], without=[batch_id])
        return warehouse.withdraw(batch_id, named_by=named_by, years=years)


@dataclass(frozen=True, slots=True)
class _Weighed:
    """What may be stored and whose place it takes, what is there already, and what is refused."""

    fresh: list[Reading]
    replaces: Replaces
    already: list[Reading]
    refused: list[LeftOut]


def _weigh(warehouse: Warehouse, readings: list[Reading], replace: tuple[str, ...]) -> _Weighed:
    """Hold readings against each other and against what is there; nothing is stored."""
    _must_be_known(warehouse, replace)
    known = {batch.id for batch in warehouse.batches()}
    already = [reading for reading in readings if reading.batch.id in known]
    fresh, twisted = without_quarrels([reading for reading in readings if reading.batch.id not in known])
    fresh, replaces, refused = against_known(warehouse, fresh, replace)
    fresh = date_alone(fresh)
    lists = (*area_lists(fresh), *area_lists_in(warehouse))
    fresh = [with_areas_checked(reading, lists) for reading in fresh]
    if set(replace) - {old for held in replaces.values() for old in held}:
        refused += [_cannot_replace(reading.batch) for reading in already]
        already = []
    return _Weighed(fresh, replaces, already, [*twisted, *refused])


def _take(warehouse: Warehouse, readings: list[Reading], replace: tuple[str, ...]) -> dict[str, Outcome]:
    """Store of the readings what may be; the outcome of each by file."""
    found = _weigh(warehouse, readings, replace)
    if found.fresh:
        gone = [old for held in found.replaces.values() for old in held]
        years = years_beside(warehouse, found.fresh, without=gone)
        warehouse.commit(found.fresh, replaces=found.replaces, years=years)
    stored = {batch.id: batch for batch in warehouse.batches()}
    states = [(State.ACCEPTED, found.fresh), (State.ALREADY, found.already)]
    outcomes = {r.batch.file: _said(state, stored[r.batch.id], r.batch.file) for state, held in states for r in held}
    return outcomes | {held.file: _refused(held) for held in found.refused}


def _must_be_known(warehouse: Warehouse, replace: Sequence[str]) -> None:
    known = {batch.id for batch in warehouse.batches()}
    for batch_id in replace:
        if batch_id not in known:
            raise UnknownBatchError(batch_id)


def _cannot_replace(batch: Batch) -> LeftOut:
    why = f"Dit bestand is er al als batch {batch.id} en kan dus geen andere batch vervangen; er is niets overgenomen."
    return LeftOut(batch.file, why, batch.source, batch.rows_read, batch.id)


def _fetched(reading: Reading, day: date | None) -> Reading:
    batch = dataclasses.replace(reading.batch, fetched_on=day.isoformat() if day else None)
    return dataclasses.replace(reading, batch=batch)


@dataclass(frozen=True, slots=True)
class _Copy:
    """A file with the content of another file of this call."""

    file: str
    of: Reading

    @property
    def why(self) -> str:
        return f"Dezelfde inhoud als '{self.of.batch.file}'."

    def left_out(self) -> LeftOut:
        return LeftOut(self.file, self.why, self.of.batch.source)

    def outcome(self, first: Outcome) -> Outcome:
        """What becomes of the copy, given what became of the file that came first."""
        if first.state is State.REFUSED:
            return dataclasses.replace(first, file=self.file)
        reasons = (self.why, *first.reasons)
        return dataclasses.replace(first, file=self.file, state=State.ALREADY, reasons=reasons)


@dataclass(frozen=True, slots=True)
class _Held:
    """Files that were read, those that were not, and those whose content was read under another name."""

    taken: list[Reading]
    left_out: list[LeftOut]
    copies: list[_Copy]


def _read_all(files: tuple[Path, ...], only: AreaCode | None, last_year: int = LATEST) -> _Held:
    held = _Held([], [], [])
    seen: dict[str, Reading] = {}
    for file in files:
        try:
            content = open_file(file, str(file), last_year)
            if earlier := seen.get(content.checksum):
                held.copies.append(_Copy(str(file), earlier))
                continue
            held.taken.append(seen.setdefault(content.checksum, read_content(content, only)))
        except RefusedFile as refused:
            held.left_out.append(LeftOut(str(file), refused.reason, refused.source or None, refused.rows_read))
    return held


def _said(state: State, batch: Batch, file: str) -> Outcome:
    reasons = tuple(sentence(reason) for reason in batch.reasons)
    wrong = (check.text for check in batch.checks if check.ok is False)
    year = ("Het jaar van deze cijfers is onbekend.",) if batch.undated else ()
    notes = (*batch.notes, *year, *wrong, *(mark.text for mark in batch.marks))
    return Outcome(
        file, batch.source, state, batch.rows_read, batch.rows_kept, batch.rows_refused, reasons, notes, batch.id
    )


def _refused(held: LeftOut) -> Outcome:
    return Outcome(
        held.file, held.source, State.REFUSED, held.rows_read, 0, held.rows_read, (held.said,), (), None,
        against=held.against, why=held.reason,
    )  # fmt: skip
