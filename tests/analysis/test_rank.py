"""Places as intervals."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkveilig.analysis import rank_intervals, shrink

shapes = st.lists(st.floats(0.5, 500.0), min_size=1, max_size=30)


def test_areas_that_are_far_apart_have_one_place_each() -> None:
    result = rank_intervals([900.0, 100.0, 1.0], [1.0, 1.0, 1.0])

    assert result.rank.tolist() == result.low.tolist() == result.high.tolist() == [1, 2, 3]


def test_areas_that_cannot_be_told_apart_span_most_of_the_list() -> None:
    result = rank_intervals(np.full(20, 4.0), np.ones(20))

    assert (result.high - result.low >= 15).all()


def test_an_area_without_a_rate_has_no_place_and_is_not_counted() -> None:
    result = rank_intervals([9.0, np.nan, 4.0], [1.0, 1.0, np.nan])

    assert result.of == 1
    assert np.isnan(result.rank[1:]).all()
    assert result.rank[0] == 1


def test_nobody_with_a_rate_is_no_list() -> None:
    assert rank_intervals([np.nan], [np.nan]).of == 0


def test_the_same_seed_gives_the_same_bits() -> None:
    posterior = shrink(np.arange(40), np.full(40, 500.0))

    one, two = (rank_intervals(posterior.shape, posterior.rate) for _ in range(2))

    assert one.low.tobytes() == two.low.tobytes()
    assert one.high.tobytes() == two.high.tobytes()


def test_the_interval_holds_the_true_place_as_often_as_it_says() -> None:
    hits = []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        rates = 0.01 * rng.gamma(4.0, 0.25, 50)
        base = np.exp(rng.normal(6.5, 0.8, 50))
        posterior = shrink(rng.poisson(rates * base), base)
        result = rank_intervals(posterior.shape, posterior.rate)
        place = np.argsort(np.argsort(-rates)) + 1
        hits.append((result.low <= place) & (place <= result.high))

    assert 0.91 <= np.mean(hits) <= 0.985


def test_areas_with_the_very_same_posterior_have_the_very_same_place() -> None:
    result = rank_intervals([5.0] * 20 + [80.0] * 3, np.ones(23))

    assert len({*zip(result.rank[:20], result.low[:20], result.high[:20], strict=True)}) == 1
    assert result.rank[20:].tolist() == [2, 2, 2]


def test_the_order_of_the_areas_does_not_matter() -> None:
    posterior = shrink(np.arange(40), np.linspace(400, 600, 40))
    order = np.random.default_rng(7).permutation(40)

    straight = rank_intervals(posterior.shape, posterior.rate)
    mixed = rank_intervals(posterior.shape[order], posterior.rate[order])

    for part in ("rank", "low", "high"):
        assert (getattr(mixed, part) == getattr(straight, part)[order]).all()


def test_the_ends_stand_as_firm_as_the_text_says() -> None:
    rng = np.random.default_rng(1)
    base = rng.lognormal(6.5, 0.8, 60)
    posterior = shrink(rng.poisson(base * rng.gamma(6, 0.01 / 6, 60)), base)

    lows = [rank_intervals(posterior.shape, posterior.rate, seed=seed).low for seed in range(20)]

    assert np.std(lows, axis=0).max() < 2.0


@given(shapes)
@settings(max_examples=25, deadline=None)
def test_a_place_lies_in_its_interval_and_in_the_list(shape: list[float]) -> None:
    result = rank_intervals(shape, np.ones(len(shape)), draws=200)

    assert (result.low >= 1).all()
    assert (result.low <= result.rank).all()
    assert (result.rank <= result.high).all()
    assert (result.high <= result.of).all()


@given(shapes, st.floats(0.01, 100.0))
@settings(max_examples=25, deadline=None)
def test_the_unit_of_the_rate_does_not_matter(shape: list[float], unit: float) -> None:
    ones = np.ones(len(shape))

    assert (rank_intervals(shape, ones, draws=200).low == rank_intervals(shape, ones * unit, draws=200).low).all()


def test_too_few_draws_and_odd_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match="draws"):
        rank_intervals([1.0], [1.0], draws=10)
    with pytest.raises(ValueError, match="shape"):
        rank_intervals([1.0, 2.0], [1.0])
    with pytest.raises(ValueError, match="infinite"):
        rank_intervals([1.0, np.inf], [1.0, 1.0])
    with pytest.raises(ValueError, match="level"):
        rank_intervals([1.0], [1.0], level=1.0)
