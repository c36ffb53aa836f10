"""The map itself: areas with their figure, coloured in round classes, districts in ink."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _

from wijkveilig.picture import cells, sentences, wording
from wijkveilig.picture.addresses import Addresses
from wijkveilig.picture.coarse import coarser
from wijkveilig.picture.edition import AreaRef, Edition, EditionPeriod, IndicatorRef
from wijkveilig.picture.facts import Figure
from wijkveilig.picture.queries import MapQuery, Order
from wijkveilig.ui.chart_words import chart_words
from wijkveilig.ui.charts import (
    NARROW,
    WIDE,
    AreaState,
    Classes,
    LocatorSpec,
    MapArea,
    MapLabel,
    MapSpec,
    choropleth,
    locator,
    round_limits,
)
from wijkveilig.ui.figures import Figure as Plate
from wijkveilig.warehouse.types import Level

SMALLEST_BEND = 2.0
"""Bends of an outline smaller than this many pixels are left out."""
MANY = 100
"""Above this many areas the outlines are coarser, so that the page stays light."""
COARSE_BEND = 3.0
MOST_DRAWN_TWICE = 200
"""Up to this many areas a phone gets its own drawing; above it the page would grow too heavy."""


def draw_map(edition: Edition, query: MapQuery, figures: dict[str, Figure]) -> Plate | None:
    """The map with its title, or None where no file holds the shape of any area."""
    areas = tuple(_map_areas(edition, query, figures))
    return _plate(edition, query, areas, figures) if areas else None


def _plate(edition: Edition, query: MapQuery, areas: tuple[MapArea, ...], figures: dict[str, Figure]) -> Plate:
    levels = [figure.level for figure in figures.values() if figure.level is not None]
    limits = round_limits(levels)
    spec = MapSpec(
        key="kaart",
        title=_title(query),
        desc=_("Dezelfde cijfers staan in de tabel bij deze kaart."),
        areas=(*areas, *_blanks(edition)),
        classes=Classes(limits=limits, decimals=0 if all(limit == int(limit) for limit in limits) else 1),
        labels=_labels(edition, query, figures),
        water=edition.water(),
        selected=_selected(edition, query),
        legend=sentences.unit(query.indicator),
        words=chart_words(),
    )
    return Plate(
        key="kaart",
        title=_title(query),
        sub=_sub(query),
        svg=choropleth(_light(spec, WIDE)),
        narrow=choropleth(_for_phone(spec)) if len(areas) <= MOST_DRAWN_TWICE else "",
        source=wording.sources_line(edition),
        made_on=wording.made_on(edition),
    )


def _light(spec: MapSpec, width: float) -> MapSpec:
    """The map for a frame of this width: outlines and water no finer than the frame can show."""
    xs = [x for area in spec.areas for ring in area.rings for x, _y in ring]
    bend = (SMALLEST_BEND if len(spec.areas) <= MANY else COARSE_BEND) * (max(xs) - min(xs)) / width
    rings = coarser([*(area.rings for area in spec.areas), *spec.water], bend)
    areas = tuple(replace(area, rings=simple) for area, simple in zip(spec.areas, rings, strict=False))
    return replace(spec, width=width, areas=areas, water=rings[len(areas) :])


def _for_phone(spec: MapSpec) -> MapSpec:
    """The same map for a narrow frame, with its own text sizes; a finger chooses in the table."""
    areas = tuple(replace(area, href="", text="", name="") for area in spec.areas)
    return _light(replace(spec, key=f"{spec.key}-n", areas=areas), NARROW)


def draw_plain_map(edition: Edition, indicator: IndicatorRef, period: EditionPeriod, to: Addresses) -> Plate | None:
    """A map of all neighbourhoods whose areas lead to their pages; None without shapes."""
    figures = edition.of_indicator(indicator.id, Level.NEIGHBOURHOOD)[period.id]
    query = MapQuery(indicator, period, Level.NEIGHBOURHOOD, None, Order.LEVEL)
    shapes = edition.shapes()
    areas = tuple(
        _map_area(area, area, shapes[area.code], figures, to.area(area.code))
        for area in edition.areas_at(Level.NEIGHBOURHOOD)
        if area.code in shapes
    )
    return _plate(edition, query, areas, figures) if areas else None


def draw_locator(edition: Edition, area: AreaRef) -> str:
    """Where an area lies in the city; '' when no file holds its shape."""
    shapes = edition.shapes()
    level = Level.NEIGHBOURHOOD
    selected = frozenset(code for code in _inside(edition, area) if code in shapes)
    if not selected and area.code in shapes:
        level, selected = area.level, frozenset({area.code})
    if not selected:
        return ""
    near = _near(edition, selected)
    areas = tuple(
        MapArea(code=other.code, name=other.name, rings=shapes[other.code], group=other.parent or "")
        for other in edition.areas_at(level)
        if other.code in near
    )
    title = _("%(area)s op de kaart") % {"area": area.name}
    return locator(LocatorSpec(key="waar", title=title, areas=areas, selected=selected, water=edition.water()))


def _near(edition: Edition, selected: frozenset[str]) -> set[str]:
    """The areas around the selected ones: all that a locator can show, so that it need not look at the others."""
    boxes = edition.boxes()
    mine = [boxes[code] for code in selected]
    west, south = min(box[0] for box in mine), min(box[1] for box in mine)
    east, north = max(box[2] for box in mine), max(box[3] for box in mine)
    frame = LocatorSpec("", "", (), selected)
    shape = frame.height / frame.width
    across = frame.zoom * max(east - west, (north - south) / shape)
    x, y = (west + east) / 2, (south + north) / 2
    return {
        code
        for code, box in boxes.items()
        if box[0] <= x + across and box[2] >= x - across
        if box[1] <= y + across * shape and box[3] >= y - across * shape
    }


def _title(query: MapQuery) -> str:
    if query.level is Level.DISTRICT:
        return _("Per wijk, met buurtgrenzen")
    return _("Per buurt, met wijkgrenzen")


def _sub(query: MapQuery) -> str:
    return _("%(indicator)s %(unit)s, %(period)s") % {
        "indicator": wording.title(query.indicator),
        "unit": sentences.unit(query.indicator),
        "period": sentences.period_label(query.period),
    }


def _map_areas(edition: Edition, query: MapQuery, figures: dict[str, Figure]) -> Iterable[MapArea]:
    """The shapes to colour: neighbourhoods, by district each with the figure of its district."""
    shapes = edition.shapes()
    neighbourhoods = [area for area in edition.areas_at(Level.NEIGHBOURHOOD) if area.code in shapes]
    if query.level is Level.DISTRICT and neighbourhoods:
        for area in neighbourhoods:
            district = edition.area(area.parent or "")
            if district is not None:
                yield _map_area(area, district, shapes[area.code], figures, query.address(area=district))
        return
    for area in edition.areas_at(query.level):
        if area.code in shapes:
            yield _map_area(area, area, shapes[area.code], figures, query.address(area=area))


def _map_area(
    area: AreaRef, owner: AreaRef, rings: tuple[tuple[tuple[float, float], ...], ...],
    figures: dict[str, Figure], href: str,
) -> MapArea:  # fmt: skip
    figure = figures.get(owner.code)
    words = {"area": owner.name, "level": cells.level(figure), "margin": cells.margin(figure)}
    text = _("%(area)s: %(level)s, marge %(margin)s") % words
    if figure is None or figure.level is None:
        text = _("%(area)s: %(count)s") % {"area": owner.name, "count": cells.count(figure)}
    return MapArea(
        code=area.code, name=area.name, rings=rings, value=figure.level if figure else None,
        state=cells.state(figure), text=text, href=href, group=area.parent or "",
    )  # fmt: skip


def _blanks(edition: Edition) -> tuple[MapArea, ...]:
    """Ground without counts, dotted; its code may be in use for another place, so it gets a key of its own."""
    counted = {area.name for area in edition.areas}
    return tuple(
        MapArea(
            code=f"leeg-{blank.code}",
            name="",
            rings=blank.rings,
            value=None,
            state=AreaState.MISSING,
            text=_("%(area)s: geen gegevens op deze plek") % {"area": blank.name}
            if blank.name and blank.name not in counted
            else _("Geen gegevens op deze plek"),
            group=blank.district or "",
        )
        for blank in edition.blanks()
    )


def _labels(edition: Edition, query: MapQuery, figures: dict[str, Figure]) -> tuple[MapLabel, ...]:
    """Names of districts, with their figure where the map is by district; the selected area goes first."""
    labels = []
    if query.area is not None and query.level is Level.NEIGHBOURHOOD:
        labels.append(
            MapLabel(query.area.name, (query.area.code,), cells.level(figures.get(query.area.code)), must=True)
        )
    named = (district for district in edition.areas_at(Level.DISTRICT) if district.name != district.code)
    for district in named:
        figure = cells.level(figures.get(district.code)) if query.level is Level.DISTRICT else ""
        labels.append(MapLabel(district.name, _inside(edition, district) or (district.code,), figure))
    return tuple(labels)


def _selected(edition: Edition, query: MapQuery) -> frozenset[str]:
    if query.area is None:
        return frozenset()
    return frozenset(_inside(edition, query.area) or (query.area.code,))


def _inside(edition: Edition, area: AreaRef) -> tuple[str, ...]:
    """The codes of the neighbourhoods of a district, or of the neighbourhood itself."""
    if area.level is Level.NEIGHBOURHOOD:
        return (area.code,)
    return tuple(other.code for other in edition.areas_at(Level.NEIGHBOURHOOD) if other.parent == area.code)
