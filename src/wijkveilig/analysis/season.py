"""Season: the share that each month of the year has in a year."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wijkveilig.analysis._dist import Floats

# Events that are added, spread evenly, so that a rare type does not get a month without crime.
_EVEN = 12.0


def season_shares(counts: ArrayLike, *, known: NDArray[np.bool_] | None = None) -> Floats:
    """Share of each month of the year, freed of the trend between years.

    Parameters
    ----------
    counts: [months] counts of the whole city. Columns twelve apart are the same month of the year.
    known: [months] whether the month was reported; default: where counts is a number.

    Returns: [12] shares that add up to 1, by position (index modulo 12). Years are counted back from the last month.
    Raises ValueError where counts is not one-dimensional.
    Method: iterative proportional fitting of year x month, Deming & Stephan (1940), Ann. Math. Stat. 11:427-444.

    >>> season_shares(np.tile([2.0] + [1.0] * 11, 3) * 100).round(3).tolist()[:2]
    [0.154, 0.077]
    """
    y = np.asarray(counts, dtype=np.float64)
    if y.ndim != 1:
        raise ValueError(f"counts has shape {y.shape}; it must be [months]")
    seen = np.isfinite(y) if known is None else np.asarray(known, dtype=bool) & np.isfinite(y)
    year = (y.size - 1 - np.arange(y.size)) // 12
    y = np.where(seen, y, 0.0) * np.exp(_slope(y, seen, year) * (y.size - 1 - np.arange(y.size)) / 12)
    month = np.arange(y.size) % 12
    share = np.full(12, 1 / 12)
    for _ in range(30):
        size = _sum(year, y) / np.maximum(_sum(year, share[month] * seen), 1e-12)
        due = np.bincount(month, size[year] * seen, minlength=12)
        share = (np.bincount(month, y, minlength=12) + _EVEN / 12) / (due + _EVEN)
        share /= share.sum()
    return np.asarray(share)


def _slope(counts: Floats, seen: NDArray[np.bool_], year: NDArray[np.intp]) -> float:
    """Yearly change of the logarithm, from whole years: a trend within the year must not pass for season."""
    months, total = _sum(year, seen.astype(np.float64)), _sum(year, np.where(seen, counts, 0.0))
    whole = (months == 12) & (total > 0)
    if whole.sum() < 2:
        return 0.0
    back, logs, weight = -np.flatnonzero(whole), np.log(total[whole]), total[whole]
    centre = (weight * back).sum() / weight.sum()
    return float((weight * (back - centre) * logs).sum() / (weight * (back - centre) ** 2).sum())


def _sum(group: NDArray[np.intp], values: Floats) -> Floats:
    return np.asarray(np.bincount(group, values), dtype=np.float64)
