"""The safety picture of a town for one period and one level: counts, levels, places, trends, expectations.

Town (arrays)  →  Table (columns)  →  estimates  →  Figure, Attention (facts)
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from wijkveilig.analysis import likely_start, season_shares
from wijkveilig.areas.places import Ground
from wijkveilig.picture.columns import YEAR, Column, Counted, Floats, Table, plan_columns, tabulate_columns
from wijkveilig.picture.denominators import UNKNOWN_YEAR
from wijkveilig.picture.estimates import (
    Changes,
    Expectations,
    Levels,
    changes,
    city_expectations,
    expectations,
    levels,
)
from wijkveilig.picture.facts import (
    Against,
    AreaFacts,
    Attention,
    Change,
    Expectation,
    Figure,
    Note,
    NoteKind,
    Place,
    Reason,
    Sureness,
)
from wijkveilig.picture.indicators import Register, Unit, register
from wijkveilig.picture.town import Town
from wijkveilig.warehouse.types import AreaCode, Level, Period, Status

_NUMBERED = re.compile(r"^Wijk \d+\s+(?=\S)")
"""CBS puts the number of a district before its name: 'Wijk 03 Oud Krispijn'."""
CERTAIN = 0.001
"""Below this predictive probability a rise is called certain, else likely."""


@dataclass(frozen=True)
class Layer:
    """One level of a picture: its areas, its columns, and per area the figures in the order of the columns."""

    level: Level
    period: Period
    columns: tuple[Column, ...]
    areas: tuple[AreaFacts, ...]
    attention: tuple[Attention, ...]


@dataclass(frozen=True)
class _Estimated:
    """Everything about one level as arrays, before it becomes facts."""

    table: Table
    counted: Counted
    levels: list[Levels]
    changes: list[Changes]
    expected: Expectations


def columns_of(town: Town, last: int, indicators: Register | None = None) -> tuple[Column, ...]:
    """The columns of a picture that ends with month `last`: the same for every level."""
    return plan_columns(town.cube(Level.NEIGHBOURHOOD, last), indicators or register())


def build(town: Town, level: Level, period: Period, columns: tuple[Column, ...] | None = None) -> Layer:
    """Figures of every area of a level for one period; attention is found among neighbourhoods only."""
    columns = columns or columns_of(town, period.last)
    per = town.per[level]
    made = _estimate(town, level, period, columns)
    cut = town.incomplete_from(period.last)
    incomplete = cut is not None and cut <= period.last
    notes = notes_of(town) if level is Level.NEIGHBOURHOOD else {}
    areas = tuple(
        AreaFacts(
            code=code,
            name=_name(town, code, level),
            level=level,
            note=notes.get(code),
            figures=tuple(
                _figure(made, row, column, period, notes.get(code), incomplete=incomplete)
                for column in range(len(columns))
            ),
        )
        for row, code in enumerate(per.areas)
    )
    return Layer(level, period, columns, areas, tuple(_attention(made, areas, period)))


def _estimate(town: Town, level: Level, period: Period, columns: tuple[Column, ...]) -> _Estimated:
    table = tabulate_columns(town.cube(level, period.last), columns)
    per = town.per[level]
    counted = table.over(period)
    compared = level is not Level.MUNICIPALITY
    expect = (
        expectations(table, counted, period, per, tested=level is Level.NEIGHBOURHOOD)
        if compared
        else city_expectations(table, counted, period, per)
    )
    choices = choices_of(town, level, columns, period)
    rates = [
        levels(column.indicator.minimum_denominator, choice, counted.value[:, index], per, period, compared=compared)
        for index, (column, choice) in enumerate(zip(columns, choices, strict=True))
    ]
    return _Estimated(table, counted, rates, changes(table, counted, period, per, choices), expect)


def _name(town: Town, code: AreaCode, level: Level) -> str | None:
    if level is Level.MUNICIPALITY:
        return town.name
    if level is Level.NEIGHBOURHOOD:
        return town.places.area(code).place.name
    name = town.places.district(code).place.name
    return name and _NUMBERED.sub("", name)


def notes_of(town: Town) -> dict[AreaCode, Note]:
    """Per neighbourhood what is wrong with its place: another place elsewhere, or known nowhere else."""
    per = town.per[Level.NEIGHBOURHOOD]
    known = np.zeros(len(per.areas), dtype=bool)
    for table in per.tables.values():
        for figures in table.values():
            known |= np.isfinite(figures)
    others = town.other_places()
    named = {code for code in per.areas if town.places.area(code).place.name is not None}
    notes: dict[AreaCode, Note] = {}
    for row, code in enumerate(per.areas):
        if code in others and others[code].ground is Ground.OTHER_PLACE:
            notes[code] = Note(NoteKind.OTHER_PLACE, others[code].own, others[code].other)
        elif known.any() and not known[row]:
            notes[code] = Note(NoteKind.UNKNOWN_ELSEWHERE)
        elif named and code not in named:
            notes[code] = Note(NoteKind.NO_NAME)
    return notes


def _figure(made: _Estimated, row: int, column: int, period: Period, note: Note | None, *, incomplete: bool) -> Figure:
    """One figure from the arrays; what is not finite is None."""
    item, found = made.table.columns[column], made.levels[column]
    value = _number(made.counted.value[row, column])
    base, rate = _number(found.base[row]), _number(found.rate[row])
    level, low, high = (_number(part[row]) for part in (found.level, found.low, found.high))
    city = _number(found.city)
    return Figure(
        indicator=item.indicator.id,
        source_codes=item.codes,
        period=period,
        value=None if value is None else int(value),
        status=Status(made.counted.status[row, column]),  # numpy keeps the text, not the enum
        reason=Reason(why) if (why := made.counted.reason[row, column]) else _no_rate(item, found, base, note),
        denominator=base,
        denominator_unit=None if base is None else found.unit,
        denominator_year=None if base is None or found.year == UNKNOWN_YEAR else found.year,
        per_year=period.months > YEAR,
        rate=rate,
        level=level,
        low=low,
        high=high,
        city=city,
        against=_against(low, high, city),
        place=_place(found, row),
        trend=None if value is None else _trend(made.changes[column], row),
        expected=_expectation(made.expected, row, column),
        incomplete=incomplete,
        is_sum=not item.single,
    )


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _no_rate(item: Column, found: Levels, base: float | None, note: Note | None) -> Reason | None:
    """Why a counted figure has no rate."""
    if base is None:
        moved = note is not None and note.kind is NoteKind.OTHER_PLACE and found.unit is not None
        return Reason.OTHER_PLACE if moved else Reason.NO_DENOMINATOR
    return Reason.BELOW_MINIMUM if base < item.indicator.minimum_denominator else None


def _against(low: float | None, high: float | None, city: float | None) -> Against | None:
    if low is None or high is None or city is None:
        return None
    if low > city:
        return Against.HIGHER
    return Against.LOWER if high < city else Against.UNSURE


def _place(found: Levels, row: int) -> Place | None:
    rank, low, high = found.place[row]
    return Place(int(rank), int(low), int(high), found.of) if np.isfinite(rank) else None


def _trend(found: Changes, row: int) -> Change | None:
    change, low, high = (_number(part[row]) for part in found)
    return None if change is None or low is None or high is None else Change(change, low, high)


def _expectation(found: Expectations, row: int, column: int) -> Expectation | None:
    value, low, high, p = (_number(part[row, column]) for part in (found.value, found.low, found.high, found.p))
    if value is None or low is None or high is None:
        return None
    out, tested = bool(found.out[row, column]), bool(found.tested[row, column])
    return Expectation(value, low, high, out, tested, p)


def _attention(made: _Estimated, areas: tuple[AreaFacts, ...], period: Period) -> Iterable[Attention]:
    """Rises out of line, the least likely first. Never a fall, never a level that was always high."""
    found = np.argwhere(made.expected.out & made.expected.rise)
    lines = [_line(made, areas[row], row, column, period) for row, column in found.tolist()]
    return sorted(lines, key=_unlikely)


def _unlikely(line: Attention) -> tuple[float, float, str, str]:
    excess = (line.observed - line.expected.value) / max(line.expected.value, 1.0) ** 0.5
    return (round(line.expected.p or 0.0, 9), -round(excess, 6), line.area, line.indicator)


def _line(made: _Estimated, area: AreaFacts, row: int, column: int, period: Period) -> Attention:
    figure, item = area.figures[column], made.table.columns[column]
    if figure.expected is None or figure.value is None:
        raise ValueError(f"{area.code} {figure.indicator}: out of line without a count and an expectation")
    since, observed, due = _since(made.table, row, column, period, figure.expected.value)
    return Attention(
        area=area.code,
        area_name=area.name or area.code,
        theme=item.indicator.theme,
        indicator=item.indicator.id,
        period=period,
        observed=figure.value,
        expected=figure.expected,
        sureness=Sureness.CERTAIN if (figure.expected.p or 0.0) < CERTAIN else Sureness.LIKELY,
        name=item.indicator.name,
        counted=item.indicator.counted,
        since=since,
        since_observed=observed,
        since_expected=due,
    )


def _since(
    table: Table, row: int, column: int, period: Period, value: float
) -> tuple[int | None, int | None, float | None]:
    """The likeliest first month of a run, with what was counted and expected from then on; nothing for years."""
    window = table.cube.window(period)
    if table.step != 1 or period.months != YEAR or window is None:
        return None, None, None
    due = monthly_due(season_of(table, column, period), value)
    counts = table.value[row, column, window]
    start = likely_start(counts, due)
    return period.first + start, int(counts[start:].sum()), float(due[start:].sum())


def season_of(table: Table, column: int, period: Period) -> Floats:
    """The share of each month of a year [12], as the months of all areas before the period show it."""
    before = max(0, period.first - table.first)
    known = table.known[:, column, :before]
    whole = np.where(known, table.value[:, column, :before], 0).sum(axis=0).astype(np.float64)
    if before < YEAR:
        return np.full(YEAR, 1 / YEAR)
    return np.asarray(season_shares(whole, known=np.any(known, axis=0))[(before + np.arange(YEAR)) % YEAR])


def monthly_due(season: Floats, value: float) -> Floats:
    """What was expected of a year, by month [12]; never nothing at all, so that a run can be weighed."""
    return np.asarray(max(value, 0.1) * season)


def choices_of(town: Town, level: Level, columns: tuple[Column, ...], period: Period) -> list[tuple[Unit, int] | None]:
    """Per column the unit and year of its denominators: the unit of the neighbourhoods, at every level."""
    small, here = town.per[Level.NEIGHBOURHOOD], town.per[level]
    made: list[tuple[Unit, int] | None] = []
    for column in columns:
        chain = column.indicator.denominators
        first = small.choose(chain, period)
        made.append(here.choose((first[0],), period) if first else here.choose(chain, period))
    return made
