"""A municipality as arrays: its counts, its places and its denominators, read from the warehouse in one go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from django.utils.translation import gettext as _

from wijkveilig.areas.loading import Atlas, atlas
from wijkveilig.areas.places import Places, Verdict
from wijkveilig.picture.counting import YEAR, aligned, choose_source, own_before_sum, read_cube
from wijkveilig.picture.cube import Cube
from wijkveilig.picture.denominators import UNKNOWN_YEAR, Denominators, Known, tabulate
from wijkveilig.picture.indicators import Unit
from wijkveilig.picture.spans import Aside, aside_text, asides_of, gap_note, too_few_months_note
from wijkveilig.warehouse.batch import Batch, Totals
from wijkveilig.warehouse.reporting import judge
from wijkveilig.warehouse.store import Warehouse
from wijkveilig.warehouse.tables import Columns
from wijkveilig.warehouse.types import AreaCode, Level, Period, level_of, parent_of

UNDATED = -1
_PREFIX = {Level.NEIGHBOURHOOD: "BU", Level.DISTRICT: "WK", Level.MUNICIPALITY: "GM"}


class NothingCountedError(Exception):
    """No file holds counts by neighbourhood for this municipality, or none for this period; says which."""


@dataclass(frozen=True)
class Town:
    """All that the files know of one municipality, for one source of counts.

    `counts` and `own` hold the cubes as the files give them, `own` those of districts and of the municipality
    (a source's own row goes before a sum). `batches` are the batches of the warehouse by id. `asked` is the period
    that was asked for, None for the last reported one; `asides` are rows too far from the others, `unused_months`
    months that give way to years.
    """

    municipality: AreaCode
    name: str | None
    counts: Cube
    own: Mapping[Level, Cube]
    places: Places
    known_of: Atlas
    per: Mapping[Level, Denominators]
    totals: Mapping[str, Totals | None]
    batches: Mapping[str, Batch]
    asked: Period | None = None
    asides: tuple[Aside, ...] = ()
    unused_months: tuple[int, ...] = ()

    @property
    def step(self) -> int:
        """1 when the counts are by month, 12 when by year."""
        return self.counts.step

    def districts(self) -> dict[AreaCode, list[int]]:
        """Per district the rows of its neighbourhoods, in order of code."""
        groups: dict[AreaCode, list[int]] = defaultdict(list)
        for row, code in enumerate(self.counts.areas):
            area = self.places.area(code)
            groups[area.district or parent_of(code) or self.municipality].append(row)
        return dict(sorted(groups.items()))

    def groups(self, level: Level) -> dict[AreaCode, list[int]]:
        """The areas of a level above neighbourhoods, with the rows of the neighbourhoods in each."""
        if level is Level.DISTRICT:
            return self.districts()
        return {self.municipality: list(range(len(self.counts.areas)))}

    def cube(self, level: Level, last: int) -> Cube:
        """The counts of a level as known at the end of month `last`."""
        small = self.counts.until(last, self.totals)
        if level is Level.NEIGHBOURHOOD:
            return small
        summed = small.sum_areas(self.groups(level))
        return own_before_sum(self.own[level].until(last, self.totals), summed) if level in self.own else summed

    def areas_until(self, last: int) -> frozenset[AreaCode]:
        """Neighbourhoods of which a file holds a count up to month `last`: one that came later has no past."""
        given = np.any(self.counts.until(last, {}).batch >= 0, axis=(1, 2))
        return frozenset(code for code, seen in zip(self.counts.areas, given.tolist(), strict=True) if seen)

    def reported(self, last: int) -> list[int]:
        """First months of the steps up to `last` in which something was reported."""
        cube = self.counts.until(last, self.totals)
        seen = cube.known.any(axis=(0, 1)) & cube.reported
        return [cube.first + cube.step * int(step) for step in np.flatnonzero(seen)]

    def last_period(self) -> Period:
        """The last 12 reported months (if one inside was not: the last run of twelve; else the last month), or year."""
        months = self.reported(self.counts.last)
        if not months:
            raise NothingCountedError(_("Geen enkele maand van %(town)s is gemeld.") % {"town": self.municipality})
        if self.step == YEAR:
            return Period(months[-1], YEAR)
        known = set(months)
        whole = (last for last in reversed(months) if known.issuperset(range(last - 11, last + 1)))
        last = next(whole, None)
        return Period(months[-1], 1) if last is None else Period.ending(last, YEAR)

    def notes(self, period: Period) -> tuple[tuple[str, str], ...]:
        """What the picture of the last reported period leaves aside: the batch it is about, and the words (Dutch).

        Nothing for a period that was asked for.
        """
        if self.asked is not None:
            return ()
        newest = max(self.counts.batches, key=lambda name: self.batches[name].order)
        gap = gap_note(period, self.step, self.reported(self.counts.last))
        months = too_few_months_note(self.unused_months) if self.unused_months else ""
        strays = ((aside.batch, aside_text(aside)) for aside in self.asides)
        return tuple((newest, text) for text in (gap, months) if text) + tuple(strays)

    def other_places(self) -> dict[AreaCode, Verdict]:
        """Neighbourhoods whose code stands for another place in a file of denominators or areas, with the names."""
        found: dict[AreaCode, Verdict] = {}
        for figures in self.known_of.figures.values():
            if figures.batch not in self.counts.batches:
                for code, verdict in self.places.agreement(figures).items():
                    if not verdict.agrees and (code not in found or not found[code].other):
                        found[code] = verdict
        return dict(sorted(found.items()))

    def incomplete_from(self, last: int) -> int | None:
        """First month, up to `last`, that looks cut short in the batch that it came from."""
        found: list[int] = []
        for batch in self.counts.batches:
            held = self.totals.get(batch)
            mark = judge(held, last).incomplete_from if held is not None else None
            if mark is not None:
                found.append(mark)
        return max(found, default=None)


def read_town(warehouse: Warehouse, municipality: AreaCode, period: Period | None = None) -> Town:
    """Read one municipality (GM…). With a period, the counts that hold it are taken: by month before by year.

    Raises NothingCountedError when no file holds counts by neighbourhood for it.
    """
    batches = {batch.id: batch for batch in warehouse.batches()}
    digits = municipality[2:]
    rows = {level: warehouse.columns("counts", digits=digits, prefix=prefix) for level, prefix in _PREFIX.items()}
    chosen = choose_source(rows[Level.NEIGHBOURHOOD], batches, period)
    ranks = warehouse.ranks()
    cubes = {level: read_cube(columns, chosen, batches, ranks) if chosen else None for level, columns in rows.items()}
    counts = cubes.pop(Level.NEIGHBOURHOOD)
    if counts is None:
        named = {"town": municipality, "period": period}
        if period is None:
            raise NothingCountedError(_("Geen bestand telt misdrijven per buurt voor %(town)s.") % named)
        raise NothingCountedError(_("Geen bestand telt misdrijven per buurt voor %(town)s over %(period)s.") % named)
    known_of = atlas(warehouse, municipality)
    newest = max(counts.batches, key=lambda name: batches[name].order)
    # All codes take part, also of an area that the newest file no longer knows.
    places = Places(replace(known_of.figures[newest], codes=frozenset(counts.areas)), known_of.divisions)
    counts = _same_places(counts, newest, places, known_of)
    figures = warehouse.columns("figures", digits=digits)
    return Town(
        municipality=municipality,
        name=_name(known_of, municipality),
        counts=counts,
        own={level: aligned(cube, counts) for level, cube in cubes.items() if cube is not None},
        places=places,
        known_of=known_of,
        per=_denominators(figures, counts, places, known_of, municipality),
        totals={batch: batches[batch].totals for batch in counts.batches},
        batches=batches,
        asked=period,
        asides=() if chosen is None or period else asides_of(rows.values(), chosen.step, chosen.span, counts.batches),
        unused_months=chosen.months if chosen else (),
    )


def _same_places(counts: Cube, newest: str, places: Places, known_of: Atlas) -> Cube:
    """The counts without those of earlier batches in which a code stood for another place than in the newest."""
    other = np.zeros(counts.value.shape, dtype=bool)
    for index, batch in enumerate(counts.batches):
        if batch == newest:
            continue
        verdicts = places.agreement(known_of.figures[batch])
        moved = np.array([not verdicts[code].agrees for code in counts.areas], dtype=bool)
        other |= moved[:, None, None] & (counts.batch == index)
    kept = ~other
    return replace(
        counts,
        value=np.where(kept, counts.value, 0),
        known=counts.known & kept,
        withheld=counts.withheld & kept,
        batch=np.where(kept, counts.batch, -1).astype(np.int16),
    )


def _name(known_of: Atlas, municipality: AreaCode) -> str | None:
    """The municipality's name from the first file that gives one."""
    named = (division.places.get(municipality) for division in known_of.divisions)
    return next((place.name for place in named if place is not None and place.name), None)


def _denominators(
    figures: Columns, counts: Cube, places: Places, known_of: Atlas, municipality: AreaCode
) -> dict[Level, Denominators]:
    """Residents, households and dwellings per level; a neighbourhood's only where its code means the same place."""
    small = tabulate(counts.areas, _agreeing(figures, counts, places, known_of))
    made = {Level.NEIGHBOURHOOD: small}
    districts: dict[AreaCode, list[int]] = defaultdict(list)
    for row, code in enumerate(counts.areas):
        districts[places.area(code).district or parent_of(code) or municipality].append(row)
    for level, groups in (
        (Level.DISTRICT, dict(sorted(districts.items()))),
        (Level.MUNICIPALITY, {municipality: list(range(len(counts.areas)))}),
    ):
        own = tabulate(tuple(groups), _of_larger(figures, groups, counts, places, known_of))
        made[level] = small.sum_areas(groups, own)
    return made


def _agreeing(figures: Columns, counts: Cube, places: Places, known_of: Atlas) -> Iterable[Known]:
    rows = set(counts.areas)
    for known in _known(figures):
        if known.area in rows and places.agreement(known_of.figures[known.batch])[known.area].agrees:
            yield known


def _of_larger(
    figures: Columns, groups: Mapping[AreaCode, list[int]], counts: Cube, places: Places, known_of: Atlas
) -> Iterable[Known]:
    """A source's own figures of larger areas, unless it means other places by most neighbourhoods inside."""
    for known in _known(figures):
        members = groups.get(known.area)
        if members is None:
            continue
        other = known_of.figures.get(known.batch)
        verdicts = places.agreement(other) if other is not None else {}
        against = sum(not verdicts[counts.areas[row]].agrees for row in members if counts.areas[row] in verdicts)
        if against * 2 <= len(members):
            yield known


def _known(figures: Columns) -> Iterable[Known]:
    """The rows of key figures that are denominators and published, each with its year where the file tells it."""
    units = {unit.value: unit for unit in Unit}
    names = ("batch", "area", "measure", "first", "value", "status")
    for batch, area, measure, first, value, status in zip(*(figures[name].tolist() for name in names), strict=True):
        if measure in units and status == "value" and level_of(area) is not None:
            year = UNKNOWN_YEAR if first == UNDATED else first // 12
            yield Known(batch, AreaCode(area), units[measure], year, float(value))
