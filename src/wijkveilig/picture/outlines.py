"""Shapes of areas in metres (Rijksdriehoek, EPSG:28992), ready to be drawn."""

from __future__ import annotations

import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from wijkveilig.areas.divisions import Division
from wijkveilig.picture.edition import Blank, Ring
from wijkveilig.picture.town import Town
from wijkveilig.warehouse.types import AreaCode


def outlines(town: Town) -> dict[str, tuple[Ring, ...]]:
    """Rings per area code: neighbourhoods, districts (their own shape, else that of their neighbourhoods), the town.

    Whole metres. An area whose shape is not known, or belongs to another place, is absent.
    """
    small = _counted(town)
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


def blanks(town: Town) -> tuple[Blank, ...]:
    """Neighbourhoods of the fullest file of shapes that lie where no counted area is drawn.

    An area whose code means another place has no shape, and a file of shapes may know areas that nobody counts:
    the ground is there all the same. Nothing where no counted area has a shape.
    """
    tree = shapely.STRtree(list(_counted(town).values()))
    full = max(town.places.divisions, key=_fullness, default=None)
    if full is None or not len(tree):
        return ()
    free = {}
    for code in sorted(full.neighbourhoods):
        place = full.places[code]
        shape = place.shape
        if shape is not None and not tree.query(shape.representative_point(), predicate="intersects").size:
            free[code] = shape
    rings = _in_metres(free)
    return tuple(Blank(code, full.places[code].name, full.places[code].district, rings[code]) for code in free)


def _counted(town: Town) -> dict[AreaCode, BaseGeometry]:
    """The shapes of counted neighbourhoods, as far as they surely belong to them."""
    return {code: shape for code in town.counts.areas if (shape := town.places.area(code).place.shape) is not None}


def _fullness(division: Division) -> tuple[int, int, str]:
    """How many neighbourhoods of a division have a shape, then its year, then its batch."""
    shaped = sum(division.places[code].wkb is not None for code in division.neighbourhoods)
    return shaped, division.year or 0, division.batch


def _in_metres(shapes: dict[AreaCode, BaseGeometry]) -> dict[str, tuple[Ring, ...]]:
    """Rings per code, all coordinates transformed in one go."""
    rings = [(code, ring) for code, shape in sorted(shapes.items()) for ring in _rings(shape)]
    if not rings:
        return {}
    to_metres = Transformer.from_crs("EPSG:4326", "EPSG:28992", always_xy=True)
    lon, lat = shapely.get_coordinates([ring for _, ring in rings]).T
    x, y = (np.rint(part).astype(int).tolist() for part in to_metres.transform(lon, lat))
    made: dict[str, list[Ring]] = {}
    start = 0
    for code, ring in rings:
        end = start + len(ring.coords)
        made.setdefault(code, []).append(tuple(zip(x[start:end], y[start:end], strict=True)))
        start = end
    return {code: tuple(found) for code, found in made.items()}


def _rings(shape: BaseGeometry) -> list[BaseGeometry]:
    """Outer and inner rings of all polygons in a shape."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return [ring for part in parts for ring in (part.exterior, *part.interiors)]
