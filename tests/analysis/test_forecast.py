"""What was to be expected, and what is out of line."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkveilig.analysis import city_expected, expected, out_of_line


def a_town(seed: int = 1, areas: int = 30, types: int = 6, years: int = 6, mean: float = 25.0, drift: float = 0.1):
    rng = np.random.default_rng(seed)
    size = mean * np.exp(0.7 * rng.standard_normal((areas, types, 1)))
    path = np.cumsum(drift * rng.standard_normal((areas, types, years)), axis=2)
    return rng.poisson(size * np.exp(path - 0.05 * np.arange(years))).astype(float)


def ask(years: np.ndarray, **more):
    return expected(years[:, :, :-1], years[:, :, -1], **more)


def test_an_area_is_expected_to_move_with_the_rest_of_the_city() -> None:
    years = np.full((20, 2, 5), 100.0)
    years[:, 0, 4] = 50.0

    result = ask(years)

    assert result.value[:, 0] == pytest.approx(np.full(20, 50.0), rel=0.01)
    assert result.value[:, 1] == pytest.approx(np.full(20, 100.0), rel=0.01)


def test_the_area_itself_is_kept_out_of_the_change_of_the_city() -> None:
    years = a_town()
    changed = years.copy()
    changed[4, 2, -1] *= 3

    assert ask(changed).value[4, 2] == ask(years).value[4, 2]


def test_an_outlying_area_hardly_moves_what_its_neighbours_are_expected_to_bring() -> None:
    years = a_town()
    changed = years.copy()
    changed[np.argmax(years[:, 0, -1]), 0, -1] *= 8
    others = np.arange(30) != np.argmax(years[:, 0, -1])

    before, after = ask(years).value[others, 0], ask(changed).value[others, 0]

    assert np.abs(after / before - 1).max() < 0.05


def test_one_large_area_does_not_speak_for_the_city() -> None:
    years = np.full((30, 1, 5), 40.0)
    years[0] = 4000.0
    years[0, 0, -1] = 2400.0

    result = ask(years)

    assert result.value[1:, 0] == pytest.approx(np.full(29, 40.0), rel=0.03)


def test_a_past_outbreak_weighs_less_than_an_ordinary_year() -> None:
    years = np.tile(np.array([20.0, 20, 20, 20, 20, 20]), (25, 2, 1)) + a_town(3, 25, 2) % 5
    struck = years.copy()
    struck[7, 1, 2] = 120.0

    plain = (struck[7, 1, :5].mean() / years[7, 1, :5].mean()) - 1
    ours = ask(struck).value[7, 1] / ask(years).value[7, 1] - 1

    assert plain > 0.8
    assert ours < 0.25


def test_the_expectation_grows_with_a_known_denominator() -> None:
    years = np.full((20, 3, 5), 60.0)
    homes = np.full((20, 5), 1000.0)
    homes[3] = [1000, 1200, 1400, 1600, 3200]
    years[3] *= homes[3] / 1000

    grown, blind = ask(years, exposure=homes), ask(years)

    assert grown.value[3] == pytest.approx([192.0] * 3, rel=0.02)
    assert not out_of_line(grown).any()
    assert out_of_line(blind)[3].all()


def test_a_planted_rise_is_named_and_nothing_else() -> None:
    years = a_town(8, drift=0.05)
    years[11, 3, -1] = 4 * ask(years).value[11, 3] + 10

    flags = out_of_line(ask(years))

    assert np.argwhere(flags).tolist() == [[11, 3]]
    assert ask(years).rise[11, 3]


def test_fewer_than_three_earlier_years_is_no_expectation() -> None:
    years = a_town(years=3)

    result = ask(years)

    assert np.isnan(result.value).all()
    assert np.isnan(result.p).all()
    assert not out_of_line(result).any()


def test_three_earlier_years_are_enough() -> None:
    assert np.isfinite(ask(a_town(years=4)).value).all()


def test_missing_years_types_and_areas_are_left_out_and_harm_no_one() -> None:
    years = a_town(years=7)
    years[:, 5] = np.nan  # a type that was not recorded
    years[2] = np.nan  # an area without counts
    years[4, :, :4] = np.nan  # an area that appeared: two years and the period
    years[6, :, 4:] = np.nan  # an area that vanished
    years[:, :, 2] = np.nan  # a year that was not reported

    result = ask(years)

    assert np.isnan(result.value[:, 5]).all()
    assert np.isnan(result.value[2]).all()
    assert np.isnan(result.value[4]).all()
    assert not result.usable[6].any()
    untouched = np.setdiff1d(np.arange(30), [2, 4, 6])
    assert np.isfinite(result.value[untouched, :5]).all()
    assert np.isfinite(result.p[untouched, :5]).all()


def test_an_area_alone_has_no_rest_of_the_city() -> None:
    assert np.isnan(ask(a_town(areas=1)).value).all()


@pytest.mark.parametrize("shape", [(2, 1, 4), (3, 1, 4), (2, 12, 4), (5, 3, 12)])
def test_the_smallest_towns_get_finite_answers(shape: tuple[int, int, int]) -> None:
    years = np.random.default_rng(5).poisson(3.0, shape).astype(float)

    result = ask(years)

    assert np.isfinite(result.value).all()
    assert (result.high - result.value < 60).all()


def test_a_town_without_any_crime_expects_none_and_names_none() -> None:
    result = ask(np.zeros((10, 3, 5)))

    assert (result.value == 0).all()
    assert (result.high <= 3).all()
    assert not out_of_line(result).any()


def test_the_family_is_chosen_before_the_period_is_seen() -> None:
    years = a_town(2, mean=1.5)
    other = years.copy()
    other[:, :, -1] = np.random.default_rng(9).poisson(6.0, years.shape[:2])

    assert (ask(years).eligible == ask(other).eligible).all()
    assert 0 < ask(years).eligible.sum() < years[:, :, 0].size


def test_what_is_learned_of_drift_does_not_look_at_the_period_itself() -> None:
    years = a_town(2)
    other = years.copy()
    other[:, :, -1] *= 5

    assert ask(years).drift.square == ask(other).drift.square


def test_restless_towns_get_wide_intervals() -> None:
    calm, restless = ask(a_town(4, drift=0.02)), ask(a_town(4, drift=0.35))

    def width(result):
        large = result.value > 30
        return np.median((result.high - result.low)[large] / result.value[large])

    assert width(restless) > 2 * width(calm)


def test_whoever_is_out_of_line_lies_outside_its_interval() -> None:
    years = a_town(6)
    years[3, 1, -1], years[9, 0, -1] = 6 * years[3, 1, -2] + 40, 0

    result = ask(years)
    flags = out_of_line(result)
    inside = (years[:, :, -1] >= result.low) & (years[:, :, -1] <= result.high)

    assert flags.any()
    assert not (flags & inside).any()


def test_two_runs_give_the_same_bits() -> None:
    one, two = ask(a_town()), ask(a_town())

    assert one.value.tobytes() == two.value.tobytes()
    assert one.p.tobytes() == two.p.tobytes()
    assert one.high.tobytes() == two.high.tobytes()


@given(st.integers(0, 50), st.randoms(use_true_random=False))
@settings(max_examples=8, deadline=None)
def test_the_order_of_areas_and_types_does_not_matter(seed: int, random) -> None:
    years = a_town(seed, areas=12, types=4, years=5)
    areas, types = list(range(12)), list(range(4))
    random.shuffle(areas)
    random.shuffle(types)

    straight, mixed = ask(years), ask(years[areas][:, types])

    assert mixed.value == pytest.approx(straight.value[areas][:, types], rel=1e-6)
    assert mixed.p == pytest.approx(straight.p[areas][:, types], rel=1e-4)


@given(st.integers(0, 50), st.floats(0.01, 1000.0))
@settings(max_examples=8, deadline=None)
def test_the_unit_of_the_denominator_does_not_matter(seed: int, unit: float) -> None:
    years = a_town(seed, areas=12, types=3, years=5)
    homes = np.random.default_rng(seed).uniform(500, 900, (12, 5))

    assert ask(years, exposure=homes * unit).value == pytest.approx(ask(years, exposure=homes).value, rel=1e-6)


@given(st.integers(0, 50), st.integers(0, 11), st.integers(1, 300))
@settings(max_examples=8, deadline=None)
def test_a_higher_count_is_never_less_of_a_rise(seed: int, area: int, more: int) -> None:
    years = a_town(seed, areas=12, types=3, years=5)
    years[area, 1, -1] = ask(years).high[area, 1]
    higher = years.copy()
    higher[area, 1, -1] += more

    assert ask(higher).p[area, 1] <= ask(years).p[area, 1] + 1e-12


@given(st.integers(0, 50))
@settings(max_examples=8, deadline=None)
def test_the_value_lies_in_its_interval_and_a_surer_interval_is_wider(seed: int) -> None:
    years = a_town(seed, areas=12, types=3, years=5, mean=4.0)

    usual, sure = ask(years), ask(years, level=0.99)

    assert (usual.low <= usual.value).all()
    assert (usual.value <= usual.high).all()
    assert (sure.low <= usual.low).all()
    assert (sure.high >= usual.high).all()


def test_what_cannot_be_is_refused() -> None:
    years = a_town()
    with pytest.raises(ValueError, match="shape"):
        expected(years[:, :, :-1], years[:, :2, -1])
    with pytest.raises(ValueError, match="negative"):
        expected(-years[:, :, :-1], years[:, :, -1])
    with pytest.raises(ValueError, match="exposure"):
        ask(years, exposure=np.ones((30, 5)))


@pytest.mark.parametrize("years", [np.ones((0, 3, 5)), np.ones((4, 0, 5)), np.ones((0, 3, 1)), np.ones((4, 0, 2))])
def test_a_town_without_areas_or_types_is_refused_in_words(years: np.ndarray) -> None:
    with pytest.raises(ValueError, match="at least one area and one type"):
        ask(years)


@pytest.mark.parametrize("place", [(3, 1, 0), (3, 1, 2), (3, 1, -1)])
def test_an_infinite_count_is_refused_not_taken_for_unknown(place: tuple[int, int, int]) -> None:
    years = a_town().astype(float)
    years[place] = np.inf

    with pytest.raises(ValueError, match="infinite"):
        ask(years)


@pytest.mark.parametrize("year", [0, -1])
def test_an_infinite_exposure_is_refused(year: int) -> None:
    years = a_town()
    homes = np.full((years.shape[0], years.shape[2]), 100.0)
    homes[2, year] = np.inf

    with pytest.raises(ValueError, match="infinite"):
        ask(years, exposure=homes)


@given(st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_whatever_is_missing_the_answer_is_whole_or_absent(seed: int) -> None:
    rng = np.random.default_rng(seed)
    areas, types, length = rng.integers(1, 12), rng.integers(1, 5), rng.integers(1, 8)
    years = rng.poisson(np.exp(rng.normal(1.0, 2.0, (areas, types, 1))) * np.ones(length)).astype(float)
    years[rng.random(years.shape) < rng.choice([0.0, 0.1, 0.4])] = np.nan
    years[rng.integers(areas)], years[:, :, rng.integers(length)] = rng.choice([0.0, np.nan], 2)
    homes = rng.uniform(10, 900, (areas, length))
    homes[rng.random(homes.shape) < 0.1] = rng.choice([0.0, np.nan])

    result = ask(years, exposure=homes)
    city = city_expected(years[0, :, :-1], years[0, :, -1])

    for seen in (result, city):
        whole = seen.usable
        assert np.isfinite(seen.p[whole]).all()
        assert (seen.low <= seen.value)[whole].all()
        assert (seen.value <= seen.high)[whole].all()
        assert np.isnan(seen.p[~whole]).all()
    assert not out_of_line(result)[~result.usable].any()
