"""What rates are per: residents, households and dwellings of the areas, by year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wijkveilig.picture.indicators import Unit
from wijkveilig.warehouse.types import AreaCode, Period

Floats = NDArray[np.float64]
NEAREST = 5
"""A denominator may stand at most this many years from the end of the period."""
FEWEST_ADDRESSES = 20
"""Below this number of addresses an area's growth says nothing about its counts."""
UNKNOWN_YEAR = -1
"""The year of figures whose file does not tell it: they serve only where no dated figures do."""
COVERAGE = 0.9
"""A unit goes before a later one in the chain when it covers at least this share of what the best covers."""


@dataclass(frozen=True)
class Known:
    """One figure of one batch: how many dwellings, households or residents an area has in a year (or UNKNOWN_YEAR)."""

    batch: str
    area: AreaCode
    unit: Unit
    year: int
    value: float


@dataclass(frozen=True)
class Denominators:
    """Per unit and year the figures [areas], NaN where unknown or where the code stands for another place."""

    areas: tuple[AreaCode, ...]
    tables: Mapping[Unit, Mapping[int, Floats]]
    origins: Mapping[tuple[Unit, int], tuple[str, ...]]

    def year_for(self, unit: Unit, period: Period) -> int | None:
        """The nearest year within five of the year in which the period ends; the earlier of two as near.

        Only years in which some area is known count.
        """
        end = period.last // 12
        tables = self.tables.get(unit, {})
        years = [year for year, known in tables.items() if abs(year - end) <= NEAREST and np.isfinite(known).any()]
        return min(years, key=lambda year: (abs(year - end), year), default=None)

    def at(self, unit: Unit, year: int) -> Floats:
        """Figures [areas] of one unit and year."""
        return self.tables[unit][year]

    def choose(self, chain: Iterable[Unit], period: Period) -> tuple[Unit, int] | None:
        """A unit and its year, one for all areas: the first of the chain that covers enough of them.

        Figures of an unknown year (UNKNOWN_YEAR) are taken where no unit of the chain has a year near enough.
        """
        units = list(chain)
        dated = {(unit, year) for unit in units if (year := self.year_for(unit, period)) is not None}
        known = dated or {(unit, UNKNOWN_YEAR) for unit in units if UNKNOWN_YEAR in self.tables.get(unit, {})}
        covered = {
            choice: int(np.isfinite(self.at(*choice)).sum())
            for choice in sorted(known, key=lambda c: units.index(c[0]))
        }
        best = max(covered.values(), default=0)
        return next((choice for choice, count in covered.items() if count > 0 and count >= COVERAGE * best), None)

    def growth(self, years: Iterable[int]) -> Floats | None:
        """Addresses [areas, years] that expected counts grow with, else dwellings; None unless each year is known.

        A year that an area, or every area, lacks is taken half-way between the year before and the year after where
        both are known; nothing is ever carried on beyond the known years. What is known each year goes before that.
        An area with few addresses in one of the years is NaN throughout: it would grow by leaps.
        """
        wanted = list(years)
        units = [Unit.ADDRESSES, Unit.DWELLINGS]
        for unit in sorted(units, key=lambda unit: self.each_year(unit, wanted) is None):
            known = np.stack([self._known_or_between(unit, year) for year in wanted], axis=1)
            if np.isfinite(known).any(axis=0).all():
                few = ~np.all(known >= FEWEST_ADDRESSES, axis=1)
                return np.where(few[:, None], np.nan, known)
        return None

    def _known_or_between(self, unit: Unit, year: int) -> Floats:
        """Figures [areas] of a year; where unknown, the mean of the years on both sides of it."""
        table, nothing = self.tables.get(unit, {}), np.full(len(self.areas), np.nan)
        own, before, after = (table.get(at, nothing) for at in (year, year - 1, year + 1))
        return np.where(np.isfinite(own), own, (before + after) / 2.0)

    def each_year(self, unit: Unit, years: Iterable[int]) -> Floats | None:
        """Figures [areas, years] when every one of these years is known by itself, else None."""
        table = self.tables.get(unit, {})
        wanted = list(years)
        if not all(year in table for year in wanted):
            return None
        return np.stack([table[year] for year in wanted], axis=1)

    def sum_areas(self, groups: Mapping[AreaCode, list[int]], own: Denominators) -> Denominators:
        """The figures of larger areas: the source's own row, else the sum where every area inside is known."""
        tables: dict[Unit, dict[int, Floats]] = {}
        for unit in Unit:
            years = set(self.tables.get(unit, {})) | set(own.tables.get(unit, {}))
            for year in sorted(years):
                tables.setdefault(unit, {})[year] = self._summed(unit, year, groups, own)
        keys = sorted({*self.origins, *own.origins})
        origins = {key: tuple(dict.fromkeys(own.origins.get(key, ()) + self.origins.get(key, ()))) for key in keys}
        return Denominators(tuple(groups), tables, origins)

    def _summed(self, unit: Unit, year: int, groups: Mapping[AreaCode, list[int]], own: Denominators) -> Floats:
        small, large = self.tables.get(unit, {}).get(year), own.tables.get(unit, {}).get(year)
        made = np.full(len(groups), np.nan)
        for row, members in enumerate(groups.values()):
            if large is not None and np.isfinite(large[row]):
                made[row] = large[row]
            elif small is not None:
                made[row] = small[members].sum()  # NaN when one of them is unknown
        return made


def tabulate(areas: tuple[AreaCode, ...], known: Iterable[Known]) -> Denominators:
    """Tables of the given figures; where two batches know the same cell, the batch that knows more areas goes first."""
    row = {area: index for index, area in enumerate(areas)}
    cells: dict[tuple[Unit, int], dict[str, Floats]] = {}
    for figure in known:
        columns = cells.setdefault((figure.unit, figure.year), {})
        columns.setdefault(figure.batch, np.full(len(areas), np.nan))[row[figure.area]] = figure.value
    tables: dict[Unit, dict[int, Floats]] = {}
    origins: dict[tuple[Unit, int], tuple[str, ...]] = {}
    for (unit, year), columns in sorted(cells.items()):
        order = sorted(columns, key=lambda batch: (-int(np.isfinite(columns[batch]).sum()), batch))
        made = np.full(len(areas), np.nan)
        for batch in order:
            made = np.where(np.isfinite(made), made, columns[batch])
        tables.setdefault(unit, {})[year] = made
        origins[unit, year] = tuple(order)
    _add_addresses(tables, origins)
    return Denominators(areas, tables, origins)


def _add_addresses(tables: dict[Unit, dict[int, Floats]], origins: dict[tuple[Unit, int], tuple[str, ...]]) -> None:
    """Where no file gives addresses: dwellings and business establishments of the same year together."""
    given = tables.setdefault(Unit.ADDRESSES, {})
    homes, firms = tables.get(Unit.DWELLINGS, {}), tables.get(Unit.BUSINESSES, {})
    for year in sorted(set(homes) & set(firms) - set(given)):
        given[year] = homes[year] + firms[year]
        origins[Unit.ADDRESSES, year] = origins[Unit.DWELLINGS, year] + origins[Unit.BUSINESSES, year]
