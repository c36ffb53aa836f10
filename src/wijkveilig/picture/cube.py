"""Counts of one level as arrays, and the three kinds of 'no figure' in them.

A cube is area × source code × step, where a step is a month or a year. What was not recorded and what was
not reported is judged by what each batch shows up to a chosen end, so a picture of the past never looks
ahead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from wijkveilig.warehouse.batch import Totals
from wijkveilig.warehouse.reporting import judge
from wijkveilig.warehouse.types import AreaCode, Period

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Cube:
    """Counts [areas, codes, steps]. A cell is known, withheld by the source, or missing.

    `batch` [areas, codes, steps] is the index in `batches` of the batch that the cell came from, -1 for none.
    `recorded` [codes, steps] and `reported` [steps] are false where no batch recorded the type, or reported
    the step; both are all true until `until` has judged.
    """

    areas: tuple[AreaCode, ...]
    codes: tuple[str, ...]
    first: int
    step: int
    value: Ints
    known: Bools
    withheld: Bools
    batch: NDArray[np.int16]
    batches: tuple[str, ...]
    recorded: Bools
    reported: Bools

    @property
    def steps(self) -> int:
        """Number of months or years."""
        return int(self.value.shape[2])

    @property
    def last(self) -> int:
        """Month index of the last month that the cube reaches."""
        return self.first + self.steps * self.step - 1

    def until(self, last: int, totals: Mapping[str, Totals | None]) -> Cube:
        """The cube as it was known at the end of month `last`, with what was not recorded or reported taken out.

        `totals` are the counts of each whole batch: a type that is zero in every area and month of a batch up to
        `last` was not recorded, a step that is zero everywhere was not reported.
        """
        width = max(0, min(self.steps, (last + 1 - self.first) // self.step))
        cut = self._first_steps(width)
        recorded, reported = cut._judged(last, totals)
        seen = cut.known & recorded & reported
        return replace(
            cut,
            value=np.where(seen, cut.value, 0),
            known=seen,
            recorded=_any_batch(recorded, cut.batch),
            reported=np.any(_any_batch(reported, cut.batch), axis=0),
        )

    def _first_steps(self, width: int) -> Cube:
        return replace(
            self,
            value=self.value[:, :, :width],
            known=self.known[:, :, :width],
            withheld=self.withheld[:, :, :width],
            batch=self.batch[:, :, :width],
            recorded=self.recorded[:, :width],
            reported=self.reported[:width],
        )

    def _judged(self, last: int, totals: Mapping[str, Totals | None]) -> tuple[Bools, Bools]:
        """Two masks [areas, codes, steps]: the cell's batch recorded the type, and reported the step."""
        recorded = np.ones(self.value.shape, dtype=bool)
        reported = np.ones(self.value.shape, dtype=bool)
        for index, batch in enumerate(self.batches):
            held = totals.get(batch)
            if held is None:
                continue
            own = self.batch == index
            judged = judge(held, last)
            code_mask = np.array([code not in judged.unrecorded for code in self.codes], dtype=bool)
            months = (self.first + self.step * step for step in range(self.steps))
            step_mask = np.array([month not in judged.unreported for month in months], dtype=bool)
            recorded &= ~own | code_mask[None, :, None]
            reported &= ~own | step_mask[None, None, :]
        return recorded, reported

    def window(self, period: Period) -> slice | None:
        """The steps of a period, or None where they lie outside the cube or do not fit its steps."""
        start, off = divmod(period.first - self.first, self.step)
        length, rest = divmod(period.months, self.step)
        if off or rest or start < 0 or start + length > self.steps:
            return None
        return slice(start, start + length)

    def sum_areas(self, groups: Mapping[AreaCode, list[int]]) -> Cube:
        """The cube of larger areas: each is the sum of areas, known where all that report anything are known."""
        names = tuple(groups)
        reports = np.any(self.known | self.withheld, axis=(1, 2))
        shape = (len(names), *self.value.shape[1:])
        value, known, withheld = np.zeros(shape, dtype=np.int64), np.zeros(shape, bool), np.zeros(shape, bool)
        batch = np.full(shape, -1, dtype=np.int16)
        for row, members in enumerate(groups.values()):
            inside = [member for member in members if reports[member]]
            if inside:
                known[row] = self.known[inside].all(axis=0)
                value[row] = np.where(known[row], self.value[inside].sum(axis=0), 0)
                withheld[row] = self.withheld[inside].any(axis=0)
                batch[row] = self.batch[inside].max(axis=0)
        return replace(self, areas=names, value=value, known=known, withheld=withheld, batch=batch)


def _any_batch(mask: Bools, batch: NDArray[np.int16]) -> Bools:
    """[codes, steps]: true where some cell that a batch gave passes, or where no batch gave any cell."""
    given = batch >= 0
    return np.asarray(np.any(mask & given, axis=0) | ~np.any(given, axis=0))
