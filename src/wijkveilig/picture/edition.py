"""An edition: one immutable picture of a municipality, written as small files and only ever read.

The folder is named by what it was made from (batches, code version, parameters), so that the same input
gives the same folder. Pages read one or two small files each:

    edition.json                       areas, indicators, periods, attention, origins
    shapes.json                        outlines in metres (Rijksdriehoek), per area
    area/<code>.json                   all figures and the monthly series of one area
    indicator/<level>/<indicator>.json all areas of a level, for every period
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from wijkveilig.picture import packing
from wijkveilig.picture.facts import Attention, Figure, Note, Origin
from wijkveilig.picture.indicators import Break, Direction, Kind, Theme, Unit, Words
from wijkveilig.warehouse.types import AreaCode, Level, Period

Ring = tuple[tuple[float, float], ...]
Box = tuple[float, float, float, float]


class Span(StrEnum):
    """The kinds of period that an edition holds."""

    LAST_YEAR = "last_year"
    THREE_YEARS = "three_years"
    CALENDAR_YEAR = "calendar_year"
    MONTH = "month"


class Rarity(StrEnum):
    """Why an indicator is shown by default at this level and period."""

    COMMON = "common"
    RARE_BY_DISTRICT = "rare_by_district"
    RARE_OVER_YEARS = "rare_over_years"
    RARE_BY_DISTRICT_OVER_YEARS = "rare_by_district_over_years"
    NOT_BY_NEIGHBOURHOOD = "not_by_neighbourhood"


@dataclass(frozen=True, slots=True)
class EditionPeriod:
    """A period of the edition; `id` is what stands in an address ('laatste-12', 'laatste-36', '2016')."""

    id: str
    period: Period
    span: Span
    incomplete: bool = False


@dataclass(frozen=True, slots=True)
class DefaultView:
    """Where an indicator is shown unless the reader asks otherwise, and the figures that say why.

    `total` is the city's count over the last reported year, `areas` the neighbourhoods, `low` and `high`
    the fewest and most that nine in ten of them have; `most` is the most that any has (None: not known).
    """

    level: Level
    period: str
    why: Rarity
    total: int
    areas: int
    low: int
    high: int
    most: int | None = None


@dataclass(frozen=True, slots=True)
class AreaRef:
    """An area of the edition; residents, households and dwellings are None where no file knows them."""

    code: AreaCode
    name: str
    level: Level
    parent: AreaCode | None
    note: Note | None = None
    residents: int | None = None
    households: int | None = None
    dwellings: int | None = None
    context_year: int | None = None


@dataclass(frozen=True, slots=True)
class IndicatorRef:
    """An indicator as this edition knows it: its unit is one for all areas, or None (counts only)."""

    id: str
    name: Words
    counted: Words
    definition: Words
    theme: Theme
    kind: Kind
    direction: Direction
    unit: Unit | None
    denominator_year: int | None
    minimum_denominator: int
    source_codes: tuple[str, ...]
    parts: tuple[str, ...]
    breaks: tuple[Break, ...]
    default: DefaultView


@dataclass(frozen=True, slots=True)
class Band:
    """What was to be expected in the last reported year, from `first_month` on.

    With `window` 1 each entry is a month; else it is the sum of the `window` months that end there
    (rare counts). Entries: expected, and the 95 % predictive interval.
    """

    first_month: int
    window: int
    expected: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True)
class Series:
    """Counts of an area over time, per indicator; `step` is 1 (months) or 12 (years); None is missing."""

    first_month: int
    step: int
    counts: dict[str, tuple[int | None, ...]]
    bands: dict[str, Band]


@dataclass(frozen=True)
class AreaFile:
    """Everything about one area: figures by period id and indicator id, and its series."""

    figures: dict[str, dict[str, Figure]]
    series: Series


@dataclass(frozen=True, slots=True)
class Blank:
    """Ground on which no counted area lies: the name that a file of areas gives it, its district and its rings."""

    code: AreaCode
    name: str | None
    district: AreaCode | None
    rings: tuple[Ring, ...]


@dataclass(frozen=True)
class Shapes:
    """What is drawn on a map: rings per area code, bodies of water, and ground without counts."""

    areas: dict[str, tuple[Ring, ...]]
    water: tuple[tuple[Ring, ...], ...]
    blanks: tuple[Blank, ...] = ()


@dataclass(frozen=True)
class Edition:
    """The reader of one edition folder. Reading `edition.json` is done once; the rest when asked."""

    folder: Path
    id: str
    municipality: AreaCode
    name: str
    code_version: str
    dated_on: str | None
    reported_until: int
    incomplete_from: int | None
    step: int
    made_from: tuple[Origin, ...]
    areas: tuple[AreaRef, ...]
    indicators: tuple[IndicatorRef, ...]
    periods: tuple[EditionPeriod, ...]
    attention: tuple[Attention, ...]
    notes: tuple[str, ...] = ()

    def areas_at(self, level: Level) -> tuple[AreaRef, ...]:
        """The areas of one level, in order of code."""
        return tuple(area for area in self.areas if area.level is level)

    def area(self, code: str) -> AreaRef | None:
        """One area, or None when the edition does not know it."""
        return next((area for area in self.areas if area.code == code), None)

    def indicator(self, indicator_id: str) -> IndicatorRef | None:
        """One indicator, or None when the edition does not know it."""
        return next((indicator for indicator in self.indicators if indicator.id == indicator_id), None)

    def period(self, period_id: str) -> EditionPeriod | None:
        """One period by the id that stands in an address, or None."""
        return next((period for period in self.periods if period.id == period_id), None)

    def of_area(self, code: str) -> AreaFile:
        """All figures and series of one area; KeyError when the edition does not know it. One small file."""
        if self.area(code) is None:
            raise KeyError(code)
        return _area_file(self.folder / "area" / f"{code}.json")

    def of_indicator(self, indicator_id: str, level: Level) -> dict[str, dict[str, Figure]]:
        """All areas of a level for one indicator: period id → area code → figure. One small file."""
        if self.indicator(indicator_id) is None:
            raise KeyError(indicator_id)
        return _indicator_file(self.folder / "indicator" / level / f"{indicator_id}.json")

    def figures(self, level: Level, period_id: str) -> dict[str, dict[str, Figure]]:
        """Area code → indicator id → figure for one level and period; reads one file per indicator."""
        table: dict[str, dict[str, Figure]] = {area.code: {} for area in self.areas_at(level)}
        for indicator in self.indicators:
            for code, figure in self.of_indicator(indicator.id, level)[period_id].items():
                table[code][indicator.id] = figure
        return table

    def series(self, code: str) -> Series:
        """The counts of one area over time."""
        return self.of_area(code).series

    def city(self) -> AreaFile:
        """The municipality as a whole, against its own past."""
        return self.of_area(self.municipality)

    def shapes(self) -> dict[str, tuple[Ring, ...]]:
        """Outlines per area code in metres (Rijksdriehoek), outer and inner rings; areas without one are absent."""
        return _shapes_file(self.folder / "shapes.json").areas

    def boxes(self) -> dict[str, Box]:
        """The box around each outline: left, bottom, right, top in metres."""
        return _boxes(self.folder / "shapes.json")

    def water(self) -> tuple[tuple[Ring, ...], ...]:
        """Bodies of water, each as its rings in metres."""
        return _shapes_file(self.folder / "shapes.json").water

    def blanks(self) -> tuple[Blank, ...]:
        """Ground without counts, so that a map shows no holes."""
        return _shapes_file(self.folder / "shapes.json").blanks


def read_edition(folder: Path) -> Edition:
    """Open an edition folder; FileNotFoundError when it is not there."""
    return _read_edition(folder, (folder / "edition.json").stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read_edition(folder: Path, _written: int) -> Edition:
    """An edition never changes, so it is parsed once for each process (and again if it was made anew)."""
    raw = packing.load(folder / "edition.json")
    return packing.unpack(Edition, {**raw, "folder": folder})


@lru_cache(maxsize=64)
def _area_file(path: Path) -> AreaFile:
    return packing.unpack(AreaFile, packing.load(path))


@lru_cache(maxsize=64)
def _indicator_file(path: Path) -> dict[str, dict[str, Figure]]:
    raw = packing.load(path)
    return {
        period: {code: packing.unpack(Figure, figure) for code, figure in areas.items()}
        for period, areas in raw.items()
    }


def box_of(rings: tuple[Ring, ...]) -> Box:
    """The box around the rings of one area."""
    xs = [x for ring in rings for x, _y in ring]
    ys = [y for ring in rings for _x, y in ring]
    return min(xs), min(ys), max(xs), max(ys)


@lru_cache(maxsize=4)
def _boxes(path: Path) -> dict[str, Box]:
    return {code: box_of(rings) for code, rings in _shapes_file(path).areas.items()}


@lru_cache(maxsize=4)
def _shapes_file(path: Path) -> Shapes:
    return packing.unpack(Shapes, packing.load(path))
