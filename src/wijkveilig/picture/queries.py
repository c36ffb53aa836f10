"""What a reader asks for in an address, made whole: unknown or absent parts become what fits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import urlencode

from wijkveilig.picture.edition import AreaRef, Edition, EditionPeriod, IndicatorRef
from wijkveilig.warehouse.types import Level


class Order(StrEnum):
    """The orders in which a reader can have the table of areas; the value stands in the address."""

    LEVEL = "cijfer"
    COUNT = "aantal"
    NAME = "naam"


LEVELS = {"buurt": Level.NEIGHBOURHOOD, "wijk": Level.DISTRICT}
"""The words that stand in an address for the levels of the map."""

FIRST_CHOICE = ("woninginbraak", "totaal")
"""The indicators that the map opens with when nothing asks for attention."""


@dataclass(frozen=True)
class MapQuery:
    """Which map: everything known, nothing to check any more."""

    indicator: IndicatorRef
    period: EditionPeriod
    level: Level
    area: AreaRef | None
    order: Order

    def address(self, **changes: object) -> str:
        """'?indicator=…&periode=…': the address of this map, with some parts changed; what fits is left unsaid."""
        asked = replace(self, **changes)  # type: ignore[arg-type]  # fields of MapQuery, by name
        words = {level: word for word, level in LEVELS.items()}
        fits = asked.indicator.default
        parts = {"indicator": asked.indicator.id}
        if asked.period.id != fits.period:
            parts["periode"] = asked.period.id
        if asked.level is not fits.level:
            parts["niveau"] = words[asked.level]
        if asked.area is not None:
            parts["gebied"] = asked.area.code
        if asked.order is not Order.LEVEL:
            parts["volgorde"] = asked.order.value
        return f"?{urlencode(parts)}"


def read_map_query(edition: Edition, asked: Mapping[str, str]) -> MapQuery:
    """The map that an address asks for; what is not asked is what fits the indicator."""
    indicator = edition.indicator(asked.get("indicator", "")) or first_indicator(edition)
    level = LEVELS.get(asked.get("niveau", ""), indicator.default.level)
    if level is Level.MUNICIPALITY or not edition.areas_at(level):
        level = Level.NEIGHBOURHOOD
    period = edition.period(asked.get("periode", "")) or edition.period(indicator.default.period)
    area = edition.area(asked.get("gebied", "").upper())
    order = asked.get("volgorde", "")
    return MapQuery(
        indicator=indicator,
        period=period or edition.periods[0],
        level=level,
        area=area if area is not None and area.level is level else None,
        order=Order(order) if order in set(Order) else Order.LEVEL,
    )


def first_indicator(edition: Edition) -> IndicatorRef:
    """What the map opens with: what asks for attention, else burglary, else the first."""
    wanted = [*(line.indicator for line in edition.attention[:1]), *FIRST_CHOICE]
    known = (edition.indicator(name) for name in wanted)
    return next((indicator for indicator in known if indicator is not None), edition.indicators[0])


def area_period(edition: Edition, asked: str, area: AreaRef) -> EditionPeriod:
    """The period of an area page: three years for a neighbourhood (one says too little), else the last year."""
    fitting = ("laatste-36", "laatste-12") if area.level is Level.NEIGHBOURHOOD else ("laatste-12",)
    candidates = (edition.period(name) for name in (asked, *fitting))
    return next((period for period in candidates if period is not None), edition.periods[0])
