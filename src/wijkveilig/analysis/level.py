"""Level of an area with its uncertainty: small areas lean on their peers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wijkveilig.analysis._dist import Floats, negative_binomial_log, negative_binomial_tails
from wijkveilig.analysis._gamma_mixture import mixture_quantile, one_gamma

# Standard deviation between areas as a share of the mean, from nearly none to far more than any town shows.
_SPREADS = np.exp(np.linspace(np.log(0.02), np.log(2.5), 28))
# Scale of the gamma prior on that spread, which is 0 at 0: what cannot be told is not taken for no spread at all.
_SPREAD_SCALE = 0.5
# A town that has an area this improbable under the prior of the others keeps it out of the prior (not of the picture).
_OUTLYING = 0.05
# At most this share of the areas, the worst, can be kept out: several extremes together do not hide each other.
_TRIMMED = 0.2


@dataclass(frozen=True)
class _Prior:
    """What is known of the rates' gamma distribution, per spread of the grid. Arrays: [grid]."""

    chance: Floats
    mean: Floats
    doubt: Floats  # variance of the mean
    shape: Floats


@dataclass(frozen=True)
class Shrunk:
    """Gamma posterior of the rate per area. Arrays: [areas]; rates in events per unit of base."""

    mean: float  # all events over all base, not shrunk
    shape: Floats  # shape of the posterior
    rate: Floats  # rate of the posterior, in units of base
    level: Floats  # posterior mean
    low: Floats
    high: Floats
    prior_mean: float
    prior_shape: float  # 1 / squared coefficient of variation between areas
    outlying: NDArray[np.bool_]  # areas that were kept out of the prior


def shrink(events: ArrayLike, base: ArrayLike, *, level: float = 0.95) -> Shrunk:
    """Rate per area, shrunk to comparable areas as far as its own count is uncertain.

    Events are Poisson around rate times base; rates of areas follow a gamma distribution, so that counts are negative
    binomial. Its mean and spread are learned from the areas themselves, with all that stays unknown of them (a grid
    over the spread, with a prior that keeps away from 0). An area's posterior is the mixture over that grid: `level`
    is its mean, `low` and `high` are its own quantiles; `shape` and `rate` are the one gamma distribution with its
    mean and variance. The prior is first fitted without the fifth of the areas that fit worst; those that belong to
    the others after all are taken back, so that no extreme area, nor a group of them, can drag the rest. An area that
    stays out leans on the wider prior of all areas together.

    How often the 95 % interval holds the true rate, measured in 60 towns of each kind (20, 60 or 100 areas with gamma
    rates, exposures lognormal with spread 0.6): 92-96 % with 1-3 events on average where rates differ by a half to
    seven tenths, 93-99 % where by a third or less, 94-97 % with 10 events. A fifth of the areas can be extreme.

    Parameters
    ----------
    events: [areas] counts; NaN where not known.
    base: [areas] exposure (residents, dwellings, area-years); NaN or 0 where there is none.
    level: probability that the interval holds.

    Returns: `Shrunk`; NaN for areas without events or base, everywhere NaN where no area has both.
    Raises ValueError for shapes that differ, negative values, or a level outside (0, 1).
    Reference: Clayton & Kaldor (1987), Biometrics 43:671-681; Chung et al. (2013), Psychometrika 78:685-709.

    >>> r = shrink([2, 30, 8, 0], [100, 1000, 400, 0])
    >>> [round(float(v), 4) for v in r.level]
    [0.0233, 0.0288, 0.0222, nan]
    """
    counts, exposure = _checked(events, base, level)
    known = np.isfinite(counts) & (exposure > 0)
    y, e = counts[known], exposure[known]
    empty = np.full(counts.shape, np.nan)
    if not y.size:
        return Shrunk(np.nan, empty, empty, empty, empty, empty, np.nan, np.nan, np.zeros(counts.shape, dtype=bool))
    kept = _without_outlying(y, e)
    prior = _fit(y[kept], e[kept])
    shape, rate, low, high = (empty.copy() for _ in range(4))
    # An area that does not belong to its peers does not lean on them either: for it the prior is that of all areas.
    for own, belief in ((kept, prior), (~kept, _fit(y, e))):
        if own.any():
            at = np.flatnonzero(known)[own]
            parts = _posterior(y[own], e[own], belief)
            shape[at], rate[at] = one_gamma(*parts)
            low[at], high[at] = mixture_quantile(*parts, ((1 - level) / 2, (1 + level) / 2))
    outlying = np.zeros(counts.shape, dtype=bool)
    outlying[np.flatnonzero(known)[~kept]] = True
    return Shrunk(
        mean=float(y.sum() / e.sum()),
        shape=shape,
        rate=rate,
        level=shape / rate,
        low=low,
        high=high,
        prior_mean=float(prior.chance @ prior.mean),
        prior_shape=float(1.0 / (prior.chance @ (1.0 / prior.shape))),
        outlying=outlying,
    )


def _checked(events: ArrayLike, base: ArrayLike, level: float) -> tuple[Floats, Floats]:
    counts, exposure = np.asarray(events, dtype=np.float64), np.asarray(base, dtype=np.float64)
    if counts.ndim != 1 or counts.shape != exposure.shape:
        raise ValueError(f"events has shape {counts.shape}, base {exposure.shape}; both must be [areas]")
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, not {level}")
    if (counts < 0).any() or (exposure < 0).any():
        raise ValueError("events and base cannot be negative")
    if np.isinf(counts).any() or np.isinf(exposure).any():
        raise ValueError("events and base cannot be infinite")
    return counts, np.nan_to_num(exposure, nan=0.0)


def _fit(y: Floats, e: Floats) -> _Prior:
    """Gamma distribution between areas, from counts and exposures [areas]: best mean for each spread of the grid."""
    shapes = 1.0 / _SPREADS**2
    mean = np.full(shapes.shape, max(y.sum(), 0.5) / e.sum())
    for _ in range(12):  # fixed point of the mean's score: converges in a few steps, never leaves the data's range
        weight = 1.0 / (1.0 + mean[:, None] * e / shapes[:, None])
        mean = np.maximum(weight @ y, 0.5) / (weight @ e)
    fit = negative_binomial_log(y, mean[:, None] * e, shapes[:, None]).sum(axis=1)
    fit += 2.0 * np.log(_SPREADS) - _SPREADS / _SPREAD_SCALE  # gamma prior of shape 2 on the spread, grid is in logs
    doubt = mean / (weight @ e)
    fit += 0.5 * np.log(doubt)  # the mean is integrated out, not only maximised: else few areas look too much alike
    chance = np.exp(fit - fit.max())
    return _Prior(chance / chance.sum(), mean, doubt, shapes)


def _posterior(y: Floats, e: Floats, prior: _Prior) -> tuple[Floats, Floats, Floats]:
    """Chances [grid], shapes and rates [grid, areas] of the gamma distributions that the posterior is a mixture of."""
    inverse = (prior.shape / prior.mean)[:, None]
    mean = (prior.shape[:, None] + y) / (inverse + e)
    lean = inverse / (inverse + e)
    variance = mean / (inverse + e) + lean**2 * prior.doubt[:, None]  # the doubt of the mean, as far as it is leaned on
    return prior.chance, mean**2 / variance, mean / variance


def _without_outlying(y: Floats, e: Floats) -> NDArray[np.bool_]:
    """Mask [areas] of those that the prior rests on: first without the worst, then with all that belong to the rest."""
    kept = np.ones(y.shape, dtype=bool)
    if y.size < 5:
        return kept
    worst = np.argsort(_chance_of(y, e, _fit(y, e)), kind="stable")[: int(np.ceil(_TRIMMED * y.size))]
    kept[worst] = False
    while worst.size:
        chance = _chance_of(y[worst], e[worst], _fit(y[kept], e[kept]))
        fits = chance > _OUTLYING / y.size
        if not fits.any():
            break
        kept[worst[fits]] = True
        worst = worst[~fits]
    return kept


def _chance_of(y: Floats, e: Floats, prior: _Prior) -> Floats:
    """Two-sided probability [areas] of a count as far off as the area's, under the prior with all its doubt."""
    mean = prior.mean[:, None] * e
    # What is not known of the mean makes the count wider, as a smaller gamma shape does.
    shape = 1.0 / (1.0 / prior.shape + prior.doubt / prior.mean**2)
    below, above = negative_binomial_tails(y, mean, shape[:, None])
    return np.minimum(2.0 * np.minimum(prior.chance @ below, prior.chance @ above), 1.0)


def spatial_empirical_bayes(events: ArrayLike, base: ArrayLike, neighbours: list[NDArray[np.intp]]) -> Floats:
    """Rate per area, shrunk to the mean of the area and its neighbours (Marshall's local estimator).

    Parameters
    ----------
    events: [areas] counts.
    base: [areas] exposure, above 0.
    neighbours: per area the indices of its neighbours, without itself.

    Returns: [areas] rates in events per unit of base. Where the neighbourhood's spread is below Poisson's, its mean.
    Raises ValueError for shapes that differ or a base that is not above 0.
    Reference: Marshall (1991), Applied Statistics 40:283-294; as in esda.smoothing.Spatial_Empirical_Bayes.

    >>> n = [np.array([1]), np.array([0, 2]), np.array([1])]
    >>> [round(float(v), 4) for v in spatial_empirical_bayes([10, 1, 20], [100, 100, 100], n)]
    [0.0878, 0.026, 0.1889]
    """
    y, e = np.asarray(events, dtype=np.float64), np.asarray(base, dtype=np.float64)
    if y.ndim != 1 or y.shape != e.shape or len(neighbours) != y.size:
        raise ValueError(f"events {y.shape}, base {e.shape} and neighbours [{len(neighbours)}] must be of one length")
    if not (e > 0).all():
        raise ValueError("the base of every area must be above 0")
    rate = y / e
    result = np.empty_like(rate)
    for area, others in enumerate(neighbours):
        ring = np.append(np.asarray(others, dtype=np.intp), area)
        total = e[ring].sum()
        mean = y[ring].sum() / total
        spread = (e[ring] * (rate[ring] - mean) ** 2).sum() / total - mean / (total / ring.size)
        between = max(float(spread), 0.0)
        noise = between + mean / e[area]
        result[area] = mean + (between / noise if noise > 0 else 0.0) * (rate[area] - mean)
    return result
