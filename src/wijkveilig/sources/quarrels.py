"""Which files cannot be taken because they contradict another, in the same call or in the warehouse."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from wijkveilig.sources.contradictions import NOTHING, Comparison, Keyed, compare
from wijkveilig.sources.dutch import listed
from wijkveilig.sources.types import LeftOut
from wijkveilig.warehouse.batch import Batch
from wijkveilig.warehouse.reading import Observations, Reading
from wijkveilig.warehouse.store import Replaces, Warehouse

COLUMNS = ("area", "measure", "code", "first", "months", "value", "status", "row")


def without_quarrels(readings: list[Reading]) -> tuple[list[Reading], list[LeftOut]]:
    """Leave out both of two files that contradict each other; small revisions become a note of the later one."""
    ordered = sorted(readings, key=lambda reading: reading.batch.order)
    keyed = {reading.batch.id: Keyed(reading.observations, reading.batch) for reading in ordered}
    why: dict[str, str] = {}
    notes: dict[str, list[str]] = {}
    for at, later in enumerate(ordered):
        for earlier in ordered[:at]:
            found = _compare(keyed[later.batch.id], keyed[earlier.batch.id])
            if found.contradicts:
                said = "Het bestand en '{}' spreken elkaar tegen; geen van beide is gebruikt. {}"
                why[later.batch.id] = said.format(earlier.batch.file, found.text)
                why[earlier.batch.id] = said.format(later.batch.file, found.seen_back)
            elif found.different:
                notes.setdefault(later.batch.id, []).append(_small(earlier.batch, found))
    kept = [_noted(reading, notes.get(reading.batch.id, [])) for reading in readings if reading.batch.id not in why]
    gone = [_left_out(reading.batch, why[reading.batch.id]) for reading in readings if reading.batch.id in why]
    return kept, gone


def against_known(
    warehouse: Warehouse, fresh: list[Reading], replace: tuple[str, ...]
) -> tuple[list[Reading], Replaces, list[LeftOut]]:
    """Those that may be stored, which batches each takes the place of, and those that contradict what is there.

    Nothing is stored when a batch of `replace` finds no file that takes its place: then all are left out.
    """
    kept: list[Reading] = []
    refused: list[LeftOut] = []
    replaces: Replaces = {}
    for reading in fresh:
        met = _meeting(warehouse, reading, replace)
        if met.why:
            refused.append(dataclasses.replace(_left_out(reading.batch, met.why), against=met.against))
            continue
        kept.append(_noted(reading, met.notes))
        if met.replaces:
            replaces[reading.batch.id] = met.replaces
    unused = sorted(set(replace) - {old for held in replaces.values() for old in held})
    if not unused:
        return kept, replaces, refused
    why = f"Geen bestand van deze aanroep kan in de plaats komen van batch {listed(unused)}; er is niets overgenomen."
    return [], {}, [*refused, *(_left_out(reading.batch, why) for reading in kept)]


@dataclass(frozen=True, slots=True)
class _Meeting:
    """What a file and the batches that are there say to each other: why it is refused ('' = it is not), notes for a
    reader, the batches whose place it takes, and those that it contradicts.
    """

    why: str
    notes: list[str]
    replaces: tuple[str, ...]
    against: tuple[str, ...]


def _meeting(warehouse: Warehouse, reading: Reading, replace: tuple[str, ...]) -> _Meeting:
    new = Keyed(reading.observations, reading.batch)
    notes: list[str] = []
    replaces: list[str] = []
    why, against = "", []
    for batch in warehouse.batches():
        if batch.id in replace and _same_areas(warehouse, reading, batch):
            replaces.append(batch.id)
            continue
        if not _meet(reading.batch, batch):
            continue
        found = _compare(new, Keyed(_stored(warehouse, batch.id), batch))
        if batch.id in replace and found.shared:
            replaces.append(batch.id)
        elif found.contradicts:
            why = f"Het bestand spreekt '{batch.file}' (batch {batch.id}) tegen: {found.text}"
            against.append(batch.id)
        elif found.different:
            notes.append(_small(batch, found))
    return _Meeting(why, notes, tuple(replaces), tuple(against))


def _small(batch: Batch, found: Comparison) -> str:
    return f"Kleine herziening van '{batch.file}' (batch {batch.id}): {found.text}"


def _compare(new: Keyed, old: Keyed) -> Comparison:
    return compare(new, old) if _meet(new.batch, old.batch) else NOTHING


def _meet(one: Batch, two: Batch) -> bool:
    """Whether two batches are of one source and share months: else no figure of theirs can contradict."""
    if one.source != two.source or None in (one.first_month, one.last_month, two.first_month, two.last_month):
        return False
    return (one.first_month or 0) <= (two.last_month or 0) and (two.first_month or 0) <= (one.last_month or 0)


def _same_areas(warehouse: Warehouse, reading: Reading, batch: Batch) -> bool:
    """Whether both are of one source without figures, and hold some of the same areas."""
    if batch.source != reading.batch.source or len(reading.observations):
        return False
    return not reading.codes.isdisjoint(warehouse.columns("codes", batches=[batch.id])["code"].tolist())


def _stored(warehouse: Warehouse, batch_id: str) -> Observations:
    held = warehouse.columns("same_figures", batches=[batch_id])
    return Observations(**{name: held[name] for name in COLUMNS})


def _noted(reading: Reading, notes: list[str]) -> Reading:
    batch = dataclasses.replace(reading.batch, notes=(*reading.batch.notes, *notes))
    return dataclasses.replace(reading, batch=batch)


def _left_out(batch: Batch, why: str) -> LeftOut:
    return LeftOut(batch.file, why, batch.source, batch.rows_read, batch.id)
