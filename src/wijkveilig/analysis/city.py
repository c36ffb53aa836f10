"""The city as a whole against its own past."""

import numpy as np
from numpy.typing import ArrayLike

from wijkveilig.analysis._dist import Floats, normal_quantile, student_quantile
from wijkveilig.analysis.drift import Drift
from wijkveilig.analysis.forecast import LEAST_YEARS, Expected, predictive_interval, two_sided
from wijkveilig.analysis.shock import NORMAL, chances_of

# How much of the past years' mean change is thought to go on; what the errors of earlier forecasts choose from.
_GOES_ON = np.linspace(0.0, 1.0, 5)
# Errors that a prior guess of 8 % a year counts for: a town of few types has few errors of its own.
_PRIOR_ERRORS, _PRIOR_SPREAD = 4.0, 0.08
# No city is steadier than 2 % a year.
_LEAST_SPREAD = 0.02


def city_expected(
    history: ArrayLike,
    current: ArrayLike,
    *,
    exposure: ArrayLike | None = None,
    level: float = 0.95,
    least_years: int = LEAST_YEARS,
) -> Expected:
    """Count of each type in the whole city that its own earlier years lead to expect.

    Last year's count moved on by a part of the mean yearly change so far; which part, and how wide the interval is,
    comes from the errors that such forecasts made in earlier years, pooled over types.

    Parameters
    ----------
    history: [types, years] counts, oldest first; NaN where not known.
    current: [types] counts of the period itself.
    exposure: [years + 1] denominators of the city, the period's last.
    level, least_years: as `expected`.

    Returns: `Expected` with arrays [types]; `eligible` is where at least one was expected. Raises ValueError for shapes
    that differ, no type at all, or negative or infinite counts.

    >>> past = np.array([[100.0, 90, 81, 73], [50, 50, 50, 50]])
    >>> city_expected(past, [66, 50]).value.round().tolist()
    [66.0, 50.0]
    """
    past, now, base = _checked(history, current, exposure)
    if past.shape[1] == 0:
        past, base = np.full((len(past), 1), np.nan), np.append(base, base)
    rate = (past + 0.5) / base[:-1]
    goes_on, spread, freedom = _learn(rate, past)
    last, step, size = _outset(rate, past)
    value = np.maximum(last * np.exp(goes_on * step) * base[-1] - 0.5, 0.0)
    value = np.where(np.isfinite(past).sum(axis=1) >= least_years, value, np.nan)
    # Few errors of its own: as wide as Student's t with that many degrees of freedom.
    wide = float(student_quantile(freedom, 0.975)) / float(normal_quantile(0.975))
    variance = (spread + 1.0 / (size + 1.0)) * wide**2
    usable = np.isfinite(value) & np.isfinite(now)
    mean, chances = np.maximum(value, 0.5 / past.shape[1]), chances_of(NORMAL, np.zeros(len(past)))
    low, high = predictive_interval(mean, variance, chances, level)
    p = two_sided(np.where(usable, now, np.nan), mean, variance, chances)
    rise = usable & (np.nan_to_num(now) > np.nan_to_num(value))
    eligible = usable & (np.nan_to_num(past[:, -1]) >= 1.0)
    drift = Drift(0.0, spread, 1.0, np.ones(len(past)), np.zeros(len(past)), NORMAL)
    return Expected(value, np.minimum(low, value), np.maximum(high, value), p, rise, usable, eligible, drift)


def _learn(rate: Floats, past: Floats) -> tuple[float, float, float]:
    """Part of the change that goes on, variance of a year's logarithm beyond Poisson, and degrees of freedom."""
    fits = [_errors(rate, past, goes_on) for goes_on in _GOES_ON]
    best = int(np.argmin([float((errors**2).sum()) for errors, _ in fits])) if fits[0][0].size else 2
    errors, poisson = fits[best]
    freedom = errors.size + _PRIOR_ERRORS
    # An error of more than three usual ones counts for three: one odd year is not what all years are like.
    cut = np.minimum(np.abs(errors), 3.0 * (np.median(np.abs(errors)) / 0.6745 if errors.size else 1.0))
    excess = float((cut**2 - poisson).sum()) + _PRIOR_ERRORS * _PRIOR_SPREAD**2
    return float(_GOES_ON[best]), max(excess / freedom, _LEAST_SPREAD**2), freedom


def _outset(rate: Floats, past: Floats) -> tuple[Floats, Floats, Floats]:
    """Per type the last known rate, the mean yearly change of its logarithm, and the last known count."""
    logs = np.log(rate)
    known = np.isfinite(logs)
    years = np.arange(rate.shape[1])
    first = np.where(known.any(axis=1), np.argmax(known, axis=1), 0)
    last = np.where(known.any(axis=1), rate.shape[1] - 1 - np.argmax(known[:, ::-1], axis=1), 0)
    rows = np.arange(len(rate))
    step = (logs[rows, last] - logs[rows, first]) / np.maximum(years[last] - years[first], 1)
    return rate[rows, last], step, past[rows, last]


def _errors(rate: Floats, past: Floats, goes_on: float) -> tuple[Floats, Floats]:
    """Errors of the logarithm in forecasts of the third and later years, with their Poisson variance."""
    errors, poisson = [], []
    for year in range(2, rate.shape[1]):
        last, step, size = _outset(rate[:, :year], past[:, :year])
        gap = np.log(rate[:, year]) - np.log(last) - goes_on * step
        noise = 1.0 / (size + 1.0) + 1.0 / (past[:, year] + 1.0)
        seen = np.isfinite(gap) & (size >= 8)
        errors.append(gap[seen])
        poisson.append(noise[seen])
    if not errors:
        return np.zeros(0), np.zeros(0)
    return np.concatenate(errors), np.concatenate(poisson)


def _checked(history: ArrayLike, current: ArrayLike, exposure: ArrayLike | None) -> tuple[Floats, Floats, Floats]:
    past, now = np.asarray(history, dtype=np.float64), np.asarray(current, dtype=np.float64)
    if past.ndim != 2 or now.shape != past.shape[:1]:
        raise ValueError(
            f"history has shape {past.shape}, current {now.shape}; they must be [types, years] and [types]"
        )
    if (past < 0).any() or (now < 0).any():
        raise ValueError("counts cannot be negative")
    if not past.shape[0]:
        raise ValueError("there must be at least one type")
    if np.isinf(past).any() or np.isinf(now).any():
        raise ValueError("counts cannot be infinite")
    base = np.ones(past.shape[1] + 1) if exposure is None else np.asarray(exposure, dtype=np.float64)
    if base.shape != (past.shape[1] + 1,) or not ((base > 0) & np.isfinite(base)).all():
        raise ValueError(f"exposure has shape {base.shape}; it must be one number above 0 for each year and the period")
    return past, now, base
