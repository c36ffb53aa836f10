"""How much the rest of the city changed between two years, with outlying areas kept out."""

import numpy as np
from numpy.typing import NDArray

from wijkveilig.analysis._dist import Floats

# Full weight up to 2.5 deviations, none from 4: a planted rise or a closed street must not move its neighbours.
_FULL, _NONE = 2.5, 4.0
# Events added to both sides of the ratio, so that a city of a few events does not swing.
_STEADY = 1.0


def rest_of_city_change(past: Floats, now: Floats, spread: Floats, part: float = 1.0) -> tuple[Floats, Floats]:
    """Ratio now/past of all other areas together, per area and type, and the variance of its logarithm.

    Parameters
    ----------
    past, now: [areas, types] counts of two years; NaN where not known. Past already moved to this year's exposure.
    spread: [areas, types] variance of an area's own yearly change (of its logarithm), beyond Poisson.
    part: length of `now` in years, to which the ratio of a city without events leans.

    Returns: two arrays [areas, types]; NaN where no other area is known in both years. Areas count by the precision
    of their own change, so that one large area does not speak for all; areas whose change does not fit that of
    the others are left out.
    """
    both = np.isfinite(past) & np.isfinite(now)
    y0, y1 = np.where(both, past, 0.0), np.where(both, now, 0.0)
    size = 0.5 * (y0 + y1)
    # Score weight of a negative binomial: a count of 1,000 with a spread of 20 % tells no more than one of 25.
    weight = both / (1.0 + spread * size)
    ratio = _median_ratio(y0, y1, weight * size, part)
    for _ in range(4):
        fit = _fit(y0, y1, ratio, spread)
        kept = weight * fit
        ratio = ((kept * y1).sum(axis=0) + _STEADY * part) / ((kept * y0).sum(axis=0) + _STEADY)
    kept = weight * _fit(y0, y1, ratio, spread)
    up, down = _others(kept * y1) + _STEADY * part, _others(kept * y0) + _STEADY
    noise = _others(kept**2 * (y1 + spread * y1**2)) / up**2 + _others(kept**2 * y0) / down**2
    alone = _others(both.astype(np.float64)) < 0.5
    steady = _STEADY / (down + _STEADY)  # nothing but the added events: no knowledge, wide
    return np.where(alone, np.nan, up / down), np.where(alone, np.nan, noise + 0.25 * steady)


def _others(values: Floats) -> Floats:
    """Sum over all other areas."""
    return np.asarray(np.maximum(values.sum(axis=0) - values, 0.0))


def _fit(past: Floats, now: Floats, ratio: Floats, spread: Floats) -> Floats:
    """1 where the area changed as the others did, falling to 0 where it did not."""
    mean = np.maximum((past + now) / (1.0 + ratio), 0.5)  # of the past year, under the common ratio
    gap = now - ratio * past
    deviation = np.abs(gap) / np.sqrt(mean * ratio * (1.0 + ratio) + 2.0 * spread * (mean * ratio) ** 2)
    return np.asarray(np.clip((_NONE - deviation) / (_NONE - _FULL), 0.0, 1.0))


def _median_ratio(past: Floats, now: Floats, weight: Floats, part: float) -> Floats:
    """Weighted median of the areas' own ratios, per type: a start that no area can drag."""
    own = (now + 0.5 * part) / (past + 0.5)
    order: NDArray[np.intp] = np.argsort(own, axis=0, kind="stable")
    heavy = np.cumsum(np.take_along_axis(weight, order, axis=0), axis=0)
    middle = (heavy < 0.5 * heavy[-1]).sum(axis=0)
    pick = np.take_along_axis(order, np.minimum(middle, len(own) - 1)[None], axis=0)
    return np.asarray(np.take_along_axis(own, pick, axis=0)[0])
