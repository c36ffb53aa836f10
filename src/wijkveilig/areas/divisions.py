"""A division (gebiedsindeling): which areas a file of areas knows, and what it knows of each.

A code alone names no place: CBS renumbers each 1 January, and other parties keep numbers of their
own. A division therefore keeps, per code, the witnesses that a later comparison can use: the name,
a point and the shape.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from wijkveilig.warehouse.types import AreaCode, Level, level_of, parent_of


@dataclass(frozen=True)
class Place:
    """What one file of areas knows of one code; None is 'does not say'.

    `lon` and `lat` are WGS84 degrees, `shape` is a polygon in the same, `wkb` its well-known binary.
    """

    code: AreaCode
    name: str | None = None
    parent: AreaCode | None = None
    lon: float | None = None
    lat: float | None = None
    wkb: bytes | None = None
    water: bool = False

    @cached_property
    def shape(self) -> BaseGeometry | None:
        """The polygons, decoded once and made valid; None where nothing of them encloses ground."""
        if self.wkb is None:
            return None
        with np.errstate(invalid="ignore"):  # a coordinate that is no number is judged by `sound`
            return sound(shapely.from_wkb(self.wkb, on_invalid="ignore"))

    @cached_property
    def point(self) -> BaseGeometry | None:
        """The given point, else one that surely lies inside the shape; None without either."""
        if self.lon is not None and self.lat is not None:
            return shapely.Point(self.lon, self.lat)
        return None if self.shape is None else self.shape.representative_point()

    @property
    def level(self) -> Level | None:
        """The level that the code belongs to."""
        return level_of(self.code)

    @property
    def district(self) -> AreaCode | None:
        """The district (wijk) of a neighbourhood: as the file says, else by the build-up of the code."""
        return self.parent or parent_of(self.code)

    def completed_by(self, other: Place) -> Place:
        """This place, with what it does not say itself taken from `other`."""
        taken: dict[str, object] = {}
        if self.name is None and other.name is not None:
            taken["name"] = other.name
        if self.wkb is None and other.wkb is not None:
            taken["wkb"] = other.wkb
        if self.lon is None and other.lon is not None:
            taken |= {"lon": other.lon, "lat": other.lat}
        return replace(self, **taken) if taken else self  # type: ignore[arg-type]  # fields of Place, by name


def sound(shape: BaseGeometry | None) -> BaseGeometry | None:
    """A shape that can be measured and joined: self-crossing polygons untangled, lines and points dropped.

    None for a shape without ground, or with coordinates that are no numbers.
    """
    if shape is None or not math.isfinite(shape.area):
        return None
    if not shape.is_valid:
        found = shapely.get_parts(shapely.get_parts(shapely.make_valid(shape)))
        shape = shapely.union_all([part for part in found if part.geom_type == "Polygon"])
    return shape if shape.area > 0 else None


@dataclass(frozen=True)
class Division:
    """The areas of one batch. `year` is the division's year, None when nothing in the file tells it.

    `national` says that the batch follows the numbering of CBS.
    """

    batch: str
    year: int | None
    national: bool
    places: Mapping[AreaCode, Place]

    @cached_property
    def neighbourhoods(self) -> frozenset[AreaCode]:
        """The codes of the neighbourhoods (buurten) that are land."""
        return frozenset(
            code for code, place in self.places.items() if place.level is Level.NEIGHBOURHOOD and not place.water
        )

    @cached_property
    def has_shapes(self) -> bool:
        """Whether any neighbourhood has a shape."""
        return any(self.places[code].wkb is not None for code in self.neighbourhoods)


@dataclass(frozen=True)
class Figures:
    """The codes that a batch of figures uses, and when: what is needed to find its division.

    `year` is the division's year when the batch tells it, else the year of its last period, else None.
    """

    batch: str
    year: int | None
    national: bool
    codes: frozenset[AreaCode]


def witness_of(figures: Figures, divisions: Iterable[Division]) -> Division | None:
    """The division that `figures` most likely follows, by the codes that both hold; None without overlap.

    For figures that follow CBS a division of CBS goes first, even where another list happens to hold
    just their codes; then the largest share of codes in common (Jaccard), then the nearest year.
    """
    candidates = [division for division in divisions if overlap(figures.codes, division.neighbourhoods) > 0]
    return max(candidates, key=lambda division: _likeness(figures, division), default=None)


def overlap(one: frozenset[AreaCode], other: frozenset[AreaCode]) -> float:
    """Jaccard's index of two sets of codes: 0 nothing in common, 1 the same set; 0 for two empty sets."""
    return len(one & other) / len(one | other) if one or other else 0.0


def _likeness(figures: Figures, division: Division) -> tuple[bool, float, bool, float, str]:
    both = figures.national and division.national
    share = overlap(figures.codes, division.neighbourhoods)
    distance = (
        float("inf") if None in (figures.year, division.year) else abs((figures.year or 0) - (division.year or 0))
    )
    return (both, share, figures.national == division.national, -distance, division.batch)
