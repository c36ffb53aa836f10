"""Shapes that cannot be drawn as they come: a picture is made all the same, and the map says what it lacks."""

from __future__ import annotations

import math
import struct
from pathlib import Path

import pytest
import shapely
from tests.picture.towns import GM, codes_of, picture_of_town, square, steady, write_panel, write_shapes

from wijkveilig.areas.divisions import Place
from wijkveilig.picture.outlines import outlines
from wijkveilig.warehouse.types import AreaCode

BOW = "POLYGON ((4 52, 4.01 52.01, 4.01 52, 4 52.01, 4 52))"
CODE = AreaCode("BU99510001")


def test_a_polygon_that_crosses_itself_is_untangled() -> None:
    shape = Place(CODE, wkb=shapely.to_wkb(shapely.from_wkt(BOW))).shape

    assert shape is not None
    assert shape.is_valid
    assert shape.area == pytest.approx(2 * 0.01 * 0.005 / 2)


@pytest.mark.parametrize(
    "text",
    [
        "POLYGON EMPTY",
        "POLYGON ((4 52, 4 52, 4 52, 4 52))",
        "POLYGON ((4 52, 5 53, 4 52, 4 52))",
        "MULTIPOLYGON EMPTY",
    ],
)
def test_a_shape_without_ground_is_no_shape(text: str) -> None:
    place = Place(CODE, wkb=shapely.to_wkb(shapely.from_wkt(text)))

    assert place.shape is None
    assert place.point is None


def test_a_coordinate_that_is_no_number_makes_no_shape() -> None:
    points = ((4.0, 52.0), (math.nan, 53.0), (5.0, 53.0), (4.0, 52.0))
    raw = struct.pack("<BIII", 1, 3, 1, 4) + b"".join(struct.pack("<dd", *point) for point in points)

    assert Place(CODE, wkb=raw).shape is None


def test_bytes_that_are_no_shape_are_no_shape() -> None:
    assert Place(CODE, wkb=b"no geometry").shape is None


def test_ground_that_comes_with_loose_lines_keeps_its_ground_only() -> None:
    spike = "POLYGON ((4 52, 4.01 52, 4.01 52.01, 4 52.01, 4 52.02, 4 52.01, 4 52))"

    shape = Place(CODE, wkb=shapely.to_wkb(shapely.from_wkt(spike))).shape

    assert shape is not None
    assert shape.geom_type == "Polygon"
    assert shape.area == pytest.approx(0.0001)


@pytest.mark.slow
def test_one_tangled_outline_does_not_cost_the_picture(tmp_path: Path) -> None:
    codes = codes_of(8)
    shapes: dict[str, list[list[float]]] = {code: square(number) for number, code in enumerate(codes)}
    low, right, top, left, _end = shapes[codes[2]]
    shapes[codes[2]] = [low, top, right, left, low]
    write_panel(tmp_path / "panel.csv", steady(8, 2, 24))
    write_shapes(tmp_path / "areas.geojson", shapes, {})

    made = picture_of_town(tmp_path)

    assert set(outlines(made.town)) >= {*codes, GM} - {codes[2]}
    assert len(made.picture.areas) == 8
