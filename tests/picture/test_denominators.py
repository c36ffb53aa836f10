"""What expected counts grow with, and what is done where a year is not known."""

from __future__ import annotations

import numpy as np
from tests.picture.towns import codes_of

from wijkveilig.picture.denominators import Denominators, Known, tabulate
from wijkveilig.picture.indicators import Unit

AREAS = tuple(codes_of(2))


def known(figures: dict[int, tuple[float | None, float | None]], unit: Unit = Unit.DWELLINGS) -> Denominators:
    """Figures of two areas by year; None where an area lacks the year."""
    return tabulate(
        AREAS,
        [
            Known(f"{year}", area, unit, year, value)
            for year, values in figures.items()
            for area, value in zip(AREAS, values, strict=True)
            if value is not None
        ],
    )


def test_a_year_that_one_area_lacks_is_taken_between_its_neighbours() -> None:
    figures = known({2015: (100, 500), 2016: (None, 500), 2017: (300, 520)})

    grown = figures.growth([2015, 2016, 2017])

    assert grown is not None
    assert grown.tolist() == [[100, 200, 300], [500, 500, 520]]


def test_a_year_that_no_file_gives_is_taken_between_its_neighbours() -> None:
    grown = known({2014: (80, 500), 2015: (100, 500), 2017: (300, 520)}).growth([2014, 2015, 2016, 2017])

    assert grown is not None
    assert grown[0].tolist() == [80, 100, 200, 300]


def test_nothing_is_carried_on_beyond_the_known_years() -> None:
    figures = known({2015: (100, 500), 2016: (200, None)})

    assert figures.growth([2014, 2015, 2016]) is None
    assert figures.growth([2015, 2016, 2017]) is None
    grown = figures.growth([2015, 2016])
    assert grown is not None
    assert np.isnan(grown[1]).all()


def test_two_years_running_that_are_not_known_are_not_bridged() -> None:
    assert known({2014: (100, 500), 2017: (400, 500)}).growth([2014, 2015, 2016, 2017]) is None


def test_what_is_known_each_year_goes_before_what_lies_between() -> None:
    addresses = [Known("a", area, Unit.ADDRESSES, year, 700.0) for area in AREAS for year in (2015, 2017)]
    homes = [Known("h", area, Unit.DWELLINGS, year, 600.0) for area in AREAS for year in (2015, 2016, 2017)]

    grown = tabulate(AREAS, addresses + homes).growth([2015, 2016, 2017])

    assert grown is not None
    assert (grown == 600.0).all()


def test_an_area_with_few_addresses_does_not_grow() -> None:
    grown = known({2015: (10, 500), 2016: (None, 510), 2017: (60, 520)}).growth([2015, 2016, 2017])

    assert grown is not None
    assert np.isnan(grown[0]).all()
    assert grown[1].tolist() == [500, 510, 520]
