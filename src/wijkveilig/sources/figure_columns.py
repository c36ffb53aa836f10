"""Residents and key figures from the columns of a table, whatever the columns are called."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml

from wijkveilig.sources.figures import Figure, read_figure
from wijkveilig.sources.periods import read_period
from wijkveilig.sources.recognising import plain_name
from wijkveilig.sources.table import Cells, Table
from wijkveilig.warehouse.reading import UNDATED, Observations, no_observations, words
from wijkveilig.warehouse.types import Status

_FILE = Path(__file__).parent / "data" / "key_figures.yaml"
YEAR_COLUMNS = ("perioden", "periode", "jaar", "year")
Pairs = list[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Measure:
    """A key figure: our name, the Dutch name, its unit, its spellings as a column, its codes in OData v4."""

    measure: str
    said: str
    unit: str
    spellings: tuple[str, ...]
    codes: tuple[str, ...]


@functools.cache
def measures() -> tuple[Measure, ...]:
    """All key figures that we know, in the order of the register."""
    held = yaml.load(_FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return tuple(
        Measure(entry["measure"], entry["said"], entry["unit"], tuple(entry["spellings"]), tuple(entry["codes"]))
        for entry in held
    )


def measure_columns(columns: tuple[str, ...]) -> tuple[tuple[str, Measure], ...]:
    """The columns that hold a key figure that we know, one per measure, in the file's order."""
    by_spelling = {spelling: measure for measure in measures() for spelling in measure.spellings}
    found: dict[str, tuple[str, Measure]] = {}
    for column in columns:
        measure = by_spelling.get(plain_name(column))
        if measure is not None:
            found.setdefault(measure.measure, (column, measure))
    return tuple(found.values())


def year_column(columns: tuple[str, ...]) -> str | None:
    """The column that gives each row its own year, if there is one."""
    return next((column for column in columns if plain_name(column) in YEAR_COLUMNS), None)


def read_years(cells: Cells, rows: list[int]) -> tuple[list[int | None], Pairs]:
    """Per row the month index of its year's first month (None: refused), and why rows were refused."""
    firsts: list[int | None] = []
    refused: Pairs = []
    for cell, row in zip(cells, rows, strict=True):
        period = read_period(cell or "")
        if period is None or not period.is_year:
            refused.append((row, f"'{(cell or '').strip()}' is geen jaar."))
            firsts.append(None)
        else:
            firsts.append(period.first)
    return firsts, refused


def read_measures(
    table: Table, areas: list[str | None], firsts: list[int | None], *, comma: bool
) -> tuple[Observations, list[bool], Pairs]:
    """The figures of the rows with an area; which rows were kept; why others were refused.

    areas, firsts: one per row, None = the row is not used (UNDATED in firsts = year unknown). A row
    with a cell that is no figure is refused whole.
    """
    found = measure_columns(table.header)
    columns = [_figures(table.column(column), comma=comma) for column, _ in found]
    keep, refused = [], []
    for at, (row, area, first) in enumerate(zip(table.rows, areas, firsts, strict=True)):
        wrong = next((name for (name, _), cells in zip(found, columns, strict=True) if cells[at] is None), None)
        used = area is not None and first is not None
        if used and wrong is not None:
            cell = table.column(wrong)[at]
            refused.append((row, f"'{(cell or '').strip()}' in kolom {wrong} is geen getal."))
        keep.append(used and wrong is None)
    places = [at for at, kept in enumerate(keep) if kept]
    made = _as_observations(table, areas, firsts, places, found, columns)
    return made, keep, refused


def _figures(cells: Cells, *, comma: bool) -> list[Figure | None]:
    read = {text: read_figure(text, comma=comma) for text in set(cells)}
    return [read[text] for text in cells]


def _as_observations(
    table: Table,
    areas: list[str | None],
    firsts: list[int | None],
    places: list[int],
    found: tuple[tuple[str, Measure], ...],
    columns: list[list[Figure | None]],
) -> Observations:
    if not places or not found:
        return no_observations()
    figures = [cells[at] for cells in columns for at in places]
    many = len(found)
    return Observations(
        area=words([areas[at] for at in places] * many),
        measure=words([measure.measure for _, measure in found for _ in places]),
        code=words([column for column, _ in found for _ in places]),
        first=np.array([UNDATED if firsts[at] is None else firsts[at] for at in places] * many, dtype=np.int32),
        months=np.full(len(figures), 12, dtype=np.int16),
        value=np.array([math.nan if held is None else held.value for held in figures], dtype=np.float64),
        status=words([str(Status.MISSING if held is None else held.status) for held in figures]),
        row=np.array([table.rows[at] for at in places] * many, dtype=np.int32),
    )
