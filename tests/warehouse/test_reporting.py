"""Not recorded, not reported, likely incomplete: judged over the months up to a period's end."""

from __future__ import annotations

import numpy as np
import pytest

from wijkveilig.warehouse.batch import Totals
from wijkveilig.warehouse.reporting import judge, likely_incomplete, unrecorded_codes, unreported_months

SEASON = np.array([100, 85, 96, 92, 96, 94, 98, 93, 94, 105, 99, 95])


def cube(months: list[int] | np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """One area, one code, these months, all known."""
    counts = np.array(months, dtype=np.int64).reshape(1, 1, -1)
    return counts, np.ones(counts.shape, dtype=bool)


def yearly_course(years: int, seed: int = 3) -> np.ndarray:
    """Counts of a town of some 2,000 crimes a month: season, a slow fall, noise of Poisson."""
    rng = np.random.default_rng(seed)
    level = 20 * SEASON[np.arange(years * 12) % 12] * 0.95 ** (np.arange(years * 12) / 12)
    return rng.poisson(level)


def test_a_type_that_is_zero_everywhere_and_always_was_not_recorded() -> None:
    counts = np.zeros((2, 3, 4), dtype=np.int64)
    counts[1, 0, 2] = 1
    known = np.ones(counts.shape, dtype=bool)

    assert unrecorded_codes(counts, known).tolist() == [False, True, True]


def test_a_type_of_which_every_figure_is_withheld_is_not_said_to_be_zero() -> None:
    counts = np.zeros((1, 2, 3), dtype=np.int64)
    known = np.array([[[False] * 3, [True] * 3]])

    assert unrecorded_codes(counts, known).tolist() == [False, True]


def test_a_type_that_starts_later_was_not_recorded_before() -> None:
    counts = np.zeros((1, 1, 4), dtype=np.int64)
    counts[0, 0, 3] = 5
    known = np.ones(counts.shape, dtype=bool)

    assert unrecorded_codes(counts, known, until=2).tolist() == [True]
    assert unrecorded_codes(counts, known, until=3).tolist() == [False]


def test_a_month_of_zeros_was_not_reported_but_a_month_without_figures_is_not_named() -> None:
    counts = np.array([[[3, 0, 2, 0, 0]]], dtype=np.int64)
    known = np.array([[[True, True, True, False, True]]])

    assert unreported_months(counts, known).tolist() == [False, True, False, False, True]
    assert unreported_months(counts, known, until=1).tolist() == [False, True, False, False, False]


def test_a_month_far_below_its_usual_share_is_likely_incomplete() -> None:
    course = yearly_course(6)
    course[-1] = int(course[-1] * 0.8)

    assert likely_incomplete(*cube(course)) == len(course) - 1


def test_two_short_months_at_the_end_are_both_marked() -> None:
    course = yearly_course(6)
    course[-2:] = (course[-2:] * 0.7).astype(int)

    assert likely_incomplete(*cube(course)) == len(course) - 2


def test_the_last_reported_month_is_judged_when_later_ones_are_zero() -> None:
    course = yearly_course(6)
    course[-2], course[-1] = int(course[-2] * 0.8), 0

    assert likely_incomplete(*cube(course)) == len(course) - 2


@pytest.mark.parametrize("seed", range(20))
def test_a_low_season_or_a_slow_fall_is_no_incomplete_month(seed: int) -> None:
    course = yearly_course(6, seed)

    marked = [until for until in range(36, 72) if likely_incomplete(*cube(course), until=until) is not None]

    assert len(marked) <= 1


def test_nothing_after_the_end_of_the_period_is_looked_at() -> None:
    course = yearly_course(6)
    course[59] = int(course[59] * 0.75)
    later = course.copy()
    later[60:] = 5

    assert likely_incomplete(*cube(course), until=59) == likely_incomplete(*cube(later), until=59) == 59


def test_less_than_thirteen_months_say_nothing() -> None:
    assert likely_incomplete(*cube([100] * 11 + [10])) is None


def test_a_small_town_is_not_marked_for_chance() -> None:
    rng = np.random.default_rng(1)
    courses = rng.poisson(6, size=(200, 60))

    marked = sum(likely_incomplete(*cube(course)) is not None for course in courses)

    assert marked <= 6


def test_a_batch_is_judged_by_its_totals_with_months_as_month_indexes() -> None:
    course = tuple(int(count) for count in yearly_course(4))
    short = (*course[:-2], int(course[-2] * 0.6), 0)
    totals = Totals(("104", "117"), 2014 * 12, 1, (short, (0,) * 48))

    whole, before = judge(totals), judge(totals, until=2016 * 12 + 11)

    assert whole.unrecorded == ("117",)
    assert whole.unreported == (2017 * 12 + 11,)
    assert whole.incomplete_from == 2017 * 12 + 10
    assert before.unreported == ()
    assert before.incomplete_from is None


def test_years_are_judged_by_their_first_month_and_never_as_incomplete() -> None:
    totals = Totals(("0.0.0",), 2012 * 12, 12, ((10, 0, 12, 1),))

    assert judge(totals).unreported == (2013 * 12,)
    assert judge(totals).incomplete_from is None
    assert judge(totals, until=2012 * 12 + 11).unreported == ()
