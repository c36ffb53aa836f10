"""The stories of the demo city: the method finds them by itself, in whatever place the seed has put them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from wijkveilig.analysis import expected, likely_start, out_of_line, trend
from wijkveilig.demo.figures import YEARS, Counts
from wijkveilig.demo.files import SEED, City, make_city, write_files
from wijkveilig.demo.raw import older_division
from wijkveilig.demo.stories import BICYCLES, BURGLARY, LAST_YEAR, NUISANCE
from wijkveilig.demo.town import crime_types
from wijkveilig.picture.facts import AreaFacts, Figure, Picture
from wijkveilig.picture.road import make_picture
from wijkveilig.warehouse.types import AreaCode

pytestmark = pytest.mark.slow

SEEDS = (SEED, 1, 2, 3, 4, 5, 6, 7)
CODES = [kind.code for kind in crime_types()]


def by_year(city: City) -> Counts:
    """Crime [place, type, year]."""
    crime = city.figures.crime
    return crime.reshape(len(crime), len(CODES), len(YEARS), 12).sum(axis=3)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_method_finds_wave_and_displacement_and_almost_nothing_else(seed: int) -> None:
    city = make_city(seed)
    years = by_year(city)
    addresses = (city.figures.dwellings + city.figures.businesses)[:, 1:]

    seen = expected(years[:, :, 1:-1], years[:, :, -1], exposure=addresses)
    rises = out_of_line(seen) & seen.rise
    falls = out_of_line(seen) & ~seen.rise

    wave, arrival = (city.stories.wave, CODES.index(BURGLARY)), (city.stories.rises, CODES.index(NUISANCE))
    assert rises[wave]
    assert rises[arrival]
    assert falls[city.stories.programme, CODES.index(BICYCLES)]
    assert rises.sum() <= 3
    assert not rises[city.stories.growing].any()


def test_the_growing_area_would_stand_out_if_its_addresses_were_not_known() -> None:
    alarms = 0
    for seed in SEEDS:
        city = make_city(seed)
        years = by_year(city)
        seen = expected(years[:, :, 1:-1], years[:, :, -1])
        alarms += int((out_of_line(seen) & seen.rise)[city.stories.growing].sum())

    assert alarms >= 4


@pytest.mark.parametrize("seed", SEEDS)
def test_the_wave_is_eighteen_where_three_were_expected_and_sixteen_of_them_since_september(seed: int) -> None:
    city = make_city(seed)
    years, burglary = by_year(city), CODES.index(BURGLARY)
    months = city.figures.crime[city.stories.wave, burglary, LAST_YEAR]

    seen = expected(years[:, :, 1:-1], years[:, :, -1]).value[city.stories.wave, burglary]

    assert months.sum() == 18
    assert months[8:].sum() == 16
    assert 2.0 <= seen <= 4.5
    assert likely_start(months, np.full(12, seen / 12)) == 8


@pytest.mark.parametrize("seed", SEEDS)
def test_nuisance_rises_next_door_to_where_it_falls(seed: int) -> None:
    city = make_city(seed)
    years = by_year(city)[:, CODES.index(NUISANCE)]
    stories = city.stories

    assert tuple(sorted((stories.falls, stories.rises))) in city.map.touching
    assert years[stories.rises, -1] > 2.5 * years[stories.rises, 1:-1].mean()
    assert years[stories.falls, -1] < 0.4 * years[stories.falls, 1:-1].mean()


@pytest.mark.parametrize("seed", SEEDS)
def test_the_programme_shows_as_a_certain_fall_over_the_years(seed: int) -> None:
    city = make_city(seed)
    bicycles = by_year(city)[:, CODES.index(BICYCLES), 1:]

    found = trend(bicycles)

    assert found.high[city.stories.programme] < 0


def test_the_stories_are_in_other_places_for_other_seeds() -> None:
    waves = {make_city(seed).stories.wave for seed in SEEDS}

    assert len(waves) > 3


def test_no_place_carries_two_stories() -> None:
    for seed in SEEDS:
        told = make_city(seed).stories
        places = [told.wave, told.rises, told.falls, told.programme, told.growing]
        places += [told.moved.place, told.moved.lent, told.moved.host]
        assert len(set(places)) == len(places)


@dataclass(frozen=True)
class Found:
    """A city and the picture that the whole road makes of its files."""

    city: City
    picture: Picture

    def code(self, place: int) -> AreaCode:
        return self.city.town.neighbourhoods[place].code

    def area(self, code: AreaCode) -> AreaFacts:
        return next(area for area in self.picture.areas if area.code == code)

    def figure(self, code: AreaCode, type_: str) -> Figure:
        return next(one for one in self.area(code).figures if one.source_codes == (type_,))


@pytest.fixture(scope="module", params=[SEED, 1])
def found(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Found:
    """The picture of one town, from raw files to facts."""
    folder: Path = tmp_path_factory.mktemp("road")
    made = make_picture(AreaCode("GM9901"), write_files(folder, request.param))
    return Found(make_city(request.param), made.picture)


def test_the_picture_is_of_the_last_year_that_was_reported_and_not_of_the_month_after_it(found: Found) -> None:
    assert str(found.picture.period) == str(YEARS[-1])


def test_attention_names_the_wave_since_september_and_the_nuisance_and_not_the_others(found: Found) -> None:
    stories = found.city.stories

    named = {(one.area, one.indicator): one for one in found.picture.attention}
    wave = next(one for (area, _), one in named.items() if area == found.code(stories.wave))

    assert wave.since == YEARS[-1] * 12 + 8
    assert found.code(stories.rises) in {area for area, _ in named}
    assert len(named) <= 4
    quiet = {found.code(place) for place in (stories.programme, stories.falls, stories.growing)}
    assert not quiet & {area for area, _ in named}


def test_the_programme_stands_below_what_was_expected_and_its_trend_is_down(found: Found) -> None:
    figure = found.figure(found.code(found.city.stories.programme), BICYCLES)

    assert figure.expected is not None
    assert figure.expected.out_of_line
    assert figure.value is not None
    assert figure.value < figure.expected.low
    assert figure.trend is not None
    assert figure.trend.high < 0


def test_the_moved_code_keeps_its_counts_and_says_why_it_has_no_denominator(found: Found) -> None:
    moved = found.city.stories.moved
    code = found.code(moved.lent)

    area = found.area(code)
    figure = found.figure(code, BURGLARY)

    assert area.name == found.city.town.neighbourhoods[moved.place].name
    assert figure.value is not None
    assert figure.denominator is None
    assert area.note is not None
    assert found.city.town.neighbourhoods[moved.lent].name in str(area.note)
    assert found.code(moved.place) not in {area.code for area in found.picture.areas}


def test_the_older_division_has_every_place_in_exactly_one_area() -> None:
    city = make_city()

    members = [place for _code, places in older_division(city.town, city.stories).members() for place in places]

    assert sorted(members) == list(range(len(city.town.neighbourhoods)))
