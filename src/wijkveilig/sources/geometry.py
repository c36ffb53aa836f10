"""Shapes of GeoJSON as well-known binary (WGS84, lon/lat): checked one by one, repaired all at once.

The check is plain Python and quick; GEOS looks at all shapes of a file together.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt
import shapely

from wijkveilig.warehouse.batch import Json

Ring = list[list[float]]
_POLYGON, _MULTI = 3, 6
LON, LAT = (3.0, 7.4), (50.5, 53.8)
"""The box of degrees in which the Netherlands lies, with a margin."""
_UNREADABLE = "de coördinaten zijn niet te lezen"


class BadShapeError(ValueError):
    """A shape that is none: no polygon, a ring that is not closed, or not in the Netherlands."""


def wkb_of(geometry: Json | None) -> bytes | None:
    """A Polygon or MultiPolygon as WKB (little-endian, heights left out); None for no geometry.

    BadShapeError for anything else, an empty part, an open ring, or coordinates outside the Netherlands.
    """
    if geometry is None:
        return None
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if not isinstance(coordinates, list) or not coordinates:
        raise BadShapeError("de vorm is leeg")
    if kind not in ("Polygon", "MultiPolygon"):
        raise BadShapeError(f"de vorm is een {kind}, geen vlak")
    try:
        if kind == "Polygon":
            return _polygon(coordinates)
        parts = [_polygon(part) for part in coordinates]
    except (TypeError, struct.error, OverflowError) as error:
        raise BadShapeError(_UNREADABLE) from error
    return struct.pack("<BII", 1, _MULTI, len(parts)) + b"".join(parts)


def point_of(geometry: Json) -> tuple[float, float] | None:
    """(lon, lat) of a Point, None for any other shape; BadShapeError when it is not in the Netherlands."""
    if geometry.get("type") != "Point":
        return None
    try:
        lon, lat = (float(number) for number in geometry["coordinates"][:2])
    except (TypeError, ValueError, KeyError, OverflowError) as error:
        raise BadShapeError(_UNREADABLE) from error
    if not in_the_netherlands(lon, lat):
        raise BadShapeError(why_elsewhere(lon, lat))
    return lon, lat


def in_the_netherlands(lon: float, lat: float) -> bool:
    """Whether a point in degrees lies in the box of the Netherlands (NaN does not)."""
    return LON[0] <= lon <= LON[1] and LAT[0] <= lat <= LAT[1]


def why_elsewhere(lon: float, lat: float) -> str:
    """What is probably wrong with a point that is not in the Netherlands, as a Dutch clause."""
    if in_the_netherlands(lat, lon):
        return "de plek ligt buiten Nederland: lengte en breedte lijken verwisseld"
    if abs(lon) > 180 or abs(lat) > 90:
        return "de coördinaten zijn geen graden (WGS84), misschien Rijksdriehoek in meters"
    return "de plek ligt buiten Nederland: verwacht worden graden (WGS84), eerst de lengte en dan de breedte"


def repaired(shapes: Sequence[bytes | None]) -> list[tuple[bytes | None, bool]]:
    """Each shape as a valid polygon and whether it had to be repaired; None for one that has no area at all.

    A ring that crosses itself is cut at the crossing (GEOS, make_valid); lines and points that remain are left out.
    """
    held = shapely.from_wkb(np.array(shapes, dtype=object))
    bad = set(np.flatnonzero(~shapely.is_valid(held) & ~shapely.is_missing(held)).tolist())
    return [(_mended(held[at]) if at in bad else shape, at in bad) for at, shape in enumerate(shapes)]


def _mended(shape: shapely.Geometry) -> bytes | None:
    parts: npt.NDArray[np.object_] = shapely.get_parts(shapely.get_parts(shapely.make_valid(shape)))
    flat = [part for part in parts if part.geom_type == "Polygon" and part.area > 0]
    if not flat:
        return None
    mended: bytes = shapely.to_wkb(flat[0] if len(flat) == 1 else shapely.MultiPolygon(flat), byte_order=1)
    return mended


def _polygon(rings: list[Ring]) -> bytes:
    if not rings:
        raise BadShapeError("een deel van de vorm is leeg")
    return struct.pack("<BII", 1, _POLYGON, len(rings)) + b"".join(_ring(ring) for ring in rings)


def _ring(ring: Ring) -> bytes:
    points = ring if all(len(point) == 2 for point in ring) else [point[:2] for point in ring]
    if any(len(point) != 2 for point in points):
        raise BadShapeError(_UNREADABLE)
    if len(points) < 4 or points[0] != points[-1]:
        raise BadShapeError("een rand is niet gesloten")
    packed = struct.pack(f"<{2 * len(points)}d", *chain.from_iterable(points))
    degrees = np.frombuffer(packed, dtype="<f8").reshape(-1, 2)
    for lon, lat in (degrees.min(axis=0).tolist(), degrees.max(axis=0).tolist()):
        if not in_the_netherlands(lon, lat):
            raise BadShapeError(why_elsewhere(lon, lat))
    return struct.pack("<I", len(points)) + packed
