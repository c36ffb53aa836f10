"""The city against its own past."""

import numpy as np
import pytest

from wijkveilig.analysis import city_expected


def test_the_city_goes_on_as_its_own_past_did() -> None:
    past = 1000 * 0.9 ** np.arange(6)

    result = city_expected(np.tile(past[:5], (8, 1)), np.full(8, past[5]))

    assert result.value == pytest.approx(np.full(8, past[5]), rel=0.02)


def test_a_city_that_doubles_is_out_of_line_with_itself() -> None:
    rng = np.random.default_rng(4)
    past = rng.poisson(800 * np.exp(0.04 * rng.standard_normal((10, 6)))).astype(float)
    now = past[:, -1].copy()
    now[3] *= 2

    result = city_expected(past, now)

    assert result.p[3] < 0.001
    assert result.rise[3]
    assert np.median(np.delete(result.p, 3)) > 0.05


def test_forecasts_of_cities_lie_in_their_interval_as_often_as_they_say() -> None:
    hits = []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        path = np.cumsum(0.08 * rng.standard_normal((10, 7)) - 0.04, axis=1)
        years = rng.poisson(500 * np.exp(path)).astype(float)
        result = city_expected(years[:, :-1], years[:, -1])
        hits.append((result.low <= years[:, -1]) & (years[:, -1] <= result.high))

    assert 0.91 <= np.mean(hits) <= 0.98


def test_a_city_with_gaps_or_little_past_says_nothing_where_it_cannot() -> None:
    past = np.array([[np.nan, np.nan, 50, 60], [40, np.nan, 50, 60], [0, 0, 0, 0]], dtype=float)

    result = city_expected(past, np.array([60.0, 62.0, 0.0]))

    assert np.isnan(result.value[0])
    assert np.isfinite(result.value[1])
    assert result.value[2] == 0


def test_a_growing_city_is_expected_to_bring_more() -> None:
    homes = np.array([1000.0, 1000, 1000, 1000, 1500])

    assert city_expected(np.full((5, 4), 200.0), np.full(5, 300.0), exposure=homes).value == pytest.approx(
        np.full(5, 300.0), rel=0.01
    )


def test_a_city_of_wrong_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="shape"):
        city_expected(np.ones((3, 4)), np.ones(2))
    with pytest.raises(ValueError, match="negative"):
        city_expected(-np.ones((3, 4)), np.ones(3))
    with pytest.raises(ValueError, match="exposure"):
        city_expected(np.ones((3, 4)), np.ones(3), exposure=np.ones(4))
    with pytest.raises(ValueError, match="at least one type"):
        city_expected(np.ones((0, 4)), np.ones(0))
    with pytest.raises(ValueError, match="infinite"):
        city_expected(np.ones((3, 4)), np.array([1.0, np.inf, 1.0]))
    with pytest.raises(ValueError, match="exposure"):
        city_expected(np.ones((3, 4)), np.ones(3), exposure=np.array([1.0, 1.0, 1.0, 1.0, np.inf]))


def test_a_city_without_earlier_years_has_no_expectation() -> None:
    assert np.isnan(city_expected(np.empty((3, 0)), np.ones(3)).value).all()
