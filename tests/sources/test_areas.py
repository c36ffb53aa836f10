"""Areas: GeoJSON in the spellings of its makers, the CBS list of regions, and lists with a point."""

from __future__ import annotations

import json
import struct

import numpy as np
import pytest
from tests.sources import files

from wijkveilig.sources.content import content_of
from wijkveilig.sources.geometry import BadShapeError, wkb_of
from wijkveilig.sources.registry import recognise
from wijkveilig.sources.types import RefusedFile
from wijkveilig.warehouse.reading import Reading
from wijkveilig.warehouse.types import AreaCode

REGIONS = ("Key", "Title", "Description", "Municipality", "DetailRegionCode")
POINTS = ("bu_code", "wk_code", "gm_code", "buurt_naam", "lat", "lon")


def read(raw: bytes, only: str | None = None) -> Reading:
    """Read a file as any other: recognised by its content."""
    content = content_of(raw, "bestand")
    return recognise(content.head).read(content, AreaCode(only) if only else None)


@pytest.mark.parametrize(
    "properties",
    [
        {"bu_code": "BU99010101", "bu_naam": "Haven", "wk_code": "WK990101", "gm_code": "GM9901"},
        {"BU_CODE": "BU99010101", "BU_NAAM": "Haven", "WK_CODE": "WK990101", "GM_CODE": "GM9901", "WATER": "NEE"},
        {"buurtcode": "BU99010101", "buurtnaam": "Haven", "wijkcode": "WK990101", "gemeentecode": "GM9901",
         "water": "NEE"},
        {"statcode": "BU99010101", "statnaam": "Haven"},
        {"bu_code": " BU99010101 ", "bu_naam": "Haven  ", "wk_code": "WK990101"},
    ],
)  # fmt: skip
def test_a_neighbourhood_is_known_in_every_spelling(properties: dict[str, files.Cell]) -> None:
    areas = read(files.features([properties])).areas

    assert areas.code.tolist() == ["BU99010101"]
    assert areas.level.tolist() == ["neighbourhood"]
    assert areas.name.tolist() == ["Haven"]
    assert areas.parent.tolist() in (["WK990101"], [None])
    assert areas.water.tolist() == [False]


@pytest.mark.parametrize(
    ("properties", "code", "level"),
    [
        ({"wk_code": "WK990101", "wk_naam": "Wijk 01", "gm_code": "GM9901"}, "WK990101", "district"),
        ({"gm_code": "GM9901", "gm_naam": "Proefstad"}, "GM9901", "municipality"),
    ],
)
def test_the_level_is_that_of_the_lowest_code(properties: dict[str, files.Cell], code: str, level: str) -> None:
    areas = read(files.features([properties])).areas

    assert (areas.code[0], areas.level[0]) == (code, level)
    assert areas.name[0] in ("Wijk 01", "Proefstad")


def test_a_shape_is_kept_as_wkb_in_degrees() -> None:
    shape = read(files.features([{"bu_code": "BU99010101"}])).areas.wkb[0]

    assert shape == struct.pack("<BIII10d", 1, 3, 1, 5, 4.0, 52.0, 4.1, 52.0, 4.1, 52.1, 4.0, 52.1, 4.0, 52.0)


def test_a_shape_of_parts_keeps_its_parts_and_drops_heights() -> None:
    ring = [[*point, 7.0] for point in files.SQUARE[0]]

    shape = wkb_of({"type": "MultiPolygon", "coordinates": [[ring], [ring]]})

    assert shape is not None
    assert shape[:9] == struct.pack("<BII", 1, 6, 2)
    assert len(shape) == 9 + 2 * len(wkb_of({"type": "Polygon", "coordinates": files.SQUARE}) or b"")


@pytest.mark.parametrize(
    ("geometry", "why"),
    [
        ({"type": "Polygon", "coordinates": [files.SQUARE[0][:-1]]}, "niet gesloten"),
        ({"type": "Polygon", "coordinates": [[[105000.0, 425000.0]] * 4]}, "geen graden"),
        ({"type": "Point", "coordinates": [4.0, 52.0]}, "geen vlak"),
        ({"type": "Polygon", "coordinates": []}, "leeg"),
    ],
)
def test_what_is_no_shape_in_degrees_says_why(geometry: dict[str, object], why: str) -> None:
    with pytest.raises(BadShapeError, match=why):
        wkb_of(geometry)


def test_water_is_no_land() -> None:
    reading = read(
        files.features([{"bu_code": "BU99010101", "water": "JA"}, {"bu_code": "BU99010102", "water": "NEE"}])
    )

    assert reading.areas.water.tolist() == [True, False]
    assert any("Water" in note for note in reading.batch.notes)


def test_the_water_beside_a_municipality_of_the_same_code_is_left_out() -> None:
    reading = read(files.features([{"gm_code": "GM9901", "water": "JA"}, {"gm_code": "GM9901", "water": "NEE"}]))

    assert reading.areas.water.tolist() == [False]
    assert (reading.batch.rows_read, reading.batch.rows_kept, reading.batch.rows_refused) == (2, 1, 1)


def test_one_code_with_two_names_refuses_the_file() -> None:
    raw = files.features([{"bu_code": "BU99010101", "bu_naam": "Haven"}, {"bu_code": "BU99010101", "bu_naam": "Hof"}])

    with pytest.raises(RefusedFile, match="spreekt zichzelf tegen: BU99010101"):
        read(raw)


def test_only_the_areas_asked_for_are_read_and_all_codes_are_known() -> None:
    properties = [{"bu_code": f"BU990{town}01{at:02d}"} for town in (1, 2) for at in range(3)]

    reading = read(files.features(properties), only="GM9902")

    assert reading.areas.code.tolist() == ["BU99020100", "BU99020101", "BU99020102"]
    assert len(reading.codes) == 6


def test_areas_are_found_whatever_the_order_of_the_keys_in_a_feature() -> None:
    geometry = {"type": "Polygon", "coordinates": files.SQUARE}
    listed = [
        {"geometry": geometry, "properties": {"bu_code": f"BU990{town}0101"}, "type": "Feature"} for town in (1, 2)
    ]

    reading = read(json.dumps({"features": listed, "type": "FeatureCollection"}, indent=1).encode(), only="GM9902")

    assert reading.areas.code.tolist() == ["BU99020101"]


def test_the_list_of_regions_is_read_without_unknown_areas() -> None:
    raw = files.table(
        REGIONS,
        [
            ("NL00      ", "Nederland", None, "", ""),
            ("GM9901    ", "Proefstad", "Gemeente", "GM9901", "GM9901"),
            ("BU99010101", "Haven", "Buurt", "GM9901", "BU99010101"),
            ("BU9901AD03", "Letterbuurt", "Buurt", "GM9901", "BU9901AD03"),
            ("BU00000000", "Buurt onbekend", None, "GM0000", "BU00000000"),
        ],
    )

    reading = read(raw)

    assert reading.areas.code.tolist() == ["BU99010101", "BU9901AD03", "GM9901", "NL00"]
    assert (reading.batch.rows_read, reading.batch.rows_kept, reading.batch.rows_refused) == (5, 4, 1)
    assert "onbekend" in reading.batch.reasons[0].text


def test_a_list_of_points_gives_names_districts_and_points() -> None:
    raw = files.table(POINTS, [("BU99010101", "WK990101", "GM9901", "Haven", 52.01, 4.35)])

    areas = read(raw).areas

    assert (areas.name[0], areas.parent[0], areas.lon[0], areas.lat[0]) == ("Haven", "WK990101", 4.35, 52.01)


def test_a_point_that_cannot_be_read_leaves_the_name() -> None:
    raw = files.table(POINTS, [("BU99010101", "WK990101", "GM9901", "Haven", "onbekend", 4.35)])

    reading = read(raw)

    assert reading.areas.name.tolist() == ["Haven"]
    assert np.isnan(reading.areas.lon[0])
    assert any("zonder vorm of punt" in note for note in reading.batch.notes)


def test_codes_that_lost_their_letters_and_zeros_are_mended_and_told() -> None:
    reading = read(files.table(("buurtcode", "naam", "lat", "lon"), [("5050101", "Haven", 51.8, 4.6)]))

    assert reading.areas.code.tolist() == ["BU05050101"]
    assert reading.codes == {"BU05050101"}
    assert any("voorloopnul: 1 gebiedscode, zoals BU05050101" in note for note in reading.batch.notes)


def test_a_district_that_does_not_fit_the_code_is_reported() -> None:
    raw = files.features([{"bu_code": "BU99010101", "wk_code": "WK990102"}])

    parents = next(check for check in read(raw).batch.checks if check.name == "parents")

    assert parents.ok is False
    assert "BU99010101" in parents.text


def test_key_figures_in_the_properties_are_read_and_minus_99999997_is_missing() -> None:
    raw = files.features(
        [
            {"BU_CODE": "BU99010101", "WATER": "NEE", "AANT_INW": 4440, "AANTAL_HH": -99999997, "P_00_14_JR": 3},
            {"BU_CODE": "BU99010102", "WATER": "NEE", "AANT_INW": 0, "AANTAL_HH": 5, "P_00_14_JR": -99997},
        ]
    )

    reading = read(raw)

    held = {
        (area, measure): (value, status)
        for area, measure, value, status in zip(
            reading.observations.area,
            reading.observations.measure,
            reading.observations.value,
            reading.observations.status,
            strict=True,
        )
    }
    assert held["BU99010101", "residents"] == (4440.0, "value")
    assert held["BU99010102", "residents"] == (0.0, "value")
    assert held["BU99010101", "households"][1] == "missing"
    assert held["BU99010102", "share_age_0_14"][1] == "missing"
    assert reading.batch.undated
    assert len(reading.areas) == 2


def test_the_year_in_the_address_of_pdok_dates_areas_and_figures() -> None:
    page = json.loads(files.features([{"buurtcode": "BU99010101", "buurtnaam": "Haven", "aantal_inwoners": 40}]))
    page["links"] = [{"rel": "self", "href": "https://api.example.org/cbs/wijken-en-buurten-2023/ogc/v1/items"}]

    reading = read(json.dumps(page).encode())

    assert (reading.batch.division, reading.batch.first_month) == (2023, 2023 * 12)
    assert reading.observations.first.tolist() == [2023 * 12]


def test_the_year_before_the_codes_of_pdok_dates_the_division() -> None:
    raw = files.features([{"statcode": "BU99010101", "jrstatcode": "2022BU99010101", "statnaam": "Haven"}])

    assert read(raw).batch.division == 2022


def test_a_feature_with_a_point_gives_a_point() -> None:
    page = json.loads(files.features([{"bu_code": "BU99010101", "bu_naam": "Haven"}]))
    page["features"][0]["geometry"] = {"type": "Point", "coordinates": [4.35, 52.01]}

    areas = read(json.dumps(page).encode()).areas

    assert (areas.lon[0], areas.lat[0], areas.wkb[0]) == (4.35, 52.01, None)


def test_a_page_of_areas_that_names_a_next_page_says_that_it_is_not_all() -> None:
    page = json.loads(files.features([{"buurtcode": "BU99010101"}]))
    page["links"] = [{"rel": "next", "href": "https://api.example.org/?cursor=x"}]

    assert any("afgekapt" in note for note in read(json.dumps(page).encode()).batch.notes)
