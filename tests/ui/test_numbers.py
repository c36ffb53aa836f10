"""Numbers and dates as the reader writes them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkveilig.ui import numbers

DECEMBER_2016 = 2016 * 12 + 11


@pytest.mark.parametrize(
    ("value", "decimals", "dutch", "english"),
    [
        (1234.5, 1, "1.234,5", "1,234.5"),
        (0, 0, "0", "0"),
        (-1234567, 0, "−1.234.567", "−1,234,567"),
        (0.5, 0, "1", "1"),
        (2.5, 0, "3", "3"),
        (-0.04, 1, "0,0", "0.0"),
        (float("nan"), 1, "–", "–"),
    ],
)
def test_a_number_is_written_in_the_readers_notation(value, decimals, dutch, english):
    assert numbers.number(value, decimals) == dutch
    assert numbers.number(value, decimals, "en") == english


@given(st.integers(-(10**9), 10**9))
def test_a_written_number_can_be_read_back(value):
    text = numbers.number(value)

    assert int(text.replace(".", "").replace(numbers.MINUS, "-")) == value


def test_an_unknown_language_reads_as_dutch():
    assert numbers.number(1234.5, 1, "fy") == "1.234,5"


@pytest.mark.parametrize(
    ("value", "text"), [(0.351, "0,35"), (0.0, "0,0"), (2.84, "2,8"), (41.2, "41"), (1234, "1.234")]
)
def test_a_rate_has_the_decimals_its_size_deserves(value, text):
    assert numbers.rate(value) == text


def test_a_share_is_a_percentage_and_a_change_has_its_sign():
    assert numbers.percent(0.38) == "38\u00a0%"
    assert numbers.signed_percent(0.05) == "+5\u00a0%"
    assert numbers.signed_percent(-0.12) == "−12\u00a0%"
    assert numbers.signed_percent(0.001) == "0\u00a0%"


def test_an_interval_is_said_in_words():
    assert numbers.interval(0, 3) == "0 tot 3"
    assert numbers.interval(0.5, 3.25, 1, "en") == "0.5 to 3.3"


def test_small_counts_are_words():
    assert [numbers.count_word(count) for count in (0, 3, 12, 13, -1)] == ["nul", "drie", "twaalf", "13", "−1"]


def test_days_and_months():
    assert numbers.day(date(2026, 10, 20)) == "20 oktober 2026"
    assert numbers.day(date(2026, 10, 20), "en") == "20 October 2026"
    assert numbers.day_short(date(2026, 3, 5)) == "05-03-2026"
    assert numbers.month_name(DECEMBER_2016) == "december 2016"
    assert numbers.month_short(DECEMBER_2016 + 3) == "mrt 2017"


@pytest.mark.parametrize(
    ("first", "months", "text"),
    [
        (2016 * 12, 12, "heel 2016"),
        (DECEMBER_2016, 1, "december 2016"),
        (2014 * 12, 36, "2014-2016"),
        (DECEMBER_2016, 12, "december 2016 tot en met november 2017"),
    ],
)
def test_a_period_has_the_name_that_people_use(first, months, text):
    assert numbers.period_name(first, months) == text
