"""Outlines no finer than a frame can show, so that a map of many areas stays a light page."""

from __future__ import annotations

from collections.abc import Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from wijkveilig.picture.edition import Ring

Outline = Sequence[Sequence[Sequence[float]]]


def coarser(outlines: Sequence[Outline], metres: float) -> tuple[tuple[Ring, ...], ...]:
    """The same areas with bends smaller than about `metres` left out; neighbours keep their shared border.

    Each outline is the rings of one area in metres; the result has the same order. Method: Visvalingam-Whyatt
    on the whole coverage at once (GEOS coverage simplification), so no gap opens between neighbours.
    """
    shapes = [_polygons(rings) for rings in outlines]
    parts = [(at, part) for at, shape in enumerate(shapes) for part in shapely.get_parts(shape)]
    simple = shapely.coverage_simplify([part for _at, part in parts], metres)
    made: list[list[Ring]] = [[] for _outline in outlines]
    for (at, _part), part in zip(parts, simple, strict=True):
        for polygon in shapely.get_parts(part):
            made[at].extend(_rings(polygon))
    return tuple(tuple(rings) for rings in made)


def _polygons(rings: Outline) -> BaseGeometry:
    """One area of its rings: a ring inside another is a hole of it."""
    return shapely.build_area(shapely.MultiLineString([list(ring) for ring in rings]))


def _rings(polygon: BaseGeometry) -> list[Ring]:
    lines = [polygon.exterior, *polygon.interiors] if not polygon.is_empty else []
    return [tuple((x, y) for x, y in line.coords) for line in lines]
