"""How much the rest of the city changed between two years, with outlying areas kept out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wijkveilig.analysis._dist import Floats

# Full weight up to 2.5 deviations, none from 4: a planted rise or a closed street must not move its neighbours.
_FULL, _NONE = 2.5, 4.0
# Events added to both sides of the ratio, so that a city of a few events does not swing.
_STEADY = 1.0
# Anscombe's 3/8: the square root of a Poisson count plus this has a variance of nearly 1/4.
_EDGE = 0.375
# Rounds of weighing areas by how well they fit the ratio, from a median that no area can drag.
_ROUNDS = 4


@dataclass(frozen=True)
class _Two:
    """Counts of the two years for one or more types: [areas, types]."""

    past: Floats
    now: Floats
    spread: Floats
    weight: Floats  # how much an area's change tells
    part: float


def rest_of_city_change(past: Floats, now: Floats, spread: Floats, part: float = 1.0) -> tuple[Floats, Floats]:
    """Ratio now/past of all other areas together, per area and type, and the variance of its logarithm.

    Parameters
    ----------
    past, now: [areas, types] counts of two years; NaN where not known. Past already moved to this year's exposure.
    spread: [areas, types] variance of an area's own yearly change (of its logarithm), beyond Poisson.
    part: length of `now` in years, to which the ratio of a city without events leans.

    Returns: two arrays [areas, types]; NaN where no other area is known in both years. Areas count by the precision
    of their own change, so that one large area does not speak for all; areas whose change does not fit that of the
    others are left out. The area's own counts have no part in it, not even in who is left out: it costs a sum over all
    pairs of areas.
    """
    two = _two(past, now, spread, part)
    sums = np.stack([_sums_without_each(two, kind) for kind in range(past.shape[1])], axis=-1)
    return _answer(two, *sums)


def quick_change(past: Floats, now: Floats, spread: Floats, part: float = 1.0) -> tuple[Floats, Floats]:
    """As `rest_of_city_change`, but who is left out is decided once for all areas: enough to learn from the past."""
    two = _two(past, now, spread, part)
    ratio = _median_ratio(two)
    for _ in range(_ROUNDS):
        kept = two.weight * _fit(two.past, two.now, ratio, spread)
        ratio = ((kept * two.now).sum(axis=0) + _STEADY * part) / ((kept * two.past).sum(axis=0) + _STEADY)
    kept = two.weight * _fit(two.past, two.now, ratio, spread)
    noise = _others(kept**2 * (two.now + spread * two.now**2))
    return _answer(two, _others(kept * two.now), _others(kept * two.past), noise, _others(kept**2 * two.past))


def _two(past: Floats, now: Floats, spread: Floats, part: float) -> _Two:
    both = np.isfinite(past) & np.isfinite(now)
    y0, y1 = np.where(both, past, 0.0), np.where(both, now, 0.0)
    # Score weight of a negative binomial: a count of 1,000 with a spread of 20 % tells no more than one of 25.
    return _Two(y0, y1, spread, both / (1.0 + spread * (y0 + y1) / (1.0 + part)), part)


def _answer(two: _Two, up: Floats, down: Floats, noise: Floats, noise_before: Floats) -> tuple[Floats, Floats]:
    """Ratio of the weighted sums and the variance of its logarithm."""
    alone = _others((two.weight > 0).astype(np.float64)) < 0.5
    up, down = up + _STEADY * two.part, down + _STEADY
    steady = _STEADY / (down + _STEADY)  # nothing but the added events: no knowledge, wide
    variance = noise / up**2 + noise_before / down**2 + 0.25 * steady
    return np.where(alone, np.nan, up / down), np.where(alone, np.nan, variance)


def _others(values: Floats) -> Floats:
    """Sum over all other areas."""
    return np.asarray(np.maximum(values.sum(axis=0) - values, 0.0))


def _fit(past: Floats, now: Floats, ratio: Floats, spread: Floats) -> Floats:
    """1 where the area changed as the others did, falling to 0 where it did not."""
    mean = np.maximum((past + now) / (1.0 + ratio), 0.5)  # of the past year, under the common ratio
    # On the square-root scale, where small counts are not skew: else their rises would be left out, not their falls.
    gap = np.abs(np.sqrt(now + _EDGE) - np.sqrt(ratio * (past + _EDGE)))
    deviation = 2.0 * gap / np.sqrt(1.0 + ratio + 2.0 * spread * mean * ratio)
    return np.asarray(np.clip((_NONE - deviation) / (_NONE - _FULL), 0.0, 1.0))


def _pairwise(two: _Two, kind: int, ratio: Floats) -> Floats:
    """Weight [areas left out, areas] of each area under the ratio without the one that is left out."""
    fit = _fit(two.past[:, kind], two.now[:, kind], ratio[:, None], two.spread[:, kind])
    kept = fit * two.weight[:, kind]
    np.fill_diagonal(kept, 0.0)
    return np.asarray(kept)


def _sums_without_each(two: _Two, kind: int) -> Floats:
    """Weighted sums of now and past, and their noise, of one type without each area in turn: [4, areas]."""
    past, now = two.past[:, kind], two.now[:, kind]
    ratio = _medians_without_each(two, kind)
    for _ in range(_ROUNDS):
        kept = _pairwise(two, kind, ratio)
        ratio = (kept @ now + _STEADY * two.part) / (kept @ past + _STEADY)
    kept = _pairwise(two, kind, ratio)
    square = kept**2
    return np.stack([kept @ now, kept @ past, square @ (now + two.spread[:, kind] * now**2), square @ past])


def _own_ratio(two: _Two) -> tuple[Floats, NDArray[np.intp], Floats]:
    """Areas' own ratios, their order and their weights, [areas, types]."""
    own = (two.now + 0.5 * two.part) / (two.past + 0.5)
    return own, np.argsort(own, axis=0, kind="stable"), two.weight * (two.past + two.now)


def _median_ratio(two: _Two) -> Floats:
    """Weighted median of the areas' own ratios, per type: a start that no area can drag."""
    own, order, weight = _own_ratio(two)
    heavy = np.cumsum(np.take_along_axis(weight, order, axis=0), axis=0)
    middle = (heavy < 0.5 * heavy[-1]).sum(axis=0)
    pick = np.take_along_axis(order, np.minimum(middle, len(own) - 1)[None], axis=0)
    return np.asarray(np.take_along_axis(own, pick, axis=0)[0])


def _medians_without_each(two: _Two, kind: int) -> Floats:
    """Idem for one type, without each area in turn: [areas]."""
    own, order, weight = (part[:, kind] for part in _own_ratio(two))
    sorted_weight = weight[order]
    place = np.empty(order.size, dtype=np.intp)
    place[order] = np.arange(order.size)
    heavy = np.cumsum(sorted_weight) - weight[:, None] * (np.arange(order.size) >= place[:, None])
    middle = (heavy < 0.5 * heavy[:, -1:]).sum(axis=1)
    return np.asarray(own[order[np.minimum(middle, order.size - 1)]])
