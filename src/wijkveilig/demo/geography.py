"""The map of the invented town: a river, a harbour, districts and neighbourhoods that fit without gap or overlap.

The town lies in the open water of the IJsselmeer, where no real neighbourhood can be. All drawing happens in
kilometres from the middle of the town; `to_lonlat` turns the finished shapes into WGS84.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, MultiPoint, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from wijkveilig.demo.town import Town, town
from wijkveilig.warehouse.types import AreaCode

MIDDLE = (5.36, 52.79)
"""Longitude and latitude of the middle of the town."""
KM_PER_DEGREE = 111.32
STEP = 0.09
"""Length in km of the pieces into which borders are cut before they are bent."""
GRID = 0.001
"""Grid in km on which borders are noded, so that two cells that touch do so in the same points."""
SLIVER = 0.01
"""Area in km2 below which a piece of land is no neighbourhood but a left-over of the drawing."""
FINEST = 0.012
"""Detail in km below which a border is drawn straight."""

CENTRE = (-0.6, 0.5)
"""The market square: what needs little room lies near it, fields and forest far from it."""

_OUTLINE = (
    (-5.3, -0.2), (-5.2, 1.6), (-4.7, 3.1), (-3.1, 3.75), (-1.4, 4.05), (0.4, 4.2), (2.1, 4.0), (3.7, 3.75),
    (4.9, 2.9), (5.5, 1.3), (5.55, -0.3), (5.35, -1.9), (4.5, -3.1), (3.0, -3.75), (1.3, -4.15), (-0.7, -4.2),
    (-2.4, -3.9), (-4.0, -3.5), (-5.0, -2.5),
)  # fmt: skip
_RIVER = ((-6.4, -0.15), (-4.6, -0.55), (-3.0, -0.45), (-1.6, -0.85), (-0.4, -0.6), (0.7, 0.05), (1.9, 0.5),
          (3.3, 0.3), (4.7, 0.25), (6.4, 0.75))  # fmt: skip
_HARBOUR = ((0.35, 0.0), (0.45, 0.62), (0.85, 0.9), (1.25, 0.92), (1.6, 0.92))
_DOCK = ((3.95, 0.3), (4.0, -0.5), (4.3, -0.8), (4.6, -0.85), (4.9, -0.85))
_CANAL = ((3.15, 0.35), (3.2, -1.2), (3.05, -2.6), (3.45, -4.4))
_LAKE = ((-4.05, 1.0), (-3.55, 1.2), (-3.3, 0.95), (-3.5, 0.7), (-3.95, 0.7))


@dataclass(frozen=True, slots=True)
class Geography:
    """Shapes in WGS84 lon/lat with five decimals, as the sources give them."""

    neighbourhoods: tuple[BaseGeometry, ...]
    """In the order of `Town.neighbourhoods`."""
    districts: tuple[BaseGeometry, ...]
    """In the order of `Town.districts`: the union of the district's neighbourhoods."""
    water: BaseGeometry
    touching: tuple[tuple[int, int], ...]
    """Pairs of neighbourhoods (index, lower first) that share a border, also across a district's border."""
    points: tuple[tuple[float, float], ...]
    """A point (lon, lat) inside each neighbourhood."""


def point_of(geography: Geography, town: Town, code: AreaCode) -> tuple[float, float]:
    """The lon, lat inside the neighbourhood with this code; KeyError when the town has none."""
    places = {place.code: index for index, place in enumerate(town.neighbourhoods)}
    return geography.points[places[code]]


@cache
def geography(scale: int = 1) -> Geography:
    """The map at a scale: always the same town, only the number of districts and neighbourhoods differs."""
    plan = town(scale)
    outline = Polygon(_curve(_OUTLINE, closed=True))
    water = _water().intersection(outline)
    cells = _cells(plan, outline.difference(water))
    faces = _faces([outline, water, *cells])
    land = [face for face in faces if not water.contains(face.representative_point())]
    owners = _owners(land, cells)
    grouped = [
        _joined([face for face, owner in zip(land, owners, strict=True) if owner == i]) for i in range(len(cells))
    ]
    wet = _joined([face for face in faces if water.contains(face.representative_point())])
    shapes = [*grouped, wet]
    simple = shapely.coverage_simplify(shapely.transform(shapes, _bend), FINEST)
    return _geography(plan, _rounded([_to_lonlat(shape) for shape in simple]))


def _rounded(shapes: list[BaseGeometry]) -> list[BaseGeometry]:
    """The same coverage with every corner on a grid of five decimals, still without gap or overlap."""
    lines = shapely.union_all([shape.boundary for shape in shapes], grid_size=1e-5)
    faces = list(shapely.polygonize([lines]).geoms)
    tree = shapely.STRtree(shapes)
    owners = [int(tree.nearest(face.representative_point())) for face in faces]
    joined = [
        _joined([face for face, owner in zip(faces, owners, strict=True) if owner == i]) for i in range(len(shapes))
    ]
    return [shapely.transform(shape, _five_decimals) for shape in joined]


def _five_decimals(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.round(xy, 5)


def _geography(plan: Town, finished: list[BaseGeometry]) -> Geography:
    places, water = finished[:-1], finished[-1]
    districts = []
    for index in range(len(plan.districts)):
        members = [places[i] for i, place in enumerate(plan.neighbourhoods) if place.district == index]
        districts.append(_joined(members))
    points = [place.representative_point() for place in places]
    return Geography(
        neighbourhoods=tuple(places),
        districts=tuple(districts),
        water=water,
        touching=_touching(places),
        points=tuple((round(point.x, 6), round(point.y, 6)) for point in points),
    )


def _water() -> BaseGeometry:
    """River with a wider bend at the harbour, the old basin, the dock, the canal and a small lake."""
    river = LineString(_curve(_RIVER))
    reach = [
        river.interpolate(at, normalized=True).buffer(0.17 + 0.09 * math.exp(-(((at - 0.62) / 0.14) ** 2)))
        for at in np.linspace(0, 1, 160)
    ]
    narrow = [
        LineString(_curve(_HARBOUR)).buffer(0.075, cap_style="square"),
        LineString(_curve(_DOCK)).buffer(0.085, cap_style="square"),
        LineString(_curve(_CANAL)).buffer(0.035),
        Polygon(_curve(_LAKE, closed=True)),
    ]
    return shapely.union_all([*reach, *narrow]).simplify(0.004)


def _cells(plan: Town, land: BaseGeometry) -> list[BaseGeometry]:
    """Straight-edged cells, one per neighbourhood: banks into districts, districts into neighbourhoods."""
    first = [district.at for district in plan.districts[: len(plan.districts) // plan.scale]]
    quarters = _shares(first, land)
    cells: list[BaseGeometry] = [Polygon()] * len(plan.neighbourhoods)
    for base, quarter in enumerate(quarters):
        copies = [base + len(first) * copy for copy in range(plan.scale)]
        for index, part in zip(copies, _divided(quarter, [1.0] * plan.scale, base), strict=True):
            members = [i for i, place in enumerate(plan.neighbourhoods) if place.district == index]
            members.sort(key=lambda i: plan.neighbourhoods[i].kind.ring)
            space = [plan.neighbourhoods[i].kind.space for i in members]
            for i, cell in zip(members, _divided(part, space, index + 100), strict=True):
                cells[i] = cell
    return cells


def _shares(middles: list[tuple[float, float]], land: BaseGeometry) -> list[BaseGeometry]:
    """Voronoi cells of the middles, separately on each bank: no district jumps over the water."""
    shares: list[list[BaseGeometry]] = [[] for _ in middles]
    for bank in _polygons(land):
        here = [i for i, middle in enumerate(middles) if bank.contains(Point(middle))]
        if not here:
            nearest = min(range(len(middles)), key=lambda i: bank.distance(Point(middles[i])))
            shares[nearest].append(bank)
            continue
        for i, cell in zip(here, _voronoi([middles[i] for i in here], bank), strict=True):
            shares[i].append(cell)
    return [shapely.union_all(share) for share in shares]


def _divided(area: BaseGeometry, space: list[float], seed: int) -> list[BaseGeometry]:
    """The area cut into one part per wish of room, the first nearest to the market; same seed, same parts."""
    if len(space) == 1:
        return [area]
    rng = np.random.default_rng(seed)
    cloud = _cloud(area, 400 * len(space), rng)
    cloud = cloud[np.linalg.norm(cloud - CENTRE, axis=1).argsort()]
    middles = cloud[np.linspace(0, len(cloud) - 1, len(space)).astype(int)]
    weight = np.sqrt(np.array(space) / np.mean(space))
    for _ in range(40):
        nearest = (np.linalg.norm(cloud[:, None, :] - middles[None], axis=2) / weight).argmin(axis=1)
        middles = np.array(
            [cloud[nearest == i].mean(axis=0) if (nearest == i).any() else middles[i] for i in range(len(space))]
        )
    return _voronoi([(float(x), float(y)) for x, y in middles], area)


def _cloud(area: BaseGeometry, wanted: int, rng: np.random.Generator) -> NDArray[np.float64]:
    west, south, east, north = area.bounds
    found = np.empty((0, 2))
    while len(found) < wanted:
        tries = rng.uniform((west, south), (east, north), (wanted * 2, 2))
        found = np.concatenate([found, tries[shapely.contains_xy(area, tries[:, 0], tries[:, 1])]])
    return found[:wanted]


def _voronoi(middles: list[tuple[float, float]], area: BaseGeometry) -> list[BaseGeometry]:
    """The part of `area` that lies nearest to each middle, in the order of the middles."""
    if len(middles) == 1:
        return [area]
    around = area.buffer(20).envelope
    cells = list(shapely.voronoi_polygons(MultiPoint(middles), extend_to=around).geoms)
    owned = [next(cell for cell in cells if cell.contains(Point(middle))) for middle in middles]
    return [cell.intersection(area) for cell in owned]


def _faces(shapes: list[BaseGeometry]) -> list[Polygon]:
    """All smallest faces of the drawing, sharing every point of their borders, cut into short pieces."""
    lines = shapely.union_all([shapely.set_precision(shape, GRID).boundary for shape in shapes], grid_size=GRID)
    return list(shapely.polygonize([shapely.segmentize(lines, STEP)]).geoms)


def _owners(faces: list[Polygon], cells: list[BaseGeometry]) -> list[int]:
    """For each face of land the cell that it came from; a sliver goes with the face it shares most border with."""
    tree = shapely.STRtree(cells)
    owners = [int(tree.nearest(face.representative_point())) for face in faces]
    large = [i for i, face in enumerate(faces) if face.area >= SLIVER]
    for i, face in enumerate(faces):
        if face.area < SLIVER:
            shared = [faces[j].intersection(face).length for j in large]
            owners[i] = owners[large[int(np.argmax(shared))]]
    return owners


def _bend(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    """Bends the drawing so that borders look grown: a smooth shift that moves equal points equally."""
    x, y = xy[:, 0], xy[:, 1]
    shift_x = (
        0.085 * np.sin(2.1 * y + 0.7 * x + 0.4)
        + 0.040 * np.sin(5.3 * y - 2.9 * x + 1.9)
        + 0.014 * np.sin(13.0 * y + 7.0 * x)
    )
    shift_y = (
        0.080 * np.sin(1.9 * x - 0.8 * y + 2.2)
        + 0.040 * np.sin(4.7 * x + 3.1 * y + 0.6)
        + 0.014 * np.sin(12.0 * x - 8.0 * y)
    )
    return np.column_stack([x + shift_x, y + shift_y])


def _to_lonlat(shape: BaseGeometry) -> BaseGeometry:
    narrow = KM_PER_DEGREE * math.cos(math.radians(MIDDLE[1]))

    def place(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack([MIDDLE[0] + xy[:, 0] / narrow, MIDDLE[1] + xy[:, 1] / KM_PER_DEGREE])

    return shapely.transform(shape, place)


def _touching(places: list[BaseGeometry]) -> tuple[tuple[int, int], ...]:
    tree = shapely.STRtree(places)
    pairs = tree.query(places, predicate="touches").T
    longer = [(int(a), int(b)) for a, b in pairs if a < b and places[a].intersection(places[b]).length > 0]
    return tuple(sorted(longer))


def _joined(shapes: list[BaseGeometry]) -> BaseGeometry:
    return shapely.normalize(shapely.coverage_union_all(shapes))


def _polygons(shape: BaseGeometry) -> list[Polygon]:
    return list(shape.geoms) if isinstance(shape, MultiPolygon) else [shape]


def _curve(points: tuple[tuple[float, float], ...], closed: bool = False) -> list[tuple[float, float]]:
    """A smooth line through the points (Catmull-Rom), eight steps between two of them."""
    around = [points[-1], *points, points[0], points[1]] if closed else [points[0], *points, points[-1]]
    given = np.array(around)
    drawn = []
    for a, b, c, d in zip(given, given[1:], given[2:], given[3:], strict=False):
        drawn += [
            0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
            for t in np.arange(8) / 8
        ]
    if not closed:
        drawn.append(given[-1])
    return [(float(x), float(y)) for x, y in drawn]
