"""Shapes of areas in metres (Rijksdriehoek, EPSG:28992), ready to be drawn."""

from __future__ import annotations

import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from wijkveilig.picture.edition import Ring
from wijkveilig.picture.town import Town
from wijkveilig.warehouse.types import AreaCode


def outlines(town: Town) -> dict[str, tuple[Ring, ...]]:
    """Rings per area code: neighbourhoods, districts (their own shape, else that of their neighbourhoods), the town.

    Whole metres. An area whose shape is not known, or belongs to another place, is absent.
    """
    small = {code: shape for code in town.counts.areas if (shape := town.places.area(code).place.shape) is not None}
    made: dict[AreaCode, BaseGeometry] = dict(small)
    for code, members in town.districts().items():
        own = town.places.district(code).place.shape
        inside = [small[town.counts.areas[row]] for row in members if town.counts.areas[row] in small]
        if own is not None or inside:
            made[code] = own if own is not None and not inside else shapely.union_all(inside)
    if small:
        made[town.municipality] = shapely.union_all(list(small.values()))
    return _in_metres(made)


def water(town: Town) -> tuple[tuple[Ring, ...], ...]:
    """Bodies of water that the files of areas know, each as its rings."""
    shapes = {place.code: place.shape for place in town.places.water() if place.shape is not None}
    return tuple(_in_metres(shapes).values())


def _in_metres(shapes: dict[AreaCode, BaseGeometry]) -> dict[str, tuple[Ring, ...]]:
    to_metres = Transformer.from_crs("EPSG:4326", "EPSG:28992", always_xy=True)
    made: dict[str, tuple[Ring, ...]] = {}
    for code, shape in sorted(shapes.items()):
        rings = [ring for part in shapely.get_parts(shape) for ring in _rings(part)]
        made[code] = tuple(
            tuple((round(x), round(y)) for x, y in zip(*to_metres.transform(*ring.coords.xy), strict=True))
            for ring in rings
        )
    return made


def _rings(part: BaseGeometry) -> list[BaseGeometry]:
    if part.geom_type != "Polygon":
        return []
    return [part.exterior, *part.interiors]
