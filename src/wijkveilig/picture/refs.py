"""What an edition says once about each area and each indicator, so that pages need not work it out."""

from __future__ import annotations

import numpy as np

from wijkveilig.picture.build import Layer
from wijkveilig.picture.columns import Column, Floats
from wijkveilig.picture.denominators import UNKNOWN_YEAR
from wijkveilig.picture.edition import AreaRef, DefaultView, IndicatorRef, Rarity
from wijkveilig.picture.facts import AreaFacts
from wijkveilig.picture.indicators import Unit, register
from wijkveilig.picture.town import Town
from wijkveilig.warehouse.types import AreaCode, Level, Period, parent_of

ENOUGH = 5
"""A typical neighbourhood (or district) needs this many in a year to say something by itself."""
NINE_IN_TEN = (0.05, 0.95)


def area_refs(town: Town, layers: dict[Level, Layer], period: Period) -> tuple[AreaRef, ...]:
    """The areas of every level with their context: residents, households and dwellings of the nearest year."""
    parents = {town.counts.areas[row]: district for district, members in town.districts().items() for row in members}
    return tuple(
        _area_ref(town, area, row, parents, period)
        for level, layer in layers.items()
        for row, area in enumerate(layer.areas)
        if area.level is level
    )


def _area_ref(town: Town, area: AreaFacts, row: int, parents: dict[AreaCode, AreaCode], period: Period) -> AreaRef:
    per = town.per[area.level]
    found: dict[Unit, tuple[int, int]] = {}
    for unit in (Unit.RESIDENTS, Unit.HOUSEHOLDS, Unit.DWELLINGS):
        choice = per.choose((unit,), period)
        if choice is not None and np.isfinite(value := per.at(*choice)[row]):
            found[unit] = (round(float(value)), choice[1])
    year = next((year for _, year in found.values()), UNKNOWN_YEAR)
    context = {unit: value for unit, (value, of) in found.items() if of == year}  # figures of one year, never mixed
    upper = {Level.NEIGHBOURHOOD: parents.get(area.code), Level.DISTRICT: town.municipality}
    return AreaRef(
        code=area.code,
        name=area.name or area.code,
        level=area.level,
        parent=upper.get(area.level, parent_of(area.code) if area.level is not Level.MUNICIPALITY else None),
        note=area.note,
        residents=context.get(Unit.RESIDENTS),
        households=context.get(Unit.HOUSEHOLDS),
        dwellings=context.get(Unit.DWELLINGS),
        context_year=None if year == UNKNOWN_YEAR else year,
    )


def indicator_refs(
    town: Town, columns: tuple[Column, ...], main: dict[Level, Layer], periods: dict[str, dict[Level, Layer]]
) -> tuple[IndicatorRef, ...]:
    """The indicators of an edition in the order of its columns, each with where it is shown by default."""
    small = main[Level.NEIGHBOURHOOD]
    per = town.per[Level.NEIGHBOURHOOD]
    made = []
    for index, column in enumerate(columns):
        indicator = column.indicator
        choice = per.choose(indicator.denominators, small.period)
        made.append(
            IndicatorRef(
                id=indicator.id,
                name=indicator.name,
                counted=indicator.counted,
                definition=indicator.definition,
                theme=register().theme(indicator.theme),
                kind=indicator.kind,
                direction=indicator.direction,
                unit=choice[0] if choice else None,
                denominator_year=choice[1] if choice and choice[1] != UNKNOWN_YEAR else None,
                minimum_denominator=indicator.minimum_denominator,
                source_codes=column.codes,
                parts=column.parts,
                breaks=indicator.breaks,
                default=_default_view(index, main, "laatste-36" in periods),
            )
        )
    return tuple(made)


def _default_view(column: int, main: dict[Level, Layer], has_three_years: bool) -> DefaultView:
    """By neighbourhood where a typical one has enough in a year; else by district; else over three years."""
    small, large = _counts(main[Level.NEIGHBOURHOOD], column), _counts(main[Level.DISTRICT], column)
    low, high = (round(float(np.quantile(small, part))) for part in NINE_IN_TEN) if small.size else (0, 0)
    year = _period_id(next(iter(main.values())).period)
    level, why = _where(small, large, has_three_years)
    over_years = why in (Rarity.RARE_OVER_YEARS, Rarity.RARE_BY_DISTRICT_OVER_YEARS)
    most = int(small.max()) if small.size else None
    period = "laatste-36" if over_years else year
    return DefaultView(level, period, why, int(small.sum()), int(small.size), low, high, most)


def _where(small: Floats, large: Floats, has_three_years: bool) -> tuple[Level, Rarity]:
    """The level at which a type is shown, and why; counts of one year by neighbourhood and by district."""
    if not small.size:
        return Level.MUNICIPALITY, Rarity.NOT_BY_NEIGHBOURHOOD
    if np.median(small) >= ENOUGH or (large.size <= 1 and not has_three_years):
        return Level.NEIGHBOURHOOD, Rarity.COMMON
    if large.size <= 1:
        return Level.NEIGHBOURHOOD, Rarity.RARE_OVER_YEARS
    if np.median(large) >= ENOUGH or not has_three_years:
        return Level.DISTRICT, Rarity.RARE_BY_DISTRICT
    return Level.DISTRICT, Rarity.RARE_BY_DISTRICT_OVER_YEARS


def _period_id(period: Period) -> str:
    return "laatste-12" if period.months == 12 else str(period)


def _counts(layer: Layer, column: int) -> Floats:
    """Known counts of a column over the areas of a level."""
    values = (area.figures[column].value for area in layer.areas)
    return np.array([value for value in values if value is not None], dtype=np.float64)
