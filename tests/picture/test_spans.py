"""How far counts reach: stray rows, holes, too few months; and what is said of what is left aside."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.picture.towns import GM, area_code, picture_of_town, steady, write_panel, write_years

from wijkveilig.picture.spans import Span, months_in_words, span_of
from wijkveilig.picture.town import Town, read_town
from wijkveilig.sources.services import read_files
from wijkveilig.warehouse.store import Warehouse
from wijkveilig.warehouse.types import Period

YEAR = 12


def rows_of(years: dict[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """First months and area numbers of a yearly file: so many areas in each year."""
    pairs = [(year * YEAR, area) for year, areas in years.items() for area in range(areas)]
    first, area = np.array(pairs, dtype=np.int64).T
    return first, area


def span_in_years(years: dict[int, int], period: Period | None = None) -> tuple[int, int]:
    span = span_of(*rows_of(years), YEAR, period)
    return span.first // YEAR, span.last // YEAR


def town_of(folder: Path) -> Town:
    return read_town(Warehouse.memory(read_files([folder], only=GM).taken), GM)


def notes_of(folder: Path) -> list[str]:
    picture = picture_of_town(folder).picture
    assert set(picture.notes) <= {note for origin in picture.made_from for note in origin.notes}
    return list(picture.notes)


def test_a_stray_row_of_a_far_year_does_not_stretch_the_span() -> None:
    assert span_in_years({2018: 10, 2019: 10, 2020: 10, 2999: 1}) == (2018, 2020)
    assert span_in_years({1000: 1, 2018: 10, 2019: 10, 2020: 10}) == (2018, 2020)
    assert span_in_years({2018: 10, 2019: 10, 2020: 10, 2021: 1}) == (2018, 2020)


def test_a_year_that_half_of_the_areas_report_counts_and_so_does_a_thin_first_year() -> None:
    assert span_in_years({2018: 1, 2019: 10, 2020: 10, 2021: 3}) == (2018, 2021)


def test_no_span_is_longer_than_fifty_years() -> None:
    assert span_in_years({1000: 10, 1971: 10, 2020: 10}) == (1971, 2020)
    assert span_in_years({1000: 10, 2999: 10}) == (2999, 2999)


def test_a_period_that_is_asked_for_ends_the_span_and_later_rows_say_nothing_about_it() -> None:
    later = {2018: 2, 2019: 2, 2021: 10, 2022: 10}

    assert span_in_years(later, Period.year(2019)) == (2018, 2019)
    assert span_in_years(later) == (2018, 2022)


def test_a_span_of_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="no row"):
        span_of(*rows_of({2018: 2}), YEAR, Period.year(2010))


def test_months_stand_as_runs() -> None:
    months = tuple(2023 * YEAR + month for month in (0, 1, 2, 5))

    assert months_in_words(months, 1) == "2023-01 tot en met 2023-03, 2023-06"
    assert months_in_words((2019 * YEAR, 2020 * YEAR, 2022 * YEAR), YEAR) == "2019 tot en met 2020, 2022"


@pytest.mark.slow
def test_one_row_of_a_later_year_is_left_aside_and_named(tmp_path: Path) -> None:
    counts = np.random.default_rng(1).poisson(60, size=(8, 1, 4))
    write_years(tmp_path / "years.csv", counts, first=2015)
    write_years(tmp_path / "stray.csv", counts[:1, :, :1], first=2024)

    made = picture_of_town(tmp_path)

    assert made.picture.period == Period.year(2018)
    assert made.town.counts.steps == 4
    assert [area.figures[0].value for area in made.picture.areas] == counts[:, 0, 3].tolist()


@pytest.mark.slow
def test_a_stray_row_in_the_same_file_is_said_in_the_notes(tmp_path: Path) -> None:
    counts = np.random.default_rng(1).poisson(60, size=(8, 1, 4))
    path = write_years(tmp_path / "years.csv", counts, first=2015)
    path.write_text(path.read_text() + f"0.0.0 ,{area_code(0)},2024JJ00,3\n")

    assert town_of(tmp_path).last_period() == Period.year(2018)
    assert notes_of(tmp_path) == [
        (
            "1 rij telt niet mee: over 2024 heeft het bestand voor te weinig gebieden een cijfer, "
            "of het ligt te ver van de rest."
        )
    ]


@pytest.mark.slow
def test_months_after_a_hole_are_named_as_left_aside(tmp_path: Path) -> None:
    counts = steady(8, 2, 36)
    counts[:, :, 29] = 0  # June 2014
    write_panel(tmp_path / "panel.csv", counts)

    picture = picture_of_town(tmp_path).picture

    assert str(picture.period) == "2013-06/2014-05"
    assert notes_of(tmp_path) == [
        (
            "Dit beeld gaat tot en met 2014-05. Ook gemeld, maar niet meegeteld: 2014-07 tot en met 2014-12. "
            "Een beeld telt twaalf maanden achter elkaar, en niet gemeld is: 2014-06."
        )
    ]


@pytest.mark.slow
def test_five_months_make_a_picture_of_the_last_one_that_says_so(tmp_path: Path) -> None:
    write_panel(tmp_path / "panel.csv", steady(8, 2, 5))

    assert notes_of(tmp_path) == [
        (
            "Er zijn geen twaalf gemelde maanden achter elkaar. Daarom gaat dit beeld alleen over de laatste gemelde "
            "maand, 2012-05. Ook gemeld, maar niet meegeteld: 2012-01 tot en met 2012-04."
        )
    ]
    assert picture_of_town(tmp_path, "2012-04").picture.notes == ()  # what was asked for needs no excuse


@pytest.mark.slow
def test_seven_months_give_way_to_whole_years_and_are_named(tmp_path: Path) -> None:
    path = write_years(tmp_path / "years.csv", np.full((8, 1, 5), 60), first=2018)
    months = [f"0.0.0 ,{area_code(area)},2023MM{month:02d},5" for area in range(8) for month in range(1, 8)]
    path.write_text(path.read_text() + "\n".join(months) + "\n")

    assert picture_of_town(tmp_path).picture.period == Period.year(2022)
    assert notes_of(tmp_path) == [
        (
            "De maandcijfers (2023-01 tot en met 2023-07) tellen niet mee: het zijn minder dan twaalf maanden. "
            "Dit beeld rust op de cijfers per jaar."
        )
    ]


@pytest.mark.slow
def test_whole_months_leave_nothing_aside(tmp_path: Path) -> None:
    write_panel(tmp_path / "panel.csv", steady(8, 2, 36))

    assert notes_of(tmp_path) == []
    assert town_of(tmp_path).asides == ()
    assert Span(0, 11) == span_of(np.arange(12), np.zeros(12, dtype=np.int64), 1)
