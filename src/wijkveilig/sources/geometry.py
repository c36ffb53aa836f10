"""Shapes of GeoJSON as well-known binary (WGS84, lon/lat), without a geometry library: reading must be quick."""

from __future__ import annotations

import struct
from itertools import chain

from wijkveilig.warehouse.batch import Json

Ring = list[list[float]]
_POLYGON, _MULTI = 3, 6


class BadShapeError(ValueError):
    """A shape that is none: no polygon, a ring that is not closed, or not in degrees."""


def wkb_of(geometry: Json | None) -> bytes | None:
    """A Polygon or MultiPolygon as WKB (little-endian, heights left out); None for no geometry.

    BadShapeError for anything else, an open ring, or coordinates outside the degrees of the globe.
    """
    if geometry is None:
        return None
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if not isinstance(coordinates, list) or not coordinates:
        raise BadShapeError("de vorm is leeg")
    if kind == "Polygon":
        return _polygon(coordinates)
    if kind == "MultiPolygon":
        parts = [_polygon(part) for part in coordinates]
        return struct.pack("<BII", 1, _MULTI, len(parts)) + b"".join(parts)
    raise BadShapeError(f"de vorm is een {kind}, geen vlak")


def point_of(geometry: Json) -> tuple[float, float] | None:
    """(lon, lat) of a Point, None for any other shape; BadShapeError when it is not on the globe."""
    if geometry.get("type") != "Point":
        return None
    lon, lat = (float(number) for number in geometry["coordinates"][:2])
    if abs(lon) > 180 or abs(lat) > 90:
        raise BadShapeError("het punt is niet in graden (WGS84), misschien Rijksdriehoek in meters")
    return lon, lat


def _polygon(rings: list[Ring]) -> bytes:
    return struct.pack("<BII", 1, _POLYGON, len(rings)) + b"".join(_ring(ring) for ring in rings)


def _ring(ring: Ring) -> bytes:
    points = ring if all(len(point) == 2 for point in ring) else [point[:2] for point in ring]
    if len(points) < 4 or points[0] != points[-1]:
        raise BadShapeError("een rand is niet gesloten")
    flat = list(chain.from_iterable(points))
    lon, lat = flat[0::2], flat[1::2]
    if max(map(abs, lon)) > 180 or max(map(abs, lat)) > 90:
        raise BadShapeError("de coördinaten zijn geen graden (WGS84), misschien Rijksdriehoek in meters")
    return struct.pack(f"<I{len(flat)}d", len(points), *flat)
