"""What can be done with files: read them, look at one, take them in, withdraw a batch. No clock, no actor, no Django."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from pathlib import Path

from wijkveilig.sources.content import content_of
from wijkveilig.sources.contradictions import compare
from wijkveilig.sources.dating import Dated, DatedCodes, year_by_neighbours, year_by_register
from wijkveilig.sources.reasons import sentence
from wijkveilig.sources.registry import recognise
from wijkveilig.sources.types import Content, LeftOut, Outcome, Readings, RefusedFile, State
from wijkveilig.warehouse.batch import Batch
from wijkveilig.warehouse.reading import Observations, Reading
from wijkveilig.warehouse.store import Warehouse, dated
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
    return _dated_together([_read(content, None)], ())[0]


def read_files(paths: Paths, only: AreaCode | None = None) -> Readings:
    """Read files and folders. With `only` the figures and areas of that area alone are kept.

    Files that no source knows, that contradict themselves, that repeat another or that contradict another
    in this call (then both) are left out, with the reason.
    """
    taken, left_out = _read_all(files_in(paths), only)
    taken, twisted = _without_quarrels(taken)
    settled = sorted(_dated_together(taken, ()), key=lambda reading: reading.batch.order)
    return Readings(tuple(settled), tuple(left_out + twisted))


def ingest(warehouse: Warehouse, paths: Paths, replace: Sequence[str] = ()) -> list[Outcome]:
    """Take files into the warehouse, all that are accepted in one step; one outcome per file, in the order given.

    `replace` names batches that a file of this call takes the place of; a file that contradicts one of
    them is then accepted. An id that is not there raises KeyError.
    """
    known = {batch.id: batch for batch in warehouse.batches()}
    for batch_id in replace:
        if batch_id not in known:
            raise KeyError(batch_id)
    files = files_in(paths)
    taken, left_out = _read_all(files, None)
    already = [reading for reading in taken if reading.batch.id in known]
    fresh = [reading for reading in taken if reading.batch.id not in known]
    fresh, twisted = _without_quarrels(fresh)
    fresh, replaces, refused = _against_known(warehouse, fresh, tuple(replace))
    fresh = _dated_together(fresh, _dated_codes(warehouse))
    if fresh:
        warehouse.commit(fresh, replaces=replaces)
        _date_again(warehouse)
    stored = {batch.id: batch for batch in warehouse.batches()}
    outcomes = {reading.batch.file: _accepted(stored[reading.batch.id], reading) for reading in fresh}
    outcomes |= {reading.batch.file: _already(reading) for reading in already}
    outcomes |= {held.file: _outcome(held) for held in (*left_out, *twisted, *refused)}
    return [outcomes[str(file)] for file in files if str(file) in outcomes]


def withdraw(warehouse: Warehouse, batch_id: str, *, named_by: Iterable[str] = ()) -> Batch:
    """Undo a batch. Its files stay while an edition or report in `named_by` names it; an unknown id raises KeyError."""
    batch = warehouse.withdraw(batch_id, named_by=named_by)
    _date_again(warehouse)
    return batch


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
    seen: dict[str, str] = {}
    for file in files:
        try:
            content = _open(file, str(file))
            if earlier := seen.get(content.checksum):
                left_out.append(LeftOut(str(file), f"Dezelfde inhoud als '{earlier}'.", already=content.checksum[:16]))
                continue
            taken.append(_read(content, only))
            seen[content.checksum] = str(file)
        except RefusedFile as refused:
            left_out.append(LeftOut(str(file), refused.reason, refused.source or None, refused.rows_read))
    return taken, left_out


def _without_quarrels(readings: list[Reading]) -> tuple[list[Reading], list[LeftOut]]:
    """Leave out both of two files that contradict each other; small revisions become a note of the later one."""
    ordered = sorted(readings, key=lambda reading: reading.batch.order)
    why: dict[str, str] = {}
    notes: dict[str, list[str]] = {}
    for at, later in enumerate(ordered):
        for earlier in ordered[:at]:
            if earlier.batch.source != later.batch.source:
                continue
            found = compare(later.observations, later.batch, earlier.observations, earlier.batch)
            if found.contradicts:
                said = "De bestanden '{}' en '{}' spreken elkaar tegen; geen van beide is gebruikt. " + found.text
                why[later.batch.id] = said.format(later.batch.file, earlier.batch.file)
                why[earlier.batch.id] = said.format(earlier.batch.file, later.batch.file)
            elif found.different:
                notes.setdefault(later.batch.id, []).append(f"Kleine herziening: {found.text}")
    kept = [_noted(reading, notes.get(reading.batch.id, [])) for reading in readings if reading.batch.id not in why]
    gone = [
        LeftOut(held.batch.file, why[held.batch.id], held.batch.source, held.batch.rows_read)
        for held in readings
        if held.batch.id in why
    ]
    return kept, gone


def _against_known(
    warehouse: Warehouse, fresh: list[Reading], replace: tuple[str, ...]
) -> tuple[list[Reading], dict[str, str], list[LeftOut]]:
    """Those that may be stored, which batch each takes the place of, and those that contradict what is there."""
    kept: list[Reading] = []
    refused: list[LeftOut] = []
    replaces: dict[str, str] = {}
    for reading in fresh:
        notes: list[str] = []
        why = ""
        for batch in warehouse.batches():
            if batch.source != reading.batch.source:
                continue
            found = compare(reading.observations, reading.batch, _stored(warehouse, batch.id), batch)
            if batch.id in replace and found.shared:
                replaces[reading.batch.id] = batch.id
            elif found.contradicts:
                why = f"Het bestand spreekt een eerdere batch tegen: {found.text} Neem het met 'ingest --replace {batch.id}' als het die vervangt."
            elif found.different:
                notes.append(f"Kleine herziening: {found.text}")
        if why:
            refused.append(LeftOut(reading.batch.file, why, reading.batch.source, reading.batch.rows_read))
        else:
            kept.append(_noted(reading, notes))
    return kept, replaces, refused


def _stored(warehouse: Warehouse, batch_id: str) -> Observations:
    held = warehouse.columns("same_figures", batches=[batch_id])
    return Observations(
        held["area"],
        held["measure"],
        held["code"],
        held["first"],
        held["months"],
        held["value"],
        held["status"],
        held["row"],
    )  # type: ignore[arg-type]  # the query gives exactly these columns


def _dated_together(readings: list[Reading], known: Iterable[DatedCodes]) -> list[Reading]:
    """The readings with the year that the register, or dated files among them or in `known`, give them."""
    sure = [reading if reading.batch.division else _with_year(reading, _own_year(reading)) for reading in readings]
    others = [*known, *(DatedCodes(r.batch.division, r.codes) for r in sure if r.batch.division is not None)]
    return [
        reading if reading.batch.division else _with_year(reading, year_by_neighbours(reading.codes, others))
        for reading in sure
    ]


def _own_year(reading: Reading) -> Dated | None:
    """The year of a file's division by itself: its own year for key figures of one year, else the register."""
    batch = reading.batch
    one_year = batch.first_month is not None and batch.last_month == batch.first_month + 11
    if batch.source == "key_figures" and one_year and batch.first_month is not None:
        return Dated(batch.first_month // 12, "")
    return year_by_register(reading.codes)


def _with_year(reading: Reading, found: Dated | None) -> Reading:
    if found is None:
        return reading
    batch = dated(reading.batch, found.year)
    if reading.batch.undated:
        batch = dataclasses.replace(
            batch, undated=False, notes=(*batch.notes, f"Het jaar is {found.year}: {found.how}.")
        )
        return dataclasses.replace(reading, batch=batch, observations=reading.observations.dated(found.year))
    return dataclasses.replace(reading, batch=batch)


def _noted(reading: Reading, notes: list[str]) -> Reading:
    batch = dataclasses.replace(reading.batch, notes=(*reading.batch.notes, *notes))
    return dataclasses.replace(reading, batch=batch)


def _dated_codes(warehouse: Warehouse) -> list[DatedCodes]:
    years = {batch.id: batch.division for batch in warehouse.batches() if batch.division is not None}
    return [DatedCodes(years[batch], codes) for batch, codes in _codes_by_batch(warehouse, list(years)).items()]


def _codes_by_batch(warehouse: Warehouse, batches: list[str]) -> dict[str, frozenset[str]]:
    held = warehouse.columns("codes", batches=batches)
    codes: dict[str, set[str]] = {}
    for batch, code in zip(held["batch"].tolist(), held["code"].tolist(), strict=True):
        codes.setdefault(batch, set()).add(code)
    return {batch: frozenset(found) for batch, found in codes.items()}


def _date_again(warehouse: Warehouse) -> None:
    """Give batches that are still without a year the one that the batches beside them now show, or take it back."""
    loose = [entry.id for entry in warehouse.entries() if not entry.withdrawn]
    batches = {batch.id: batch for batch in warehouse.batches()}
    given = {entry.id for entry in warehouse.entries() if entry.division is not None}
    open_ones = [name for name in loose if batches[name].division is None or name in given]
    if not open_ones:
        return
    fixed = [name for name in loose if batches[name].division is not None and name not in given]
    codes = _codes_by_batch(warehouse, [*fixed, *open_ones])
    others = [DatedCodes(batches[name].division or 0, codes.get(name, frozenset())) for name in fixed]
    found = {name: year_by_neighbours(codes.get(name, frozenset()), others) for name in open_ones}
    warehouse.date({name: held.year if held else None for name, held in found.items()})


def _accepted(batch: Batch, reading: Reading) -> Outcome:
    return _said(State.ACCEPTED, batch, reading.batch.file)


def _already(reading: Reading) -> Outcome:
    return _said(State.ALREADY, reading.batch, reading.batch.file)


def _said(state: State, batch: Batch, file: str) -> Outcome:
    reasons = tuple(sentence(reason) for reason in batch.reasons)
    return Outcome(
        file, batch.source, state, batch.rows_read, batch.rows_kept, batch.rows_refused, reasons, batch.notes, batch.id
    )


def _outcome(held: LeftOut) -> Outcome:
    if held.already is not None:
        return Outcome(held.file, None, State.ALREADY, 0, 0, 0, (held.reason,), (), held.already)
    return Outcome(held.file, held.source, State.REFUSED, held.rows_read, 0, held.rows_read, (held.reason,), (), None)
