"""From source codes to indicators: the columns of a picture, with the sums that are extra."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wijkveilig.picture.cube import Bools, Cube, Ints
from wijkveilig.picture.facts import Reason
from wijkveilig.picture.indicators import TOTAL, Indicator, Kind, Register
from wijkveilig.warehouse.types import AreaCode, Period, Status

Floats = NDArray[np.float64]
YEAR = 12


@dataclass(frozen=True, slots=True)
class Column:
    """An indicator and the codes of this source that it counts; `parts` are the indicators that a sum adds up."""

    indicator: Indicator
    codes: tuple[str, ...]
    parts: tuple[str, ...] = ()

    @property
    def single(self) -> bool:
        """Whether it is one source type: only those are tested."""
        return self.indicator.kind is Kind.SINGLE


class Counted(NamedTuple):
    """A period counted: `value` [areas, columns] with NaN where there is none, and the status of each cell."""

    value: Floats
    status: NDArray[np.object_]
    reason: NDArray[np.object_]


@dataclass(frozen=True)
class Table:
    """Counts by indicator [areas, columns, steps], otherwise as a `Cube`."""

    areas: tuple[AreaCode, ...]
    columns: tuple[Column, ...]
    first: int
    step: int
    value: Ints
    known: Bools
    withheld: Bools
    given: Bools
    recorded: Bools
    reported: Bools
    cube: Cube

    @property
    def singles(self) -> Bools:
        """[columns]: one source type each."""
        return np.array([column.single for column in self.columns], dtype=bool)

    def monthly(self, period: Period) -> Floats:
        """[areas, columns, steps] with NaN where not known, or where counting changed before the period ended."""
        made = np.where(self.known, self.value, np.nan)
        for column, item in enumerate(self.columns):
            for cut in item.indicator.breaks:
                if cut.month <= period.last:
                    made[:, column, : max(0, cut.month - self.first)] = np.nan
        return made

    def over(self, period: Period) -> Counted:
        """The counts of a period, with why there is none: `missing` as soon as a part is."""
        window = self.cube.window(period)
        shape = self.value.shape[:2]
        if window is None:
            nothing = np.full(shape, Reason.NOT_IN_SOURCE, dtype=object)
            return Counted(np.full(shape, np.nan), np.full(shape, Status.MISSING, dtype=object), nothing)
        known, withheld = self.known[:, :, window], self.withheld[:, :, window]
        whole = np.asarray(known.all(axis=2))
        value = np.where(whole, self.value[:, :, window].sum(axis=2), np.nan)
        status = np.full(shape, Status.MISSING, dtype=object)
        status[whole] = Status.VALUE
        hidden = np.asarray(~whole & withheld.any(axis=2) & (known | withheld).all(axis=2))
        status[hidden] = Status.WITHHELD
        return Counted(value, status, self._why(window, whole, hidden))

    def _why(self, window: slice, whole: Bools, hidden: Bools) -> NDArray[np.object_]:
        known = self.known[:, :, window]
        reason = np.full(whole.shape, Reason.PART_MISSING, dtype=object)
        reason[~known.any(axis=2)] = Reason.NOT_IN_SOURCE
        reason[:, ~self.recorded[:, window].any(axis=1)] = Reason.NOT_RECORDED
        silent = ~self.reported[window]
        given = self.given[:, :, window]
        if silent.any():
            reason[(known | silent[None, None, :]).all(axis=2) & given.any(axis=2)] = Reason.NOT_REPORTED
        reason[hidden] = Reason.WITHHELD
        reason[whole] = None
        return reason

    def blocks(self, period: Period) -> Floats:
        """[areas, columns, years]: the whole runs of twelve months before a period, oldest first, NaN where unknown.

        A run before a break in counting is unknown: nothing is compared across it.
        """
        starts: list[int] = []
        first = period.first - YEAR
        while first >= self.first:
            starts.insert(0, first)
            first -= YEAR
        made = np.full((*self.value.shape[:2], len(starts)), np.nan)
        for index, start in enumerate(starts):
            made[:, :, index] = self.over(Period(start, YEAR)).value
            for column, item in enumerate(self.columns):
                if any(start < cut.month <= period.last for cut in item.indicator.breaks):
                    made[:, column, index] = np.nan
        return made


def plan_columns(cube: Cube, register: Register) -> tuple[Column, ...]:
    """The columns of a picture, from its neighbourhoods: every type of the source, then the sums.

    A type of which no batch holds a figure up to the cube's end is no column: a later file must not show in the past.
    A sum adds up the types that the source gives by neighbourhood (not those it always withholds or never recorded).
    A theme's sum is left out where it would repeat a single type or the total.
    """
    order = {indicator.id: position for position, indicator in enumerate(register.indicators)}
    given = [code for index, code in enumerate(cube.codes) if (cube.batch[:, index] >= 0).any()]
    found = [Column(register.of_code(code), (code,)) for code in given]
    singles = sorted(
        (column for column in found if column.single),
        key=lambda column: (order.get(column.indicator.id, len(order)), column.codes),
    )
    present = {code for index, code in enumerate(cube.codes) if cube.known[:, index].any()}
    countable = [column for column in singles if column.codes[0] in present]
    sums = [column for column in found if not column.single]
    for indicator in register.indicators:
        if indicator.kind is Kind.SUM and not any(column.indicator.id == indicator.id for column in sums):
            sums.extend(_sum(indicator, countable))
    return (*singles, *sorted(sums, key=lambda column: order[column.indicator.id]))


def _sum(indicator: Indicator, countable: list[Column]) -> list[Column]:
    """The sum of a theme, or the total of a source that gives none; nothing where it adds nothing."""
    total = indicator.id == TOTAL
    parts = [column for column in countable if total or column.indicator.theme == indicator.theme]
    if len(parts) < 2 or (not total and len(parts) == len(countable)):
        return []
    codes = tuple(code for part in parts for code in part.codes)
    if not total:  # a sum breaks where one of its parts does; of the total the source says that it hardly changed
        cuts = dict.fromkeys(cut for part in parts for cut in part.indicator.breaks)
        indicator = replace(indicator, breaks=tuple(cuts))
    return [Column(indicator, codes, tuple(part.indicator.id for part in parts))]


def tabulate_columns(cube: Cube, columns: tuple[Column, ...]) -> Table:
    """The counts of a cube by indicator; a sum is known where all its parts are."""
    row = {code: index for index, code in enumerate(cube.codes)}
    shape = (len(cube.areas), len(columns), cube.steps)
    value, known = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=bool)
    withheld, given = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    recorded = np.zeros(shape[1:], dtype=bool)
    for column, item in enumerate(columns):
        codes = [row[code] for code in item.codes]
        known[:, column] = cube.known[:, codes].all(axis=1)
        value[:, column] = np.where(known[:, column], cube.value[:, codes].sum(axis=1), 0)
        withheld[:, column] = cube.withheld[:, codes].any(axis=1)
        given[:, column] = (cube.batch[:, codes] >= 0).all(axis=1)
        recorded[column] = cube.recorded[codes].all(axis=0)
    return Table(
        cube.areas, columns, cube.first, cube.step, value, known, withheld, given, recorded, cube.reported, cube
    )
