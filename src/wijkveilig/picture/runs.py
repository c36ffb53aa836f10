"""Counts of every area over time, with what was to be expected of the last reported year beside them."""

from __future__ import annotations

import numpy as np

from wijkveilig.analysis.forecast import predictive_interval
from wijkveilig.picture.build import Layer, monthly_due
from wijkveilig.picture.columns import YEAR, Column, Floats, Table, tabulate_columns
from wijkveilig.picture.edition import Band, Series
from wijkveilig.picture.facts import Expectation
from wijkveilig.picture.town import Town
from wijkveilig.warehouse.types import Level, Period

WINDOWS = (1, 3, 4, 6, 12)
"""Lengths of the moving sums to choose from; the first in which enough was to be expected."""
ENOUGH = 3.0


def runs_of(town: Town, level: Level, columns: tuple[Column, ...], period: Period, layer: Layer) -> list[Series]:
    """The series of every area of a level, in the order of the layer's areas."""
    table = tabulate_columns(town.cube(level, period.last), columns)
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
                bands[item.indicator.id] = band(table, column, period, expected)
        made.append(Series(table.first, table.step, counts, bands))
    return made


def _plain(values: np.ndarray, known: np.ndarray) -> list[int | None]:
    return [int(value) if seen else None for value, seen in zip(values.tolist(), known.tolist(), strict=True)]


def band(table: Table, column: int, period: Period, expected: Expectation) -> Band:
    """The expected band of a year by month, or by moving sum where a month says nothing.

    The year's expectation is spread over the months as the city's months were; the doubt about the area's level is
    the same in every month, so each window has the year's own spread beyond Poisson.
    """
    if table.step != 1:
        return Band(period.first, 1, (expected.value,), (expected.low,), (expected.high,))
    due = monthly_due(table, column, period, expected.value)
    window = next((length for length in WINDOWS if due.sum() * length / YEAR >= ENOUGH), WINDOWS[-1])
    sums = _moving(due, window)
    variance = np.full(sums.shape, excess_variance(expected))
    low, high = predictive_interval(sums, variance, 0.95)
    return Band(period.first, window, *(tuple(part.tolist()) for part in (sums, low, high)))


def _moving(due: Floats, window: int) -> Floats:
    """Sums over `window` months that end at each month; months before the year are as the same month in it."""
    around = np.concatenate([due, due])
    return np.array([around[YEAR + month - window + 1 : YEAR + month + 1].sum() for month in range(YEAR)])


def excess_variance(expected: Expectation) -> float:
    """Variance of the logarithm of the year's mean that makes its 95 % interval as wide as it is."""
    mean, best, distance = max(expected.value, 0.1), 1e-4, np.inf
    grid = np.geomspace(1e-4, 2.0, 40)
    low, high = predictive_interval(np.full(grid.shape, mean), grid, 0.95)
    for variance, lower, upper in zip(grid.tolist(), low.tolist(), high.tolist(), strict=True):
        gap = abs(lower - expected.low) + abs(upper - expected.high)
        if gap < distance:
            best, distance = variance, gap
    return float(best)
