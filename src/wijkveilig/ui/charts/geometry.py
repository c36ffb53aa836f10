"""From shapes on the ground to whole pixels: one projection for all areas, so that shared borders stay shared.

Every coordinate is put on a grid of half a pixel before anything is drawn or compared. Neighbours that
share a corner therefore still share it, and a border between two districts is an edge that occurs in both.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from wijkveilig.ui.charts.spec import MapArea, Ring

Points = NDArray[np.float64]
GRID = 2.0
"""Grid lines per pixel."""
METRES_PER_DEGREE = 111_195.0


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of the ground is drawn where: `left` and `top` in metres stand at the pixel `corner`."""

    left: float
    top: float
    scale: float
    corner: tuple[float, float]
    width: float
    height: float

    def pixels(self, ground: Points) -> Points:
        """Metres (n, 2) to pixels on the half-pixel grid."""
        x = (ground[:, 0] - self.left) * self.scale + self.corner[0]
        y = (self.top - ground[:, 1]) * self.scale + self.corner[1]
        return np.round(np.column_stack((x, y)) * GRID) / GRID


@dataclass(frozen=True, slots=True)
class Shape:
    """An area in pixels: its rings, each an array (n, 2) without a repeated last point."""

    area: MapArea
    rings: tuple[Points, ...]


def on_the_ground(rings: Sequence[Ring], origin: float | None) -> list[Points]:
    """Rings in metres; lon/lat is flattened around latitude `origin` (None: they are metres already)."""
    done = []
    for ring in rings:
        points = np.asarray(ring, dtype=float).reshape(-1, 2)
        points = points[np.isfinite(points).all(axis=1)]
        if origin is not None:
            points = points * (METRES_PER_DEGREE * math.cos(math.radians(origin)), METRES_PER_DEGREE)
        if len(points) > 2:
            done.append(points)
    return done


def middle_latitude(areas: Iterable[MapArea]) -> float:
    """The latitude around which lon/lat is flattened: the mean of the first corner of each area."""
    corners = [ring[0][1] for area in areas for ring in area.rings[:1] if len(ring)]
    return float(np.mean(corners)) if corners else 52.0


def window_of(points: Sequence[Points], width: float, max_height: float, *, pad: float = 6, top: float = 0) -> Window:
    """The window that holds all points, as wide as it may be within `width` and `max_height` pixels."""
    every = np.concatenate(points)
    (left, bottom), (right, upper) = every.min(axis=0), every.max(axis=0)
    across, along = max(right - left, 1e-6), max(upper - bottom, 1e-6)
    scale = min((width - 2 * pad) / across, (max_height - 2 * pad) / along)
    height = along * scale + 2 * pad
    spare = (width - across * scale) / 2
    return Window(left, upper, scale, (spare, top + pad), width, height)


def snapped(window: Window, rings: Iterable[Points]) -> tuple[Points, ...]:
    """Rings in pixels, with points that fell together taken once; rings that became a line are dropped."""
    done = []
    for ring in rings:
        pixels = window.pixels(ring)
        fresh = np.any(pixels != np.roll(pixels, 1, axis=0), axis=1)
        pixels = pixels[fresh]
        if len(pixels) > 2:
            done.append(pixels)
    return tuple(done)


def path_of(rings: Iterable[Points]) -> str:
    """The `d` of closed rings: a start, then steps, which are shorter to write (a third off the page's weight)."""
    parts = []
    for ring in rings:
        steps = iter(f"{value:g}" for value in np.diff(ring, axis=0).ravel().tolist())
        parts.append(f"M{ring[0, 0]:g} {ring[0, 1]:g}l")
        parts.append(" ".join(f"{x} {y}" for x, y in zip(steps, steps, strict=True)).replace(" -", "-") + "Z")
    return "".join(parts)


def borders(shapes: Sequence[Shape], group_of: dict[str, str]) -> str:
    """The `d` of the lines between different groups, and around the whole; each line once.

    An area whose code is not in `group_of` counts as outside.
    """
    edges, owners = _edges(shapes, group_of)
    if not len(edges):
        return ""
    low, high = edges[:, :2], edges[:, 2:]
    turned = (low[:, 0] > high[:, 0]) | ((low[:, 0] == high[:, 0]) & (low[:, 1] > high[:, 1]))
    keys = np.where(turned[:, None], np.column_stack((high, low)), edges)
    _, first, inverse = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    inverse = inverse.reshape(-1)
    lowest = np.full(len(first), np.iinfo(np.int64).max)
    highest = np.full(len(first), -1)
    np.minimum.at(lowest, inverse, owners)
    np.maximum.at(highest, inverse, owners)
    count = np.bincount(inverse, minlength=len(first))
    drawn = ((count == 1) & (lowest > 0)) | (lowest != highest)
    keep = np.zeros(len(edges), dtype=bool)
    keep[first[drawn]] = True
    return _chained(edges[keep])


def _edges(shapes: Sequence[Shape], group_of: dict[str, str]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    names = {name: at for at, name in enumerate(sorted(set(group_of.values())), start=1)}
    edges, owners = [np.empty((0, 4))], [np.empty(0, dtype=np.int64)]
    for shape in shapes:
        owner = names.get(group_of.get(shape.area.code, ""), 0)
        for ring in shape.rings:
            edges.append(np.column_stack((ring, np.roll(ring, -1, axis=0))))
            owners.append(np.full(len(ring), owner))
    return np.concatenate(edges), np.concatenate(owners)


def _chained(edges: NDArray[np.float64]) -> str:
    """Edges in ring order, joined where one ends at the start of the next."""
    parts: list[str] = []
    rows = edges.tolist()
    for before, edge in pairwise([[math.nan] * 4, *rows]):
        if before[2:] != edge[:2]:
            parts.append(f"M{edge[0]:g} {edge[1]:g}")
        parts.append(f"L{edge[2]:g} {edge[3]:g}")
    return "".join(parts)


def label_point(shapes: Sequence[Shape]) -> tuple[float, float] | None:
    """Where a name stands best: the centre of weight of the areas together, or inside the largest of them."""
    polygons = [_polygon(ring) for shape in shapes for ring in shape.rings]
    polygons = [polygon for polygon in polygons if polygon.area > 0]
    if not polygons:
        return None
    weights = np.array([polygon.area for polygon in polygons])
    centres = np.array([(polygon.centroid.x, polygon.centroid.y) for polygon in polygons])
    x, y = (centres * weights[:, None]).sum(axis=0) / weights.sum()
    if any(polygon.contains(shapely.Point(x, y)) for polygon in polygons):
        return float(x), float(y)
    inner = shapely.point_on_surface(polygons[int(weights.argmax())])
    return float(inner.x), float(inner.y)


def _polygon(ring: Points) -> shapely.Polygon:
    polygon = shapely.Polygon(ring)
    return polygon if polygon.is_valid else polygon.buffer(0)


def clipped(rings: Sequence[Points], window: tuple[float, float, float, float]) -> list[Points]:
    """The parts of rings inside (left, bottom, right, top); holes are lost, which water and ground can bear."""
    done: list[Points] = []
    left, bottom, right, top = window
    for ring in rings:
        (west, south), (east, north) = ring.min(axis=0), ring.max(axis=0)
        if east < left or west > right or north < bottom or south > top:
            continue  # most areas of a town lie outside the frame of one of them
        inside = shapely.clip_by_rect(_polygon(ring), *window)
        parts = [part for part in shapely.get_parts(inside) if isinstance(part, shapely.Polygon)]
        done.extend(np.asarray(part.exterior.coords)[:-1] for part in parts if not part.is_empty)
    return done
