"""What a period was to be expected to bring, and which counts are out of line with it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wijkveilig.analysis._dist import Floats
from wijkveilig.analysis._mixture import mixed_above, mixed_below, mixed_interval
from wijkveilig.analysis.baseline import Lesson, Outlook, move, outlook, size_of, yearly_lessons
from wijkveilig.analysis.discovery import false_discovery
from wijkveilig.analysis.drift import Drift, learn_drift, spread_of
from wijkveilig.analysis.shock import chances_of

LEAST_YEARS = 3


@dataclass(frozen=True)
class Expected:
    """Expected count per area and type with its predictive interval. Arrays: [areas, types], NaN where nothing."""

    value: Floats
    low: Floats
    high: Floats
    p: Floats  # two-sided predictive probability of a count as far off as the one seen
    rise: NDArray[np.bool_]  # the count seen lies above the value
    usable: NDArray[np.bool_]  # there is a value and a count
    eligible: NDArray[np.bool_]  # at least one was to be expected before the period was seen
    drift: Drift


def expected(
    history: ArrayLike,
    current: ArrayLike,
    *,
    exposure: ArrayLike | None = None,
    level: float = 0.95,
    least_years: int = LEAST_YEARS,
) -> Expected:
    """Count that each area's own earlier years, moved along with the rest of the city, lead to expect.

    Parameters
    ----------
    history: [areas, types, years] counts of earlier years, oldest first; NaN where not known.
    current: [areas, types] counts of the period itself; NaN where not known.
    exposure: [areas, years + 1] denominators (addresses, dwellings) where each year's is known, the period's last;
        an area with a gap is taken as constant.
    level: probability that the predictive interval holds.
    least_years: number of earlier known years below which nothing is said.

    Returns: `Expected`. Raises ValueError for shapes that differ or negative counts.

    >>> rng = np.random.default_rng(1)
    >>> town = rng.poisson(20.0, size=(30, 4, 5))
    >>> e = expected(town[:, :, :4], town[:, :, 4])
    >>> e.value.shape, bool((e.low <= e.value).all()), out_of_line(e).sum()
    ((30, 4), True, np.int64(0))
    """
    past, now, base = _checked(history, current, exposure)
    lessons = yearly_lessons(past, base[:, :-1])
    drift = learn_drift(lessons, past)
    target = Lesson(past, now, base[:, -1:] / base[:, :-1])
    before = Lesson(past, past[:, :, -1], base[:, -2:-1] / base[:, :-1]) if past.shape[2] else None
    return forecast(target, before, drift, np.isfinite(past).sum(axis=2) >= least_years, level)


def forecast(target: Lesson, before: Lesson | None, drift: Drift, enough: NDArray[np.bool_], level: float) -> Expected:
    """Expected count of the target, with learned drift; `before` is the same as seen from the year
    before, which says who is tested."""
    spread = spread_of(drift, target.past)
    now, known = target.now, np.isfinite(target.past).sum(axis=2)
    seen = _seen(target, drift, spread)
    value = np.where(enough, seen.mean, np.nan)
    usable = np.isfinite(value) & np.isfinite(now)
    floor = 0.5 * target.part / np.maximum(known, 1)  # no events so far is not 'never'
    mean, chances = np.maximum(value, floor), chances_of(drift.shock, drift.doubt)
    low, high = predictive_interval(mean, seen.variance, chances, level)
    p = two_sided(np.where(usable, now, np.nan), mean, seen.variance, chances)
    rise = usable & (np.nan_to_num(now) > np.nan_to_num(value))
    prior = np.zeros(now.shape) if before is None else np.nan_to_num(_seen(before, drift, spread).mean)
    return Expected(
        value, np.minimum(low, value), np.maximum(high, value), p, rise, usable, usable & (prior >= 1), drift
    )


def _seen(lesson: Lesson, drift: Drift, spread: Floats) -> Outlook:
    moved = move(lesson, spread)
    return outlook(moved, *drift.variances(size_of(moved)))


def out_of_line(seen: Expected, *, alpha: float = 0.05) -> NDArray[np.bool_]:
    """Series [areas, types] whose count is out of line with what was expected, both ways, corrected for many questions.

    The family is every usable series of which at least one was to be expected before the period was seen.
    Raises ValueError for an alpha outside (0, 1).
    """
    return false_discovery(seen.p, seen.eligible, alpha=alpha)


def two_sided(count: Floats, mean: Floats, variance: Floats, chances: Floats) -> Floats:
    """Twice the smaller tail of the predictive distribution, at most 1; NaN in gives NaN out.

    count, mean, variance: one shape; chances: that shape with nodes behind, or broadcasting to it.
    """
    known = np.isfinite(count) & np.isfinite(mean) & np.isfinite(variance)
    own = (count[known], mean[known], variance[known], _spread_out(chances, mean)[known])
    p = np.full(mean.shape, np.nan)
    p[known] = np.minimum(2.0 * np.minimum(mixed_below(*own), mixed_above(*own)), 1.0)
    return p


def predictive_interval(mean: Floats, variance: Floats, chances: Floats, level: float) -> tuple[Floats, Floats]:
    """Smallest and largest count that the predictive distribution does not exclude, each side (1 - level) / 2."""
    known = np.isfinite(mean) & np.isfinite(variance)
    own = (mean[known], variance[known], _spread_out(chances, mean)[known])
    low, high = np.full(mean.shape, np.nan), np.full(mean.shape, np.nan)
    low[known], high[known] = mixed_interval(level, *own)
    return low, high


def _spread_out(chances: Floats, mean: Floats) -> Floats:
    return np.broadcast_to(chances, (*mean.shape, chances.shape[-1]))


def _checked(history: ArrayLike, current: ArrayLike, exposure: ArrayLike | None) -> tuple[Floats, Floats, Floats]:
    past, now = np.asarray(history, dtype=np.float64), np.asarray(current, dtype=np.float64)
    if past.ndim != 3 or now.shape != past.shape[:2]:
        raise ValueError(f"history has shape {past.shape}, current {now.shape}; [areas, types, years], [areas, types]")
    if (past < 0).any() or (now < 0).any():
        raise ValueError("counts cannot be negative")
    width = (past.shape[0], past.shape[2] + 1)
    base = np.ones(width) if exposure is None else np.asarray(exposure, dtype=np.float64)
    if base.shape != width:
        raise ValueError(f"exposure has shape {base.shape}; it must be {width}: the years and the period itself")
    return past, now, np.where(np.all(base > 0, axis=1)[:, None], base, 1.0)
