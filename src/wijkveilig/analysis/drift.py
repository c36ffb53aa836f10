"""Forecasts of one year from earlier ones, and how far areas drift, learned from how such forecasts failed."""

from dataclasses import dataclass

import numpy as np

from wijkveilig.analysis._dist import Floats, negative_binomial_log
from wijkveilig.analysis.change import rest_of_city_change

# Past years above this many deviations of what the other years lead to expect are outbreaks (Noufaily's limit).
_OUTBREAK = 2.58
# Grids of the variances of the logarithm of an area's yearly mean.
_LINEAR = np.array([0.0, 0.15, 0.3, 0.5, 0.8, 1.2, 1.8, 2.7])  # clusters of events: variance a/mean
_SQUARE = np.array([0.0025, 0.005, 0.01, 0.02, 0.03, 0.045, 0.07, 0.1, 0.15])  # size of the drift itself
_LASTING = np.array([0.25, 0.5, 0.75])  # share of the drift that stays
_TYPES = np.exp(np.linspace(-1.2, 1.2, 13))  # how much more or less one type drifts than all
_TYPE_SPREAD = 0.4
# Variance before the first year is seen: nothing is known.
_NO_IDEA = 1e9


@dataclass(frozen=True)
class Drift:
    """How much an area's yearly mean strays from the city's, as variances of its logarithm."""

    linear: float  # a: variance a/mean, that does not last (events come in clusters)
    square: float  # b: variance that does not depend on size
    lasting: float  # share of b that stays in later years
    by_type: Floats  # [types] multiplier


@dataclass(frozen=True)
class Moved:
    """Earlier years moved to one target year. Arrays: [years, areas, types]."""

    counts: Floats  # counts at the target year's exposure and city level
    factor: Floats  # what a count was multiplied by
    noise: Floats  # variance of the logarithm of that factor


@dataclass(frozen=True)
class Outlook:
    """What one year was to be before it was counted. Arrays: [areas, types] (or with grid axes in front)."""

    mean: Floats
    variance: Floats  # of the logarithm of the year's own mean, Poisson not included
    years: Floats  # number of earlier years used


def move(past: Floats, now: Floats, growth: Floats, spread: Floats, part: float = 1.0) -> Moved:
    """Earlier years in the terms of the target period: own exposure, and the change of the rest of the city.

    past: [areas, types, years]; now: [areas, types] counts of the target; growth: [areas, years] exposure of the target
    over that of the year; spread: [areas, types]; part: length of the target in years (1/12 for a month).
    """
    parts = []
    for year in range(past.shape[2]):
        own = past[:, :, year] * growth[:, year, None]
        ratio, noise = rest_of_city_change(own, now, spread, part)
        parts.append((own * ratio, growth[:, year, None] * ratio, noise))
    moved, factor, noise = (np.stack(part) for part in zip(*parts, strict=True))
    return Moved(moved, factor, noise)


def outlook(moved: Moved, linear: Floats, square: Floats, lasting: Floats) -> Outlook:
    """Forecast by a local level: what lasts accumulates, what does not is averaged out; outbreaks weigh less.

    The three variances broadcast against [areas, types], with grid axes in front.
    Reference: Harvey (1989), Forecasting, Structural Time Series Models, ch. 4; Farrington et al. (1996).
    """
    seen = np.isfinite(moved.counts)
    counts, factor = np.where(seen, moved.counts, 0.0), np.where(seen, moved.factor, 0.0)
    whole = np.where(seen, 1.0 / np.where(factor > 0, factor, np.inf), 0.0)
    size = np.maximum((counts * whole).sum(axis=0) + 0.5, 0.5) / np.maximum(whole.sum(axis=0), 1e-9)
    passing = linear / size + square * (1.0 - lasting)
    stays = square * lasting
    level = np.zeros(np.broadcast_shapes(size.shape, passing.shape))
    doubt = np.full(level.shape, _NO_IDEA)
    for year in range(len(counts)):
        noise = factor[year] / size + passing + np.where(seen[year], moved.noise[year], 0.0)
        noise = noise * _outbreak(counts, whole, seen, year, noise)
        gain = np.where(seen[year], doubt / (doubt + noise), 0.0)
        level = level + gain * (counts[year] - level)
        doubt = (1.0 - gain) * doubt + stays
    years = seen.sum(axis=0)
    return Outlook(np.where(years > 0, level, np.nan), doubt + passing, np.broadcast_to(years, level.shape))


def _outbreak(counts: Floats, whole: Floats, seen: Floats, year: int, noise: Floats) -> Floats:
    """Factor (>= 1) on the noise of a year that rose above what the other years lead to expect."""
    rest = (counts * whole).sum(axis=0) - counts[year] * whole[year]
    weight = np.maximum(whole.sum(axis=0) - whole[year], 1e-9)
    others = seen.sum(axis=0) - seen[year]
    mean = (rest + 0.5) / weight
    deviation = (counts[year] - mean) / np.maximum(mean * np.sqrt(noise * (1.0 + 1.0 / np.maximum(others, 1))), 1e-9)
    return np.where(others >= 2, np.maximum(deviation / _OUTBREAK, 1.0) ** 2, 1.0)


@dataclass(frozen=True)
class Lesson:
    """A year that can be forecast from earlier ones."""

    past: Floats  # [areas, types, years]
    now: Floats  # [areas, types]
    growth: Floats  # [areas, years]
    part: float = 1.0


def yearly_lessons(counts: Floats, exposure: Floats) -> list[Lesson]:
    """Every year after the first, with the years before it. counts: [areas, types, years]; exposure: [areas, years]."""
    return [
        Lesson(counts[:, :, :year], counts[:, :, year], exposure[:, year, None] / exposure[:, :year])
        for year in range(1, counts.shape[2])
    ]


def learn_drift(lessons: list[Lesson], counts: Floats) -> Drift:
    """Drift of areas, from one-step-ahead forecasts of every earlier year, pooled over areas and types.

    counts: [areas, types, years] earlier years, from which areas get their weight in the city's change. Two rounds:
    the first guesses the spread behind those weights, the second uses the first's answer.
    """
    drift = Drift(0.5, 0.03, 0.5, np.ones(counts.shape[1]))
    for _ in range(2):
        drift = _learn_once(lessons, drift, spread_of(drift, counts))
    return drift


def spread_of(drift: Drift, counts: Floats) -> Floats:
    """Variance [areas, types] of the logarithm of an area's change from one year to the next, beyond Poisson."""
    known = np.isfinite(counts)
    size = np.where(known, counts, 0.0).sum(axis=2) / np.maximum(known.sum(axis=2), 1)
    return np.asarray((drift.linear / np.maximum(size, 0.5) + drift.square) * drift.by_type)


def _learn_once(lessons: list[Lesson], before: Drift, spread: Floats) -> Drift:
    grid = (_LINEAR[:, None, None, None, None], _SQUARE[:, None, None, None], _LASTING[:, None, None])
    moves = [move(lesson.past, lesson.now, lesson.growth, spread, lesson.part) for lesson in lessons]
    fit = np.zeros((_LINEAR.size, _SQUARE.size, _LASTING.size))
    for lesson, moved in zip(lessons, moves, strict=True):
        fit += _fit(lesson.now, outlook(moved, *grid)).sum(axis=(-2, -1))
    weight = np.exp(fit - fit.max())
    weight /= weight.sum()
    linear = float((weight.sum(axis=(1, 2)) * _LINEAR).sum())
    square = float(np.exp((weight.sum(axis=(0, 2)) * np.log(_SQUARE)).sum()))
    lasting = float((weight.sum(axis=(0, 1)) * _LASTING).sum())
    scale = _TYPES[:, None, None]
    fit = np.zeros((_TYPES.size, before.by_type.size))
    for lesson, moved in zip(lessons, moves, strict=True):
        seen = outlook(moved, linear * scale, square * scale, np.asarray(lasting))
        fit += _fit(lesson.now, seen).sum(axis=-2)
    fit -= 0.5 * (np.log(_TYPES)[:, None] / _TYPE_SPREAD) ** 2
    weight = np.exp(fit - fit.max(axis=0))
    weight /= weight.sum(axis=0)
    return Drift(linear, square, lasting, np.exp((weight * np.log(_TYPES)[:, None]).sum(axis=0)))


def _fit(count: Floats, seen: Outlook) -> Floats:
    """Log-likelihood of the counts under the forecasts; a count far off counts as one merely off."""
    usable = np.isfinite(count) & (seen.mean >= 1.0)
    mean, y = np.where(usable, seen.mean, 1.0), np.where(usable, np.nan_to_num(count), 1.0)
    fit = negative_binomial_log(y, mean, 1.0 / np.maximum(seen.variance, 1e-6))
    return np.where(usable, fit, 0.0)
