"""Of which year a file is: by column numbers, the register of divisions, or dated files beside it."""

from __future__ import annotations

from wijkveilig.sources.dating import DatedCodes, year_by_columns, year_by_neighbours, year_by_register


def buurten(*numbers: int, town: str = "9901") -> frozenset[str]:
    """Neighbourhood codes of one district of a town."""
    return frozenset(f"BU{town}01{number:02d}" for number in numbers)


def test_a_table_number_goes_before_column_numbers() -> None:
    dated = year_by_columns(["AantalInwoners_5"], "83765NED")

    assert dated is not None
    assert dated.year == 2017


def test_columns_without_numbers_tell_nothing() -> None:
    assert year_by_columns(["population", "dwelling_total"]) is None


def test_the_register_dates_codes_only_when_they_are_exactly_those_of_one_year() -> None:
    texel_2019 = {"BU04480000", "BU04480001"}

    assert year_by_register(frozenset(texel_2019)) is None
    assert year_by_register(frozenset()) is None


def test_a_selection_gets_the_year_of_the_list_that_holds_its_codes() -> None:
    lists = [DatedCodes(2019, buurten(1, 2, 3), complete=True), DatedCodes(2024, buurten(1, 2, 4, 5), complete=True)]

    dated = year_by_neighbours(buurten(4, 5), lists)

    assert dated is not None
    assert dated.year == 2024
    assert "2024" in dated.how


def test_codes_that_fit_two_years_equally_well_leave_the_year_unknown() -> None:
    lists = [DatedCodes(2019, buurten(1, 2, 3), complete=True), DatedCodes(2024, buurten(1, 2, 3), complete=True)]

    assert year_by_neighbours(buurten(1, 2), lists) is None


def test_the_year_with_the_fewest_codes_more_is_taken() -> None:
    lists = [
        DatedCodes(2019, buurten(*range(50)), complete=True),
        DatedCodes(2024, buurten(*range(90)), complete=True),
    ]

    dated = year_by_neighbours(buurten(*range(50)), lists)

    assert dated is not None
    assert dated.year == 2019


def test_a_list_of_areas_is_not_of_a_year_that_has_other_areas_besides() -> None:
    merged = [DatedCodes(2019, buurten(*range(60)), complete=True)]

    assert year_by_neighbours(buurten(*range(40)), merged, complete=True) is None
    assert year_by_neighbours(buurten(*range(40)), merged) is not None


def test_a_list_of_areas_gets_the_year_of_a_selection_that_it_holds() -> None:
    dated = year_by_neighbours(buurten(1, 2, 3), [DatedCodes(2017, buurten(1, 3), complete=False)], complete=True)

    assert dated is not None
    assert dated.year == 2017


def test_districts_are_dated_by_the_neighbourhoods_that_lie_in_them() -> None:
    dated = year_by_neighbours(frozenset({"WK990101"}), [DatedCodes(2017, buurten(1, 3), complete=False)])

    assert dated is not None
    assert dated.year == 2017


def test_one_town_does_not_date_a_file_of_many() -> None:
    many = frozenset().union(*(buurten(1, 2, town=f"990{town}") for town in range(5)))

    assert year_by_neighbours(many, [DatedCodes(2017, buurten(1, 2), complete=False)]) is None


def test_a_division_is_not_older_than_figures_that_are_shown_in_it() -> None:
    lists = [DatedCodes(2019, buurten(1, 2), complete=True), DatedCodes(2024, buurten(1, 2), complete=True)]

    dated = year_by_neighbours(buurten(1, 2), lists, not_before=2023)

    assert dated is not None
    assert dated.year == 2024


def test_nothing_beside_it_leaves_the_year_unknown() -> None:
    assert year_by_neighbours(buurten(1), []) is None
    assert year_by_neighbours(frozenset(), [DatedCodes(2019, buurten(1), complete=True)]) is None
