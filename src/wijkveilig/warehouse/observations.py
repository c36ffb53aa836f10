"""The questions of `wijkveilig observations`: figures of one level inside an area, own rows before sums.

Rules: a period longer than the data's adds up and is missing when a part is; a source's own row for an
area goes before a sum; a level that the batch does not give is the sum of the areas that it reports.
Of several batches of one source that give the same figure, the one that came last counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wijkveilig.warehouse.batch import Batch
from wijkveilig.warehouse.measures import Measure, measure_named
from wijkveilig.warehouse.reading import UNDATED
from wijkveilig.warehouse.store import Warehouse
from wijkveilig.warehouse.types import AreaCode, Level, Period, Status, level_of, month_text, parent_of, within

_LEVELS = (Level.COUNTRY, Level.MUNICIPALITY, Level.DISTRICT, Level.NEIGHBOURHOOD)
_PLURAL = {
    Level.COUNTRY: "landen",
    Level.MUNICIPALITY: "gemeenten",
    Level.DISTRICT: "wijken",
    Level.NEIGHBOURHOOD: "buurten",
}
_WORST = (Status.VALUE, Status.WITHHELD, Status.MISSING)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the areas of `level` (default: of `area` itself) within `area`.

    codes, measures: None = all. period: None = every period of the data.
    """

    area: AreaCode
    level: Level | None = None
    codes: frozenset[str] | None = None
    measures: frozenset[str] | None = None
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. period is None where its year is unknown; value is None unless the status is 'value'.

    parts: how many areas it was made of (1 = the source's own figure); summed: it is a sum of parts.
    note: Dutch, '' where there is nothing to say.
    """

    area: AreaCode
    level: Level
    measure: str
    code: str
    period: Period | None
    value: float | None
    status: Status
    parts: int
    source: str
    batch: str
    note: str
    unit: str
    summed: bool


@dataclass(frozen=True, slots=True)
class _Cell:
    """A figure of the source: its value (0 where there is none) and status."""

    value: float
    status: Status


@dataclass(frozen=True, slots=True)
class _Series:
    """What a batch gives under one code."""

    measure: Measure
    code: str
    batch: Batch


_Figures = dict[AreaCode, dict[Period, _Cell]]


def observations(warehouse: Warehouse, question: Question) -> tuple[Row, ...]:
    """The figures that answer the question, in the order area, measure, code, period, source; none is an empty tuple.

    A text that is no area code raises ValueError.
    """
    level = question.level or level_of(question.area)
    if level is None:
        raise ValueError(f"'{question.area}' is geen gebiedscode.")
    batches = {batch.id: batch for batch in warehouse.batches()}
    known = _KnownAreas(warehouse, question.area)
    rows: dict[tuple[AreaCode, str, str, Period | None, str], Row] = {}
    ranks = warehouse.ranks()
    for (measure, code, batch_id), figures in sorted(
        _read(warehouse, question).items(), key=lambda item: ranks[item[0][2]]
    ):
        series = _Series(measure_named(measure), code, batches[batch_id])
        for row in _answers(figures, question, level, series, known):
            key = (row.area, measure, code, row.period, row.source)
            if key not in rows or _weight(row) >= _weight(rows[key]):
                rows[key] = row
    return tuple(rows[key] for key in sorted(rows, key=_order))


def _weight(row: Row) -> tuple[bool, int]:
    """A source's own figure goes before a sum, a sum of more areas before one of fewer."""
    return (not row.summed, row.parts)


def _order(key: tuple[AreaCode, str, str, Period | None, str]) -> tuple[str, str, str, tuple[int, int], str]:
    area, measure, code, period, source = key
    return (area, measure, code, (period.first, period.months) if period else (0, 0), source)


def _read(warehouse: Warehouse, question: Question) -> dict[tuple[str, str, str], _Figures]:
    """The figures at or below the area, by measure, code and batch."""
    digits = "" if level_of(question.area) is Level.COUNTRY else question.area[2:]
    codes = sorted(question.codes or ())
    held = warehouse.columns("observations", digits=digits, codes=codes)
    made: dict[tuple[str, str, str], _Figures] = defaultdict(lambda: defaultdict(dict))
    columns = ("batch", "area", "measure", "code", "first", "months", "value", "status")
    for batch, area, measure, code, first, months, value, status in zip(
        *(held[name].tolist() for name in columns), strict=True
    ):
        if question.measures is not None and measure not in question.measures:
            continue
        known = status == Status.VALUE
        cell = _Cell(value if known else 0.0, Status(status))
        made[measure, code, batch][AreaCode(area)][Period(first, months)] = cell
    return made


def _answers(figures: _Figures, question: Question, level: Level, series: _Series, known: _KnownAreas) -> Iterator[Row]:
    """The rows that one batch gives for one code."""
    for area in sorted(_areas_of(figures, level, question.area)):
        own = figures.get(area)
        parts = {area: own} if own is not None else _parts(figures, area)
        if own is None and not series.measure.adds_up:
            continue
        for period in _periods(parts.values(), question.period):
            found = [cell for part in parts.values() if (cell := _over(part, period, series.measure)) is not None]
            cell = _sum(found)
            if cell is None:
                continue
            yield Row(
                area=area,
                level=level,
                measure=series.measure.measure,
                code=series.code,
                period=None if period.first == UNDATED else period,
                value=cell.value if cell.status is Status.VALUE else None,
                status=cell.status,
                parts=len(found),
                source=series.batch.source,
                batch=series.batch.id,
                note=" ".join(filter(None, (known.note(area, parts, len(found), series.batch), _mark(series, period)))),
                unit=series.measure.unit,
                summed=own is None,
            )


def _areas_of(figures: _Figures, level: Level, inside: AreaCode) -> set[AreaCode]:
    """The areas of `level` that the batch gives, or of which it gives parts."""
    found: set[AreaCode] = set()
    for code in figures:
        above: AreaCode | None = code
        while above is not None and level_of(above) is not level:
            above = parent_of(above)
        if above is not None and within(above, inside):
            found.add(above)
    return found


def _parts(figures: _Figures, area: AreaCode) -> _Figures:
    """The areas inside `area` of the highest level that the batch gives there."""
    inside = {code: cells for code, cells in figures.items() if code != area and within(code, area)}
    for level in _LEVELS:
        if found := {code: cells for code, cells in inside.items() if level_of(code) is level}:
            return found
    return {}


def _periods(given: Iterable[dict[Period, _Cell]], asked: Period | None) -> list[Period]:
    if asked is not None:
        return [asked]
    return sorted({period for cells in given for period in cells})


def _over(cells: dict[Period, _Cell], period: Period, measure: Measure) -> _Cell | None:
    """The figure over a period: the source's own, else the sum of the shorter ones in it; None when it has none in it.

    A part that the source does not give makes it missing. What does not add up in time is never added.
    """
    if period in cells or not measure.adds_up_in_time:
        return cells.get(period)
    shortest = min((held.months for held in cells if period.contains(held)), default=0)
    inside = [cell for held, cell in cells.items() if held.months == shortest and period.contains(held)]
    if not inside:
        return None
    if len(inside) * shortest < period.months:
        return _Cell(0.0, Status.MISSING)
    return _sum(inside)


def _mark(series: _Series, period: Period) -> str:
    """What a reader must know of this figure: not recorded, not reported, likely incomplete, of an unknown year."""
    batch = series.batch
    if period.first == UNDATED:
        return "Het jaar van dit cijfer is onbekend."
    if series.code in batch.unrecorded_codes:
        return "De bron heeft deze soort niet vastgelegd."
    silent = [month for month in batch.unreported_months if period.first <= month <= period.last]
    if silent:
        months = ", ".join(month_text(month) for month in silent)
        return f"De bron heeft {months} niet aangeleverd."
    if batch.incomplete_from is not None and batch.incomplete_from <= period.last:
        return f"Waarschijnlijk onvolledig vanaf {month_text(batch.incomplete_from)}."
    return ""


def _sum(cells: list[_Cell]) -> _Cell | None:
    """The sum; missing or withheld as soon as a part is (missing goes before withheld)."""
    if not cells:
        return None
    worst = max((cell.status for cell in cells), key=_WORST.index)
    return _Cell(sum(cell.value for cell in cells), worst)


class _KnownAreas:
    """How many areas the area files know inside an area, by level, in the division nearest to a batch."""

    def __init__(self, warehouse: Warehouse, area: AreaCode) -> None:
        digits = "" if level_of(area) is Level.COUNTRY else area[2:]
        lists = {batch.id: batch for batch in warehouse.batches()}
        held = warehouse.columns("areas", digits=digits)
        self._codes: dict[Batch, set[AreaCode]] = defaultdict(set)
        for batch, code, water in zip(
            held["batch"].tolist(), held["code"].tolist(), held["water"].tolist(), strict=True
        ):
            if not water:
                self._codes[lists[batch]].add(AreaCode(code))

    def note(self, area: AreaCode, parts: _Figures, count: int, batch: Batch) -> str:
        """'Som van 93 van de 114 buurten ...' where area files know more areas than were added up."""
        level = level_of(next(iter(parts)))
        if level is None or area in parts:
            return ""
        known = self._count(area, level, batch)
        most = max(known, len(parts))
        if count >= most:
            return ""
        return f"Som van {count} van de {most} {_PLURAL[level]}; de andere staan niet in dit bestand."

    def _count(self, area: AreaCode, level: Level, batch: Batch) -> int:
        year = batch.division or (batch.last_month or 0) // 12
        counted = [
            (abs((held.division or 0) - year), -sum(level_of(c) is level and within(c, area) for c in codes))
            for held, codes in self._codes.items()
        ]
        counted = [(gap, negative) for gap, negative in counted if negative]
        return -min(counted)[1] if counted else 0
