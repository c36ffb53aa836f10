"""What can be done with files: read them, look at one, take them in, withdraw a batch.

No clock, no actor, no Django.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from wijkveilig.sources.content import content_of
from wijkveilig.sources.dating_batches import area_lists, area_lists_in, date_alone, date_together, years_beside
from wijkveilig.sources.quarrels import against_known, without_quarrels
from wijkveilig.sources.reasons import sentence
from wijkveilig.sources.registry import recognise
from wijkveilig.sources.types import Content, LeftOut, Outcome, Readings, RefusedFile, State
from wijkveilig.sources.unknown_codes import with_areas_checked
from wijkveilig.warehouse.batch import Batch
from wijkveilig.warehouse.reading import Reading
from wijkveilig.warehouse.store import Warehouse
from wijkveilig.warehouse.types import AreaCode

Paths = Iterable[Path | str]


def files_in(paths: Paths) -> tuple[Path, ...]:
    """All files: those named, and those in folders (walked, sorted by name; hidden ones left out)."""
    found: list[Path] = []
    for path in map(Path, paths):
        if not path.is_dir():
            found.append(path)
            continue
        inside = (held for held in path.rglob("*") if held.is_file())
        found += sorted(
            held for held in inside if not any(part.startswith(".") for part in held.relative_to(path).parts)
        )
    return tuple(found)


def preview(path: Path | str, name: str | None = None) -> Reading:
    """What one file would bring: its check report (`batch`) and first rows (`preview`); RefusedFile with the reason.

    `name` is the name by which it is reported (default: the path as given).
    """
    content = _open(Path(path), name or str(path))
    return date_together([_read(content, None)])[0]


def read_files(paths: Paths, only: AreaCode | None = None) -> Readings:
    """Read files and folders. With `only` the figures and areas of that area alone are kept.

    Files that no source knows, that contradict themselves, that repeat another or that contradict another
    in this call (then both) are left out, with the reason.
    """
    taken, left_out = _read_all(files_in(paths), only)
    taken, twisted = without_quarrels(taken)
    dated = date_together(taken)
    lists = area_lists(dated)
    settled = sorted((with_areas_checked(held, lists) for held in dated), key=lambda reading: reading.batch.order)
    about = [reading for reading in settled if only is None or len(reading.observations) or len(reading.areas)]
    here = {reading.batch.id for reading in about}
    elsewhere = [
        LeftOut(r.batch.file, f"Dit bestand gaat niet over {only}.") for r in settled if r.batch.id not in here
    ]
    return Readings(tuple(about), tuple(left_out + twisted + elsewhere))


def ingest(
    warehouse: Warehouse, paths: Paths, replace: Sequence[str] = (), *, fetched_on: date | None = None
) -> list[Outcome]:
    """Take files into the warehouse, all that are accepted in one step; one outcome per file, in the order given.

    `replace` names batches that a file of this call takes the place of; a file that contradicts one of
    them is then accepted. An id that is not there raises KeyError. `fetched_on` is the day on which the
    files were got, as far as the caller knows.
    """
    known = {batch.id: batch for batch in warehouse.batches()}
    for batch_id in replace:
        if batch_id not in known:
            raise KeyError(batch_id)
    files = files_in(paths)
    taken, left_out = _read_all(files, None)
    already = [reading for reading in taken if reading.batch.id in known]
    fresh = [reading for reading in taken if reading.batch.id not in known]
    fresh, twisted = without_quarrels(fresh)
    fresh, replaces, refused = against_known(warehouse, fresh, tuple(replace))
    fresh = date_alone([_fetched(reading, fetched_on) for reading in fresh])
    lists = (*area_lists(fresh), *area_lists_in(warehouse))
    fresh = [with_areas_checked(reading, lists) for reading in fresh]
    if fresh:
        years = years_beside(warehouse, fresh, without=replaces.values())
        warehouse.commit(fresh, replaces=replaces, years=years)
    stored = {batch.id: batch for batch in warehouse.batches()}
    outcomes = {reading.batch.file: _accepted(stored[reading.batch.id], reading) for reading in fresh}
    outcomes |= {reading.batch.file: _already(reading) for reading in already}
    outcomes |= {held.file: _outcome(held) for held in (*left_out, *twisted, *refused)}
    return [outcomes[str(file)] for file in files if str(file) in outcomes]


def withdraw(warehouse: Warehouse, batch_id: str, *, named_by: Iterable[str] = ()) -> Batch:
    """Undo a batch. Its files stay while an edition or report in `named_by` names it; an unknown id raises KeyError."""
    years = years_beside(warehouse, [], without=[batch_id])
    return warehouse.withdraw(batch_id, named_by=named_by, years=years)


def _fetched(reading: Reading, day: date | None) -> Reading:
    batch = dataclasses.replace(reading.batch, fetched_on=day.isoformat() if day else None)
    return dataclasses.replace(reading, batch=batch)


def _open(path: Path, name: str) -> Content:
    try:
        stored = path.read_bytes()
    except OSError as error:
        raise RefusedFile(f"Het bestand is niet te openen: {error.strerror}.") from error
    return content_of(stored, name)


def _read(content: Content, only: AreaCode | None) -> Reading:
    source = recognise(content.head)
    try:
        return source.read(content, only)
    except RefusedFile as refused:
        refused.source = refused.source or source.id
        raise


def _read_all(files: tuple[Path, ...], only: AreaCode | None) -> tuple[list[Reading], list[LeftOut]]:
    taken: list[Reading] = []
    left_out: list[LeftOut] = []
    seen: dict[str, Reading] = {}
    for file in files:
        try:
            content = _open(file, str(file))
            if earlier := seen.get(content.checksum):
                why = f"Dezelfde inhoud als '{earlier.batch.file}'."
                left_out.append(LeftOut(str(file), why, earlier.batch.source, already=earlier.batch.id))
                continue
            taken.append(seen.setdefault(content.checksum, _read(content, only)))
        except RefusedFile as refused:
            left_out.append(LeftOut(str(file), refused.reason, refused.source or None, refused.rows_read))
    return taken, left_out


def _accepted(batch: Batch, reading: Reading) -> Outcome:
    return _said(State.ACCEPTED, batch, reading.batch.file)


def _already(reading: Reading) -> Outcome:
    return _said(State.ALREADY, reading.batch, reading.batch.file)


def _said(state: State, batch: Batch, file: str) -> Outcome:
    reasons = tuple(sentence(reason) for reason in batch.reasons)
    wrong = (check.text for check in batch.checks if check.ok is False)
    notes = (*batch.notes, *wrong, *(mark.text for mark in batch.marks))
    return Outcome(
        file, batch.source, state, batch.rows_read, batch.rows_kept, batch.rows_refused, reasons, notes, batch.id
    )


def _outcome(held: LeftOut) -> Outcome:
    if held.already is not None:
        return Outcome(held.file, held.source, State.ALREADY, 0, 0, 0, (held.reason,), (), held.already)
    return Outcome(held.file, held.source, State.REFUSED, held.rows_read, 0, held.rows_read, (held.reason,), (), None)
