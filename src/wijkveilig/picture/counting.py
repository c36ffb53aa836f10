"""Rows of counts from the warehouse to cubes: which source makes the picture, and which cell wins."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from wijkveilig.picture.cube import Cube
from wijkveilig.warehouse.batch import Batch
from wijkveilig.warehouse.tables import Columns
from wijkveilig.warehouse.types import AreaCode, Period

MONTH, YEAR = 1, 12


def choose_source(rows: Columns, batches: Mapping[str, Batch], period: Period | None) -> tuple[str, int] | None:
    """The source and step whose counts make the picture: months before years, then the latest, then the most.

    None when no batch counts by month or by year, or none holds the period.
    """
    groups: dict[tuple[str, int], tuple[int, int, int]] = {}
    names, of = np.unique(rows["batch"].astype("U32"), return_inverse=True)
    for index, name in enumerate(names.tolist()):
        for step in (MONTH, YEAR):
            first = rows["first"][(of == index) & (rows["months"] == step)]
            if period is not None:  # what came later must not decide about a picture of the past
                first = first[first + step - 1 <= period.last]
            if first.size:
                key = (batches[name].source, step)
                start, last, size = groups.get(key, (int(first.min()), int(first.max()) + step - 1, 0))
                groups[key] = (min(start, int(first.min())), max(last, int(first.max()) + step - 1), size + first.size)
    if period is not None:
        groups = {
            (source, step): held
            for (source, step), held in groups.items()
            if held[0] <= period.first and period.last <= held[1] and period.months % step == 0
            and (period.first - held[0]) % step == 0
        }  # fmt: skip
    return max(groups, default=None, key=lambda key: (-key[1], groups[key][1], groups[key][2], key[0]))


def read_cube(
    rows: Columns, chosen: tuple[str, int], batches: Mapping[str, Batch], ranks: Mapping[str, int]
) -> Cube | None:
    """The cube of the chosen source; of two batches that hold a cell the one of the higher rank counts."""
    source, step = chosen
    order = sorted((batch.id for batch in batches.values() if batch.source == source), key=lambda name: ranks[name])
    place = {batch: index for index, batch in enumerate(order)}
    own = np.isin(rows["batch"].astype("U32"), np.array(order, dtype="U32")) & (rows["months"] == step)
    if not own.any():
        return None
    areas, area = _numbered(rows["area"][own])
    codes, code = _numbered(rows["code"][own])
    batch = np.array([place[name] for name in rows["batch"][own].tolist()], dtype=np.int16)
    start = rows["first"][own].astype(np.int64)
    first = int(start.min())
    at = (start - first) // step
    shape = (len(areas), len(codes), int(at.max()) + 1)
    status = rows["status"][own].astype("U8")
    turn = np.argsort(batch, kind="stable")
    cell = tuple(index[turn] for index in (area, code, at))
    value, known = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=bool)
    withheld, origin = np.zeros(shape, dtype=bool), np.full(shape, -1, dtype=np.int16)
    known[cell] = (status == "value")[turn]
    withheld[cell] = (status == "withheld")[turn]
    value[cell] = np.nan_to_num(rows["value"][own].astype(np.float64))[turn].astype(np.int64)
    origin[cell] = batch[turn]
    used = sorted({int(index) for index in np.unique(batch)})
    lookup = np.full(len(order) + 1, -1, dtype=np.int16)
    lookup[used] = np.arange(len(used))
    return Cube(
        areas=tuple(AreaCode(name) for name in areas),
        codes=codes,
        first=first,
        step=step,
        value=value,
        known=known,
        withheld=withheld,
        batch=lookup[origin],
        batches=tuple(order[index] for index in used),
        recorded=np.ones(shape[1:], dtype=bool),
        reported=np.ones(shape[2], dtype=bool),
    )


def _numbered(texts: np.ndarray) -> tuple[tuple[str, ...], np.ndarray]:
    """The different texts in order, and per row the position of its text."""
    names, index = np.unique(texts.astype("U16"), return_inverse=True)
    return tuple(str(name) for name in names), index


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
