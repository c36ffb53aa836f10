"""Places are read from the batches of a warehouse, whichever files they came in."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from wijkveilig.areas.loading import atlas
from wijkveilig.warehouse.batch import Batch
from wijkveilig.warehouse.reading import Areas, Observations, Preview, Reading, no_areas, no_observations, words
from wijkveilig.warehouse.store import Warehouse
from wijkveilig.warehouse.types import AreaCode

TOWN = AreaCode("GM9901")
CODES = ["BU99010101", "BU99010102"]


def batch(name: str, source: str, last_month: int | None = None) -> Batch:
    return Batch(
        id=name,
        checksum=name,
        file=f"{name}.csv",
        source=source,
        title=name,
        publisher="-",
        licence="-",
        last_month=last_month,
    )


def counts(name: str, codes: list[str], last_month: int) -> Reading:
    size = len(codes)
    rows = Observations(
        area=words(codes),
        measure=words(["registered_crime"] * size),
        code=words(["104"] * size),
        first=np.full(size, last_month, dtype=np.int32),
        months=np.ones(size, dtype=np.int16),
        value=np.ones(size),
        status=words(["value"] * size),
        row=np.arange(size, dtype=np.int32),
    )
    return Reading(batch(name, "panel_month", last_month), rows, no_areas(), Preview((), ()), frozenset(codes))


def areas(name: str, source: str, names: list[str | None], *, shapes: bool) -> Reading:
    size = len(names)
    boxes = [shapely.to_wkb(shapely.box(4 + n, 52, 4.5 + n, 53)) if shapes else None for n in range(size)]
    made = Areas(
        code=words(CODES[:size]),
        level=words(["neighbourhood"] * size),
        name=words(names),
        parent=words([None] * size),
        lon=np.array([4.2 + n if not shapes else np.nan for n in range(size)]),
        lat=np.array([52.5 if not shapes else np.nan for _ in range(size)]),
        wkb=words(boxes),
        water=np.zeros(size, dtype=bool),
    )
    return Reading(batch(name, source), no_observations(), made, Preview((), ()), frozenset(CODES))


@pytest.fixture
def warehouse() -> Warehouse:
    return Warehouse.memory(
        [
            counts("panel", CODES, 2017 * 12),
            counts("elsewhere", ["BU99020101"], 2017 * 12),
            areas("list", "area_points", ["Kade", "Dok"], shapes=False),
            areas("shapes", "cbs_areas", [None, None], shapes=True),
        ]
    )


def test_names_come_from_one_file_and_shapes_from_another(warehouse: Warehouse) -> None:
    places = atlas(warehouse, TOWN).seen_from("panel")

    assert [area.name for area in places.towns_areas()] == ["Kade", "Dok"]
    assert all(area.place.shape is not None for area in places.towns_areas())


def test_only_codes_of_the_municipality_take_part(warehouse: Warehouse) -> None:
    town = atlas(warehouse, TOWN)

    assert town.figures["panel"].codes == frozenset(CODES)
    assert "elsewhere" not in town.figures
    with pytest.raises(KeyError):
        town.seen_from("elsewhere")


def test_figures_are_of_the_year_of_their_last_month_where_the_file_tells_no_division(warehouse: Warehouse) -> None:
    assert atlas(warehouse, TOWN).figures["panel"].year == 2017


def test_sources_of_cbs_follow_national_codes_and_lists_do_not(warehouse: Warehouse) -> None:
    kinds = {division.batch: division.national for division in atlas(warehouse, TOWN).divisions}

    assert kinds == {"list": False, "shapes": True}
