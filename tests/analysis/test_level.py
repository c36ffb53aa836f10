"""Rates that lean on their peers."""

import gzip
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.realdata.shared import DATA, needs_data

from wijkveilig.analysis import shrink, spatial_empirical_bayes
from wijkveilig.analysis._dist import gamma_below
from wijkveilig.analysis._gamma_mixture import mixture_quantile

counts = st.lists(st.integers(0, 400), min_size=3, max_size=25)


def a_town(seed: int, areas: int = 60, rate: float = 0.01, spread: float = 0.5):
    rng = np.random.default_rng(seed)
    base = np.exp(rng.normal(6.5, 1.0, areas))
    rates = rate * rng.gamma(spread**-2, spread**2, areas)
    return rng.poisson(rates * base), base, rates


def test_a_small_area_leans_on_the_others_and_a_large_one_stands_by_itself() -> None:
    events = np.array([1, 500] + [100] * 10)
    base = np.array([10.0, 10000.0] + [5000.0] * 10)

    result = shrink(events, base)

    assert 0.02 < result.level[0] < 0.06  # its own rate is 0.1, the others' 0.02
    assert result.level[1] == pytest.approx(0.05, rel=0.03)


def test_the_interval_holds_as_often_as_it_says() -> None:
    hits = []
    for seed in range(30):
        events, base, rates = a_town(seed)
        result = shrink(events, base)
        hits.append((result.low <= rates) & (rates <= result.high))

    assert 0.92 <= np.mean(hits) <= 0.98


@pytest.mark.parametrize(
    ("areas", "mean", "shape"), [(100, 1.0, 4.0), (60, 1.0, 2.0), (20, 3.0, 4.0), (100, 3.0, 10.0)]
)
def test_the_interval_holds_as_often_where_counts_are_small(areas: int, mean: float, shape: float) -> None:
    hits = []
    for seed in range(40):
        rng = np.random.default_rng([41, seed])
        base = rng.lognormal(0, 0.6, areas)
        rates = rng.gamma(shape, mean / shape, areas)
        result = shrink(rng.poisson(rates * base), base)
        hits.append((result.low <= rates) & (rates <= result.high))

    assert 0.915 <= np.mean(hits) <= 0.98


def test_the_ends_are_those_of_the_whole_mixture() -> None:
    chance, shape, rate = np.array([0.3, 0.7]), np.array([[2.0, 0.2], [30.0, 9.0]]), np.array([[1.0, 5.0], [3.0, 2.0]])

    ends = mixture_quantile(chance, shape, rate, (0.025, 0.5, 0.975))

    below = np.array([chance @ gamma_below(shape, rate * end) for end in ends])
    assert below == pytest.approx(np.array([[0.025] * 2, [0.5] * 2, [0.975] * 2]), rel=1e-5)


def test_the_one_gamma_for_places_has_the_mean_and_spread_of_the_interval() -> None:
    events, base, _ = a_town(3)

    result = shrink(events, base)

    assert result.level == pytest.approx(result.shape / result.rate)
    deviation = np.sqrt(result.shape) / result.rate
    assert (result.high - result.low) / deviation == pytest.approx(np.full(60, 3.9), abs=0.35)


@pytest.mark.parametrize(("times", "number"), [(5, 3), (10, 4), (30, 5), (30, 10)])
def test_a_group_of_extreme_areas_does_not_hide_itself(times: int, number: int) -> None:
    events, base, _ = a_town(1, spread=0.4)
    there, where = np.append(events, np.full(number, times * 6.0)), np.append(base, np.full(number, 600.0))

    with_them, without_them = shrink(there, where), shrink(events, base)

    assert with_them.outlying[60:].all()
    assert with_them.level[:60] == pytest.approx(without_them.level, rel=0.02)


def test_areas_of_one_family_are_taken_back_into_the_prior() -> None:
    left_out = [shrink(*a_town(seed)[:2]).outlying.sum() for seed in range(30)]

    assert np.mean(left_out) < 0.2


@pytest.mark.parametrize("times", [10, 50, 1000])
def test_one_extreme_area_does_not_drag_the_others(times: int) -> None:
    events, base, _ = a_town(1)
    extreme = events.astype(float)
    extreme[0] = times * 0.01 * base[0] + 20
    absent = extreme.copy()
    absent[0] = np.nan

    with_it, without_it = shrink(extreme, base), shrink(absent, base)

    assert with_it.outlying[0]
    assert with_it.level[1:] == pytest.approx(without_it.level[1:])


def test_an_extreme_area_keeps_its_own_rate() -> None:
    events = np.array([1000] + [50] * 20)
    base = np.full(21, 5000.0)

    result = shrink(events, base)

    assert result.outlying[0]
    assert result.level[0] == pytest.approx(0.2, rel=0.05)


def test_areas_that_only_differ_by_chance_get_nearly_one_level() -> None:
    events, base, _ = a_town(4, spread=0.001)

    result = shrink(events, base)

    assert result.level.std() / result.level.mean() < 0.1
    assert (events / base).std() / result.level.mean() > 0.3


def test_an_area_without_base_or_count_has_no_level_and_takes_no_part() -> None:
    events, base, _ = a_town(2)
    gaps = events.astype(float)
    gaps[3], holes = np.nan, base.copy()
    holes[[5, 7]] = [0.0, np.nan]

    result = shrink(gaps, holes)

    missing = np.isin(np.arange(60), [3, 5, 7])
    assert np.isnan(result.level[missing]).all()
    assert result.level[~missing] == pytest.approx(shrink(events[~missing], base[~missing]).level)


def test_without_any_base_there_is_nothing_to_say() -> None:
    result = shrink([3, 4], [0, np.nan])

    assert np.isnan(result.level).all()
    assert np.isnan(result.prior_mean)


def test_a_town_without_events_has_a_low_level_and_no_error() -> None:
    result = shrink([0] * 8, [100.0] * 8)

    assert (result.low >= 0).all()
    assert (result.level < 0.01).all()


@given(counts, st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_the_order_of_areas_does_not_matter(events: list[int], random) -> None:
    base = np.linspace(50, 900, len(events))
    order = list(range(len(events)))
    random.shuffle(order)

    straight = shrink(events, base)
    mixed = shrink(np.array(events)[order], base[order])

    assert mixed.level == pytest.approx(straight.level[order], rel=1e-6)
    assert mixed.high == pytest.approx(straight.high[order], rel=1e-6)


@given(counts, st.sampled_from([0.001, 7.0, 1000.0]))
@settings(max_examples=30, deadline=None)
def test_the_unit_of_the_base_does_not_matter(events: list[int], unit: float) -> None:
    base = np.linspace(50, 900, len(events))

    assert shrink(events, base * unit).level * unit == pytest.approx(shrink(events, base).level, rel=1e-6)


@given(counts)
@settings(max_examples=30, deadline=None)
def test_the_level_lies_in_its_interval_and_the_interval_widens_with_certainty(events: list[int]) -> None:
    base = np.linspace(50, 900, len(events))

    usual, sure = shrink(events, base), shrink(events, base, level=0.99)

    assert (usual.low <= usual.level).all()
    assert (usual.level <= usual.high).all()
    assert (sure.high >= usual.high).all()
    assert (sure.low <= usual.low).all()


@pytest.mark.parametrize(
    ("events", "base", "level"),
    [
        ([1, 2], [1.0], 0.95),
        ([-1], [1.0], 0.95),
        ([1], [-1.0], 0.95),
        ([1], [1.0], 1.0),
        ([[1]], [[1.0]], 0.95),
        ([np.inf, 1], [1.0, 1.0], 0.95),
        ([1, 1], [1.0, np.inf], 0.95),
    ],
)
def test_what_cannot_be_is_refused(events: list, base: list, level: float) -> None:
    with pytest.raises(ValueError, match=r"must|cannot"):
        shrink(events, base, level=level)


def neighbours_of(lines: list[str]) -> list[np.ndarray]:
    """The GAL file: a heading, then per area a line 'number, count' and a line of neighbours (from 1)."""
    return [np.array([int(part) - 1 for part in line.split()], dtype=np.intp) for line in lines[2::2]]


@needs_data
@pytest.mark.realdata
def test_the_published_spatial_empirical_bayes_rates_are_reproduced() -> None:
    folder = DATA / "referentie"
    answers = json.loads((folder / "moran_eb_getis_antwoorden_esda.json").read_text())["spatial_empirical_bayes"]
    with gzip.open(folder / "stl_moordcijfers_78_county.geojson.gz", "rt") as file:
        counties = [feature["properties"] for feature in json.load(file)["features"]]
    neighbours = neighbours_of((folder / answers["gewichten"]).read_text().splitlines())

    rates = spatial_empirical_bayes(
        [county[answers["events"]] for county in counties],
        [county[answers["populatie"]] for county in counties],
        neighbours,
    )

    assert rates[:10] == pytest.approx(answers["eerste_10"], rel=1e-6)


def test_an_area_without_neighbours_keeps_its_own_rate() -> None:
    alone = [np.array([], dtype=np.intp)]

    assert spatial_empirical_bayes([3], [100.0], alone).tolist() == [0.03]


def test_a_neighbourhood_without_events_has_rate_zero() -> None:
    pair = [np.array([1]), np.array([0])]

    assert spatial_empirical_bayes([0, 0], [100.0, 50.0], pair).tolist() == [0.0, 0.0]


def test_spatial_bayes_refuses_an_area_without_base() -> None:
    with pytest.raises(ValueError, match="above 0"):
        spatial_empirical_bayes([1, 2], [0.0, 5.0], [np.array([1]), np.array([0])])
