"""From the columns of a table of counts to a reading: what police_crime and panel_month share.

Every distinct text is read once; from there on everything is numbers.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

from wijkveilig.sources.codes import ReadCode, read_code
from wijkveilig.sources.dutch import number
from wijkveilig.sources.figures import MOST, Figure, read_count
from wijkveilig.sources.periods import read_possible_period, why_no_period
from wijkveilig.sources.reasons import gather
from wijkveilig.sources.table import Cells, Table
from wijkveilig.sources.types import Content, RefusedFile
from wijkveilig.warehouse.batch import Reason
from wijkveilig.warehouse.measures import REGISTERED_CRIME
from wijkveilig.warehouse.reading import Observations, words
from wijkveilig.warehouse.types import Period, Status

Read = TypeVar("Read")
Positions = npt.NDArray[np.int64]
NO_COUNT = f"'{{}}' is geen aantal: een heel getal van 0 tot en met {number(MOST)}."
_STATUSES = (Status.VALUE, Status.MISSING, Status.WITHHELD)


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts with their keys as positions in sorted lists; all arrays have one entry per row that was kept.

    areas, codes, periods: the distinct keys, sorted. area, code, period: positions in them (int64).
    value: float64, NaN unless status is 0 (value; 1 = missing, 2 = withheld). row: line in the file.
    """

    areas: tuple[str, ...]
    codes: tuple[str, ...]
    periods: tuple[Period, ...]
    area: Positions
    code: Positions
    period: Positions
    value: npt.NDArray[np.float64]
    status: npt.NDArray[np.int8]
    row: npt.NDArray[np.int32]
    repaired: tuple[str, ...] = ()
    refused: tuple[Reason, ...] = ()

    def observations(self, keep: npt.NDArray[np.bool_]) -> Observations:
        """The rows at the positions where `keep` (bool) is true, as columns of the warehouse."""
        count = int(keep.sum())
        return Observations(
            area=words(list(self.areas))[self.area[keep]],
            measure=words([REGISTERED_CRIME] * count),
            code=words(list(self.codes))[self.code[keep]],
            first=np.array([p.first for p in self.periods], dtype=np.int32)[self.period[keep]],
            months=np.array([p.months for p in self.periods], dtype=np.int16)[self.period[keep]],
            value=self.value[keep],
            status=words([str(status) for status in _STATUSES])[self.status[keep]],
            row=self.row[keep],
        )


@dataclass(frozen=True, slots=True)
class _Cell(Generic[Read]):
    """One column, each distinct text read once; None is a text that could not be read."""

    cells: Cells
    read: dict[str | None, Read | None]
    why: Callable[[str], str]

    def numbers(self, place: Callable[[Read], int]) -> Positions:
        """The column as numbers; -1 where the text could not be read."""
        known = {text: -1 if held is None else place(held) for text, held in self.read.items()}
        return np.fromiter(map(known.__getitem__, self.cells), dtype=np.int64, count=len(self.cells))


def read_counts(
    content: Content, table: Table, columns: tuple[str, str, str, str], *, empty: Figure, prefix: str = ""
) -> Counts:
    """Read the columns (area, type, period, count) of a table of this content.

    Rows with a cell that cannot be read are refused, and so are rows that repeat an earlier one.
    The same area, type and period with two different figures raises RefusedFile.
    """
    area, code, period, value = (table.column(name) for name in columns)
    areas = _cell(area, lambda text: read_code(text, prefix), "'{}' is geen gebiedscode van het CBS.")
    codes = _cell(code, lambda text: text.strip() or None, "De soort misdrijf is niet ingevuld.")
    periods = _Cell(
        period,
        {text: read_possible_period(text or "", content.last_year) for text in set(period)},
        lambda text: why_no_period(text, content.last_year),
    )
    comma = content.head.delimiter != ","
    values = _cell(value, lambda text: read_count(text, empty, comma=comma), NO_COUNT)
    counts, bad = _in_numbers(table, areas, codes, periods, values)
    counts = _without_repeats(counts, table.rows_read)
    repaired = tuple(sorted({str(held.code) for held in areas.read.values() if held and held.repaired}))
    return dataclasses.replace(counts, repaired=repaired, refused=(*table.refused, *bad, *counts.refused))


def _cell(cells: Cells, read: Callable[[str], Read | None], why: str) -> _Cell[Read]:
    return _Cell(cells, {text: read(text or "") for text in set(cells)}, lambda text: why.format(text.strip()))


def _in_numbers(
    table: Table, areas: _Cell[ReadCode], codes: _Cell[str], periods: _Cell[Period], values: _Cell[Figure]
) -> tuple[Counts, tuple[Reason, ...]]:
    area_names = tuple(sorted({str(held.code) for held in areas.read.values() if held}))
    code_names = tuple(sorted({held for held in codes.read.values() if held}))
    period_names = tuple(sorted({held for held in periods.read.values() if held}))
    area_at = {name: at for at, name in enumerate(area_names)}
    area = areas.numbers(lambda held: area_at[str(held.code)])
    code = codes.numbers(code_names.index)
    period = periods.numbers(period_names.index)
    status = values.numbers(lambda held: _STATUSES.index(held.status))
    figures = {text: math.nan if held is None else held.value for text, held in values.read.items()}
    value = np.fromiter(map(figures.__getitem__, values.cells), dtype=np.float64, count=len(values.cells))
    keep = (area >= 0) & (code >= 0) & (period >= 0) & (status >= 0)
    row = np.array(table.rows, dtype=np.int32)
    used_area, areas_kept = np.unique(area[keep], return_inverse=True)
    used_code, codes_kept = np.unique(code[keep], return_inverse=True)
    used_period, periods_kept = np.unique(period[keep], return_inverse=True)
    counts = Counts(
        areas=tuple(area_names[at] for at in used_area),
        codes=tuple(code_names[at] for at in used_code),
        periods=tuple(period_names[at] for at in used_period),
        area=areas_kept.astype(np.int64),
        code=codes_kept.astype(np.int64),
        period=periods_kept.astype(np.int64),
        value=value[keep],
        status=status[keep].astype(np.int8),
        row=row[keep],
    )
    tried = _Tried(((area, areas), (code, codes), (period, periods), (status, values)))
    return counts, gather((int(row[at]), tried.why(int(at))) for at in np.flatnonzero(~keep))


@dataclass(frozen=True, slots=True)
class _Tried:
    """The columns in the order in which a row is looked at, each with its numbers (-1 = could not be read)."""

    columns: tuple[tuple[Positions, _Cell[Any]], ...]

    def why(self, at: int) -> str:
        """Why the row at this position could not be read: the first cell that is wrong."""
        return next(cell.why(cell.cells[at] or "") for numbers, cell in self.columns if numbers[at] < 0)


def _without_repeats(counts: Counts, rows_read: int) -> Counts:
    """Leave out rows that say again what an earlier row said; two figures for one key refuse the file."""
    key = (counts.area * len(counts.codes) + counts.code) * len(counts.periods) + counts.period
    order = np.argsort(key, kind="stable")
    same = np.flatnonzero(key[order][1:] == key[order][:-1])
    if not len(same):
        return counts
    earlier, later = order[same], order[same + 1]
    differs = (counts.status[earlier] != counts.status[later]) | (
        (counts.status[earlier] == 0) & (counts.value[earlier] != counts.value[later])
    )
    if differs.any():
        raise RefusedFile(_contradiction(counts, earlier, later, differs), rows_read=rows_read)
    repeated = gather((int(counts.row[at]), "De rij herhaalt een eerdere rij.") for at in later)
    keep = np.ones(len(key), dtype=bool)
    keep[later] = False
    columns = ("area", "code", "period", "value", "status", "row")
    return dataclasses.replace(counts, refused=repeated, **{name: getattr(counts, name)[keep] for name in columns})


def _contradiction(counts: Counts, earlier: Positions, later: Positions, differs: npt.NDArray[np.bool_]) -> str:
    at = int(np.flatnonzero(differs)[0])
    one, two = int(earlier[at]), int(later[at])
    code, period = counts.codes[counts.code[one]], counts.periods[counts.period[one]]
    where = f"{counts.areas[counts.area[one]]}, soort {code}, {period}"
    figures = f"{_said(counts, one)} in rij {counts.row[one]} en {_said(counts, two)} in rij {counts.row[two]}"
    return (
        f"Het bestand spreekt zichzelf tegen: {where} staat er met twee cijfers in: {figures}. "
        f"Dit komt {int(differs.sum())} keer voor."
    )


def _said(counts: Counts, at: int) -> str:
    return f"{counts.value[at]:.0f}" if counts.status[at] == 0 else "geen cijfer"
