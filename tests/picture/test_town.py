"""A town read from several files: which counts make the picture, which row wins, and what is no figure."""

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

from wijkveilig.picture.build import build
from wijkveilig.picture.edition import Span
from wijkveilig.picture.facts import NoteKind, Reason
from wijkveilig.picture.publishing import plan_periods, publish
from wijkveilig.picture.town import NothingCountedError, Town, read_town
from wijkveilig.sources.services import read_files
from wijkveilig.warehouse.store import Warehouse
from wijkveilig.warehouse.types import AreaCode, Level, Period, Status

pytestmark = pytest.mark.slow  # goes the whole road, from raw files to facts

HEAD = "SoortMisdrijf,WijkenEnBuurten,Perioden,GeregistreerdeMisdrijven_1\n"


def town_of(folder: Path, period: str | None = None) -> Town:
    readings = read_files([folder], only=GM).taken
    return read_town(Warehouse.memory(readings), GM, Period.parse(period) if period else None)


def write_rows(path: Path, rows: list[tuple[str, str, str, int | str]]) -> Path:
    path.write_text(HEAD + "".join(f"{code},{area},{period},{count}\n" for code, area, period, count in rows))
    return path


def test_the_latest_year_is_taken_from_several_yearly_files(tmp_path: Path) -> None:
    counts = np.random.default_rng(1).poisson(60, size=(8, 1, 2))
    write_years(tmp_path / "one.csv", counts[:, :, :1], first=2023)
    write_years(tmp_path / "two.csv", counts[:, :, 1:], first=2024)

    town = town_of(tmp_path)

    assert town.last_period() == Period.year(2024)
    assert town.counts.value[:, 0].tolist() == counts[:, 0].tolist()


def test_counts_by_month_go_before_counts_by_year(tmp_path: Path) -> None:
    write_panel(tmp_path / "panel.csv", steady(8, 2, 36))
    write_years(tmp_path / "years.csv", np.full((8, 1, 1), 99), first=2020)

    assert str(town_of(tmp_path).last_period()) == "2014"
    assert town_of(tmp_path, "2020").step == 12
    assert town_of(tmp_path, "2013").step == 1


def test_with_fewer_than_twelve_months_the_picture_is_of_the_last_one(tmp_path: Path) -> None:
    counts = steady(8, 2, 5)
    write_panel(tmp_path / "panel.csv", counts)

    picture = picture_of_town(tmp_path).picture
    town = town_of(tmp_path)
    edition = publish(town, plan_periods(town, town.last_period()), tmp_path / "editions")

    assert str(picture.period) == "2012-05"
    assert [area.figures[0].value for area in picture.areas] == counts[:, 0, 4].tolist()
    assert [(one.id, one.span) for one in edition.periods] == [("2012-05", Span.MONTH)]
    assert edition.indicators[0].default.period == "2012-05"


def test_a_period_that_no_file_holds_is_said(tmp_path: Path) -> None:
    write_panel(tmp_path / "panel.csv", steady(8, 2, 36))

    with pytest.raises(NothingCountedError, match="2019"):
        town_of(tmp_path, "2019")


def test_a_sources_own_row_of_a_larger_area_goes_before_the_sum(tmp_path: Path) -> None:
    rows: list[tuple[str, str, str, int | str]] = []
    for year in ("2022JJ00", "2023JJ00"):
        rows += [("1.1.1", area_code(number), year, 10) for number in range(4)]
        rows += [("1.1.1", GM, year, 41), ("1.1.1", "WK995100", year, 40)]
    write_rows(tmp_path / "years.csv", rows)
    town = town_of(tmp_path)

    city = build(town, Level.MUNICIPALITY, Period.year(2023)).areas[0].figures[0]
    district = build(town, Level.DISTRICT, Period.year(2023)).areas[0].figures[0]

    assert (city.value, district.value) == (41, 40)


def test_withheld_missing_and_zero_are_three_things(tmp_path: Path) -> None:
    rows: list[tuple[str, str, str, int | str]] = []
    for number in range(6):
        rows += [("1.1.1", area_code(number), "2023JJ00", 5), ("1.4.1", area_code(number), "2023JJ00", "")]
        if number < 5:
            rows.append(("2.2.1", area_code(number), "2023JJ00", number))
    rows.append(("1.4.1", GM, "2023JJ00", 7))
    write_rows(tmp_path / "years.csv", rows)

    picture = picture_of_town(tmp_path).picture
    by_name = [{figure.indicator: figure for figure in area.figures} for area in picture.areas]

    assert by_name[0]["vernieling"].value == 0
    assert by_name[0]["vernieling"].status is Status.VALUE
    assert (by_name[5]["vernieling"].value, by_name[5]["vernieling"].status) == (None, Status.MISSING)
    assert by_name[5]["vernieling"].reason is Reason.NOT_IN_SOURCE
    assert by_name[0]["zedenmisdrijf"].value is None
    assert by_name[0]["zedenmisdrijf"].status in (Status.WITHHELD, Status.MISSING)
    assert "1.4.1" not in by_name[0]["totaal"].source_codes


def test_counts_of_an_earlier_file_in_which_a_code_was_another_place_are_not_compared(tmp_path: Path) -> None:
    areas = codes_of(8)
    own = {code: f"Buurt {row}" for row, code in enumerate(areas)}
    write_panel(tmp_path / "panel.csv", steady(8, 2, 48))
    write_points(tmp_path / "points.csv", own)
    write_regions(tmp_path / "regions.csv", own | {areas[2]: "Elders"})
    write_figures(tmp_path / "figures.csv", 2015, areas=areas, residents=[900] * 8)

    town = town_of(tmp_path)

    assert list(town.other_places()) == [areas[2]]
    assert np.isnan(town.per[Level.NEIGHBOURHOOD].tables[next(iter(town.per[Level.NEIGHBOURHOOD].tables))][2015][2])


def test_areas_that_appear_and_vanish_between_files_are_missing_where_they_are_not(tmp_path: Path) -> None:
    counts = np.random.default_rng(1).poisson(60, size=(8, 1, 2))
    write_years(tmp_path / "old.csv", counts[:7, :, :1], first=2023)
    write_years(tmp_path / "new.csv", counts[1:, :, 1:], first=2024, areas=codes_of(8)[1:])
    write_figures(tmp_path / "figures.csv", 2024, areas=codes_of(8), residents=[900] * 8)
    write_regions(tmp_path / "regions.csv", {code: f"Buurt {row}" for row, code in enumerate(codes_of(8))})

    now, before = (picture_of_town(tmp_path, year).picture for year in ("2024", "2023"))

    assert [area.figures[0].value for area in now.areas] == [None, *counts[1:, 0, 1].tolist()]
    assert now.areas[0].figures[0].reason is Reason.NOT_IN_SOURCE
    assert [area.figures[0].value for area in before.areas] == counts[:7, 0, 0].tolist()
    assert now.areas[7].figures[0].trend is None
    assert now.areas[3].figures[0].trend is not None


def test_a_town_without_names_keeps_its_codes(tmp_path: Path) -> None:
    write_panel(tmp_path / "panel.csv", steady(8, 2, 36))

    picture = picture_of_town(tmp_path).picture

    assert picture.name is None
    assert {area.name for area in picture.areas} == {None}
    assert {area.note for area in picture.areas} == {None}


def test_an_area_that_alone_has_no_name_says_so(tmp_path: Path) -> None:
    write_panel(tmp_path / "panel.csv", steady(8, 2, 36))
    write_points(tmp_path / "points.csv", {code: f"Buurt {row}" for row, code in enumerate(codes_of(8)[:7])})

    areas = picture_of_town(tmp_path).picture.areas

    assert [area.note for area in areas[:7]] == [None] * 7
    assert areas[7].note is not None
    assert areas[7].note.kind is NoteKind.NO_NAME
    assert str(areas[7].note) == "Geen bestand geeft deze buurt een naam."


def test_the_city_is_judged_by_its_own_past(tmp_path: Path) -> None:
    counts = steady(20, 2, 72, mean=5.0)
    counts[:, 0, 60:] = counts[:, 0, 60:] * 2
    write_panel(tmp_path / "panel.csv", counts)

    town = town_of(tmp_path)
    city = build(town, Level.MUNICIPALITY, town.last_period()).areas[0]
    expected = city.figures[0].expected

    assert city.code == AreaCode(GM)
    assert city.figures[0].value == counts[:, 0, 60:].sum()
    assert expected is not None
    assert expected.high < (city.figures[0].value or 0)  # twice its own past
    assert picture_of_town(tmp_path).picture.attention == ()  # though no area strays from the rest of the city


def test_a_figure_that_is_missing_has_no_trend(tmp_path: Path) -> None:
    counts = steady(8, 2, 48, mean=6.0)
    counts[3, 0, 40] = -1
    write_panel(tmp_path / "panel.csv", counts)

    areas = picture_of_town(tmp_path, "2015-05").picture.areas

    assert areas[3].figures[0].status is Status.MISSING
    assert areas[3].figures[0].trend is None
    assert areas[4].figures[0].trend is not None


def test_the_number_before_a_districts_name_is_left_to_its_code(tmp_path: Path) -> None:
    write_panel(tmp_path / "panel.csv", steady(8, 2, 24))
    names = {code: f"Buurt {row}" for row, code in enumerate(codes_of(8))}
    write_regions(tmp_path / "regions.csv", {AreaCode("WK995100"): "Wijk 00 Oude Haven", **names})

    town = town_of(tmp_path)
    district = build(town, Level.DISTRICT, town.last_period()).areas[0]

    assert (district.code, district.name) == ("WK995100", "Oude Haven")
