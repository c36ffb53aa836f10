"""A picture of one period as an edition in memory, so that files that stand alone use the pages' own presenters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from wijkveilig import __version__
from wijkveilig.picture.area_page import least_likely
from wijkveilig.picture.build import Layer, columns_of
from wijkveilig.picture.columns import YEAR, Table, tabulate_columns
from wijkveilig.picture.edition import AreaFile, Blank, Box, Edition, EditionPeriod, Ring, Series, Span, box_of
from wijkveilig.picture.facts import AreaFacts, Figure, Picture
from wijkveilig.picture.outlines import blanks, outlines, water
from wijkveilig.picture.refs import area_refs, indicator_refs
from wijkveilig.picture.runs import band
from wijkveilig.picture.town import Town
from wijkveilig.warehouse.types import AreaCode, Level


@dataclass(frozen=True, kw_only=True)
class LooseEdition(Edition):
    """An edition without a folder: everything it is asked for is in memory."""

    table: Table
    facts: dict[str, AreaFacts]
    outlined: dict[str, tuple[Ring, ...]]
    waters: tuple[tuple[Ring, ...], ...]
    boxed: dict[str, Box]
    emptied: tuple[Blank, ...]

    def of_area(self, code: str) -> AreaFile:
        """The figures of one area under the period's id, and its counts."""
        figures = {figure.indicator: figure for figure in self.facts[code].figures}
        return AreaFile({self.periods[0].id: figures}, self._series(code, figures))

    def of_indicator(self, indicator_id: str, level: Level) -> dict[str, dict[str, Figure]]:
        """All areas of the level for one indicator, under the period's id."""
        table = {
            code: figure
            for code, area in self.facts.items()
            for figure in area.figures
            if area.level is level and figure.indicator == indicator_id
        }
        return {self.periods[0].id: table}

    def shapes(self) -> dict[str, tuple[Ring, ...]]:
        """Outlines in metres."""
        return self.outlined

    def boxes(self) -> dict[str, Box]:
        """The box around each outline."""
        return self.boxed

    def water(self) -> tuple[tuple[Ring, ...], ...]:
        """Bodies of water in metres."""
        return self.waters

    def blanks(self) -> tuple[Blank, ...]:
        """Ground without counts."""
        return self.emptied

    def _series(self, code: str, figures: dict[str, Figure]) -> Series:
        """The counts of an area; what was to be expected only where it will be drawn, for the sum takes time."""
        table = self.table
        if code not in table.areas:
            return Series(table.first, table.step, {}, {})
        row = table.areas.index(AreaCode(code))
        counts, bands = {}, {}
        drawn = self._drawn(code, figures)
        for at, column in enumerate(table.columns):
            name = column.indicator.id
            pairs = zip(table.value[row, at].tolist(), table.known[row, at].tolist(), strict=True)
            counts[name] = tuple(int(value) if seen else None for value, seen in pairs)
            guess = figures[name].expected
            if name in drawn and guess is not None:
                bands[name] = band(table, at, self.periods[0].period, guess)
        return Series(table.first, table.step, counts, bands)

    def _drawn(self, code: str, figures: dict[str, Figure]) -> set[str]:
        """What asks for attention here, else the least likely count; nothing for a single month."""
        if self.periods[0].period.months != YEAR:
            return set()
        lines = {line.indicator for line in self.attention if line.area == code}
        return lines or {indicator.id for indicator in least_likely(self, figures)[:1]}


def loose_edition(picture: Picture, town: Town) -> LooseEdition:
    """The edition of one picture: its neighbourhoods, its one period, its shapes."""
    period = picture.period
    columns = columns_of(town, period.last)
    small = Layer(Level.NEIGHBOURHOOD, period, columns, picture.areas, picture.attention)
    whole = replace(small, level=Level.MUNICIPALITY, areas=(picture.city,))
    none = replace(small, level=Level.DISTRICT, areas=())
    layers = {Level.NEIGHBOURHOOD: small, Level.DISTRICT: none, Level.MUNICIPALITY: whole}
    outlined = outlines(town)
    cut = picture.incomplete_from is not None and picture.incomplete_from <= period.last
    span = Span.LAST_YEAR if period.months == YEAR else Span.MONTH
    return LooseEdition(
        folder=Path(),
        id="",
        municipality=picture.area,
        name=picture.name or picture.area,
        code_version=__version__,
        dated_on=None,
        reported_until=period.last,
        incomplete_from=picture.incomplete_from,
        step=town.step,
        made_from=picture.made_from,
        areas=area_refs(town, layers, period),
        indicators=indicator_refs(town, columns, layers, {}),
        periods=(EditionPeriod("laatste-12" if period.months == YEAR else str(period), period, span, cut),),
        attention=picture.attention,
        notes=picture.notes,
        table=tabulate_columns(town.cube(Level.NEIGHBOURHOOD, period.last), columns),
        facts={area.code: area for area in (*picture.areas, picture.city)},
        outlined=outlined,
        boxed={code: box_of(rings) for code, rings in outlined.items()},
        waters=water(town),
        emptied=blanks(town),
    )
