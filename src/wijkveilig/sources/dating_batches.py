"""Give readings and batches the year that their own content does not tell, from the register or from others."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from wijkveilig.sources.dating import Dated, DatedCodes, year_by_neighbours, year_by_register
from wijkveilig.sources.unknown_codes import AreaList
from wijkveilig.warehouse.batch import Batch
from wijkveilig.warehouse.reading import Reading
from wijkveilig.warehouse.store import Warehouse, Years, dated


def date_alone(readings: list[Reading]) -> list[Reading]:
    """The readings with the year that their own columns or the register of divisions give them."""
    return [reading if reading.batch.division else _with_year(reading, _own_year(reading)) for reading in readings]


def date_together(readings: list[Reading]) -> list[Reading]:
    """As `date_alone`, and the others with the year that dated files among them show."""
    sure = date_alone(readings)
    others = [_dated_codes_of(reading.batch, reading.codes) for reading in sure if reading.batch.division]
    return [
        reading if reading.batch.division else _with_year(reading, _year_beside(reading.batch, reading.codes, others))
        for reading in sure
    ]


def years_beside(warehouse: Warehouse, fresh: list[Reading], without: Iterable[str] = ()) -> Years:
    """The year of each batch that does not tell its own, once `fresh` has come and `without` has gone.

    None: it is unknown. Costs one query for all codes of the warehouse.
    """
    gone = set(without)
    given = {entry.id for entry in warehouse.entries() if entry.division is not None}
    stored = {batch.id: batch for batch in warehouse.batches() if batch.id not in gone}
    codes = _codes_by_batch(warehouse, list(stored)) | {reading.batch.id: reading.codes for reading in fresh}
    batches = stored | {reading.batch.id: reading.batch for reading in fresh}
    loose = [name for name, batch in batches.items() if batch.division is None or name in given]
    fixed = [batch for name, batch in batches.items() if name not in loose]
    if not loose:
        return {}
    others = [_dated_codes_of(batch, codes.get(batch.id, frozenset())) for batch in fixed]
    found = {name: _year_beside(batches[name], codes.get(name, frozenset()), others) for name in loose}
    return {name: held.year if held else None for name, held in found.items()}


def area_lists(readings: Iterable[Reading]) -> tuple[AreaList, ...]:
    """The files of areas among readings, as lists of codes."""
    lists = (reading for reading in readings if reading.batch.source == "cbs_areas")
    return tuple(AreaList(held.batch.file, held.batch.division, held.codes) for held in lists)


def area_lists_in(warehouse: Warehouse) -> tuple[AreaList, ...]:
    """The files of areas in a warehouse, as lists of codes."""
    lists = {batch.id: batch for batch in warehouse.batches() if batch.source == "cbs_areas"}
    codes = _codes_by_batch(warehouse, list(lists))
    return tuple(AreaList(held.file, held.division, codes.get(name, frozenset())) for name, held in lists.items())


def _own_year(reading: Reading) -> Dated | None:
    """The year of a file's division by itself: its own year for key figures of one year, else the register."""
    batch = reading.batch
    if batch.source == "key_figures" and batch.first_month is not None and batch.last_month == batch.first_month + 11:
        return Dated(batch.first_month // 12, "")
    return year_by_register(reading.codes, _not_before(batch))


def _year_beside(batch: Batch, codes: frozenset[str], others: list[DatedCodes]) -> Dated | None:
    return year_by_neighbours(codes, others, complete=batch.source == "cbs_areas", not_before=_not_before(batch))


def _not_before(batch: Batch) -> int:
    # The police show all years in their newest division, so its year is not before the last year of the figures.
    return (batch.last_month or 0) // 12 if batch.source == "police_crime" else 0


def _dated_codes_of(batch: Batch, codes: frozenset[str]) -> DatedCodes:
    complete = batch.source == "cbs_areas" or year_by_register(codes) is not None
    return DatedCodes(batch.division or 0, codes, complete)


def _with_year(reading: Reading, found: Dated | None) -> Reading:
    if found is None:
        return reading
    batch, figures = dated(reading.batch, found.year, found.how), reading.observations
    return dataclasses.replace(
        reading, batch=batch, observations=figures.dated(found.year) if reading.batch.undated else figures
    )


def _codes_by_batch(warehouse: Warehouse, batches: list[str]) -> dict[str, frozenset[str]]:
    held = warehouse.columns("codes", batches=batches)
    codes: dict[str, set[str]] = {}
    for batch, code in zip(held["batch"].tolist(), held["code"].tolist(), strict=True):
        codes.setdefault(batch, set()).add(code)
    return {batch: frozenset(found) for batch, found in codes.items()}
