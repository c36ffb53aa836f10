"""Rows of counts from the warehouse to cubes: which source makes the picture, and which cell wins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from wijkveilig.picture.cube import Cube, Ints
from wijkveilig.picture.spans import Span, span_of
from wijkveilig.warehouse.batch import Batch
from wijkveilig.warehouse.tables import Columns
from wijkveilig.warehouse.types import AreaCode, Period

MONTH, YEAR = 1, 12


@dataclass(frozen=True)
class Chosen:
    """The source and step (1 month, 12 year) of the counts that make a picture, and how far they reach.

    `months` are the months that the same source counted too, where a picture of years leaves them aside.
    """

    source: str
    step: int
    span: Span
    months: tuple[int, ...] = ()


def choose_source(rows: Columns, batches: Mapping[str, Batch], period: Period | None) -> Chosen | None:
    """The source and step whose counts make the picture: months before years, then the latest, then the most.

    Fewer than twelve months give way to years. None when no batch counts by month or by year, or none holds the
    period.
    """
    groups: dict[tuple[str, int], tuple[Span, int]] = {}
    starts: dict[tuple[str, int], Ints] = {}
    names, of = _numbered(rows["batch"])
    area = _numbered(rows["area"])[1]
    for source in sorted({batches[name].source for name in names}):
        here = np.array([batches[name].source == source for name in names], dtype=bool)[of]
        for step in (MONTH, YEAR):
            own = here & (rows["months"] == step)
            start = starts[source, step] = rows["first"][own].astype(np.int64)
            if _holds(start, step, period):
                groups[source, step] = (span_of(start, area[own], step, period), int(own.sum()))
    if not groups:
        return None

    def worth(key: tuple[str, int]) -> tuple[bool, int, int, int, str]:
        span, size = groups[key]
        return (period is not None or span.last - span.first + 1 >= YEAR, -key[1], span.last, size, key[0])

    source, step = max(groups, key=worth)
    months = np.unique(starts[source, MONTH]).tolist() if step == YEAR and period is None else []
    return Chosen(source, step, groups[source, step][0], tuple(months))


def _holds(start: Ints, step: int, period: Period | None) -> bool:
    """Whether rows with these first months reach over a period and can be counted into it."""
    if period is not None:  # what came later must not decide about a picture of the past
        start = start[start + step - 1 <= period.last]
    if not start.size or period is None:
        return bool(start.size)
    first, last = int(start.min()), int(start.max()) + step - 1
    whole = period.months % step == 0 and (period.first - first) % step == 0
    return first <= period.first and period.last <= last and whole


def read_cube(rows: Columns, chosen: Chosen, batches: Mapping[str, Batch], ranks: Mapping[str, int]) -> Cube | None:
    """The cube of the chosen source in its span; of two batches that hold a cell the one of the higher rank counts."""
    source, step, span = chosen.source, chosen.step, chosen.span
    names, of = _numbered(rows["batch"])
    own = np.array([batches[name].source == source for name in names], dtype=bool)[of] & (rows["months"] == step)
    own &= (rows["first"] >= span.first) & (rows["first"] + step - 1 <= span.last)
    if not own.any():
        return None
    areas, area = _numbered(rows["area"][own])
    codes, code = _numbered(rows["code"][own])
    used = sorted({names[index] for index in np.unique(of[own])}, key=lambda name: ranks[name])
    batch = np.array([used.index(name) if name in used else -1 for name in names], dtype=np.int16)[of[own]]
    start = rows["first"][own].astype(np.int64)
    at = (start - start.min()) // step
    shape = (len(areas), len(codes), int(at.max()) + 1)
    turn = np.argsort(batch, kind="stable")  # of two figures in one cell the last one written stays
    cell = (area[turn], code[turn], at[turn])
    status = rows["status"][own].astype("U8")[turn]
    return Cube(
        areas=tuple(AreaCode(name) for name in areas),
        codes=codes,
        first=int(start.min()),
        step=step,
        value=_placed(shape, cell, np.nan_to_num(rows["value"][own].astype(np.float64))[turn].astype(np.int64), 0),
        known=_placed(shape, cell, status == "value", fill=False),
        withheld=_placed(shape, cell, status == "withheld", fill=False),
        batch=_placed(shape, cell, batch[turn], -1),
        batches=tuple(used),
        recorded=np.ones(shape[1:], dtype=bool),
        reported=np.ones(shape[2], dtype=bool),
    )


def _placed(shape: tuple[int, ...], cell: tuple[np.ndarray, ...], values: np.ndarray, fill: int | bool) -> np.ndarray:
    """The values in their cells, `fill` in the others."""
    made = np.full(shape, fill, dtype=values.dtype)
    made[cell] = values
    return made


def _numbered(texts: np.ndarray) -> tuple[tuple[str, ...], Ints]:
    """The different texts in order, and per row the position of its text."""
    held = texts.tolist()
    names = tuple(sorted(set(held)))
    number = {name: index for index, name in enumerate(names)}
    return names, np.fromiter(map(number.__getitem__, held), dtype=np.int64, count=len(held))


def aligned(cube: Cube, like: Cube) -> Cube:
    """A cube of another level on the codes and steps of the neighbourhoods' cube."""
    codes = {code: index for index, code in enumerate(cube.codes)}
    shape = (len(cube.areas), len(like.codes), like.steps)
    value, known = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=bool)
    withheld, batch = np.zeros(shape, dtype=bool), np.full(shape, -1, dtype=np.int16)
    shift = (cube.first - like.first) // like.step
    for column, code in enumerate(like.codes):
        if code in codes:
            for step in range(max(0, shift), min(like.steps, shift + cube.steps)):
                here = (slice(None), codes[code], step - shift)
                value[:, column, step] = cube.value[here]
                known[:, column, step] = cube.known[here]
                withheld[:, column, step] = cube.withheld[here]
                batch[:, column, step] = cube.batch[here]
    return Cube(
        cube.areas, like.codes, like.first, like.step, value, known, withheld, batch, cube.batches,
        np.ones(shape[1:], dtype=bool), np.ones(like.steps, dtype=bool),
    )  # fmt: skip


def own_before_sum(own: Cube, summed: Cube) -> Cube:
    """The source's own row for a larger area where it gives one, else the sum of its neighbourhoods."""
    row = {code: index for index, code in enumerate(own.areas)}
    value, known = summed.value.copy(), summed.known.copy()
    withheld, batch = summed.withheld.copy(), summed.batch.copy()
    for index, code in enumerate(summed.areas):
        if code in row:
            given = own.known[row[code]]
            value[index] = np.where(given, own.value[row[code]], value[index])
            known[index] |= given
            withheld[index] &= ~given
    return Cube(
        summed.areas, summed.codes, summed.first, summed.step, value, known, withheld, batch, summed.batches,
        summed.recorded, summed.reported,
    )  # fmt: skip
