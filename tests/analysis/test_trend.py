"""Change per year."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from wijkveilig.analysis import season_shares, trend, trend_month
from wijkveilig.analysis.lasting import lasting_share

series = st.lists(st.integers(0, 200), min_size=3, max_size=8)


def a_city(seed: int, areas: int, years: int, mean: float, change: float, jolt: float):
    rng = np.random.default_rng(seed)
    size = mean * np.exp(rng.normal(0, 1, areas))
    slopes = change + 0.03 * rng.standard_normal(areas)
    means = size[:, None] * np.exp(slopes[:, None] * np.arange(years) + jolt * rng.standard_normal((areas, years)))
    return rng.poisson(means), np.expm1(slopes)


def test_a_steady_fall_is_that_fall() -> None:
    blocks = 1000 * 0.92 ** np.arange(6)

    assert trend([blocks, blocks]).change == pytest.approx([-0.08, -0.08], abs=0.001)


@pytest.mark.parametrize(("years", "mean", "jolt"), [(6, 20, 0.1), (3, 15, 0.2), (2, 15, 0.1), (8, 3, 0.15)])
def test_the_interval_holds_as_often_as_it_says(years: int, mean: float, jolt: float) -> None:
    hits = []
    for seed in range(25):
        blocks, change = a_city(seed, 60, years, mean, -0.08, jolt)
        result = trend(blocks)
        known = np.isfinite(result.change)
        hits.append(((result.low <= change) & (change <= result.high))[known].mean())

    assert 0.92 <= np.mean(hits) <= 0.99


def test_few_years_make_a_wide_interval() -> None:
    many, few = (trend(np.full((5, years), 40)) for years in (8, 3))

    assert (few.high - few.low > 3 * (many.high - many.low)).all()


def test_two_years_give_the_change_between_the_two() -> None:
    result = trend([[100, 80], [50, 55], [70, 60], [20, 15]])

    assert result.change[0] == pytest.approx(-0.2, abs=0.01)
    assert result.low[0] < -0.2 < result.high[0]


def test_restless_areas_get_wider_intervals_than_poisson() -> None:
    calm, _ = a_city(1, 80, 6, 50, 0.0, 0.0)
    restless, _ = a_city(1, 80, 6, 50, 0.0, 0.4)

    assert trend(calm).spread < 0.05
    assert 0.3 < trend(restless).spread < 0.5


@pytest.mark.parametrize("blocks", [[[7.0]], [[np.nan, 4.0, np.nan]], [[0.0, 0.0, 0.0]]])
def test_one_year_or_no_event_is_no_trend(blocks: list) -> None:
    assert np.isnan(trend(blocks).change).all()


def test_a_missing_year_is_left_out() -> None:
    result = trend([[100.0, np.nan, 81.0, 72.9], [100.0, 90.0, 81.0, 72.9]])

    assert result.change == pytest.approx([-0.1, -0.1], abs=0.002)


def test_years_of_zeros_stay_finite() -> None:
    result = trend([[4, 0, 0, 0], [0, 1, 3, 5], [2, 2, 3, 1]])

    assert np.isfinite(result.change).all()
    assert result.change[0] < 0 < result.change[1]


def test_a_few_events_after_none_are_no_trend_of_thousands_of_percents() -> None:
    result = trend([[0, 7], [7, 0], *[[40, 44], [30, 27], [52, 48], [33, 35]] * 4])

    assert np.isnan([result.change[0], result.low[0], result.high[0]]).all()
    assert np.isfinite(result.high[1:]).all()


@given(series)
@settings(max_examples=50, deadline=None)
def test_no_trend_is_said_that_may_be_more_than_tenfold_a_year(block: list[int]) -> None:
    high = trend([block]).high

    assert np.isnan(high[0]) or high[0] <= 9.0 + 1e-9


def walking(seed: int, lasting: float, fresh: float, years: int = 8) -> tuple[np.ndarray, np.ndarray]:
    """Counts [areas, years] that drift, and their true yearly changes."""
    rng = np.random.default_rng([21, seed])
    slopes = -0.05 + 0.08 * rng.standard_normal(60)
    drift = np.cumsum(lasting * rng.standard_normal((60, years)), axis=1) + fresh * rng.standard_normal((60, years))
    return rng.poisson(60 * np.exp(slopes[:, None] * np.arange(years) + drift)), np.expm1(slopes)


@pytest.mark.parametrize(("lasting", "fresh"), [(0.1, 0.0), (0.12, 0.12), (0.0, 0.15)])
def test_the_interval_holds_where_drift_lasts_too(lasting: float, fresh: float) -> None:
    hits = []
    for seed in range(15):
        blocks, change = walking(seed, lasting, fresh)
        result = trend(blocks)
        hits.append((result.low <= change) & (change <= result.high))

    assert 0.91 <= np.mean(hits) <= 0.995


def test_drift_that_lasts_is_told_from_years_that_come_and_go() -> None:
    def share(lasting: float, fresh: float) -> float:
        blocks = walking(2, lasting, fresh)[0].astype(float)
        line = np.polynomial.polynomial.polyfit(np.arange(8.0), np.log(blocks).T, 1)
        fitted = np.exp(line[0][:, None] + line[1][:, None] * np.arange(8.0))
        return lasting_share(blocks, fitted, float(np.std(np.log(blocks / fitted))))

    assert share(0.3, 0.0) > 0.8
    assert share(0.0, 0.3) < 0.2


def test_three_years_cannot_tell_whether_drift_lasts() -> None:
    assert lasting_share(np.full((9, 3), 20.0), np.full((9, 3), 20.0), 0.1) == 0.5


def test_growth_of_the_denominator_is_not_a_trend() -> None:
    homes = np.array([[1000.0, 2000, 3000, 4000]])

    assert trend(homes / 10, exposure=homes).change == pytest.approx([0.0], abs=0.005)


@given(st.lists(series.map(lambda s: (s * 8)[:6]), min_size=2, max_size=6))
@settings(max_examples=30, deadline=None)
def test_the_order_of_areas_does_not_matter(blocks: list[list[int]]) -> None:
    straight, turned = trend(blocks), trend(blocks[::-1])

    assert turned.change[::-1] == pytest.approx(straight.change, nan_ok=True, rel=1e-6, abs=1e-9)
    assert turned.high[::-1] == pytest.approx(straight.high, nan_ok=True, rel=1e-6, abs=1e-9)


@given(series)
@settings(max_examples=30, deadline=None)
def test_time_turned_round_turns_the_trend_round(block: list[int]) -> None:
    there, back = trend([block]), trend([block[::-1]])

    assume(np.isfinite(back.change[0]) and np.isfinite(there.change[0]))  # a rise may be too wide to say, its fall not
    assert np.log1p(back.change) == pytest.approx(-np.log1p(there.change), abs=1e-4)


@given(series, st.integers(1, 80))
@settings(max_examples=30, deadline=None)
def test_more_in_the_last_year_never_lowers_the_trend(block: list[int], more: int) -> None:
    higher = [*block[:-1], block[-1] + more]

    before, after = trend([block]).change[0], trend([higher]).change[0]

    assert np.isnan(before) or np.isnan(after) or after >= before - 1e-6


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="must be"):
        trend([1, 2, 3])
    with pytest.raises(ValueError, match="must be"):
        trend([[1, 2, 3]], exposure=[[1, 2]])
    with pytest.raises(ValueError, match="negative"):
        trend([[1, -2, 3]])
    with pytest.raises(ValueError, match="infinite"):
        trend([[1, np.inf, 3]])
    with pytest.raises(ValueError, match="outside"):
        trend_month([[1] * 24], 24)


def monthly(seed: int, change: float = -0.1, months: int = 69):
    rng = np.random.default_rng(seed)
    time = np.arange(months) / 12
    season = 1 + 0.5 * np.sin(2 * np.pi * time)
    return rng.poisson(30 * season * np.exp(np.log1p(change) * time), (40, months)).astype(float)


def test_the_season_does_not_pass_for_a_trend() -> None:
    result = trend_month(monthly(3, change=0.0), 68)

    assert abs(np.median(result.change)) < 0.01
    assert np.mean((result.low <= 0) & (result.high >= 0)) > 0.9


def test_the_trend_of_a_month_is_that_of_the_years_behind_it() -> None:
    assert np.median(trend_month(monthly(5), 68).change) == pytest.approx(-0.1, abs=0.01)


@pytest.mark.parametrize("months", [60, 66])
@pytest.mark.parametrize("calendar", [True, False])
def test_the_interval_holds_wherever_the_shocks_begin(months: int, calendar: bool) -> None:
    hits = []
    for seed in range(12):
        rng = np.random.default_rng([61, seed])
        slopes = -0.05 + 0.08 * rng.standard_normal(40)
        drift = rng.normal(0, 0.15, (40, 6))[:, np.arange(months) // 12]
        if not calendar:  # a month is like the month before
            drift = rng.normal(0, 0.15 * np.sqrt(1 - 0.9**2), (40, months))
            for month in range(1, months):
                drift[:, month] += 0.9 * drift[:, month - 1]
        means = 8 * np.exp(slopes[:, None] * np.arange(months) / 12 + drift)
        result = trend_month(rng.poisson(means), months - 1)
        hits.append((result.low <= np.expm1(slopes)) & (np.expm1(slopes) <= result.high))

    assert 0.93 <= np.mean(hits) <= 0.997


def test_months_after_the_last_are_not_looked_at() -> None:
    cube = monthly(5)
    later = cube.copy()
    later[:, 60:] = 999

    assert (trend_month(cube, 59).change == trend_month(later, 59).change).all()


def test_under_two_years_of_months_is_no_trend() -> None:
    assert np.isnan(trend_month(monthly(5)[:, :23], 22).change).all()


def test_shares_of_the_season_add_up_and_follow_the_months() -> None:
    shares = season_shares(np.tile([300.0, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100], 4))

    assert shares.sum() == pytest.approx(1.0)
    assert shares[0] == pytest.approx(3 / 14, abs=0.01)


def test_a_month_that_was_not_reported_does_not_bend_the_season() -> None:
    counts = np.tile(np.full(12, 50.0), 4)
    counts[17] = np.nan

    assert season_shares(counts) == pytest.approx(np.full(12, 1 / 12), abs=1e-3)


def test_a_season_of_anything_but_one_line_of_months_is_refused() -> None:
    with pytest.raises(ValueError, match="months"):
        season_shares([[1.0]])
