"""Shapes that cannot be drawn as they come: a picture is made all the same, and the map says what it lacks."""

from __future__ import annotations

import math
import struct
from pathlib import Path

import pytest
import shapely
from tests.picture.towns import GM, codes_of, picture_of_town, square, steady, write_panel, write_points, write_shapes

from wijkveilig.areas.divisions import Place
from wijkveilig.picture.outlines import blanks, outlines
from wijkveilig.picture.publishing import plan_periods, publish
from wijkveilig.picture.site import write_site
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
    shapes = {code: square(number) for number, code in enumerate(codes)}
    low, right, top, left, _end = shapes[codes[2]]
    shapes[codes[2]] = [low, top, right, left, low]
    write_panel(tmp_path / "panel.csv", steady(8, 2, 24))
    write_shapes(tmp_path / "areas.geojson", shapes, {})

    made = picture_of_town(tmp_path)

    assert set(outlines(made.town)) >= {*codes, GM} - {codes[2]}
    assert len(made.picture.areas) == 8


@pytest.mark.slow
def test_ground_without_counts_is_dotted_on_the_map_and_the_legend_says_what_dots_mean(tmp_path: Path) -> None:
    codes = codes_of(8)
    shapes = {code: square(number) for number, code in enumerate(codes)}
    write_panel(tmp_path / "files" / "panel.csv", steady(6, 2, 24))
    write_points(tmp_path / "files" / "points.csv", {code: f"Buurt {code[-2:]}" for code in codes[:6]})
    write_shapes(tmp_path / "files" / "areas.geojson", shapes, {codes[1]: "Elders", codes[6]: "Buitengebied"})

    made = picture_of_town(tmp_path / "files")
    town = made.town
    edition = publish(town, plan_periods(town, town.last_period()), tmp_path / "editions")
    write_site(made.picture, town, tmp_path)
    index = (tmp_path / "index.html").read_text(encoding="utf-8")

    assert codes[1] not in outlines(town)  # the code stands for another place in the file of shapes
    assert [blank.code for blank in blanks(town)] == [codes[1], codes[6], codes[7]]
    assert edition.blanks() == blanks(town)
    assert "Buitengebied: geen gegevens op deze plek" in index
    assert ">geen gegevens<" in index


@pytest.mark.slow
def test_a_map_without_holes_has_no_dotted_ground(tmp_path: Path) -> None:
    codes = codes_of(6)
    write_panel(tmp_path / "panel.csv", steady(6, 2, 24))
    write_shapes(tmp_path / "areas.geojson", {code: square(number) for number, code in enumerate(codes)}, {})

    assert blanks(picture_of_town(tmp_path).town) == ()


@pytest.mark.slow
def test_without_shapes_there_is_no_ground_to_dot(tmp_path: Path) -> None:
    write_panel(tmp_path / "panel.csv", steady(6, 2, 24))

    assert blanks(picture_of_town(tmp_path).town) == ()
