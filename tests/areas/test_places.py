"""Figures of two files meet on a code only when they mean the same place."""

from __future__ import annotations

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from wijkveilig.areas.divisions import Division, Figures, Place, overlap, witness_of
from wijkveilig.areas.places import Ground, Places, compare, same_name
from wijkveilig.warehouse.types import AreaCode

CODES = [AreaCode(f"BU9901010{n}") for n in range(5)]


def square(x: float) -> bytes:
    return shapely.to_wkb(shapely.box(x, 52.0, x + 0.01, 52.01))


def division(batch: str, *places: Place, year: int | None = None, national: bool = False) -> Division:
    return Division(batch, year, national, {place.code: place for place in places})


def figures(batch: str, codes: list[AreaCode], *, year: int | None = None, national: bool = False) -> Figures:
    return Figures(batch, year, national, frozenset(codes))


@pytest.fixture
def police_list() -> Division:
    """The police's own list: names and points; its code 4 is another place than at CBS."""
    return division(
        "list",
        *(Place(code, f"Buurt {n}", lon=4.005 + n / 10, lat=52.005) for n, code in enumerate(CODES[:4])),
        Place(CODES[4], "Pleinkwartier", lon=4.905, lat=52.005),
    )


@pytest.fixture
def cbs_shapes() -> Division:
    """The shapes of CBS, without names, one neighbourhood more than the police have."""
    return division(
        "shapes",
        *(Place(code, wkb=square(4.0 + n / 10)) for n, code in enumerate(CODES)),
        Place(AreaCode("BU99010199"), wkb=square(6.0)),
        year=2019,
        national=True,
    )


def test_a_code_that_means_another_place_gets_no_figures_of_the_other_file(
    police_list: Division, cbs_shapes: Division
) -> None:
    places = Places(figures("panel", CODES), [police_list, cbs_shapes])
    residents = figures("residents", CODES, year=2017, national=True)

    verdicts = places.agreement(residents)

    assert [verdicts[code].agrees for code in CODES] == [True, True, True, True, False]
    assert verdicts[CODES[4]].ground is Ground.OTHER_PLACE
    assert verdicts[CODES[4]].own == "Pleinkwartier"


def test_a_moved_code_keeps_its_name_and_has_no_shape(police_list: Division, cbs_shapes: Division) -> None:
    places = Places(figures("panel", CODES), [police_list, cbs_shapes])

    assert places.area(CODES[4]).name == "Pleinkwartier"
    assert places.area(CODES[4]).place.shape is None
    assert places.area(CODES[0]).place.shape is not None


def test_a_point_just_outside_a_generalised_shape_is_saved_by_the_name_in_a_second_file(
    police_list: Division, cbs_shapes: Division
) -> None:
    drifted = {**police_list.places, CODES[0]: Place(CODES[0], "Vissershaven", lon=3.99, lat=52.005)}
    own = Division("list", None, False, drifted)
    names = division(
        "names", *(Place(code, "Vissershaven" if n == 0 else None) for n, code in enumerate(CODES)), national=True
    )
    residents = figures("residents", CODES, year=2017, national=True)

    alone = Places(figures("panel", CODES), [own, cbs_shapes]).agreement(residents)
    helped = Places(figures("panel", CODES), [own, cbs_shapes, names]).agreement(residents)

    assert not alone[CODES[0]].agrees
    assert helped[CODES[0]].agrees
    assert helped[CODES[0]].ground is Ground.NAME


def test_a_second_file_of_the_own_division_does_not_speak_for_the_division_of_others() -> None:
    own = division("own", *(Place(code, f"Buurt {n}") for n, code in enumerate(CODES)), year=2018, national=True)
    again = division("own again", *(Place(code, f"Buurt {n}", lon=4.0, lat=52.0) for n, code in enumerate(CODES)))
    moved = [Place(code, "Kwekerij" if n == 4 else f"Buurt {n}") for n, code in enumerate(CODES)]
    theirs = division("theirs", *moved, Place(AreaCode("BU99010199"), "Nieuw"), year=2025, national=True)
    residents = figures("residents", [*CODES, AreaCode("BU99010199")], year=2025, national=True)

    verdicts = Places(figures("panel", CODES, year=2018, national=True), [own, again, theirs]).agreement(residents)

    assert [code for code in CODES if not verdicts[code].agrees] == [CODES[4]]


def test_a_file_that_knows_nothing_of_places_is_no_objection() -> None:
    places = Places(figures("panel", CODES), [])

    verdicts = places.agreement(figures("residents", CODES))

    assert {verdict.ground for verdict in verdicts.values()} == {Ground.NOTHING_AGAINST}
    assert all(verdict.agrees for verdict in verdicts.values())


def test_figures_in_the_same_division_meet_everywhere(police_list: Division, cbs_shapes: Division) -> None:
    places = Places(figures("panel", CODES), [police_list, cbs_shapes])

    verdicts = places.agreement(figures("second panel", CODES))

    assert {verdict.ground for verdict in verdicts.values()} == {Ground.SAME_DIVISION}


def test_national_figures_follow_a_national_division_though_the_own_list_has_more_codes_in_common(
    police_list: Division, cbs_shapes: Division
) -> None:
    residents = figures("residents", CODES[:4], year=2017, national=True)

    assert overlap(residents.codes, police_list.neighbourhoods) > overlap(residents.codes, cbs_shapes.neighbourhoods)
    assert witness_of(residents, [police_list, cbs_shapes]) is cbs_shapes


def test_of_two_divisions_with_the_same_codes_the_nearest_year_is_the_witness() -> None:
    old = division("old", *(Place(code, "Oud") for code in CODES), year=2019, national=True)
    new = division("new", *(Place(code, "Nieuw") for code in CODES), year=2026, national=True)

    assert witness_of(figures("crime", CODES, year=2025, national=True), [old, new]) is new
    assert witness_of(figures("crime", CODES, year=2020, national=True), [old, new]) is old


def test_no_division_is_the_witness_of_figures_elsewhere(police_list: Division) -> None:
    assert witness_of(figures("elsewhere", [AreaCode("BU05050101")]), [police_list]) is None


def test_a_district_is_named_by_a_file_unless_most_of_its_neighbourhoods_lie_elsewhere(police_list: Division) -> None:
    district = AreaCode("WK990101")
    agreeing = division("names", Place(district, "Oude Haven"), *(Place(c, f"Buurt {n}") for n, c in enumerate(CODES)))
    strange = division(
        "names",
        Place(district, "Oude Haven"),
        Place(AreaCode("BU99010199"), "Nog een"),
        *(Place(c, f"Elders {n}") for n, c in enumerate(CODES)),
    )
    counts = figures("panel", CODES)

    assert Places(counts, [police_list, agreeing]).district(district).name == "Oude Haven"
    assert Places(counts, [police_list, strange]).district(district).name == district


def test_neighbourhoods_without_counts_are_known_elsewhere(cbs_shapes: Division) -> None:
    places = Places(figures("panel", CODES), [cbs_shapes])

    assert places.known_elsewhere() == {AreaCode("BU99010199")}


def test_water_is_no_neighbourhood_and_is_drawn_apart() -> None:
    river = Place(AreaCode("BU99010198"), "de Waard", wkb=square(7.0), water=True)
    land = division("areas", *(Place(code, wkb=square(4.0)) for code in CODES), river)

    places = Places(figures("panel", CODES), [land, division("other", Place(CODES[0], "x"))])

    assert river.code not in land.neighbourhoods
    assert places.known_elsewhere() == frozenset()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Indische buurt-Zuid", "Indische Buurt-Zuid"),
        ("Sweelinckplein en omgeving", "Sweelinckplein e.o."),
        ("Verspr.h. Duinrell", "Verspreide huizen Duinrell"),
        ("Wijk 01 Binnenstad", "Binnenstad"),
        ("Café-plein", "Cafe plein"),
    ],
)
def test_spellings_of_one_name_are_one_place(one: str, other: str) -> None:
    assert same_name(one, other)
    assert same_name(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bedrijventerrein 1", "Bedrijventerrein 2"),
        ("Binnenstad-Noordoost", "Binnenstad-Noordwest"),
        ("Noordeinde", "Voorhout"),
        ("Centrum", "Oude Centrum"),
    ],
)
def test_names_that_look_alike_are_two_places(one: str, other: str) -> None:
    assert not same_name(one, other)


@given(shift=st.floats(0.0012, 3.0))
def test_a_point_well_outside_the_only_shape_is_another_place(shift: float) -> None:
    own = Place(CODES[0], lon=4.01 + shift, lat=52.005)

    assert not compare(own, [Place(CODES[0], wkb=square(4.0))]).agrees


@given(where=st.floats(0.0, 1.0))
def test_a_point_inside_the_shape_is_the_same_place(where: float) -> None:
    own = Place(CODES[0], lon=4.0 + where * 0.01, lat=52.005)

    assert compare(own, [Place(CODES[0], wkb=square(4.0))]).ground is Ground.POINT
