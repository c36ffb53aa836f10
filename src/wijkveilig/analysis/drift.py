"""How far areas drift from the city in a year, learned from how forecasts of earlier years failed."""

from dataclasses import dataclass, replace

import numpy as np

from wijkveilig.analysis._dist import Floats, negative_binomial_log
from wijkveilig.analysis.baseline import Lesson, Moved, Outlook, move_quickly, outlook, size_of
from wijkveilig.analysis.shock import NORMAL, Shock, learn_shock

# Grids of the two variances, in steps of a factor; posterior means are taken over them, then over a finer grid.
_LINEAR: Floats = np.array([0.02, 0.056, 0.16, 0.44, 1.23])
_SQUARE: Floats = np.array([0.0015, 0.0033, 0.0073, 0.016, 0.035, 0.077, 0.17])
_FINER = np.array([0.64, 0.8, 1.0, 1.25, 1.5625])
_LASTING = np.array([0.1, 0.3, 0.5, 0.7, 0.9])
# How much more or less one type drifts than all: from a quarter to four times, leaning on 1.
_TIMES = np.exp(np.linspace(-1.5, 1.5, 19))
# How different types are in that (standard deviation of the logarithm): the town says it, or nothing does.
_TIMES_SPREADS = np.array([0.1, 0.2, 0.35, 0.6])
# Three years in a thousand stray three times as far: a single outbreak must not pass for drift of all.
_STRAYS, _STRAYS_TIMES = 0.003, 9.0
# Forecasts below one event teach nothing about drift.
_LEAST = 1.0


@dataclass(frozen=True)
class Drift:
    """How much an area's yearly mean strays from the city's, as variances of its logarithm."""

    linear: float  # a: variance a / mean, which does not last (events come in clusters)
    square: float  # b: variance whatever the size
    lasting: float  # share of b that goes on into later years
    by_type: Floats  # [types] times as much
    doubt: Floats  # [types] how uncertain the logarithm of that is
    shock: Shock  # shape of the distribution, for all

    def variances(self, size: Floats) -> tuple[Floats, Floats]:
        """Variances [..., areas, types] that pass and that last, for expected counts `size` of that shape."""
        passing = (self.linear / size + self.square * (1.0 - self.lasting)) * self.by_type
        return passing, self.square * self.lasting * self.by_type


@dataclass(frozen=True)
class _Cases:
    """Forecasts to learn from, flat: [years, cases] and [cases]."""

    moved: Moved
    now: Floats
    size: Floats
    type: np.ndarray


def no_drift_known(types: int) -> Drift:
    """Where a town starts before it has taught anything."""
    return Drift(0.3, 0.02, 0.5, np.ones(types), np.full(types, 0.35), NORMAL)


def spread_of(drift: Drift, counts: Floats) -> Floats:
    """Variance [areas, types] of the logarithm of an area's change between two years. counts: [areas, types, years]."""
    known = np.isfinite(counts)
    size = np.where(known, counts, 0.0).sum(axis=2) / np.maximum(known.sum(axis=2), 1)
    passing, stays = drift.variances(np.maximum(size, 0.5))
    return np.asarray(passing + stays)


def learn_drift(lessons: list[Lesson], past: Floats) -> Drift:
    """Drift of areas, from one-step-ahead forecasts of every earlier year, pooled over areas and types.

    lessons: earlier periods with the years before them; past: [areas, types, years] counts that give areas their weight
    in the city's change. First a coarse grid, with a guess of the spread behind those weights; then twice a finer one.
    """
    drift = no_drift_known(past.shape[1])
    cases = _cases(lessons, spread_of(drift, past))
    if cases is None:
        return drift
    drift = _learn_common(cases, drift, _LINEAR, _SQUARE)
    for _ in range(2):
        drift = _learn_common(cases, drift, drift.linear * _FINER, drift.square * _FINER)
        drift = _learn_times(cases, drift)
        cases = _cases(lessons, spread_of(drift, past)) or cases
    return replace(drift, shock=_learn_shock(cases, drift))


def _cases(lessons: list[Lesson], spread: Floats) -> _Cases | None:
    """All forecasts that can teach, side by side; years that a lesson lacks stand as not known."""
    longest = max((lesson.past.shape[2] for lesson in lessons), default=0)
    parts: list[tuple[np.ndarray, ...]] = []
    for lesson in lessons:
        moved = move_quickly(lesson, spread)
        size = size_of(moved)
        teach = np.isfinite(lesson.now) & (size >= _LEAST) & (moved.factor > 0).any(axis=0)
        lead = np.zeros((longest - lesson.past.shape[2], int(teach.sum())))
        stacked = (np.concatenate([lead, part[:, teach]]) for part in (moved.counts, moved.factor, moved.noise))
        parts.append((*stacked, lesson.now[teach], size[teach], np.nonzero(teach)[1]))
    if not parts or not sum(part[3].size for part in parts):
        return None
    counts, factor, noise, now, size, kind = (np.concatenate(part, axis=-1) for part in zip(*parts, strict=True))
    return _Cases(Moved(counts, factor, noise), now, size, kind)


def _outlook(cases: _Cases, times: Floats, linear: Floats, square: Floats, lasting: Floats) -> Outlook:
    passing = (linear / cases.size + square * (1.0 - lasting)) * times
    seen = outlook(cases.moved, passing, square * lasting * times)
    return Outlook(np.maximum(seen.mean, 0.25 * cases.size), seen.variance)


def _fit(cases: _Cases, times: Floats, linear: Floats, square: Floats, lasting: Floats) -> Floats:
    """Log-likelihood [..., cases] of what came, under the forecasts. Parameters broadcast against [cases]."""
    seen = _outlook(cases, times, linear, square, lasting)
    near = negative_binomial_log(cases.now, seen.mean, 1.0 / seen.variance)
    far = negative_binomial_log(cases.now, seen.mean, 1.0 / (_STRAYS_TIMES * seen.variance))
    return np.asarray(np.logaddexp(near + np.log1p(-_STRAYS), far + np.log(_STRAYS)))


def _learn_common(cases: _Cases, drift: Drift, linear: Floats, square: Floats) -> Drift:
    times = drift.by_type[cases.type]
    a, b = linear[:, None, None], square[:, None]
    fit = _fit(cases, times, a, b, np.asarray(drift.lasting)).sum(axis=-1)
    fit -= 0.5 * (np.log(linear[:, None] / 0.3) / 1.5) ** 2 + 0.5 * (np.log(square / 0.02) / 1.5) ** 2
    weight = _normed(fit.ravel()).reshape(fit.shape)
    one = float(np.exp(weight.sum(axis=1) @ np.log(linear)))
    two = float(np.exp(weight.sum(axis=0) @ np.log(square)))
    fit = _fit(cases, times, np.asarray(one), np.asarray(two), _LASTING[:, None]).sum(axis=-1)
    return replace(drift, linear=one, square=two, lasting=float(_normed(fit) @ _LASTING))


def _learn_times(cases: _Cases, drift: Drift) -> Drift:
    """How much more each type drifts; leans on 1 as far as that is little known."""
    fit = _fit(cases, _TIMES[:, None], np.asarray(drift.linear), np.asarray(drift.square), np.asarray(drift.lasting))
    by_type, doubt = _times(fit, cases.type, drift.by_type.size)
    return replace(drift, by_type=by_type, doubt=doubt)


def _learn_shock(cases: _Cases, drift: Drift) -> Shock:
    own = (np.asarray(drift.linear), np.asarray(drift.square), np.asarray(drift.lasting))
    seen = _outlook(cases, drift.by_type[cases.type], *own)
    return learn_shock(cases.now, seen.mean, seen.variance)


def _times(fit: Floats, group: np.ndarray, groups: int) -> tuple[Floats, Floats]:
    """Posterior mean (as a factor) and standard deviation of the logarithm of the multiplier per group.

    fit: [multipliers, cases].
    """
    total: Floats = np.stack([np.bincount(group, row, minlength=groups) for row in fit]).astype(np.float64)
    logs = np.log(_TIMES)
    prior = np.exp(-0.5 * (logs / _TIMES_SPREADS[:, None]) ** 2)
    prior /= prior.sum(axis=1, keepdims=True)
    likelihood = np.exp(total - total.max(axis=0))
    spreads = _normed(np.log(np.maximum(prior @ likelihood, 1e-290)).sum(axis=1))
    weight = (spreads[:, None, None] * prior[:, :, None] * likelihood / (prior @ likelihood)[:, None, :]).sum(axis=0)
    mean = logs @ weight
    return np.exp(mean), np.sqrt((weight * (logs[:, None] - mean) ** 2).sum(axis=0))


def _normed(fit: Floats) -> Floats:
    weight = np.exp(fit - fit.max())
    return np.asarray(weight / weight.sum())
