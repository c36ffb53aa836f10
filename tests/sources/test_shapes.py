"""Shapes and points are checked when they are read: repaired, kept, or refused with the reason."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
import shapely
from tests.sources import files
from tests.sources.test_areas import POINTS, read

from wijkveilig.sources.types import RefusedFile

BOW = [[4.0, 52.0], [4.1, 52.1], [4.1, 52.0], [4.0, 52.1], [4.0, 52.0]]
SPIKE = [[4.0, 52.0], [4.1, 52.0], [4.0, 52.0], [4.0, 52.0]]
RING = files.SQUARE[0]
SWAPPED = [[lat, lon] for lon, lat in RING]


def page(*geometries: object, code: str = "BU990101{:02d}", **properties: files.Cell) -> bytes:
    """A FeatureCollection with one neighbourhood per geometry."""
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "properties": {"bu_code": code.format(at), **properties}, "geometry": geometry}
                for at, geometry in enumerate(geometries)
            ],
        }
    ).encode()


def polygon(*rings: object) -> dict[str, object]:
    """A Polygon with these rings."""
    return {"type": "Polygon", "coordinates": list(rings)}


GOOD = polygon(RING)


def test_a_ring_that_crosses_itself_is_repaired_and_told() -> None:
    reading = read(page(GOOD, polygon(BOW)))

    shapes = shapely.from_wkb(reading.areas.wkb)
    assert shapely.is_valid(shapes).all()
    assert shapely.area(shapes).tolist() == pytest.approx([0.01, 0.005])
    assert any("Vorm hersteld" in note and "BU99010101" in note for note in reading.batch.notes)


@pytest.mark.parametrize(
    ("geometry", "why"),
    [
        (polygon(SPIKE), "geen oppervlakte"),
        ({"type": "MultiPolygon", "coordinates": [[RING], []]}, "een deel van de vorm is leeg"),
        ({"type": "MultiPolygon", "coordinates": []}, "leeg"),
        (polygon([[4.0]] * 4), "niet te lezen"),
        (polygon([[math.nan, 52.0], *RING[1:-1], [math.nan, 52.0]]), "Nederland|gesloten"),
        (polygon([["4.0", "52.0"]] * 4), "niet te lezen"),
        (polygon([None] * 4), "niet te lezen"),
        ({"type": "Polygon", "coordinates": [4.0, 52.0]}, "niet te lezen"),
        ({"type": "Polygon", "coordinates": None}, "leeg"),
        ({"type": "LineString", "coordinates": RING}, "geen vlak"),
        (polygon(SWAPPED), "verwisseld"),
        (polygon([[105000.0, 425000.0]] * 4), "Rijksdriehoek"),
        (polygon([[2.0, 48.0], [2.1, 48.0], [2.1, 48.1], [2.0, 48.0]]), "buiten Nederland"),
        ({"type": "Point", "coordinates": [52.0, 4.0]}, "verwisseld"),
        ({"type": "Point", "coordinates": ["oost"]}, "niet te lezen"),
    ],
)
def test_a_shape_that_is_none_refuses_its_feature_with_the_reason(geometry: object, why: str) -> None:
    reading = read(page(GOOD, geometry))

    assert reading.areas.code.tolist() == ["BU99010100"]
    assert (reading.batch.rows_read, reading.batch.rows_kept, reading.batch.rows_refused) == (2, 1, 1)
    assert [reason.row for reason in reading.batch.reasons] == [2]
    assert any(part in reading.batch.reasons[0].text for part in why.split("|"))


def test_a_file_in_which_no_shape_can_be_used_is_refused_with_the_reason() -> None:
    with pytest.raises(RefusedFile, match="verwisseld"):
        read(page(polygon(SWAPPED), polygon(SWAPPED)))


def test_an_area_without_a_geometry_stays() -> None:
    reading = read(page(GOOD, None))

    assert reading.areas.wkb.tolist()[1] is None
    assert any("zonder vorm of punt" in note for note in reading.batch.notes)


def test_a_point_outside_the_country_is_a_refused_row() -> None:
    rows = [("BU99010101", "WK990101", "GM9901", "Haven", 52.01, 4.35), ("BU99010102", "", "", "Hof", 4.35, 52.01)]

    reading = read(files.table(POINTS, rows))

    assert reading.areas.code.tolist() == ["BU99010101"]
    assert "verwisseld" in reading.batch.reasons[0].text
    assert not np.isnan(reading.areas.lat[0])


def test_bare_numbers_are_the_codes_of_their_column_also_when_one_town_is_asked() -> None:
    raw = page(GOOD, GOOD, code="50501{:02d}").replace(b'"5050100"', b"5050100")

    reading = read(raw, only="GM0505")

    assert reading.areas.code.tolist() == ["BU05050100", "BU05050101"]


@pytest.mark.parametrize("properties", [[1, 2], "tekst", 7])
def test_properties_that_are_no_object_refuse_their_feature(properties: object) -> None:
    held = json.loads(page(GOOD, GOOD, GOOD))
    held["features"][2]["properties"] = properties

    assert read(json.dumps(held).encode()).areas.code.tolist() == ["BU99010100", "BU99010101"]


@pytest.mark.parametrize(("properties", "publisher"), [({}, "niet vermeld"), ({"AANT_INW": 120}, "CBS")])
def test_the_maker_is_named_only_where_the_content_shows_it(properties: dict[str, files.Cell], publisher: str) -> None:
    batch = read(page(GOOD, **properties)).batch

    assert batch.publisher == publisher
    assert (batch.licence == "CC BY 4.0") == (publisher == "CBS")
