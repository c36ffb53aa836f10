"""The questions of `wijkveilig observations`: figures of one level inside an area, own rows before sums.

Rules: a period longer than the data's adds up and is missing when a part is; a source's own row for an
area goes before a sum; a level that the batch does not give is the sum of the areas that it reports.
Of several batches of one source that give the same figure, the one that came last counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
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
_Key = tuple[AreaCode, str, str, Period | None, str, str]
"""Area, measure, code, period, source, and the batch where the year is unknown ('' elsewhere)."""


def observations(warehouse: Warehouse, question: Question) -> tuple[Row, ...]:
    """The figures that answer the question, in the order area, measure, code, period, source; none is an empty tuple.

    A text that is no area code raises ValueError.
    """
    level = question.level or level_of(question.area)
    if level is None:
        raise ValueError(f"'{question.area}' is geen gebiedscode.")
    batches = {batch.id: batch for batch in warehouse.batches()}
    known = _KnownAreas(warehouse, question.area)
    rows: dict[_Key, Row] = {}
    ranks = warehouse.ranks()
    for (measure, code, batch_id), figures in sorted(
        _read(warehouse, question).items(), key=lambda item: ranks[item[0][2]]
    ):
        series = _Series(measure_named(measure), code, batches[batch_id])
        for row in _answers(figures, question, level, series, known):
            # Two figures of an unknown year may be of two years: neither takes the place of the other.
            key = (row.area, measure, code, row.period, row.source, "" if row.period else row.batch)
            if key not in rows or _weight(row) >= _weight(rows[key]):
                rows[key] = row
    return tuple(rows[key] for key in sorted(rows, key=_order))


def _weight(row: Row) -> tuple[bool, int]:
    """A source's own figure goes before a sum, a sum of more areas before one of fewer."""
    return (not row.summed, row.parts)


def _order(key: _Key) -> tuple[str, str, str, tuple[int, int], str, str]:
    area, measure, code, period, source, batch = key
    return (area, measure, code, (period.first, period.months) if period else (0, 0), source, batch)


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
    tree = _Tree(figures, series.measure)
    for area in sorted(_areas_of(figures, level, question.area)):
        for period in [question.period] if question.period else tree.periods(area):
            found = tree.leaves(area, period)
            cell = _sum(list(found.values()))
            if cell is None:
                continue
            note = known.note(area, tree.lowest(area, found), found, series.batch)
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
                note=" ".join(filter(None, (note, _mark(series, period)))),
                unit=series.measure.unit,
                summed=area not in found,
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


class _Tree:
    """The areas of one batch and code, each with the areas directly below it; some have no figure of their own."""

    def __init__(self, figures: _Figures, measure: Measure) -> None:
        self._figures, self._measure = figures, measure
        self._below: dict[AreaCode, set[AreaCode]] = defaultdict(set)
        for code in figures if measure.adds_up else ():
            under: AreaCode = code
            while (above := parent_of(under)) is not None:
                self._below[above].add(under)
                under = above

    def periods(self, area: AreaCode) -> list[Period]:
        """Every period of which the area or an area in it has a figure."""
        found: set[Period] = set()
        left = [area]
        while left:
            code = left.pop()
            found.update(self._figures.get(code, ()))
            left += self._below.get(code, ())
        return sorted(found)

    def leaves(self, area: AreaCode, period: Period) -> dict[AreaCode, _Cell]:
        """The figures that make up that of an area over a period: its own if it has one over the whole period,
        else those of the areas in it, each found in the same way; its own if there are none.
        """
        own, whole = _over(self._figures.get(area, {}), period, self._measure)
        if own is not None and whole:
            return {area: own}
        found: dict[AreaCode, _Cell] = {}
        for below in sorted(self._below.get(area, ())):
            found |= self.leaves(below, period)
        return found or ({} if own is None else {area: own})

    def lowest(self, area: AreaCode, found: dict[AreaCode, _Cell]) -> set[AreaCode]:
        """All areas in `area` that the batch gives at the lowest level of `found`."""
        level = max((_LEVELS.index(held) for code in found if (held := level_of(code))), default=0)
        return {code for code in self._figures if level_of(code) is _LEVELS[level] and within(code, area)}


def _over(cells: dict[Period, _Cell], period: Period, measure: Measure) -> tuple[_Cell | None, bool]:
    """The figure over a period, None when there is none in it, and whether it covers the whole period.

    It is the source's own, else the sum of the shorter ones in it. A part that the source does not give makes
    it missing. What does not add up in time is never added.
    """
    if period in cells or not measure.adds_up_in_time:
        return cells.get(period), True
    shortest = min((held.months for held in cells if period.contains(held)), default=0)
    inside = [cell for held, cell in cells.items() if held.months == shortest and period.contains(held)]
    if not inside:
        return None, False
    if len(inside) * shortest < period.months:
        return _Cell(0.0, Status.MISSING), False
    return _sum(inside), True


def _mark(series: _Series, period: Period) -> str:
    """What a reader must know of this figure: not recorded, not reported, likely incomplete, of an unknown year."""
    batch = series.batch
    if period.first == UNDATED:
        return "Het jaar van dit cijfer is onbekend."
    if series.code in batch.unrecorded_codes:
        return "De bron heeft deze soort niet vastgelegd."
    silent = [month for month in batch.unreported_months if period.first <= month <= period.last]
    if silent:
        step = batch.totals.step if batch.totals else 1
        missing = ", ".join(str(Period(month, step)) for month in silent)
        return f"De bron heeft {missing} niet aangeleverd."
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

    def note(self, area: AreaCode, given: set[AreaCode], found: dict[AreaCode, _Cell], batch: Batch) -> str:
        """'Som van 93 van de 114 buurten ...' where area files know more areas than were added up.

        given: the areas of the lowest level in `found` that the batch has.
        """
        level = level_of(next(iter(given), area))
        if level is None or area in found:
            return ""
        own = sum(level_of(code) is level for code in found)
        known = self._codes_of(area, level, batch)
        wider = [code for code in found if level_of(code) is not level]
        most = known if len(known) > len(given) else given
        count = own + sum(any(within(code, one) for one in wider) for code in most)
        if count >= len(most):
            return ""
        return f"Som van {count} van de {len(most)} {_PLURAL[level]}; de andere staan niet in dit bestand."

    def _codes_of(self, area: AreaCode, level: Level, batch: Batch) -> set[AreaCode]:
        year = batch.division or (batch.last_month or 0) // 12
        lists = [
            (abs((held.division or 0) - year), {c for c in codes if level_of(c) is level and within(c, area)})
            for held, codes in self._codes.items()
        ]
        return min(((gap, -len(codes), codes) for gap, codes in lists if codes), default=(0, 0, set()), key=_nearest)[2]


def _nearest(held: tuple[int, int, set[AreaCode]]) -> tuple[int, int]:
    return held[:2]
