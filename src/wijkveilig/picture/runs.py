"""Counts of every area over time, with what was to be expected of the last reported year beside them."""

from __future__ import annotations

import numpy as np

from wijkveilig.picture.build import Layer, monthly_due, season_of
from wijkveilig.picture.columns import YEAR, Column, Floats, Table, tabulate_columns
from wijkveilig.picture.edition import Band, Series
from wijkveilig.picture.facts import Expectation
from wijkveilig.picture.town import Town
from wijkveilig.warehouse.types import Level, Period

WINDOWS = (1, 3, 4, 6, 12)
"""Lengths of the moving sums to choose from; the first in which enough was to be expected."""
ENOUGH = 3.0
NORMAL = 1.96
"""Standard deviations of a 95 % interval."""


def runs_of(town: Town, level: Level, columns: tuple[Column, ...], period: Period, layer: Layer) -> list[Series]:
    """The series of every area of a level, in the order of the layer's areas."""
    table = tabulate_columns(town.cube(level, period.last), columns)
    monthly = table.step == 1 and period.months == YEAR
    seasons = [season_of(table, column, period) for column in range(len(columns))] if monthly else None
    made = []
    for row, area in enumerate(layer.areas):
        counts = {
            item.indicator.id: tuple(_plain(table.value[row, column], table.known[row, column]))
            for column, item in enumerate(columns)
        }
        bands = {}
        for column, item in enumerate(columns):
            expected = area.figures[column].expected
            if expected is not None and period.months == YEAR:
                bands[item.indicator.id] = band(table, column, period, expected, seasons[column] if seasons else None)
        made.append(Series(table.first, table.step, counts, bands))
    return made


def _plain(values: np.ndarray, known: np.ndarray) -> list[int | None]:
    return [int(value) if seen else None for value, seen in zip(values.tolist(), known.tolist(), strict=True)]


def band(table: Table, column: int, period: Period, expected: Expectation, season: Floats | None = None) -> Band:
    """The expected band of a year by month, or by moving sum where a month says nothing.

    The year's expectation is spread over the months as the city's months were; the doubt about the area's level is
    the same in every month, so each window has the year's own spread beyond Poisson.
    """
    if table.step != 1:
        return Band(period.first, 1, (expected.value,), (expected.low,), (expected.high,))
    due = monthly_due(season_of(table, column, period) if season is None else season, expected.value)
    window = next((length for length in WINDOWS if due.sum() * length / YEAR >= ENOUGH), WINDOWS[-1])
    sums = _moving(due, window)
    low, high = _margins(sums, expected, window)
    return Band(period.first, window, *(tuple(part.tolist()) for part in (sums, low, high)))


def _moving(due: Floats, window: int) -> Floats:
    """Sums over `window` months that end at each month; months before the year are as the same month in it."""
    around = np.concatenate([due, due])
    return np.array([around[YEAR + month - window + 1 : YEAR + month + 1].sum() for month in range(YEAR)])


def _margins(sums: Floats, year: Expectation, window: int) -> tuple[Floats, Floats]:
    """95 % margins of sums over `window` months in whole counts; a window of a year has the year's own interval.

    On the scale of square roots a Poisson count has variance 1/4; what the year's interval is wider than that, is doubt
    about the level, and goes with the mean (Anscombe 1948). Each side has its own, because the interval is not even.
    """
    if window == YEAR:
        return np.full(YEAR, year.low), np.full(YEAR, year.high)
    root = np.sqrt(max(year.value, 0.1))
    sides = [abs(np.sqrt(end) - root) / NORMAL for end in (year.low, year.high)]
    doubts = [max(4.0 * side**2 - 1.0, 0.0) / root**2 for side in sides]
    below, above = (NORMAL * np.sqrt(0.25 + 0.25 * sums * doubt) for doubt in doubts)
    low = np.floor(np.maximum(np.sqrt(sums) - below, 0.0) ** 2)
    return low, np.ceil((np.sqrt(sums) + above) ** 2)
