"""What a picture says about counts, levels, places and trends; every test goes from raw files to facts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.picture.towns import (
    GM,
    area_code,
    codes_of,
    picture_of_town,
    steady,
    write_figures,
    write_panel,
    write_points,
    write_regions,
    write_years,
)

from wijkveilig.picture.facts import Against, AreaFacts, Figure, NoteKind, Picture, Reason
from wijkveilig.picture.indicators import Unit
from wijkveilig.picture.road import NoPictureError
from wijkveilig.warehouse.types import Period, Status

pytestmark = pytest.mark.slow  # goes the whole road, from raw files to facts


def figure_of(area: AreaFacts, indicator: str) -> Figure:
    return next(figure for figure in area.figures if figure.indicator == indicator)


def figures_of(picture: Picture, indicator: str) -> list[Figure]:
    return [figure_of(area, indicator) for area in picture.areas]


def test_a_picture_adds_up_the_months_of_its_period(tmp_path: Path) -> None:
    counts = steady(12, 3, 60)
    write_panel(tmp_path / "panel.csv", counts)

    picture = picture_of_town(tmp_path).picture

    assert picture.period == Period.year(2016)
    assert [area.code for area in picture.areas] == codes_of(12)
    assert [figure.value for figure in figures_of(picture, "woninginbraak")] == counts[:, 0, 48:].sum(axis=1).tolist()
    assert figures_of(picture, "mishandeling")[0].source_codes == ("110",)


def test_a_month_can_be_asked(tmp_path: Path) -> None:
    counts = steady(12, 3, 60)
    write_panel(tmp_path / "panel.csv", counts)

    picture = picture_of_town(tmp_path, "2016-03").picture

    assert [figure.value for figure in figures_of(picture, "vernieling")] == counts[:, 2, 50].tolist()
    assert figure_of(picture.areas[0], "vernieling").expected is not None
    assert figure_of(picture.areas[0], "vernieling").trend is not None


def test_a_type_that_is_zero_everywhere_was_not_recorded(tmp_path: Path) -> None:
    counts = steady(12, 3, 60)
    counts[:, 1] = 0
    write_panel(tmp_path / "panel.csv", counts)

    found = figures_of(picture_of_town(tmp_path).picture, "mishandeling")

    assert {(figure.value, figure.status, figure.reason) for figure in found} == {
        (None, Status.MISSING, Reason.NOT_RECORDED)
    }


def test_a_zero_among_counts_stays_a_zero(tmp_path: Path) -> None:
    counts = steady(12, 3, 60)
    counts[3, 1] = 0
    write_panel(tmp_path / "panel.csv", counts)

    found = figure_of(picture_of_town(tmp_path).picture.areas[3], "mishandeling")

    assert (found.value, found.status) == (0, Status.VALUE)


def test_the_last_twelve_reported_months_leave_out_a_month_that_is_zero_everywhere(tmp_path: Path) -> None:
    counts = steady(12, 3, 60)
    counts[:, :, 59] = 0
    write_panel(tmp_path / "panel.csv", counts)

    assert str(picture_of_town(tmp_path).picture.period) == "2015-12/2016-11"


def test_a_period_with_a_month_that_was_not_reported_has_no_counts(tmp_path: Path) -> None:
    counts = steady(12, 3, 60)
    counts[:, :, 59] = 0
    write_panel(tmp_path / "panel.csv", counts)

    found = figure_of(picture_of_town(tmp_path, "2016").picture.areas[0], "woninginbraak")

    assert (found.value, found.status, found.reason) == (None, Status.MISSING, Reason.NOT_REPORTED)


def test_a_picture_of_the_past_does_not_depend_on_what_came_later(tmp_path: Path) -> None:
    counts = steady(12, 3, 72)
    changed = counts.copy()
    changed[:, :, 60:] = changed[:, :, 60:] * 7 + 3
    counts[:, 1, :60] = changed[:, 1, :60] = 0  # recorded only afterwards
    write_panel(tmp_path / "one" / "panel.csv", counts)
    write_panel(tmp_path / "other" / "panel.csv", changed)

    one = picture_of_town(tmp_path / "one", "2016").picture
    other = picture_of_town(tmp_path / "other", "2016").picture

    assert one.areas == other.areas
    assert one.attention == other.attention
    assert figure_of(one.areas[0], "mishandeling").reason is Reason.NOT_RECORDED


def test_an_area_and_a_type_that_came_later_are_not_in_a_picture_of_the_past(tmp_path: Path) -> None:
    counts = steady(12, 3, 72)
    counts[11, :, :60] = -1
    counts[:, 2, :60] = -1
    write_panel(tmp_path / "panel.csv", counts)

    picture = picture_of_town(tmp_path, "2016").picture

    assert [area.code for area in picture.areas] == codes_of(11)
    assert "vernieling" not in {figure.indicator for figure in picture.areas[0].figures}
    assert len(picture_of_town(tmp_path).picture.areas) == 12


def test_a_rate_is_per_thousand_of_its_denominator(tmp_path: Path) -> None:
    write_panel(tmp_path / "panel.csv", steady(12, 3, 60))
    write_figures(tmp_path / "figures.csv", 2016, areas=codes_of(12), residents=[1500] * 12)

    found = figure_of(picture_of_town(tmp_path).picture.areas[0], "mishandeling")

    assert found.value is not None
    assert found.rate == pytest.approx(found.value / 1500 * 1000)
    assert (found.denominator, found.denominator_unit, found.denominator_year) == (1500, Unit.RESIDENTS, 2016)
    assert found.low is not None
    assert found.high is not None
    assert found.low < (found.level or 0) < found.high


def test_no_rate_below_the_minimum_denominator(tmp_path: Path) -> None:
    write_panel(tmp_path / "panel.csv", steady(12, 3, 60))
    write_figures(tmp_path / "figures.csv", 2016, areas=codes_of(12), residents=[199, 200] + [1500] * 10)

    below, at = (figure_of(area, "mishandeling") for area in picture_of_town(tmp_path).picture.areas[:2])

    assert (below.rate, below.level, below.place, below.reason) == (None, None, None, Reason.BELOW_MINIMUM)
    assert below.value is not None
    assert below.denominator == 199
    assert at.rate is not None


def test_burglary_is_per_dwelling_else_per_household_else_per_resident(tmp_path: Path) -> None:
    areas = codes_of(12)
    for name in ("all", "two", "one"):
        write_panel(tmp_path / name / "panel.csv", steady(12, 3, 60))
    figures = {"residents": [2000] * 12, "households": [1000] * 12, "dwellings": [900] * 12}
    write_figures(tmp_path / "all" / "f.csv", 2016, areas=areas, **figures)
    write_figures(tmp_path / "two" / "f.csv", 2016, areas=areas, residents=[2000] * 12, households=[1000] * 12)
    write_figures(tmp_path / "one" / "f.csv", 2016, areas=areas, residents=[2000] * 12)

    units = [
        {figure.denominator_unit for figure in figures_of(picture_of_town(tmp_path / name).picture, "woninginbraak")}
        for name in ("all", "two", "one")
    ]

    assert units == [{Unit.DWELLINGS}, {Unit.HOUSEHOLDS}, {Unit.RESIDENTS}]


def test_one_unit_holds_for_all_areas_even_where_a_better_one_is_known_for_a_few(tmp_path: Path) -> None:
    areas = codes_of(12)
    write_panel(tmp_path / "panel.csv", steady(12, 3, 60))
    write_figures(tmp_path / "few.csv", 2016, areas=areas[:4], dwellings=[900] * 4)
    write_figures(tmp_path / "all.csv", 2016, areas=areas, households=[1000] * 12)

    found = figures_of(picture_of_town(tmp_path).picture, "woninginbraak")

    assert {figure.denominator_unit for figure in found} == {Unit.HOUSEHOLDS}


def test_a_denominator_is_of_the_nearest_year_within_five(tmp_path: Path) -> None:
    areas = codes_of(12)
    for name, years in (("near", (2012, 2019)), ("far", (2022, 2010))):
        write_panel(tmp_path / name / "panel.csv", steady(12, 3, 60))
        write_figures(tmp_path / name / "f.csv", years, areas=areas, residents=[2000] * 12)

    near = figure_of(picture_of_town(tmp_path / "near").picture.areas[0], "mishandeling")
    far = figure_of(picture_of_town(tmp_path / "far").picture.areas[0], "mishandeling")

    assert near.denominator_year == 2019
    assert (far.denominator, far.rate, far.reason) == (None, None, Reason.NO_DENOMINATOR)
    assert far.value is not None


def test_a_place_is_only_said_where_its_interval_spans_at_most_half_of_the_areas(tmp_path: Path) -> None:
    counts = steady(30, 3, 60, mean=3.0)
    counts[0, :, :] = 40
    write_panel(tmp_path / "panel.csv", counts)
    write_figures(tmp_path / "figures.csv", 2016, areas=codes_of(30), residents=[1500] * 29 + [120])

    found = figures_of(picture_of_town(tmp_path).picture, "mishandeling")
    places = [figure.place for figure in found]

    assert places[0] is not None
    assert (places[0].rank, places[0].low, places[0].high, places[0].of) == (1, 1, 1, 29)
    assert places[29] is None
    assert any(place is None for place in places[1:29])
    assert all((place.high - place.low + 1) <= place.of / 2 for place in places if place is not None)
    assert found[0].against is Against.HIGHER


def test_the_trend_is_the_change_a_year_over_whole_blocks(tmp_path: Path) -> None:
    counts = np.full((12, 3, 65), 100, dtype=np.int64)
    counts = (counts * 0.8 ** ((np.arange(65) - 5) // 12)).round().astype(np.int64)
    write_panel(tmp_path / "panel.csv", counts)

    found = figure_of(picture_of_town(tmp_path).picture.areas[0], "vernieling")

    assert found.trend is not None
    assert found.trend.change == pytest.approx(-0.2, abs=0.01)
    assert found.trend.low <= found.trend.change <= found.trend.high


def test_two_years_give_levels_and_a_change_but_no_expectation(tmp_path: Path) -> None:
    counts = np.random.default_rng(3).poisson(60, size=(20, 1, 2))
    write_years(tmp_path / "years.csv", counts, first=2023)
    write_figures(tmp_path / "figures.csv", 2024, areas=codes_of(20), residents=[3000] * 20)

    picture = picture_of_town(tmp_path).picture
    found = figures_of(picture, "totaal")

    assert str(picture.period) == "2024"
    assert all(figure.trend is not None and figure.level is not None for figure in found)
    assert all(figure.expected is None for figure in found)
    assert picture.attention == ()


def test_nothing_is_expected_with_fewer_than_three_earlier_years(tmp_path: Path) -> None:
    write_panel(tmp_path / "three" / "panel.csv", steady(12, 3, 36))
    write_panel(tmp_path / "four" / "panel.csv", steady(12, 3, 48))

    three = figures_of(picture_of_town(tmp_path / "three").picture, "mishandeling")
    four = figures_of(picture_of_town(tmp_path / "four").picture, "mishandeling")

    assert {figure.expected for figure in three} == {None}
    assert all(figure.expected is not None for figure in four)


def test_the_total_of_a_source_without_one_is_the_sum_of_its_types_and_names_them(tmp_path: Path) -> None:
    counts = steady(12, 3, 60)
    counts[:, 2] = 0  # a type that was not recorded is no part
    write_panel(tmp_path / "panel.csv", counts)

    found = figures_of(picture_of_town(tmp_path).picture, "totaal")

    assert found[0].source_codes == ("104", "110")
    assert [figure.value for figure in found] == counts[:, :2, 48:].sum(axis=(1, 2)).tolist()
    assert all(figure.is_sum for figure in found)


def test_sums_stand_outside_the_family_that_is_tested(tmp_path: Path) -> None:
    counts = steady(20, 3, 72, mean=6.0)
    counts[4, :, 60:] *= 6
    write_panel(tmp_path / "panel.csv", counts)

    picture = picture_of_town(tmp_path).picture
    total = figure_of(picture.areas[4], "totaal").expected

    assert total is not None
    assert (total.tested, total.out_of_line) == (False, False)
    assert "totaal" not in {line.indicator for line in picture.attention}


def test_a_code_that_stands_for_another_place_keeps_its_counts_without_a_denominator(tmp_path: Path) -> None:
    areas = codes_of(12)
    own = {code: f"Buurt {row}" for row, code in enumerate(areas)}
    cbs = own | {areas[5]: "Heel ergens anders"}
    write_panel(tmp_path / "panel.csv", steady(12, 3, 60))
    write_points(tmp_path / "points.csv", own)
    write_regions(tmp_path / "regions.csv", cbs)
    write_figures(tmp_path / "figures.csv", 2016, areas=areas, residents=[1500] * 12)

    picture = picture_of_town(tmp_path).picture
    moved, stayed = picture.areas[5], picture.areas[6]

    assert moved.note is not None
    assert (moved.note.kind, moved.note.own, moved.note.other) == (
        NoteKind.OTHER_PLACE,
        "Buurt 5",
        "Heel ergens anders",
    )
    assert "Heel ergens anders" in str(moved.note)
    assert figure_of(moved, "mishandeling").value is not None
    assert figure_of(moved, "mishandeling").denominator is None
    assert figure_of(moved, "mishandeling").reason is Reason.OTHER_PLACE
    assert stayed.note is None
    assert figure_of(stayed, "mishandeling").rate is not None


def test_an_area_without_rows_for_a_month_is_missing_there_and_not_zero(tmp_path: Path) -> None:
    counts = steady(12, 3, 60)
    counts[7, :, 55] = -1
    write_panel(tmp_path / "panel.csv", counts)

    found = figure_of(picture_of_town(tmp_path).picture.areas[7], "woninginbraak")

    assert (found.value, found.status, found.reason) == (None, Status.MISSING, Reason.PART_MISSING)


def test_nothing_is_compared_across_a_change_of_counting(tmp_path: Path) -> None:
    counts = np.random.default_rng(5).poisson(50, size=(12, 2, 8))
    write_years(tmp_path / "years.csv", counts, types=("2.4.2", "1.4.5"), first=2014)  # 2014-2021

    picture = picture_of_town(tmp_path, "2020").picture
    broken, whole = (figure_of(picture.areas[0], name) for name in ("huisvredebreuk", "mishandeling"))

    assert broken.value is not None
    assert broken.expected is None  # 2019 alone lies after July 2018
    assert whole.expected is not None


def test_without_counts_by_neighbourhood_there_is_no_picture_and_the_files_are_named(tmp_path: Path) -> None:
    write_figures(tmp_path / "figures.csv", 2016, areas=[area_code(0)], residents=[1500])

    with pytest.raises(NoPictureError, match=GM) as raised:
        picture_of_town(tmp_path)

    assert [Path(file.file).name for file in raised.value.left_out] == ["figures.csv"]
