"""From counts to estimates, for all areas and columns at once: levels, places, trends, expectations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wijkveilig.analysis import (
    Expected,
    city_expected,
    expected,
    expected_month,
    out_of_line,
    rank_intervals,
    shrink,
    trend,
    trend_month,
)
from wijkveilig.picture.columns import YEAR, Counted, Floats, Table
from wijkveilig.picture.cube import Bools
from wijkveilig.picture.denominators import Denominators
from wijkveilig.picture.indicators import Unit
from wijkveilig.warehouse.types import Period

PER = 1000.0
LEAST_YEARS = 3


@dataclass(frozen=True)
class Levels:
    """One column's rates per 1,000 [areas], NaN where there is none. `base` are the denominators as found.

    `place` is [areas, 3]: rank and its interval, among `of` areas with a rate.
    """

    unit: Unit | None
    year: int | None
    base: Floats
    rate: Floats
    level: Floats
    low: Floats
    high: Floats
    city: float
    place: Floats
    of: int


class Changes(NamedTuple):
    """Yearly change of one column [areas], with its 95 % interval."""

    change: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class Expectations:
    """Expected counts [areas, columns] with their intervals; `out` and `tested` are false outside the family."""

    value: Floats
    low: Floats
    high: Floats
    p: Floats
    rise: Bools
    out: Bools
    tested: Bools


def levels(
    minimum: float,
    choice: tuple[Unit, int] | None,
    counts: Floats,
    per: Denominators,
    period: Period,
    *,
    compared: bool,
) -> Levels:
    """Observed rate, level shrunk to the city's areas, and place, for one column of counts [areas].

    `choice` is the unit and year of the denominator; never a rate below `minimum` of it. Periods longer than a
    year give rates per year.
    With `compared` false (a single area) there is nothing to shrink to: the rate only.
    """
    nothing = np.full(counts.shape, np.nan)
    if choice is None:
        return Levels(None, None, nothing, nothing, nothing, nothing, nothing, np.nan, _no_place(counts), 0)
    base = per.at(*choice)
    years = max(period.months / YEAR, 1.0)
    usable = np.where(base >= minimum, base * years / PER, np.nan)
    rate = counts / usable
    seen = np.isfinite(rate)
    city = float(counts[seen].sum() / usable[seen].sum()) if seen.any() else np.nan
    if not compared or seen.sum() < 2:
        return Levels(*choice, base, rate, nothing, nothing, nothing, city, _no_place(counts), 0)
    shrunk = shrink(counts, np.where(seen, usable, np.nan))
    ranks = rank_intervals(shrunk.shape, shrunk.rate)
    place = np.stack([ranks.rank, ranks.low, ranks.high], axis=1)
    wide = ~(place[:, 2] - place[:, 1] + 1 <= ranks.of / 2)
    place[wide] = np.nan
    return Levels(*choice, base, rate, shrunk.level, shrunk.low, shrunk.high, city, place, ranks.of)


def _no_place(counts: Floats) -> Floats:
    return np.full((counts.size, 3), np.nan)


def changes(
    table: Table, counted: Counted, period: Period, per: Denominators, choices: list[tuple[Unit, int] | None]
) -> list[Changes]:
    """Trend of every column over whole twelve-month blocks that end with the period; of a single month, modelled.

    Where the denominator of each year is known, the change is that of the rate.
    """
    if period.months == 1 and table.step == 1:
        window = table.cube.window(period)
        last = window.start if window else 0
        return [
            _as_changes(trend_month(table.monthly(period)[:, column], last))
            if window
            else _no_change(counted.value[:, 0])
            for column in range(len(table.columns))
        ]
    last_year = Period.ending(period.last, YEAR)
    past, now = table.blocks(last_year), table.over(last_year).value
    blocks = np.concatenate([past, now[:, :, None]], axis=2)
    return [
        _change(blocks[:, column], table.columns[column].indicator.minimum_denominator, choice, period, per)
        for column, choice in enumerate(choices)
    ]


def _change(
    blocks: Floats, minimum: float, choice: tuple[Unit, int] | None, period: Period, per: Denominators
) -> Changes:
    known = np.isfinite(blocks).any(axis=0)
    if known.sum() < 2:
        return _no_change(blocks[:, 0])
    first = int(np.argmax(known))
    blocks = blocks[:, first:]
    years = _block_years(period, blocks.shape[1])
    grown = per.each_year(choice[0], years) if choice else None
    if grown is not None:
        grown = np.where(np.all(grown >= minimum, axis=1)[:, None], grown, 1.0)
    return _as_changes(trend(blocks, exposure=grown))


def _block_years(period: Period, number: int) -> list[int]:
    """The years in which the last `number` blocks of twelve months end."""
    end = period.last // 12
    return list(range(end - number + 1, end + 1))


def _as_changes(found: object) -> Changes:
    return Changes(found.change, found.low, found.high)  # type: ignore[attr-defined]  # a Trend of analysis


def _no_change(like: Floats) -> Changes:
    nothing = np.full(like.shape, np.nan)
    return Changes(nothing, nothing, nothing)


def expectations(table: Table, counted: Counted, period: Period, per: Denominators, *, tested: bool) -> Expectations:
    """What each area's period was to be expected to bring. Sums are judged apart and never tested.

    Nothing where fewer than three earlier years are known, or for a period that is neither a month nor a year.
    """
    shape = counted.value.shape
    made = _nothing_expected(shape)
    for single in (True, False):
        pick = np.flatnonzero(table.singles == single)
        seen = _expected(table, counted, period, per, pick) if pick.size else None
        if seen is None:
            continue
        made.value[:, pick], made.low[:, pick], made.high[:, pick] = seen.value, seen.low, seen.high
        made.p[:, pick], made.rise[:, pick] = seen.p, seen.rise
        if single and tested:
            made.tested[:, pick], made.out[:, pick] = seen.eligible, out_of_line(seen)
    return made


def _expected(
    table: Table, counted: Counted, period: Period, per: Denominators, pick: NDArray[np.intp]
) -> Expected | None:
    if period.months == 1 and table.step == 1:
        window = table.cube.window(period)
        return (
            expected_month(table.monthly(period)[:, pick], window.start)
            if window and window.start >= 3 * YEAR
            else None
        )
    if period.months != YEAR:
        return None
    past = table.blocks(period)[:, pick]
    if past.shape[2] < LEAST_YEARS or not np.isfinite(past).any():
        return None
    grown = per.growth(_block_years(period, past.shape[2] + 1))
    return expected(past, counted.value[:, pick], exposure=grown)


def city_expectations(table: Table, counted: Counted, period: Period, per: Denominators) -> Expectations:
    """The city as a whole against its own past: one area, all columns."""
    made = _nothing_expected(counted.value.shape)
    if period.months == 1 and table.step == 1:
        back = range((period.first - table.first) // YEAR, 0, -1)
        same = [table.over(Period(period.first - YEAR * years, 1)).value[0] for years in back]
        past, grown = np.stack(same, axis=-1) if same else np.empty((len(table.columns), 0)), None
    else:
        past = table.blocks(period)[0] if period.months == YEAR else np.empty((len(table.columns), 0))
        known = per.growth(_block_years(period, past.shape[1] + 1))
        grown = known[0] if known is not None and np.isfinite(known).all() else None
    if past.shape[1] < LEAST_YEARS:
        return made
    for single in (True, False):
        pick = np.flatnonzero(table.singles == single)
        if pick.size:
            seen = city_expected(past[pick], counted.value[0, pick], exposure=grown)
            made.value[0, pick], made.low[0, pick], made.high[0, pick] = seen.value, seen.low, seen.high
            made.p[0, pick], made.rise[0, pick] = seen.p, seen.rise
    return made


def _nothing_expected(shape: tuple[int, ...]) -> Expectations:
    numbers = [np.full(shape, np.nan) for _ in range(4)]
    answers = [np.zeros(shape, dtype=bool) for _ in range(3)]
    return Expectations(*numbers, *answers)
