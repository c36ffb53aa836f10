"""The questions of `wijkveilig observations`: own figures before sums, longer periods, parts and notes."""

from __future__ import annotations

import dataclasses

import pytest
from tests.warehouse import making

from wijkveilig.warehouse.batch import Totals
from wijkveilig.warehouse.observations import Question, Row, observations
from wijkveilig.warehouse.reading import UNDATED, Reading
from wijkveilig.warehouse.store import Warehouse
from wijkveilig.warehouse.types import AreaCode, Level, Period, Status


def ask(
    readings: list[Reading],
    area: str,
    level: Level | None = None,
    period: str | None = None,
    codes: set[str] | None = None,
    measures: set[str] | None = None,
) -> tuple[Row, ...]:
    """One question to a warehouse of these readings."""
    question = Question(
        AreaCode(area),
        level,
        frozenset(codes) if codes else None,
        frozenset(measures) if measures else None,
        Period.parse(period) if period else None,
    )
    return observations(Warehouse.memory(readings), question)


def yearly(*figures: making.Figure) -> list[Reading]:
    """One batch of counts."""
    return [making.reading("jaren", making.observations(figures))]


def monthly(area: str, values: dict[int, int | None], code: str = "104") -> list[making.Figure]:
    """Counts of an area for months of 2016."""
    return [(area, code, f"2016-{month:02d}", value) for month, value in values.items()]


def test_the_areas_of_the_level_within_the_area_are_given_in_order() -> None:
    rows = ask(
        yearly(("BU99010102", "1", "2016", 4), ("BU99010101", "1", "2016", 3), ("BU99020101", "1", "2016", 9)),
        "GM9901",
        Level.NEIGHBOURHOOD,
    )

    assert [(row.area, row.value, row.parts) for row in rows] == [("BU99010101", 3.0, 1), ("BU99010102", 4.0, 1)]
    assert {row.level for row in rows} == {Level.NEIGHBOURHOOD}


def test_the_level_of_the_area_itself_is_the_default() -> None:
    rows = ask(yearly(("GM9901", "1", "2016", 9), ("BU99010101", "1", "2016", 3)), "GM9901")

    assert [(row.area, row.value) for row in rows] == [("GM9901", 9.0)]


def test_a_sources_own_figure_goes_before_the_sum_of_its_parts() -> None:
    figures = (("GM9901", "1", "2016", 576), ("BU99010101", "1", "2016", 300), ("BU99010102", "1", "2016", 263))

    (row,) = ask(yearly(*figures), "GM9901", period="2016")

    assert (row.value, row.parts, row.summed, row.note) == (576.0, 1, False, "")


def test_a_level_that_the_source_does_not_give_is_the_sum_and_says_of_how_many() -> None:
    figures = (("BU99010101", "1", "2016", 300), ("BU99010102", "1", "2016", 0), ("BU99010203", "1", "2016", 5))

    (town,) = ask(yearly(*figures), "GM9901", period="2016")
    districts = ask(yearly(*figures), "GM9901", Level.DISTRICT, period="2016")

    assert (town.value, town.parts, town.summed) == (305.0, 3, True)
    assert [(row.area, row.value, row.parts) for row in districts] == [("WK990101", 300.0, 2), ("WK990102", 5.0, 1)]


def test_the_highest_level_below_is_added_up_never_two_levels() -> None:
    figures = (("WK990101", "1", "2016", 10), ("BU99010101", "1", "2016", 7), ("WK990102", "1", "2016", 5))

    (town,) = ask(yearly(*figures), "GM9901", period="2016")

    assert (town.value, town.parts) == (15.0, 2)


def test_where_area_files_know_more_areas_the_note_says_how_many_of_how_many() -> None:
    readings = yearly(("BU99010101", "1", "2016", 3), ("BU99010102", "1", "2016", 4))
    known = making.areas(["BU99010101", "BU99010102", "BU99010103", "BU99010104", "BU99020101"], water=["BU99010104"])
    readings.append(making.reading("gebieden", None, known, source="cbs_areas", division=2019))

    (row,) = ask(readings, "GM9901", period="2016")

    assert row.parts == 2
    assert row.note.startswith("Som van 2 van de 3 buurten")


def test_the_area_file_of_the_nearest_year_is_the_one_that_counts() -> None:
    readings = yearly(("BU99010101", "1", "2016", 3))
    for year, count in ((2017, 2), (2024, 9)):
        codes = [f"BU990101{at:02d}" for at in range(1, count + 1)]
        readings.append(making.reading(f"{year}", None, making.areas(codes), source="cbs_areas", division=year))

    assert "van de 2 buurten" in ask(readings, "GM9901", period="2016")[0].note


def test_a_sum_of_all_areas_has_no_note() -> None:
    readings = yearly(("BU99010101", "1", "2016", 3))
    readings.append(making.reading("g", None, making.areas(["BU99010101"]), source="cbs_areas", division=2017))

    assert ask(readings, "GM9901", period="2016")[0].note == ""


def test_months_add_up_to_the_year_that_is_asked() -> None:
    (row,) = ask(yearly(*monthly("BU99010101", dict.fromkeys(range(1, 13), 2))), "BU99010101", period="2016")

    assert (row.value, row.status, str(row.period), row.parts) == (24.0, Status.VALUE, "2016", 1)


@pytest.mark.parametrize("month", [None, -1])
def test_a_year_is_missing_when_a_month_of_it_is(month: int | None) -> None:
    values: dict[int, int | None] = dict.fromkeys(range(1, 12), 2)
    if month is not None:
        values[12] = month

    (row,) = ask(yearly(*monthly("BU99010101", values)), "BU99010101", period="2016")

    assert (row.value, row.status) == (None, Status.MISSING)


def test_a_year_with_a_withheld_month_is_withheld() -> None:
    values: dict[int, int | None] = dict.fromkeys(range(1, 12), 2)
    values[12] = None

    (row,) = ask(yearly(*monthly("BU99010101", values)), "BU99010101", period="2016")

    assert (row.value, row.status) == (None, Status.WITHHELD)


def test_the_own_year_goes_before_the_sum_of_months() -> None:
    figures = [*monthly("BU99010101", dict.fromkeys(range(1, 13), 2)), ("BU99010101", "104", "2016", 25)]

    (row,) = ask(yearly(*figures), "BU99010101", period="2016")

    assert row.value == 25.0


def test_a_period_shorter_than_that_of_the_data_has_no_row() -> None:
    assert ask(yearly(("BU99010101", "1", "2016", 3)), "BU99010101", period="2016-03") == ()


def test_without_a_period_every_period_of_the_data_is_given() -> None:
    rows = ask(yearly(("BU99010101", "1", "2015", 3), ("BU99010101", "1", "2016", 0)), "GM9901")

    assert [(str(row.period), row.value) for row in rows] == [("2015", 3.0), ("2016", 0.0)]


def test_a_sum_with_a_withheld_part_is_withheld_and_with_a_missing_part_missing() -> None:
    withheld = ask(yearly(("BU99010101", "1", "2016", 3), ("BU99010102", "1", "2016", None)), "GM9901")
    missing = ask(yearly(("BU99010101", "1", "2016", None), ("BU99010102", "1", "2016", -1)), "GM9901")

    assert [(row.status, row.value) for row in withheld] == [(Status.WITHHELD, None)]
    assert [(row.status, row.value) for row in missing] == [(Status.MISSING, None)]


def test_a_sum_is_of_the_areas_that_report_that_period() -> None:
    figures = (("BU99010101", "1", "2015", 3), ("BU99010102", "1", "2015", 4), ("BU99010101", "1", "2016", 5))

    rows = ask(yearly(*figures), "GM9901")

    assert [(str(row.period), row.value, row.parts) for row in rows] == [("2015", 7.0, 2), ("2016", 5.0, 1)]
    assert "1 van de 2 buurten" in rows[1].note


def test_only_the_asked_codes_and_measures_are_given() -> None:
    readings = yearly(("GM9901", "1.1.1", "2016", 3), ("GM9901", "0.0.0", "2016", 9))
    people = making.observations([("GM9901", "AantalInwoners_5", "2016", 100)], measure="residents")
    readings.append(making.reading("inwoners", people, source="key_figures"))

    assert [row.code for row in ask(readings, "GM9901", codes={"1.1.1"})] == ["1.1.1"]
    assert [row.measure for row in ask(readings, "GM9901", measures={"residents"})] == ["residents"]
    assert len(ask(readings, "GM9901")) == 3


def test_residents_of_two_years_are_never_added() -> None:
    people = making.observations([("GM9901", "r", "2015", 100), ("GM9901", "r", "2016", 110)], measure="residents")
    readings = [making.reading("inwoners", people, source="key_figures")]

    assert ask(readings, "GM9901", period="2015-01/2016-12") == ()
    assert ask(readings, "GM9901", period="2016")[0].value == 110.0


def test_averages_and_shares_are_never_added_over_areas() -> None:
    sizes = making.observations([("BU99010101", "g", "2016", 2), ("BU99010102", "g", "2016", 3)], "household_size")

    assert ask([making.reading("grootte", sizes, source="key_figures")], "GM9901") == ()


def test_of_two_batches_of_one_source_the_later_counts_and_a_fuller_sum_goes_first() -> None:
    early = making.reading("a", making.observations([("GM9901", "1", "2016", 3)]))
    late = making.reading("b", making.observations([("GM9901", "1", "2016", 4), ("GM9901", "1", "2017", 4)]))
    full = making.reading("c", making.observations([(f"BU9902010{at}", "1", "2016", 1) for at in range(3)]))
    part = making.reading("d", making.observations([("BU99020101", "1", "2016", 1), ("BU99020101", "1", "2018", 1)]))

    assert ask([early, late], "GM9901", period="2016")[0].value == 4.0
    assert ask([full, part], "GM9902", period="2016")[0].parts == 3


def test_two_sources_each_give_their_row_with_their_batch() -> None:
    one = making.reading("a", making.observations([("GM9901", "1", "2016", 3)]))
    two = making.reading("b", making.observations([("GM9901", "1", "2016", 5)]), source="panel_month")

    rows = ask([one, two], "GM9901")

    assert {(row.source, row.batch, row.value) for row in rows} == {
        ("police_crime", one.batch.id, 3.0),
        ("panel_month", two.batch.id, 5.0),
    }


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"unrecorded_codes": ("1",)}, "De bron heeft deze soort niet vastgelegd."),
        ({"unreported_months": (2016 * 12 + 11,)}, "De bron heeft 2016-12 niet aangeleverd."),
        ({"incomplete_from": 2016 * 12 + 10}, "Waarschijnlijk onvolledig vanaf 2016-11."),
        ({"incomplete_from": 2017 * 12}, ""),
    ],
)
def test_a_figure_carries_the_mark_of_its_batch(facts: dict[str, tuple[str, ...] | int], said: str) -> None:
    (held,) = yearly(("GM9901", "1", "2016", 3))
    marked = dataclasses.replace(held, batch=dataclasses.replace(held.batch, **facts))

    assert ask([marked], "GM9901", period="2016")[0].note == said


def test_a_figure_of_an_unknown_year_says_so() -> None:
    people = making.observations([("GM9901", "AantalInwoners_5", "2016", 100)], measure="residents")
    people.first[:] = UNDATED

    (row,) = ask([making.reading("inwoners", people, source="key_figures", undated=True)], "GM9901")

    assert (row.period, row.value, row.note) == (None, 100.0, "Het jaar van dit cijfer is onbekend.")


def test_no_row_is_an_empty_answer() -> None:
    assert ask(yearly(("BU99010101", "1", "2016", 3)), "GM9903") == ()
    assert ask([], "GM9901") == ()


def test_a_text_that_is_no_area_is_a_wrong_question() -> None:
    with pytest.raises(ValueError, match="'Dordrecht' is geen gebiedscode"):
        ask([], "Dordrecht")


def test_the_own_figure_of_one_year_does_not_hide_the_sums_of_other_years() -> None:
    readings = yearly(
        ("GM9901", "1", "2022", 30),
        *((f"BU9901010{at}", "1", year, 8 + at) for at in range(3) for year in ("2022", "2023")),
    )

    rows = ask(readings, "GM9901")

    assert [(str(row.period), row.value, row.parts, row.summed) for row in rows] == [
        ("2022", 30.0, 1, False),
        ("2023", 27.0, 3, True),
    ]
    assert ask(readings, "GM9901", period="2023") == rows[1:]


def test_a_sum_takes_each_part_at_the_highest_level_that_the_source_gives_there() -> None:
    readings = yearly(
        ("WK990400", "1", "2022", 20),
        *((f"BU9904000{at}", "1", "2022", 9) for at in range(2)),
        *((f"BU9904010{at}", "1", "2022", 5) for at in range(2)),
    )

    (row,) = ask(readings, "GM9904")

    assert (row.value, row.parts, row.note) == (30.0, 3, "")


def test_a_sum_of_two_levels_says_how_many_areas_it_covers() -> None:
    readings = yearly(("WK990400", "1", "2022", 20), ("BU99040100", "1", "2022", 5))
    known = making.reading(
        "lijst", None, making.areas([f"BU99040{wijk}0{at}" for wijk in (0, 1) for at in range(3)]), source="cbs_areas"
    )

    (row,) = ask([*readings, known], "GM9904")

    assert (row.value, row.parts) == (25.0, 2)
    assert row.note.startswith("Som van 4 van de 6 buurten")


def test_own_months_that_do_not_fill_the_year_leave_it_to_the_parts() -> None:
    whole = monthly("BU99010101", dict.fromkeys(range(1, 13), 2))

    (row,) = ask(yearly(*monthly("GM9901", {1: 2, 2: 2}), *whole), "GM9901", period="2016")

    assert (row.value, row.summed) == (24.0, True)


def test_a_year_that_was_not_reported_is_named_as_a_year() -> None:
    (held,) = yearly(("GM9901", "1", "2021", -1))
    totals = Totals(("1",), 2021 * 12, 12, ((-1,),))
    batch = dataclasses.replace(held.batch, totals=totals, unreported_months=(2021 * 12,))

    (row,) = ask([dataclasses.replace(held, batch=batch)], "GM9901")

    assert row.note == "De bron heeft 2021 niet aangeleverd."


def test_two_figures_of_an_unknown_year_are_both_given() -> None:
    readings = [
        making.reading(
            name, dataclasses.replace(held, first=held.first * 0 + UNDATED), source="key_figures", undated=True
        )
        for name, value in (("a", 1000), ("b", 5000))
        for held in [making.observations([("GM9901", "AantalInwoners_5", "2016", value)], "residents")]
    ]

    assert sorted(row.value or 0 for row in ask(readings, "GM9901")) == [1000.0, 5000.0]
