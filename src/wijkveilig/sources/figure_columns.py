"""Residents and key figures from the columns of a table, whatever the columns are called."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import yaml

from wijkveilig.sources.figures import read_figure
from wijkveilig.sources.periods import read_period, read_possible_period, why_no_period
from wijkveilig.sources.recognising import plain_name
from wijkveilig.sources.table import Cells, Table
from wijkveilig.warehouse.measures import measure_named
from wijkveilig.warehouse.reading import UNDATED, Observations, no_observations, words
from wijkveilig.warehouse.types import Status

_FILE = Path(__file__).parent / "data" / "key_figures.yaml"
_STATUSES = (Status.VALUE, Status.MISSING, Status.WITHHELD)
YEAR_COLUMNS = ("perioden", "periode", "jaar", "year")
Pairs = list[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """A key figure: our name, its spellings as a column, its codes in OData v4."""

    measure: str
    spellings: tuple[str, ...]
    codes: tuple[str, ...]


@functools.cache
def figure_spellings() -> tuple[FigureColumn, ...]:
    """All key figures that we know, in the order of the register."""
    held = yaml.load(_FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return tuple(FigureColumn(entry["measure"], tuple(entry["spellings"]), tuple(entry["codes"])) for entry in held)


def measure_columns(columns: tuple[str, ...]) -> tuple[tuple[str, FigureColumn], ...]:
    """The columns that hold a key figure that we know, one per measure, in the file's order."""
    by_spelling = {spelling: measure for measure in figure_spellings() for spelling in measure.spellings}
    found: dict[str, tuple[str, FigureColumn]] = {}
    for column in columns:
        measure = by_spelling.get(column.strip().lower()) or by_spelling.get(plain_name(column))
        if measure is not None:
            found.setdefault(measure.measure, (column, measure))
    return tuple(found.values())


def year_column(columns: tuple[str, ...]) -> str | None:
    """The column that gives each row its own year, if there is one."""
    return next((column for column in columns if plain_name(column) in YEAR_COLUMNS), None)


def read_years(cells: Cells, rows: list[int], last_year: int) -> tuple[list[int | None], Pairs]:
    """Per row the month index of its year's first month (None: refused), and why rows were refused."""
    firsts: list[int | None] = []
    refused: Pairs = []
    for cell, row in zip(cells, rows, strict=True):
        period = read_period(cell or "")
        if period is None or not period.is_year:
            refused.append((row, f"'{(cell or '').strip()}' is geen jaar."))
        elif read_possible_period(cell or "", last_year) is None:
            refused.append((row, why_no_period(cell or "", last_year)))
        possible = read_possible_period(cell or "", last_year)
        firsts.append(possible.first if possible and possible.is_year else None)
    return firsts, refused


def read_measures(
    table: Table, areas: list[str | None], firsts: list[int | None], *, comma: bool
) -> tuple[Observations, list[bool], Pairs]:
    """The figures of the rows with an area; which rows were kept; why others were refused.

    areas, firsts: one per row, None = the row is not used (UNDATED in firsts = year unknown). A row
    with a cell that is no figure is refused whole.
    """
    found = measure_columns(table.header)
    columns = [
        _Figures.of(table.column(name), comma=comma, whole=measure_named(column.measure).adds_up)
        for name, column in found
    ]
    used = np.array([area is not None and first is not None for area, first in zip(areas, firsts, strict=True)], bool)
    bad = np.zeros(len(used), dtype=bool)
    refused: Pairs = []
    for (name, _), figures in zip(found, columns, strict=True):
        for at in np.flatnonzero(used & ~bad & (figures.status < 0)).tolist():
            cell = (table.column(name)[at] or "").strip()
            refused.append((table.rows[at], f"'{cell}' in kolom {name} is geen getal."))
        bad |= figures.status < 0
    keep = used & ~bad
    if not keep.any() or not found:
        return no_observations(), keep.tolist(), refused
    return _as_observations(table, areas, firsts, np.flatnonzero(keep), found, columns), keep.tolist(), refused


@dataclass(frozen=True, slots=True)
class _Figures:
    """One column: value (float64, NaN unless known) and status (position in _STATUSES, -1 = no figure at all)."""

    value: npt.NDArray[np.float64]
    status: npt.NDArray[np.int8]

    @classmethod
    def of(cls, cells: Cells, *, comma: bool, whole: bool) -> _Figures:
        read = {text: read_figure(text, comma=comma, whole=whole) for text in set(cells)}
        value = {text: math.nan if held is None else held.value for text, held in read.items()}
        status = {text: -1 if held is None else _STATUSES.index(held.status) for text, held in read.items()}
        return cls(
            np.fromiter(map(value.__getitem__, cells), dtype=np.float64, count=len(cells)),
            np.fromiter(map(status.__getitem__, cells), dtype=np.int8, count=len(cells)),
        )


def _as_observations(
    table: Table,
    areas: list[str | None],
    firsts: list[int | None],
    places: npt.NDArray[np.int64],
    found: tuple[tuple[str, FigureColumn], ...],
    columns: list[_Figures],
) -> Observations:
    many = len(found)
    status = np.concatenate([figures.status[places] for figures in columns])
    first = np.array([UNDATED if held is None else held for held in firsts], dtype=np.int32)
    return Observations(
        area=np.tile(words(areas)[places], many),
        measure=np.repeat(words([measure.measure for _, measure in found]), len(places)),
        code=np.repeat(words([column for column, _ in found]), len(places)),
        first=np.tile(first[places], many),
        months=np.full(len(places) * many, 12, dtype=np.int16),
        value=np.concatenate([figures.value[places] for figures in columns]),
        status=words([str(held) for held in _STATUSES])[status],
        row=np.tile(np.array(table.rows, dtype=np.int32)[places], many),
    )
