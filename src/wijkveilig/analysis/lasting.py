"""Drift that lasts: a jump that stays bends a line more than years that come and go."""

import numpy as np

from wijkveilig.analysis._dist import Floats

# Share of the drift that lasts, each as likely before the years are seen; in The Hague, 2012-2017, it is about a half.
_SHARES = np.linspace(0.0, 1.0, 5)
# A squared deviation of more than 2.5 usual ones counts for that.
_CUT = 2.5**2


def lasting_share(counts: Floats, fitted: Floats, spread: float) -> float:
    """Share of the drift around areas' lines that lasts (a random walk), the rest being fresh every year.

    counts, fitted: [areas, years], all known; fitted are the areas' lines. spread: standard deviation of a year around
    the line, as a share, beyond Poisson. Successive years that deviate alike speak for drift that lasts.

    Returns: posterior mean over a grid; a half where three years or fewer cannot tell.
    Reference: Harvey (1989), Forecasting, Structural Time Series Models and the Kalman Filter, ch. 2.
    """
    seen = (fitted > 0).all(axis=1)
    years = counts.shape[1]
    if years < 4 or not seen.any():
        return float(_SHARES.mean())
    contrasts, walk = _around_lines(years)
    gaps = ((counts[seen] - fitted[seen]) / fitted[seen]) @ contrasts
    poisson = (1.0 / fitted[seen]) @ contrasts**2
    fit = np.zeros(_SHARES.size)
    for place, share in enumerate(_SHARES):
        variance = poisson + spread**2 * (1.0 - share + share * walk / walk.mean())
        fit[place] -= 0.5 * (np.log(variance) + np.minimum(gaps**2 / variance, _CUT)).sum()
    chance = np.exp(fit - fit.max())
    return float(chance @ _SHARES / chance.sum())


def lasting_variance(share: float, spread: float, years: Floats) -> Floats:
    """What lasting drift adds to the variance of a slope, above that of a line with fresh drift of the same `spread`.

    years: numbers of years that the lines rest on, any shape; 0 below three, where no line is drawn.
    """
    n = np.maximum(years, 3.0)
    # A walk with steps of variance 1 has variance (n + 2) / 15 around the line through its n years.
    step = share * spread**2 * 15.0 / (n + 2.0)
    walk, fresh = 6.0 * (n**2 + 1.0) / (5.0 * n * (n**2 - 1.0)), 12.0 / (n**3 - n)
    return np.where(years >= 3, step * (walk - fresh * (n + 2.0) / 15.0), 0.0)


def _around_lines(years: int) -> tuple[Floats, Floats]:
    """Contrasts [years, years - 2] that no line moves, in which a random walk is independent, and its variances."""
    time = np.arange(float(years))
    line = np.stack([np.ones(years), time], axis=1)
    away = np.eye(years) - line @ np.linalg.pinv(line)
    variances, contrasts = np.linalg.eigh(away @ np.minimum.outer(time, time) @ away)
    return contrasts[:, 2:], variances[2:]
