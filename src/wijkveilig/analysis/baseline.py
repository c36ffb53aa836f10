"""One period as forecast from the years before it: moved along with the rest of the city, then levelled."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from wijkveilig.analysis._dist import Floats
from wijkveilig.analysis.change import quick_change, rest_of_city_change

Change = Callable[[Floats, Floats, Floats, float], tuple[Floats, Floats]]

# A past year above this many deviations of what the other years lead to expect is an outbreak (Noufaily's limit).
_OUTBREAK = 2.58
# Variance before the first year is seen: nothing is known.
_NO_IDEA = 1e9


@dataclass(frozen=True)
class Lesson:
    """A period with the years before it: something to forecast, or to learn from.

    Raises ValueError where there is no area or no type, or where a count or growth is infinite.
    """

    past: Floats  # [areas, types, years] counts, oldest first
    now: Floats  # [areas, types] counts of the period
    growth: Floats  # [areas, years] exposure of the period over that of the year
    part: float = 1.0  # length of the period in years

    def __post_init__(self) -> None:
        _refuse_nothing(self.past)
        for name, values in (("counts", self.past), ("counts", self.now), ("growth of the exposure", self.growth)):
            if np.isinf(values).any():
                raise ValueError(f"{name} cannot be infinite")


@dataclass(frozen=True)
class Moved:
    """Earlier years in the terms of the period. Arrays: [years, ...], any shape behind; 0 where not known."""

    counts: Floats  # at the period's exposure and city level
    factor: Floats  # what a count was multiplied by; 0 where the year is not known
    noise: Floats  # variance of the logarithm of that factor


@dataclass(frozen=True)
class Outlook:
    """What a period was to be before it was counted."""

    mean: Floats
    variance: Floats  # of the logarithm of the period's own mean; Poisson comes on top


def yearly_lessons(counts: Floats, exposure: Floats) -> list[Lesson]:
    """Every year after the first, with the years before it. counts: [areas, types, years]; exposure: [areas, years].

    Raises ValueError where there is no area or no type, or where a count or exposure is infinite.
    """
    _refuse_nothing(counts)
    if np.isinf(counts).any() or np.isinf(exposure).any():
        raise ValueError("counts and exposure cannot be infinite")
    return [
        Lesson(counts[:, :, :year], counts[:, :, year], exposure[:, year, None] / exposure[:, :year])
        for year in range(1, counts.shape[2])
    ]


def _refuse_nothing(counts: Floats) -> None:
    areas, types = counts.shape[:2]
    if areas == 0 or types == 0:
        raise ValueError(f"there must be at least one area and one type, not {areas} areas and {types} types")


def move(lesson: Lesson, spread: Floats, change: Change = rest_of_city_change) -> Moved:
    """Bring each earlier year to the period: own exposure, and the change of the rest of the city.

    spread: [areas, types] variance of the logarithm of an area's yearly change. Arrays returned: [years, areas, types].
    """
    counts, factor, noise = (np.zeros((lesson.past.shape[2], *lesson.now.shape)) for _ in range(3))
    for year in range(lesson.past.shape[2]):
        growth = lesson.growth[:, year, None]
        own = lesson.past[:, :, year] * growth
        ratio, doubt = change(own, lesson.now, spread, lesson.part)
        known = np.isfinite(own) & np.isfinite(ratio)
        counts[year] = np.where(known, own * ratio, 0.0)
        factor[year] = np.where(known, growth * ratio, 0.0)
        noise[year] = np.where(known, doubt, 0.0)
    return Moved(counts, factor, noise)


def move_quickly(lesson: Lesson, spread: Floats) -> Moved:
    """As `move`, for years that are only learned from."""
    return move(lesson, spread, quick_change)


def size_of(moved: Moved) -> Floats:
    """Plain mean of the earlier years, never 0: what variances that depend on size go by."""
    weight = np.where(moved.factor > 0, 1.0 / np.where(moved.factor > 0, moved.factor, 1.0), 0.0)
    return np.asarray(((moved.counts * weight).sum(axis=0) + 0.5) / np.maximum(weight.sum(axis=0), 1e-9))


def outlook(moved: Moved, passing: Floats, stays: Floats) -> Outlook:
    """Forecast by a local level: what lasts accumulates, what passes is averaged out, outbreaks weigh less.

    passing, stays: variances of the logarithm of one year's mean that do not, and that do, go on into later years;
    shapes broadcast to `moved`'s, grid axes in front. NaN where no year is known.
    Reference: Harvey (1989), Forecasting, Structural Time Series Models and the Kalman Filter, ch. 3-4;
    Farrington et al. (1996), J. R. Stat. Soc. A 159:547-563.
    """
    seen = moved.factor > 0
    size = size_of(moved)
    excess = _excess(moved, seen)
    level = np.zeros(np.broadcast_shapes(size.shape, passing.shape, stays.shape))
    doubt = np.full(level.shape, _NO_IDEA)
    for year in range(len(moved.counts)):
        noise = moved.factor[year] / size + moved.noise[year] + passing
        noise = noise * np.maximum(excess[year] / (_OUTBREAK**2 * (noise + 0.5 * len(moved.counts) * stays)), 1.0)
        gain = np.where(seen[year], doubt / (doubt + noise), 0.0)
        level += gain * (moved.counts[year] - level)
        doubt = (1.0 - gain) * doubt + stays
    return Outlook(np.where(seen.any(axis=0), level, np.nan), doubt + passing)


def _excess(moved: Moved, seen: np.ndarray) -> Floats:
    """Squared rise [years, ...] of a year above the other years, as a variance of the logarithm.

    0 where there are fewer than two other years.
    On the square-root scale, where small counts behave: 7 after 0 and 0 is little, 70 after 20 and 20 is much.
    """
    weight = np.where(seen, 1.0 / np.where(seen, moved.factor, 1.0), 0.0)
    total, whole, years = (moved.counts * weight).sum(axis=0), weight.sum(axis=0), seen.sum(axis=0)
    others = np.maximum(years - seen, 1)
    mean = (total - moved.counts * weight) / np.maximum(whole - weight, 1e-9)
    edge = 0.375 * moved.factor
    rise = np.maximum(np.sqrt(moved.counts + edge) - np.sqrt(mean + edge), 0.0)
    return np.where(seen & (years - seen >= 2), 4.0 * rise**2 / (size_of(moved) * (1.0 + 1.0 / others)), 0.0)
