"""Change in per cent a year, with an interval that few years make honestly wide."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wijkveilig.analysis._dist import Floats, student_quantile
from wijkveilig.analysis.lasting import lasting_share, lasting_variance
from wijkveilig.analysis.season import season_shares

_SWEEPS = 40
# Years of drift are few: below this spread between years a line is never believed to lie.
_CUT = 2.5
# Mean of min(z^2, 2.5^2) for a standard normal z: makes the cut-off dispersion agree with the usual one.
_CUT_MEAN = 0.9590
# Where the interval reaches to more than ten times as much each year, nothing is known of the trend.
_FARTHEST = np.log(10.0)
# Shocks can fall on any twelve months: the spread between years is taken from blocks that end at each of these.
_OFFSETS = (0, 3, 6, 9)


@dataclass(frozen=True)
class Trend:
    """Relative change per year: 0.05 is 5 % more each year. Arrays: [areas], NaN where nothing can be said."""

    change: Floats
    low: Floats
    high: Floats
    spread: float  # standard deviation of a year around the line, as a share, beyond Poisson (pooled over areas)


def trend(blocks: ArrayLike, *, exposure: ArrayLike | None = None, level: float = 0.95) -> Trend:
    """Yearly change of each area over whole blocks of twelve months.

    A log-linear negative-binomial line per area. The overdispersion is pooled over areas (an area's own five to ten
    years cannot tell it), and so is the share of it that lasts (`lasting`): a jump that stays bends a line more than
    years that come and go. Firth's correction keeps areas with zeros finite. With two years it is the change between
    the two, and the spread comes from how differently the areas changed.

    How often the 95 % interval holds, measured in 40 towns of 60 areas with some 10 events a year (lognormal, 1.2) and
    3-8 years: 98 % where drift of 15 % is fresh every year, 97 % where it lasts by half, 94-97 % where all of 10 %
    lasts (there 89-96 % of areas with 50 or more a year); 97 % without drift.

    Parameters
    ----------
    blocks: [areas, years] counts, oldest first; NaN where not known.
    exposure: [areas, years] denominators, where each year's is known: then the trend is that of the rate.
    level: probability that the interval holds.

    Returns: `Trend`; NaN for areas with fewer than two known years, without any event, or where the upper end would lie
    above ten times as much each year (a few events after none): so wide an interval says nothing.
    Raises ValueError for shapes that differ, negative or infinite counts.
    Reference: Firth (1993), Biometrika 80:27-38; Ver Hoef & Boveng (2007), Ecology 88:2766-2772.

    >>> t = trend([[100, 90, 81, 73], [5, 0, 3, 2]])
    >>> [round(float(v), 2) for v in t.change]
    [-0.1, -0.2]
    """
    counts, base = _checked(blocks, exposure)
    years = np.arange(counts.shape[1], dtype=np.float64)
    spread, lasts = _drift(counts, base)
    slope, variance, freedom = _lines(counts, base, years, spread)
    variance = variance + lasting_variance(lasts, spread, np.isfinite(counts).sum(axis=1).astype(np.float64))
    return _as_change(slope, variance, freedom, level, spread)


def trend_month(monthly: ArrayLike, last: int, *, level: float = 0.95) -> Trend:
    """Yearly change of each area up to one month, with the season modelled.

    A log-linear line over the months up to `last`; each month of the year has the share that it has in the city.
    The drift between years is taken from twelve-month blocks, because months hide it; the blocks end at four different
    months in turn, because the shocks of a calendar year average out in blocks that end half-way.

    How often the 95 % interval holds, measured in 40 towns of 40 areas and 5 years: 98-99 % at 100 events a year with
    shocks of 15 % by calendar year (whether or not `last` ends one), by month, or lasting for a year; 97 % at 10.

    Parameters
    ----------
    monthly: [areas, months] counts; NaN where not known. Columns twelve apart are the same month of the year.
    last: index of the last month that counts; later ones are not looked at.
    level: probability that the interval holds.

    Returns: `Trend`; NaN where fewer than 24 months are known or without any event. Raises ValueError as `trend`.

    >>> month = np.tile([6.0, 2, 4, 4, 4, 4, 4, 4, 4, 4, 2, 6], 4)[None] * 0.9 ** (np.arange(48) / 12)
    >>> round(float(trend_month(month, 47).change[0]), 2)
    -0.1
    """
    cube, _ = _checked(monthly, None)
    if not 0 <= last < cube.shape[1]:
        raise ValueError(f"month {last} lies outside the {cube.shape[1]} months given")
    counts = cube[:, : last + 1]
    share = season_shares(
        counts.sum(axis=0, where=np.isfinite(counts)), known=np.asarray(np.isfinite(counts).any(axis=0))
    )
    base = np.broadcast_to(share[(np.arange(last + 1)) % 12], counts.shape) * 12.0
    time = (np.arange(last + 1) - last) / 12.0
    spread, lasts = _drift_of_months(counts)
    slope, variance, freedom = _lines(counts, base, time, 0.0)
    seen = np.isfinite(counts).sum(axis=1)
    span = np.maximum(seen / 12.0, 2.0)
    variance = variance + spread**2 * 12.0 / (span**3 - span)  # of a line through `span` yearly deviations
    variance = variance + lasting_variance(lasts, spread, span)
    slope = np.where(seen >= 24, slope, np.nan)
    return _as_change(slope, variance, np.maximum(freedom / 12.0, 1.0), level, spread)


def _checked(blocks: ArrayLike, exposure: ArrayLike | None) -> tuple[Floats, Floats]:
    counts = np.asarray(blocks, dtype=np.float64)
    base = np.ones_like(counts) if exposure is None else np.asarray(exposure, dtype=np.float64)
    if counts.ndim != 2 or base.shape != counts.shape:
        raise ValueError(f"blocks has shape {counts.shape}, exposure {base.shape}; both must be [areas, years]")
    if (counts < 0).any() or (base < 0).any():
        raise ValueError("counts and exposure cannot be negative")
    if np.isinf(counts).any() or np.isinf(base).any():
        raise ValueError("counts and exposure cannot be infinite")
    return np.where(base > 0, counts, np.nan), np.where(base > 0, base, 1.0)


def _lines(counts: Floats, base: Floats, time: Floats, spread: float) -> tuple[Floats, Floats, Floats]:
    """Slope, its variance and degrees of freedom per area, by Firth-corrected scoring."""
    known = np.isfinite(counts)
    y, events = np.where(known, counts, 0.0), np.where(known, counts, 0.0).sum(axis=1)
    total = np.maximum((base * known).sum(axis=1), 1e-12)
    slope, height = np.zeros(len(y)), np.log((events + 0.5) / total)
    centre = (known * time).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    t = (time - centre[:, None]) * known
    variance = np.full(len(y), np.inf)
    for _ in range(_SWEEPS):
        mean = base * np.exp(np.clip(height[:, None] + slope[:, None] * t, -30, 30))
        damped = 1.0 + spread**2 * mean
        weight = known * mean / damped
        s0, s1, s2 = weight.sum(axis=1), (weight * t).sum(axis=1), (weight * t * t).sum(axis=1)
        det = np.maximum(s0 * s2 - s1 * s1, 1e-300)
        hat = weight * (s2[:, None] - 2 * s1[:, None] * t + s0[:, None] * t * t) / det[:, None]
        gap = known * (y - mean) / damped + 0.5 * hat
        u0, u1 = gap.sum(axis=1), (gap * t).sum(axis=1)
        height += np.clip((s2 * u0 - s1 * u1) / det, -1, 1)
        slope += np.clip((s0 * u1 - s1 * u0) / det, -1, 1)
        variance = s0 / det
    enough = (known.sum(axis=1) >= 2) & (events > 0)
    freedom = np.maximum(known.sum(axis=1) - 2.0, 0.0)
    return np.where(enough, slope, np.nan), np.where(enough, variance, np.nan), freedom


def _drift(counts: Floats, base: Floats) -> tuple[float, float]:
    """Spread of a year around its area's line, and the share of it that lasts, pooled over areas."""
    years = np.arange(counts.shape[1], dtype=np.float64)
    spread = _spread_around_lines(counts, base, years)
    whole = np.isfinite(counts).all(axis=1)
    if spread == 0.0 or not whole.any():
        return spread, lasting_share(np.zeros((0, 0)), np.zeros((0, 0)), spread)
    return spread, lasting_share(counts[whole], _line_residuals(counts[whole], base[whole], years), spread)


def _drift_of_months(counts: Floats) -> tuple[float, float]:
    """Idem for monthly counts [areas, months]: the mean over blocks of twelve that end at several months."""
    found = []
    for offset in _OFFSETS:
        whole = (counts.shape[1] - offset) // 12
        if whole >= 3 or offset == 0:
            end = counts.shape[1] - offset
            blocks = counts[:, end - 12 * whole : end].reshape(len(counts), whole, 12).sum(axis=2)
            found.append(_drift(blocks, np.ones_like(blocks)))
    spreads, shares = np.array(found).T
    return float(np.sqrt((spreads**2).mean())), float(shares.mean())


def _spread_around_lines(counts: Floats, base: Floats, years: Floats) -> float:
    """Standard deviation of a year around its area's line beyond Poisson, as a share, pooled over areas."""
    known = np.isfinite(counts)
    lined = known.sum(axis=1) >= 3
    if lined.any():
        residuals, freedom = _line_residuals, float((known.sum(axis=1) - 2)[lined].sum())
        fitted = residuals(counts[lined], base[lined], years)
        y, mask = np.where(known, counts, 0.0)[lined], known[lined]
        return _solve_spread((y - fitted)[mask], fitted[mask], freedom)
    pairs = known.sum(axis=1) == 2
    if pairs.sum() < 2:
        return 0.0
    return _spread_between_pairs(counts[pairs], base[pairs], known[pairs])


def _line_residuals(counts: Floats, base: Floats, years: Floats) -> Floats:
    """Fitted means [areas, years] of the Poisson lines; they keep each area's total."""
    known = np.isfinite(counts)
    slope, _, _ = _lines(counts, base, years, 0.0)
    shape = base * np.exp(np.nan_to_num(slope)[:, None] * years) * known
    total = np.where(known, counts, 0.0).sum(axis=1)
    return np.asarray(shape * (total / np.maximum(shape.sum(axis=1), 1e-12))[:, None])


def _spread_between_pairs(counts: Floats, base: Floats, known: np.ndarray) -> float:
    """Idem from two years per area: how much more areas' changes differ than Poisson counts would."""
    y = counts[known].reshape(len(counts), 2)
    e = base[known].reshape(len(counts), 2)
    share = e * (y.sum(axis=0) / e.sum(axis=0))
    share /= np.maximum(share.sum(axis=1, keepdims=True), 1e-12)
    total = y.sum(axis=1)
    gap = y[:, 1] - total * share[:, 1]
    poisson = total * share[:, 0] * share[:, 1]
    return float(_solve_spread(gap, poisson, float(len(y) - 1)) / np.sqrt(2.0))


def _solve_spread(gap: Floats, mean: Floats, freedom: float) -> float:
    """Spread s for which sum of gap^2 / (mean + s^2 mean^2), cut at 2.5 deviations, equals the freedom."""
    seen = mean > 0
    gap, mean = gap[seen], mean[seen]
    if freedom <= 0 or not mean.size:
        return 0.0
    aim = _CUT_MEAN * freedom
    low, high = 0.0, 4.0

    def excess(spread: float) -> float:
        return float(np.minimum(gap**2 / (mean + spread**2 * mean**2), _CUT**2).sum()) - aim

    if excess(0.0) <= 0:
        return 0.0
    for _ in range(40):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if excess(middle) > 0 else (low, middle)
    return 0.5 * (low + high)


def _as_change(slope: Floats, variance: Floats, freedom: Floats, level: float, spread: float) -> Trend:
    """Exponentiate slope and ends. The pooled spread has many degrees of freedom; an area's own are the least."""
    pooled = max(float(np.nansum(np.where(np.isfinite(slope), freedom, 0.0))), float(np.isfinite(slope).sum() - 1), 1.0)
    reach = student_quantile(pooled, (1 + level) / 2) * np.sqrt(variance)
    slope = np.where(slope + reach <= _FARTHEST, slope, np.nan)
    return Trend(np.expm1(slope), np.expm1(slope - reach), np.expm1(slope + reach), spread)
