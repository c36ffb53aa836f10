"""Place of an area among its peers, as an interval."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wijkveilig.analysis._dist import Floats


@dataclass(frozen=True)
class Ranks:
    """Place among the areas that have a rate; 1 is the highest. Arrays: [areas], NaN where there is no rate."""

    rank: Floats  # place by expected rank
    low: Floats  # best place that is still likely
    high: Floats  # worst place that is still likely
    of: int  # number of areas with a rate


def rank_intervals(
    shape: ArrayLike, rate: ArrayLike, *, draws: int = 2000, seed: int = 20241, level: float = 0.95
) -> Ranks:
    """Interval of each area's place, from joint draws of all rates.

    Parameters
    ----------
    shape, rate: [areas] gamma posterior of the rate (see `shrink`); NaN where an area has none.
    draws: number of joint draws. With 2,000 the ends of 60 areas' intervals have a standard deviation over seeds of at
        most 1.3 place (measured over 40 seeds); at a gap in the list an end can leap by some places. With 10,000, 0.6.
    seed: start of the generator (PCG64); same seed, same places, in whatever order the areas stand.
    level: probability that the interval holds, per area.

    Returns: `Ranks`. The place is the mean over the draws, rounded within the interval; areas that cannot be told
    apart have intervals that overlap, and areas with the very same posterior have the very same place and interval.
    Raises ValueError for shapes that differ, infinite values, draws below 100, or a level outside (0, 1).
    Reference: Goldstein & Spiegelhalter (1996), J. R. Stat. Soc. A 159:385-443; Lin et al. (2006), Bayesian
    Analysis 1:915-946.

    >>> r = rank_intervals([400, 4, np.nan, 100], [1, 1, np.nan, 1])
    >>> r.rank.tolist(), r.low.tolist(), r.high.tolist(), r.of
    ([1.0, 3.0, nan, 2.0], [1.0, 3.0, nan, 2.0], [1.0, 3.0, nan, 2.0], 3)
    """
    k, r = np.asarray(shape, dtype=np.float64), np.asarray(rate, dtype=np.float64)
    if k.ndim != 1 or k.shape != r.shape:
        raise ValueError(f"shape has shape {k.shape}, rate {r.shape}; both must be [areas]")
    if draws < 100:
        raise ValueError(f"draws must be at least 100, not {draws}")
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, not {level}")
    if np.isinf(k).any() or np.isinf(r).any():
        raise ValueError("shape and rate cannot be infinite")
    known = np.flatnonzero((k > 0) & (r > 0))
    rank, low, high = (np.full(k.shape, np.nan) for _ in range(3))
    if known.size:
        known = known[np.lexsort((r[known], k[known]))]  # an area gets the same draws wherever it stands in the list
        rank[known], low[known], high[known] = _places(k[known], r[known], draws, seed, level)
    return Ranks(rank, low, high, known.size)


def _places(k: Floats, r: Floats, draws: int, seed: int, level: float) -> tuple[Floats, Floats, Floats]:
    """Place and its interval per area, of gamma posteriors [areas] that are sorted: equal ones stand together."""
    rates = np.random.default_rng(seed).standard_gamma(k, size=(draws, k.size)) / r
    order = np.argsort(-rates, axis=1)
    places = np.empty(rates.shape)
    np.put_along_axis(places, order, np.arange(1.0, k.size + 1.0)[None], axis=1)
    low, high = np.quantile(places, ((1 - level) / 2, (1 + level) / 2), axis=0, method="closest_observation")
    first = np.flatnonzero(np.concatenate([[True], (np.diff(k) != 0) | (np.diff(r) != 0)]))
    number = np.diff(np.append(first, k.size))
    mean = np.repeat(np.add.reduceat(places.mean(axis=0), first) / number, number)
    low = np.repeat(np.minimum.reduceat(low, first), number)
    high = np.repeat(np.maximum.reduceat(high, first), number)
    return np.clip(np.rint(mean), low, high), low, high
