"""Which code of the police panel is which place at CBS, on the real files."""

from __future__ import annotations

from functools import cache

import pytest
from tests.realdata.shared import DATA, needs_data

from wijkveilig.areas.loading import Atlas, atlas
from wijkveilig.areas.places import Ground, Places
from wijkveilig.sources.services import read_files
from wijkveilig.warehouse.store import Warehouse
from wijkveilig.warehouse.types import AreaCode

pytestmark = [pytest.mark.realdata, pytest.mark.slow, needs_data]
FILES = (
    "misdrijven/denhaag_delft_rijswijk_wassenaar_maand_buurt_delict_2011_2017.csv.gz",
    "misdrijven/denhaag_delft_rijswijk_wassenaar_buurten.csv",
    "gebieden/nl_buurten_2019_gegeneraliseerd.geojson.gz",
    "gebieden/cbs_regiolijst_wijken_buurten_2024.csv.gz",
    "kerncijfers/nl_buurten_kwb2017_selectie_83765NED.csv.gz",
)


@cache
def seen(municipality: str) -> tuple[Places, Atlas, dict[str, str]]:
    """The places of a town as the panel means them, everything known of it, and the batch of each source."""
    warehouse = Warehouse.memory(read_files([DATA / name for name in FILES], only=AreaCode(municipality)).taken)
    known = atlas(warehouse, AreaCode(municipality))
    batch = {one.source if one.source != "cbs_areas" else f"cbs {one.division}": one.id for one in warehouse.batches()}
    return known.seen_from(batch["panel_month"]), known, batch


def test_three_codes_of_the_hague_are_other_places_at_cbs() -> None:
    places, known, batch = seen("GM0518")
    residents = known.figures[batch["key_figures"]]
    verdicts = places.agreement(residents)
    held = [code for code in sorted(places.counts.codes) if code in residents.codes]

    assert len(held) == 87
    assert [code for code in held if not verdicts[code].agrees] == ["BU05182812", "BU05182813", "BU05182814"]
    assert (verdicts[AreaCode("BU05182814")].own, verdicts[AreaCode("BU05182814")].other) == (
        "Pleinkwartier",
        "Zuidwal",
    )


def test_a_moved_code_has_no_shape_and_keeps_the_name_of_the_panel() -> None:
    places, _, _ = seen("GM0518")
    areas = {area.code: area for area in places.towns_areas()}

    assert len(areas) == 93
    assert sum(area.place.shape is not None for area in areas.values()) == 88
    assert areas[AreaCode("BU05182814")].name == "Pleinkwartier"
    assert areas[AreaCode("BU05182814")].place.shape is None


def test_a_point_44_metres_outside_its_generalised_shape_is_saved_by_its_name() -> None:
    places, known, batch = seen("GM0518")

    assert places.agreement(known.figures[batch["key_figures"]])[AreaCode("BU05180702")].ground is Ground.NAME


def test_23_of_30_codes_of_rijswijk_are_unknown_at_cbs_and_the_other_seven_agree() -> None:
    places, known, batch = seen("GM0603")
    shapes = known.figures[batch["cbs 2019"]]
    shared = places.counts.codes & shapes.codes

    assert (len(places.counts.codes), len(shared)) == (30, 7)
    assert all(places.agreement(shapes)[code].agrees for code in shared)
