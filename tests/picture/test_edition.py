"""An edition: immutable, named by what it was made from, whole or not there, read in small pieces."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.picture.towns import GM, codes_of, steady, write_figures, write_panel, write_points

from wijkveilig import __version__
from wijkveilig.picture import packing, publishing
from wijkveilig.picture.edition import Edition, Rarity, Span, read_edition
from wijkveilig.picture.facts import Expectation, Figure, Note, NoteKind, Place
from wijkveilig.picture.publishing import keep_only, plan_periods, publish
from wijkveilig.picture.town import Town, read_town
from wijkveilig.sources.services import read_files
from wijkveilig.warehouse.store import Warehouse
from wijkveilig.warehouse.types import AreaCode, Level, Period, Status

pytestmark = pytest.mark.slow  # goes the whole road, from raw files to facts


def town_of(folder: Path) -> Town:
    return read_town(Warehouse.memory(read_files([folder], only=GM).taken), GM)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """24 neighbourhoods in three districts over five years; one code stands for another place in a newer file."""
    folder = tmp_path_factory.mktemp("files")
    counts = steady(24, 3, 60, mean=3.0)
    counts[:, 0] = steady(24, 1, 60, mean=0.1)[:, 0]
    write_panel(folder / "panel.csv", counts)
    write_figures(folder / "figures.csv", 2016, areas=codes_of(24), residents=[1500] * 24, households=[700] * 24)
    write_points(folder / "points.csv", {code: f"Buurt {row}" for row, code in enumerate(codes_of(24))})
    return folder


@pytest.fixture(scope="module")
def edition(files: Path, tmp_path_factory: pytest.TempPathFactory) -> Edition:
    town = town_of(files)
    return publish(town, plan_periods(town, town.last_period()), tmp_path_factory.mktemp("editions"))


def test_an_edition_holds_the_last_year_three_years_and_every_complete_year(edition: Edition) -> None:
    assert [(one.id, str(one.period), one.span) for one in edition.periods] == [
        ("laatste-12", "2016", Span.LAST_YEAR),
        ("laatste-36", "2014-01/2016-12", Span.THREE_YEARS),
        ("2015", "2015", Span.CALENDAR_YEAR),
        ("2014", "2014", Span.CALENDAR_YEAR),
        ("2013", "2013", Span.CALENDAR_YEAR),
        ("2012", "2012", Span.CALENDAR_YEAR),
    ]


def test_areas_of_three_levels_are_there_with_their_parents_and_residents(edition: Edition) -> None:
    assert [len(edition.areas_at(level)) for level in (Level.NEIGHBOURHOOD, Level.DISTRICT, Level.MUNICIPALITY)] == [
        24, 3, 1,
    ]  # fmt: skip
    area = edition.area(codes_of(24)[0])
    assert area is not None
    assert (area.name, area.parent, area.residents, area.households, area.dwellings) == (
        "Buurt 0", "WK995100", 1500, 700, None,
    )  # fmt: skip


def test_larger_areas_are_the_sum_of_their_neighbourhoods(edition: Edition) -> None:
    small = edition.of_indicator("mishandeling", Level.NEIGHBOURHOOD)["2014"]
    large = edition.of_indicator("mishandeling", Level.DISTRICT)["2014"]
    city = edition.city().figures["2014"]["mishandeling"]

    inside = [figure.value or 0 for code, figure in small.items() if code.startswith("BU995101")]
    assert large["WK995101"].value == sum(inside)
    assert large["WK995101"].denominator == 15000
    assert city.value == sum(figure.value or 0 for figure in small.values())
    assert city.expected is None  # two earlier years


def test_a_page_reads_the_same_figure_by_area_and_by_indicator(edition: Edition) -> None:
    for code in codes_of(24)[:3]:
        by_area = edition.of_area(code).figures
        for period in ("laatste-12", "laatste-36", "2014"):
            by_indicator = edition.of_indicator("vernieling", Level.NEIGHBOURHOOD)[period][code]
            assert by_area[period]["vernieling"] == by_indicator
    assert edition.figures(Level.DISTRICT, "2014")["WK995100"]["vernieling"].period == Period.year(2014)


def test_three_years_give_rates_per_year(edition: Edition) -> None:
    figure = edition.of_indicator("mishandeling", Level.NEIGHBOURHOOD)["laatste-36"][codes_of(24)[0]]

    assert figure.value is not None
    assert figure.per_year
    assert figure.rate == pytest.approx(figure.value / 3 / 1500 * 1000, abs=1e-5)


def test_the_series_holds_every_month_and_a_band_for_the_last_year(edition: Edition) -> None:
    series = edition.series(codes_of(24)[0])
    band = series.bands["mishandeling"]

    assert (series.first_month, series.step, len(series.counts["mishandeling"])) == (2012 * 12, 1, 60)
    assert (band.first_month, len(band.expected), len(band.low), len(band.high)) == (2016 * 12, 12, 12, 12)
    assert all(low <= middle <= high for low, middle, high in zip(band.low, band.expected, band.high, strict=True))


def test_the_band_of_a_rare_type_is_a_moving_sum_that_ends_at_the_years_own_interval(edition: Edition) -> None:
    code = codes_of(24)[0]
    band = edition.series(code).bands["woninginbraak"]
    year = edition.of_area(code).figures["laatste-12"]["woninginbraak"].expected

    assert band.window == 12
    assert year is not None
    assert band.expected[11] == pytest.approx(max(year.value, 0.1), abs=1e-4)
    assert band.high[11] == pytest.approx(year.high, abs=1)
    assert band.low[11] == pytest.approx(year.low, abs=1)


def test_rare_types_are_shown_by_district_or_over_three_years_with_the_reason(edition: Edition) -> None:
    common, rare = edition.indicator("mishandeling"), edition.indicator("woninginbraak")
    assert common is not None
    assert rare is not None

    assert (common.default.level, common.default.period, common.default.why) == (
        Level.NEIGHBOURHOOD, "laatste-12", Rarity.COMMON,
    )  # fmt: skip
    assert rare.default.why in (Rarity.RARE_BY_DISTRICT, Rarity.RARE_BY_DISTRICT_OVER_YEARS)
    assert rare.default.level is Level.DISTRICT


def test_the_same_files_give_the_same_edition_to_the_byte(files: Path, tmp_path: Path, edition: Edition) -> None:
    town = town_of(files)
    plan = plan_periods(town, town.last_period())

    other = publish(town, plan, tmp_path / "other")

    assert edition.id == other.id
    names = sorted(path.relative_to(edition.folder) for path in edition.folder.rglob("*.json"))
    assert names == sorted(path.relative_to(other.folder) for path in other.folder.rglob("*.json"))
    assert all((edition.folder / name).read_bytes() == (other.folder / name).read_bytes() for name in names)


def test_other_data_give_another_edition(files: Path, tmp_path: Path, edition: Edition) -> None:
    more = shutil.copytree(files, tmp_path / "more")
    write_figures(more / "more.csv", 2015, areas=codes_of(24), dwellings=[650] * 24)
    town = town_of(more)

    other = publish(town, plan_periods(town, town.last_period()), edition.folder.parent)

    assert other.id != edition.id
    assert read_edition(edition.folder).id == edition.id


def test_other_code_gives_another_edition(files: Path, edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    town = town_of(files)
    plan = plan_periods(town, town.last_period())
    monkeypatch.setattr(publishing, "code_version", lambda: "9.9.9+00000000")

    assert edition.code_version.startswith(f"{__version__}+")
    assert publishing.edition_id(town, plan) != edition.id


def test_an_edition_that_is_there_is_not_made_again(files: Path, edition: Edition) -> None:
    town = town_of(files)

    def never(done: int, total: int) -> None:
        raise AssertionError((done, total))

    assert publish(town, plan_periods(town, town.last_period()), edition.folder.parent, never).id == edition.id


def test_a_build_that_is_cut_off_leaves_no_edition_and_its_draft_is_swept(files: Path, tmp_path: Path) -> None:
    town = town_of(files)
    plan = plan_periods(town, town.last_period())
    editions = tmp_path / "editions"

    def cut_off(done: int, _total: int) -> None:
        if done == len(plan.periods) + 1:  # everything is written, the name not yet given
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish(town, plan, editions, cut_off)

    assert [folder.name[0] for folder in editions.iterdir()] == ["."]
    keep_only(editions, [])
    assert list(editions.iterdir()) == []


def test_an_unknown_area_or_indicator_is_a_key_error(edition: Edition) -> None:
    with pytest.raises(KeyError):
        edition.of_area("BU99519999")
    with pytest.raises(KeyError):
        edition.of_indicator("rare-vogel", Level.NEIGHBOURHOOD)


def test_facts_come_back_from_their_file_as_they_went_in() -> None:
    figure = Figure(
        indicator="woninginbraak", source_codes=("104",), period=Period.month(2016, 3), value=0, status=Status.VALUE,
        place=Place(1, 1, 2, 9), expected=Expectation(1.5, 0.0, 4.0, out_of_line=True), rate=0.25,
    )  # fmt: skip
    note = Note(NoteKind.OTHER_PLACE, "Hier", None)

    assert packing.unpack(Figure, packing.pack(figure)) == figure
    assert packing.unpack(Note, packing.pack(note)) == note


def test_a_fact_without_a_field_that_it_needs_is_refused() -> None:
    with pytest.raises(TypeError):
        packing.unpack(Place, {"rank": 1, "low": 1})


def test_the_municipality_is_an_area_too(edition: Edition) -> None:
    assert edition.municipality == AreaCode(GM)
    assert edition.city() is edition.of_area(GM)
