"""Residents and key figures: columns, years, and what is missing."""

from __future__ import annotations

import json

import pytest
from tests.sources import files

from wijkveilig.sources.content import content_of
from wijkveilig.sources.figure_columns import figure_spellings
from wijkveilig.sources.registry import recognise
from wijkveilig.sources.types import RefusedFile
from wijkveilig.warehouse.measures import measure_named
from wijkveilig.warehouse.reading import UNDATED, Reading
from wijkveilig.warehouse.types import AreaCode


def read(raw: bytes, only: str | None = None) -> Reading:
    """Read a file as any other: recognised by its content."""
    content = content_of(raw, "bestand")
    return recognise(content.head).read(content, AreaCode(only) if only else None)


def figures(reading: Reading) -> dict[tuple[str, str, int], tuple[float, str]]:
    """(area, measure, first month) to (value, status)."""
    held = reading.observations
    keys = zip(held.area.tolist(), held.measure.tolist(), held.first.tolist(), strict=True)
    return dict(zip(keys, zip(held.value.tolist(), held.status.tolist(), strict=True), strict=True))


OF_2017 = ("WijkenEnBuurten", "Gemeentenaam_1", "AantalInwoners_5", "HuishoudensTotaal_28", "MateVanStedelijkheid_104")
OF_2024 = ("WijkenEnBuurten", "Gemeentenaam_1", "AantalInwoners_5", "HuishoudensTotaal_29", "MateVanStedelijkheid_122")


@pytest.mark.parametrize(("header", "year"), [(OF_2017, 2017), (OF_2024, 2024)])
def test_the_numbers_of_the_columns_tell_the_year(header: tuple[str, ...], year: int) -> None:
    reading = read(files.table(header, [("BU99010101", "Proefstad   ", 4745, 3910, 1.0)]))

    assert figures(reading)["BU99010101", "residents", year * 12] == (4745.0, "value")
    assert figures(reading)["BU99010101", "households", year * 12] == (3910.0, "value")
    assert (reading.batch.first_month, reading.batch.last_month) == (year * 12, year * 12 + 11)
    assert not reading.batch.undated


@pytest.mark.parametrize(
    "header",
    [
        ("WijkenEnBuurten", "AantalInwoners_5"),
        ("WijkenEnBuurten", "AantalInwoners_5", "HuishoudensTotaal_28"),
        ("WijkenEnBuurten", "AantalInwoners_5", "MateVanStedelijkheid_116"),
        ("WijkenEnBuurten", "AantalInwoners_5", "MateVanStedelijkheid_120"),
        ("WijkenEnBuurten", "AantalInwoners_5", "HuishoudensTotaal_29", "MateVanStedelijkheid_104"),
    ],
)
def test_numbers_that_fit_two_years_or_none_leave_the_year_unknown(header: tuple[str, ...]) -> None:
    reading = read(files.table(header, [("BU99010101", *range(10, 9 + len(header)))]))

    assert reading.batch.undated
    assert reading.batch.first_month is None
    assert set(reading.observations.first.tolist()) == {UNDATED}


def test_the_table_in_the_address_of_a_page_tells_the_year() -> None:
    raw = (
        b'{"odata.metadata": "https://example.org/ODataApi/OData/85618NED/$metadata#TypedDataSet", "value": '
        b'[{"WijkenEnBuurten": "BU99010101", "AantalInwoners_5": 120, "HuishoudensTotaal_29": null}]}'
    )

    held = figures(read(raw))

    assert held["BU99010101", "residents", 2023 * 12] == (120.0, "value")
    assert held["BU99010101", "households", 2023 * 12][1] == "missing"


def test_a_column_with_the_year_dates_each_row() -> None:
    raw = files.table(
        ("WijkenEnBuurten", "Perioden", "Woningvoorraad"),
        [("BU99010101", "2016JJ00", 100), ("BU99010101", "2017JJ00", 140), ("BU99010101", "geen jaar", 1)],
    )

    reading = read(raw)

    assert figures(reading)["BU99010101", "dwellings", 2016 * 12] == (100.0, "value")
    assert figures(reading)["BU99010101", "dwellings", 2017 * 12] == (140.0, "value")
    assert [(held.row, held.text) for held in reading.batch.reasons] == [(4, "'geen jaar' is geen jaar.")]


def test_the_cells_of_odata_v4_become_one_row_per_area() -> None:
    raw = (
        b'{"@odata.context": "https://example.org/odata/v1/CBS/85984NED/$metadata#Observations", "value": ['
        b'{"Id": 0, "Measure": "T001036", "ValueAttribute": "None", "Value": 1250.0, "StringValue": null,'
        b' "WijkenEnBuurten": "BU99010101"},'
        b'{"Id": 1, "Measure": "M000297", "ValueAttribute": "None", "Value": 600.0, "StringValue": null,'
        b' "WijkenEnBuurten": "BU99010101"},'
        b'{"Id": 2, "Measure": "T001036", "ValueAttribute": "None", "Value": 40.0, "StringValue": null,'
        b' "WijkenEnBuurten": "BU99010102"}]}'
    )

    held = figures(read(raw))

    assert held["BU99010101", "residents", 2024 * 12] == (1250.0, "value")
    assert held["BU99010101", "dwellings", 2024 * 12] == (600.0, "value")
    assert held["BU99010102", "dwellings", 2024 * 12][1] == "missing"


def test_the_records_of_odata_v4_are_counted_and_unknown_subjects_are_told() -> None:
    cells = [("BU99010101", "T001036"), ("BU99010101", "M000297"), ("BU99010102", "T001036"), ("Onbekend", "T001036"),
             ("Onbekend", "M000297"), ("BU99010101", "X999999")]  # fmt: skip
    value = [{"Measure": code, "Value": 40.0, "WijkenEnBuurten": area} for area, code in cells]

    batch = read(json.dumps({"value": value}).encode()).batch

    assert (batch.rows_read, batch.rows_kept, batch.rows_refused) == (6, 3, 3)
    assert sum(reason.count for reason in batch.reasons) == 3
    assert any("'X999999' kennen we niet" in reason.text for reason in batch.reasons)


def test_the_selection_with_english_names_gives_names_and_dwellings() -> None:
    raw = files.table(
        ("wk_code", "wk_naam", "province", "population", "dwelling_total", "pop_0_14"),
        [("WK990101", "Wijk 01 Haven", "Zuid", 23065, 12928, 3.0), ("WK990102", "Wijk 02 Hof", "Zuid", None, ".", "x")],
    )

    reading = read(raw)

    held = figures(reading)
    assert held["WK990101", "dwellings", UNDATED] == (12928.0, "value")
    assert held["WK990102", "residents", UNDATED][1] == "missing"
    assert held["WK990102", "dwellings", UNDATED][1] == "missing"
    assert held["WK990102", "share_age_0_14", UNDATED][1] == "withheld"
    assert dict(zip(reading.areas.code, reading.areas.name, strict=True))["WK990101"] == "Wijk 01 Haven"


def test_the_name_of_the_municipality_is_not_taken_for_the_name_of_the_area() -> None:
    assert len(read(files.table(OF_2017, [("BU99010101", "Proefstad", 10, 5, 1.0)])).areas) == 0


def test_a_semicolon_file_may_write_decimal_commas() -> None:
    raw = files.table(("WijkenEnBuurten", "GemiddeldeHuishoudensgrootte_32"), [("BU99010101", "1,7")], delimiter=";")

    assert figures(read(raw))["BU99010101", "household_size", UNDATED] == (1.7, "value")


def test_a_cell_that_is_no_figure_refuses_its_row_and_says_which_column() -> None:
    raw = files.table(
        ("WijkenEnBuurten", "AantalInwoners_5"), [("BU99010101", 10), ("BU99010102", "veel"), ("BU99010103", 30)]
    )

    reading = read(raw)

    assert (reading.batch.rows_read, reading.batch.rows_kept, reading.batch.rows_refused) == (3, 2, 1)
    assert reading.batch.reasons[0].text == "'veel' in kolom AantalInwoners_5 is geen getal."
    assert reading.batch.reasons[0].row == 3


def test_a_count_with_a_point_for_thousands_is_not_guessed() -> None:
    raw = files.table(("WijkenEnBuurten", "AantalInwoners_5"), [("BU99010101", "1.234"), ("BU99010102", "40.0")])

    reading = read(raw)

    assert figures(reading) == {("BU99010102", "residents", UNDATED): (40.0, "value")}
    assert "'1.234'" in reading.batch.reasons[0].text


def test_an_area_that_comes_twice_for_one_year_refuses_the_file() -> None:
    raw = files.table(("WijkenEnBuurten", "AantalInwoners_5"), [("BU99010101", 10), ("BU99010101", 20)])

    with pytest.raises(
        RefusedFile, match="BU99010101 staat er voor hetzelfde jaar met andere cijfers in rij 2 en in rij 3"
    ):
        read(raw)


def test_a_row_that_repeats_another_is_refused_and_the_rest_kept() -> None:
    raw = files.table(("WijkenEnBuurten", "AantalInwoners_5"), [("BU99010101", 10)] * 2 + [("BU99010102", 20)])

    reading = read(raw)

    assert (reading.batch.rows_read, reading.batch.rows_kept, reading.batch.rows_refused) == (3, 2, 1)
    assert reading.batch.reasons[0].text == "De rij herhaalt een eerdere rij."


def test_lost_leading_zeros_come_back_and_are_told() -> None:
    reading = read(files.table(("WijkenEnBuurten", "AantalInwoners_5"), [("BU5050101", 10)]))

    assert ("BU05050101", "residents", UNDATED) in figures(reading)
    assert any("voorloopnul: 1 gebiedscode" in note for note in reading.batch.notes)


def test_a_cell_of_odata_v4_with_two_figures_refuses_the_page() -> None:
    cell = '{"Measure": "T001036", "Value": %s, "WijkenEnBuurten": "BU99010101"}'
    raw = ('{"@odata.context": "x", "value": [' + cell % "10" + "," + cell % "20" + "]}").encode()

    with pytest.raises(RefusedFile, match="twee cijfers voor T001036"):
        read(raw)


def test_only_the_area_asked_for_is_kept() -> None:
    raw = files.table(("WijkenEnBuurten", "AantalInwoners_5"), [("BU99010101", 10), ("BU99020101", 20)])

    reading = read(raw, only="GM9902")

    assert set(reading.observations.area) == {"BU99020101"}
    assert reading.codes == {"BU99010101", "BU99020101"}


def test_ages_that_do_not_add_up_beyond_rounding_are_reported() -> None:
    ages = ("k_0Tot15Jaar_8", "k_15Tot25Jaar_9", "k_25Tot45Jaar_10", "k_45Tot65Jaar_11", "k_65JaarOfOuder_12")
    header = ("WijkenEnBuurten", "AantalInwoners_5", *ages)
    raw = files.table(header, [("BU99010101", 100, 20, 20, 20, 20, 25), ("BU99010102", 100, 10, 10, 10, 10, 10)])

    ages_check = next(check for check in read(raw).batch.checks if check.name == "ages")

    assert ages_check.ok is False
    assert "bij 1 " in ages_check.text


def test_columns_that_are_not_used_are_named() -> None:
    raw = files.table(("WijkenEnBuurten", "AantalInwoners_5", "AantalHonden_7"), [("BU99010101", 10, 3)])

    assert any("AantalHonden_7" in note for note in read(raw).batch.notes)


def test_every_key_figure_of_the_register_has_a_name_and_a_unit() -> None:
    for column in figure_spellings():
        measure = measure_named(column.measure)
        assert measure.said
        assert measure.unit
        assert column.spellings == tuple(spelling.lower() for spelling in column.spellings)


def test_no_spelling_belongs_to_two_key_figures() -> None:
    spellings = [spelling for column in figure_spellings() for spelling in column.spellings]

    assert len(spellings) == len(set(spellings))
