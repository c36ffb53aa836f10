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
    names, of = _numbered(rows["batch"], "U32")
    own = np.array([batches[name].source == source for name in names], dtype=bool)[of] & (rows["months"] == step)
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


def _numbered(texts: np.ndarray, width: str = "U16") -> tuple[tuple[str, ...], np.ndarray]:
    """The different texts (of at most this width) in order, and per row the position of its text."""
    names, index = np.unique(texts.astype(width), return_inverse=True)
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
