"""How files spell area codes, periods and figures, and the many spellings of missing."""

from __future__ import annotations

import math

import pytest

from wijkveilig.sources.codes import is_unknown_area, prefix_of, read_code
from wijkveilig.sources.dutch import listed, month_name, number
from wijkveilig.sources.figures import MISSING, WITHHELD, Figure, read_count, read_figure
from wijkveilig.sources.periods import read_period
from wijkveilig.sources.reasons import gather, sentence
from wijkveilig.warehouse.types import Period, Status


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("BU05050101", "BU05050101"),
        ("GM0505    ", "GM0505"),
        ("NL00      ", "NL00"),
        ("bu05050101", "BU05050101"),
        ("BU5050101", "BU05050101"),
        ("WK50501", "WK050501"),
        ("GM505", "GM0505"),
        ("BU0363AD03", "BU0363AD03"),
    ],
)
def test_a_code_is_read_padded_short_or_with_letters(written: str, code: str) -> None:
    read = read_code(written)

    assert read is not None
    assert read.code == code
    assert read.repaired == (len(written.strip()) < len(code))


@pytest.mark.parametrize(
    "written", ["", "Nederland", "CR01", "PV20", "BU", "BU050501012", "50501", "3311", "A00", "BU١٢"]
)
def test_what_is_no_area_code_is_not_made_one(written: str) -> None:
    assert read_code(written) is None


def test_a_bare_number_is_a_code_only_where_the_column_says_of_what_level() -> None:
    read = read_code("5050101", "BU")

    assert read is not None
    assert (read.code, read.repaired) == ("BU05050101", True)
    assert read_code("5050101") is None


@pytest.mark.parametrize(
    ("column", "prefix"),
    [("bu_code", "BU"), ("buurtcode", "BU"), ("WK_CODE", "WK"), ("wijkcode", "WK"), ("gemeentecode", "GM"),
     ("WijkenEnBuurten", ""), ("Codering_3", "")],
)  # fmt: skip
def test_a_column_name_tells_the_level(column: str, prefix: str) -> None:
    assert prefix_of(column) == prefix


@pytest.mark.parametrize("code", ["GM0000", "WK000000", "BU00000000"])
def test_a_code_of_zeros_stands_for_no_area(code: str) -> None:
    assert is_unknown_area(code)


@pytest.mark.parametrize("code", ["NL00", "GM0003", "BU00030000"])
def test_a_real_code_with_zeros_is_an_area(code: str) -> None:
    assert not is_unknown_area(code)


@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("2012JJ00", Period.year(2012)),
        ("2016MM03", Period.month(2016, 3)),
        ("2016KW02", Period(2016 * 12 + 3, 3)),
        ("2024JJ00**", Period.year(2024)),
        (" 2016MM12 ", Period.month(2016, 12)),
        ("2016", Period.year(2016)),
        ("2016-03", Period.month(2016, 3)),
    ],
)
def test_a_period_code_is_read(written: str, period: Period) -> None:
    assert read_period(written) == period


@pytest.mark.parametrize("written", ["", "2016MM13", "2016MM00", "2016KW05", "2012JJ01", "maart 2016", "2016-13", "16"])
def test_what_is_no_period_is_none(written: str) -> None:
    assert read_period(written) is None


@pytest.mark.parametrize("written", ["", ".", "       .", None, "null", "-99997", "-99999997"])
def test_every_spelling_of_missing_in_key_figures_is_missing(written: str | None) -> None:
    assert read_figure(written, comma=False) == MISSING


def test_x_in_key_figures_is_withheld() -> None:
    assert read_figure("x", comma=False) == WITHHELD


@pytest.mark.parametrize(
    ("written", "value"), [("0", 0.0), ("   25", 25.0), ("1.2", 1.2), ("12788.0", 12788.0), ("-3", -3.0)]
)
def test_a_key_figure_is_read_and_zero_is_a_value(written: str, value: float) -> None:
    assert read_figure(written, comma=False) == Figure(value, Status.VALUE)


def test_a_decimal_comma_is_read_where_the_file_separates_with_something_else() -> None:
    assert read_figure("1,25", comma=True) == Figure(1.25, Status.VALUE)
    assert read_figure("1,25", comma=False) is None


@pytest.mark.parametrize("written", ["", None, "."])
def test_an_empty_count_is_what_the_source_means_by_it(written: str | None) -> None:
    assert read_count(written, empty=WITHHELD) == WITHHELD
    assert read_count(written, empty=MISSING) == MISSING


@pytest.mark.parametrize("written", ["-1", "2.5", "veel", "1.127.693"])
def test_what_is_no_whole_number_of_zero_or_more_is_no_count(written: str) -> None:
    assert read_count(written, empty=WITHHELD) is None


def test_a_count_may_be_written_with_blanks_or_point_zero() -> None:
    assert read_count("  23", empty=MISSING) == read_count("23.0", empty=MISSING) == Figure(23.0, Status.VALUE)


def test_a_withheld_or_missing_figure_has_no_value() -> None:
    assert math.isnan(MISSING.value)
    assert math.isnan(WITHHELD.value)


def test_numbers_lists_and_months_are_written_in_dutch() -> None:
    assert number(153322) == "153.322"
    assert number(1234.56, 1) == "1.234,6"
    assert listed(["a", "b", "c"]) == "a, b en c"
    assert listed([str(at) for at in range(8)]) == "0, 1, 2, 3, 4 en nog 3"
    assert month_name(2017 * 12 + 10) == "november 2017"


def test_reasons_are_gathered_with_their_first_row_and_number() -> None:
    reasons = gather([(9, "fout b"), (4, "fout a"), (2, "fout b")])

    assert [(held.row, held.text, held.count) for held in reasons] == [(2, "fout b", 2), (4, "fout a", 1)]
    assert sentence(reasons[0]) == "Rij 2 en nog 1: fout b"


def test_very_many_reasons_end_in_one_line_that_keeps_the_number_of_rows() -> None:
    reasons = gather([(row, f"fout {row}") for row in range(1, 101)])

    assert len(reasons) == 20
    assert sum(reason.count for reason in reasons) == 100
