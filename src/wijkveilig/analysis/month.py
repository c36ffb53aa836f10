"""A single month against its expectation, and the likeliest start of a run."""

import numpy as np
from numpy.typing import ArrayLike

from wijkveilig.analysis._dist import Floats
from wijkveilig.analysis.baseline import Lesson
from wijkveilig.analysis.drift import learn_drift
from wijkveilig.analysis.forecast import LEAST_YEARS, Expected, forecast

_MONTH = 1.0 / 12.0


def expected_month(monthly: ArrayLike, last: int, *, level: float = 0.95, least_years: int = LEAST_YEARS) -> Expected:
    """Count of one month that the area's earlier years, moved along with the rest of the city, lead to expect.

    The twelve-month blocks before the month are brought to it by the ratio in which the rest of the city's month
    stands to its block: season and change in one. Drift is learned from the same month of earlier years.

    Parameters
    ----------
    monthly: [areas, types, months] counts; NaN where not known.
    last: index of the month; later months are not looked at.
    level, least_years: as `expected`.

    Returns: `Expected` for that month. Raises ValueError for a wrong shape, negative counts or a month outside.

    >>> rng = np.random.default_rng(1)
    >>> e = expected_month(rng.poisson(5.0, size=(20, 3, 60)), 59)
    >>> e.value.shape, bool(abs(e.value.mean() - 5.0) < 0.5)
    ((20, 3), True)
    """
    cube = np.asarray(monthly, dtype=np.float64)
    if cube.ndim != 3:
        raise ValueError(f"monthly has shape {cube.shape}; it must be [areas, types, months]")
    if not 0 <= last < cube.shape[2]:
        raise ValueError(f"month {last} lies outside the {cube.shape[2]} months given")
    if (cube < 0).any():
        raise ValueError("counts cannot be negative")
    lessons = [_lesson(cube, month) for month in range(last % 12, last + 1, 12) if month >= 12]
    if not lessons:
        nothing = Lesson(np.full((*cube.shape[:2], 1), np.nan), cube[:, :, last], np.ones((cube.shape[0], 1)), _MONTH)
        lessons = [nothing]
    target = lessons[-1]
    before = Lesson(target.past, cube[:, :, last - 12], target.growth, _MONTH) if last >= 12 else None
    drift = learn_drift(lessons[:-1], target.past)
    return forecast(target, before, drift, np.isfinite(target.past).sum(axis=2) >= least_years, level)


def _lesson(cube: Floats, month: int) -> Lesson:
    """The month, and the whole twelve-month blocks before it."""
    whole = month // 12
    blocks = cube[:, :, month - 12 * whole : month].reshape(*cube.shape[:2], whole, 12).sum(axis=3)
    return Lesson(blocks, cube[:, :, month], np.ones((cube.shape[0], whole)), _MONTH)


def likely_start(counts: ArrayLike, due: ArrayLike) -> int:
    """Index of the month in which a run above (or below) expectation most likely began. Described, not tested.

    Parameters
    ----------
    counts: [months] counts of the period that is out of line.
    due: [months] counts that were to be expected, each above 0.

    Returns: the index from which on a common factor on `due` gives the highest Poisson likelihood; before it the months
    are as expected. The direction is that of the whole period. Raises ValueError for shapes that differ.
    Reference: Hinkley (1970), Biometrika 57:1-17.

    >>> likely_start([0, 1, 0, 0, 0, 1, 0, 0, 4, 5, 3, 4], [0.25] * 12)
    8
    """
    y, e = np.asarray(counts, dtype=np.float64), np.asarray(due, dtype=np.float64)
    if y.ndim != 1 or y.shape != e.shape or not y.size:
        raise ValueError(f"counts has shape {y.shape}, due {e.shape}; both must be [months]")
    if not (e > 0).all():
        raise ValueError("every month's expected count must be above 0")
    seen, meant = (np.cumsum(part[::-1])[::-1] for part in (np.nan_to_num(y), e))
    gain = np.where(seen > 0, seen * np.log(np.maximum(seen, 1e-300) / meant), 0.0) - (seen - meant)
    direction = seen[0] >= meant[0]
    gain = np.where((seen >= meant) == direction, gain, -np.inf)
    return int(np.argmax(gain))
