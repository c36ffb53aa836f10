"""A single month, and the start of a run."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkveilig.analysis import expected_month, likely_start


def months(seed: int = 2, areas: int = 25, types: int = 4, length: int = 72):
    rng = np.random.default_rng(seed)
    size = 2.0 * np.exp(0.6 * rng.standard_normal((areas, types, 1)))
    season = 1 + 0.4 * np.sin(2 * np.pi * np.arange(length) / 12)
    return rng.poisson(size * season * np.exp(-0.05 * np.arange(length) / 12)).astype(float), size, season


def test_a_month_is_expected_with_its_season() -> None:
    cube, size, season = months()

    summer, winter = expected_month(cube, 63), expected_month(cube, 69)

    for result, month in ((summer, 63), (winter, 69)):
        assert result.value.sum() == pytest.approx(cube[:, :, month].sum(), rel=0.05)
        by_area = size[:, :, 0] * season[month] * np.exp(-0.05 * month / 12)
        assert np.corrcoef(result.value.ravel(), by_area.ravel())[0, 1] > 0.9
    assert summer.value.sum() > 1.5 * winter.value.sum()


def test_forecasts_of_months_lie_in_their_interval_as_often_as_they_say() -> None:
    hits = []
    for seed in range(4):
        cube, *_ = months(seed)
        for month in (50, 57, 66, 71):
            result = expected_month(cube, month)
            asked = result.value >= 2
            hits.append(((cube[:, :, month] >= result.low) & (cube[:, :, month] <= result.high))[asked].mean())

    assert 0.91 <= np.mean(hits) <= 0.98


def test_months_after_the_one_asked_are_not_looked_at() -> None:
    cube, *_ = months()
    later = cube.copy()
    later[:, :, 61:] = 77

    assert (expected_month(cube, 60).value == expected_month(later, 60).value).all()


def test_a_month_with_under_three_years_behind_it_has_no_expectation() -> None:
    cube, *_ = months()

    assert np.isnan(expected_month(cube, 35).value).all()
    assert np.isfinite(expected_month(cube, 36).value).all()
    assert np.isnan(expected_month(cube, 5).value).all()


def test_a_month_outside_and_odd_shapes_are_refused() -> None:
    cube, *_ = months()
    with pytest.raises(ValueError, match="outside"):
        expected_month(cube, 72)
    with pytest.raises(ValueError, match="months"):
        expected_month(cube[0], 10)
    with pytest.raises(ValueError, match="negative"):
        expected_month(-cube, 10)


def test_the_start_of_a_run_is_where_it_is_likeliest() -> None:
    assert likely_start([0, 0, 1, 0, 0, 0, 1, 0, 4, 3, 5, 4], np.full(12, 0.25)) == 8


def test_the_start_of_a_fall_is_found_too() -> None:
    assert likely_start([9, 11, 10, 10, 9, 12, 2, 1, 0, 2, 1, 1], np.full(12, 10.0)) == 6


@given(st.lists(st.integers(0, 30), min_size=1, max_size=24))
@settings(max_examples=40, deadline=None)
def test_a_start_is_always_one_of_the_months(counts: list[int]) -> None:
    assert 0 <= likely_start(counts, np.full(len(counts), 2.5)) < len(counts)


def test_a_month_that_cannot_be_expected_is_refused() -> None:
    with pytest.raises(ValueError, match="above 0"):
        likely_start([1, 2], [0.0, 1.0])
    with pytest.raises(ValueError, match="months"):
        likely_start([1, 2], [1.0])


@pytest.mark.parametrize(
    ("cube", "words"), [(np.ones((0, 2, 40)), "at least one"), (np.ones((5, 0, 40)), "at least one")]
)
def test_months_of_no_area_or_type_are_refused_in_words(cube: np.ndarray, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        expected_month(cube, 39)


def test_an_infinite_month_is_refused() -> None:
    cube = np.ones((5, 2, 40))
    cube[1, 1, 30] = np.inf

    with pytest.raises(ValueError, match="infinite"):
        expected_month(cube, 39)
