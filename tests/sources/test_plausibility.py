"""What a count can be at all, and what a zero, a period and a total mean over all levels of a file."""

from __future__ import annotations

import pytest
from tests.sources import files
from tests.sources.test_counts import Cells, check, figure, read

from wijkveilig.warehouse.reporting import judge
from wijkveilig.warehouse.types import Period


def test_a_year_that_is_zero_at_the_lowest_level_alone_is_a_year_of_real_zeros() -> None:
    rows: Cells = [
        (area, "1.1.1", f"{year}JJ00", count)
        for area, counts in {"NL00": (900, 1000), "GM9901": (8, 7), "BU99010101": (3, 0)}.items()
        for year, count in zip((2020, 2021), counts, strict=True)
    ]

    reading = read(files.police(rows))

    assert figure(reading, "BU99010101", "1.1.1", Period.year(2021)) == (0.0, "value")
    assert reading.batch.unreported_months == ()


def test_a_type_that_only_the_country_has_is_a_real_zero_of_the_town_also_for_a_picture_of_the_past() -> None:
    rows: Cells = [
        (area, code, f"{year}JJ00", count)
        for area, code, count in (("NL00", "1.4.7", 500), ("GM9901", "1.4.7", 0), ("BU99010101", "1.4.7", 0))
        for year in (2020, 2021, 2022)
    ]

    totals = read(files.police(rows), only="GM9901").batch.totals

    assert totals is not None
    assert judge(totals, 2021 * 12 + 11).unrecorded == ()
    assert judge(totals, 2021 * 12 + 11).unreported == ()


def test_a_type_that_starts_later_was_not_recorded_in_a_picture_of_before_at_any_level() -> None:
    rows: Cells = [
        (area, code, f"{year}JJ00", count if year > 2021 or code == "1.1.1" else 0)
        for area, count in (("GM9901", 9), ("BU99010101", 4))
        for code in ("1.1.1", "3.9.1")
        for year in (2020, 2021, 2022)
    ]

    totals = read(files.police(rows)).batch.totals

    assert totals is not None
    assert judge(totals, 2021 * 12 + 11).unrecorded == ("3.9.1",)
    assert judge(totals).unrecorded == ()


@pytest.mark.parametrize("count", ["1e999", "1e30", "100000001", "1.000", "Infinity"])
def test_a_count_that_cannot_be_is_a_refused_row(count: str) -> None:
    reading = read(files.police([("BU99010101", "1.1.1", "2016JJ00", 3), ("BU99010102", "1.1.1", "2016JJ00", count)]))

    assert (reading.batch.rows_kept, reading.batch.rows_refused) == (1, 1)
    assert figure(reading, "BU99010101", "1.1.1", Period.year(2016)) == (3.0, "value")


@pytest.mark.parametrize("period", ["0000JJ00", "1989MM12", "2999JJ00", "9999MM01", "2101"])
def test_a_period_that_cannot_be_is_a_refused_row_with_its_reason(period: str) -> None:
    batch = read(files.police([("BU99010101", "1.1.1", "2016JJ00", 3), ("BU99010101", "1.1.1", period, 3)])).batch

    assert (batch.rows_kept, batch.rows_refused) == (1, 1)
    assert f"'{period}' kan niet" in batch.reasons[0].text


def test_a_decimal_comma_and_the_line_of_excel_are_read_with_the_lines_of_the_file() -> None:
    raw = files.table(("bu_code", "periode", "delict_code", "aantal"), [
        ("BU99010101", "2016MM01", "104", "31,0"), ("BU99010102", "2016MM01", "104", "fout"),
    ], delimiter=";")  # fmt: skip

    reading = read(b"sep=;\r\n" + raw)

    assert figure(reading, "BU99010101", "104", Period.month(2016, 1)) == (31.0, "value")
    assert [reason.row for reason in reading.batch.reasons] == [4]


def test_months_are_held_against_the_own_figure_of_their_year() -> None:
    rows: Cells = [("GM9901", "1.1.1", f"2016MM{month:02d}", 2) for month in range(1, 13)]
    other: Cells = [("GM9902", "1.1.1", f"2016MM{month:02d}", 2) for month in range(1, 12)]

    own: Cells = [("GM9901", "1.1.1", "2016JJ00", 100), ("GM9902", "1.1.1", "2016JJ00", 99)]

    found = check(read(files.police([*rows, *other, *own])).batch, "months/year")

    assert found.ok is False
    assert "GM9901 2016 1.1.1: 24 van 100" in found.text
    assert "GM9902" not in found.text
