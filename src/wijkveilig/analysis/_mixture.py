"""Poisson counts whose mean is uncertain on the logarithmic scale, by any bell that nodes can describe."""

import numpy as np

from wijkveilig.analysis._dist import Floats, normal_below, normal_quantile, poisson_above, poisson_below

# Nodes over which the logarithm of a Poisson mean is spread, in its standard deviations: dense where most of it lies,
# out to where even a shock that strays 2.5 times as far has less than 1e-10.
_NODES = 18.0 * np.sinh(np.linspace(-3.2, 3.2, 121)) / np.sinh(3.2)
_WIDTHS = np.gradient(_NODES)
# A large count's own Poisson step is never taken narrower than this part of the mean's spread: about the distance
# between two nodes. It adds at most 1.7 % to the variance, and only to counts of over a thousand.
_NARROW = 0.13
# Nodes with less chance than this do not move a 95 % limit.
_NEGLIGIBLE = 1e-6
# Most secant steps towards a quantile, and the step, in counts, at which it is near enough.
_SECANTS, _NEAR = 6, 0.003


def node_chances(weights: Floats, spreads: Floats) -> Floats:
    """Chance of each node [..., nodes] under mixtures of normal distributions with these weights and spreads.

    weights, spreads: [..., components], spreads in standard deviations.
    """
    density = np.exp(-0.5 * (_NODES[:, None] / spreads[..., None, :]) ** 2) / spreads[..., None, :]
    chances = (density * weights[..., None, :]).sum(axis=-1) * _WIDTHS
    return np.asarray(chances / chances.sum(axis=-1, keepdims=True))


def mixed_below(count: Floats, mean: Floats, variance: Floats, chances: Floats, nodes: Floats = _NODES) -> Floats:
    """P(Y <= count); smooth in counts between whole numbers, 0 at -1.

    count, mean, variance: [cases]; `mean` is the mean of the count, `variance` that of the logarithm of its Poisson
    mean; chances: [cases, nodes], see `node_chances`.
    """
    below, large = np.empty(mean.shape), mean * variance * _NARROW**2 > 1.0
    small = ~large
    steps = poisson_below(count[small, None], np.exp(_logs(mean[small], variance[small], nodes)))
    below[small] = (steps * chances[small]).sum(axis=1)
    steps = normal_below(_steps(count[large] + 0.5, mean[large], variance[large], nodes))
    below[large] = (steps * chances[large]).sum(axis=1)
    return below


def mixed_above(count: Floats, mean: Floats, variance: Floats, chances: Floats) -> Floats:
    """P(Y >= count), parameters as `mixed_below`: not 1 - P(Y < count), which loses small tails."""
    above, large = np.ones(mean.shape), mean * variance * _NARROW**2 > 1.0
    small = ~large & (count > 0)
    steps = poisson_above(count[small, None], np.exp(_logs(mean[small], variance[small], _NODES)))
    above[small] = (steps * chances[small]).sum(axis=1)
    steps = normal_below(-_steps(count[large] - 0.5, mean[large], variance[large], _NODES))
    above[large] = (steps * chances[large]).sum(axis=1)
    return above


def mixed_interval(level: float, mean: Floats, variance: Floats, chances: Floats) -> tuple[Floats, Floats]:
    """Least and largest count of the interval that holds with probability `level`; parameters as `mixed_below`.

    A count at an end counts for half (mid-p), as counts cannot be cut: with whole counts the interval would hold too
    often where few are expected. Reference: Lancaster (1961), J. Am. Stat. Assoc. 56:223-234.
    """
    aim = float(normal_quantile(0.5 * (1.0 + level)))
    low = np.ceil(_half_quantile(-aim, mean, variance, chances))
    return low, np.maximum(np.floor(_half_quantile(aim, mean, variance, chances)), low)


def mixed_log(count: Floats, mean: Floats, variance: Floats, chances: Floats) -> Floats:
    """Log-probability [cases, mixtures] under several mixtures, chances [mixtures, nodes]; log(count!) left out."""
    logs = _logs(mean, variance, _NODES)
    fit = count[:, None] * logs - np.exp(logs)
    top = fit.max(axis=1, keepdims=True)
    return np.asarray(np.log(np.maximum(np.exp(fit - top) @ chances.T, 1e-290)) + top)


def _half_quantile(aim: float, mean: Floats, variance: Floats, chances: Floats) -> Floats:
    """Count y, not whole, with P(Y <= y - 1/2) at the normal quantile `aim`; at least 0.

    Secant steps on the probit of the tail against the logarithm of the count.
    """
    some = chances.max(axis=0, initial=0.0) > _NEGLIGIBLE
    chances, nodes = chances[:, some], _NODES[some]
    spread = np.sqrt(variance + 1.0 / mean)
    rung = np.maximum(np.log1p(mean) + aim * spread, 0.0)
    last, last_gap = rung.copy(), np.full(mean.shape, np.nan)
    at = np.arange(mean.size)
    for _ in range(_SECANTS):
        here = rung[at]
        tail = mixed_below(np.expm1(here) - 0.5, mean[at], variance[at], chances[at], nodes)
        gap = normal_quantile(np.clip(tail, 1e-12, 1.0 - 1e-12)) - aim
        slope = _slope(gap - last_gap[at], here - last[at], 1.0 / spread[at])
        last[at], last_gap[at] = here, gap
        rung[at] = np.maximum(here - np.clip(gap / slope, -1.5, 1.5), 0.0)
        at = at[np.abs(np.expm1(rung[at]) - np.expm1(here)) > _NEAR]
    return np.asarray(np.expm1(rung))


def _slope(rise: Floats, run: Floats, guess: Floats) -> Floats:
    """Slope of the secant; the guess where there is none yet or it is too flat to trust."""
    slope = np.where(run != 0.0, rise / np.where(run != 0.0, run, 1.0), np.nan)
    return np.where(slope > 0.1, slope, guess)


def _logs(mean: Floats, variance: Floats, nodes: Floats) -> Floats:
    """Logarithm of the Poisson mean [cases, nodes]; the normal part of the mixture keeps the mean."""
    return np.asarray((np.log(mean) - 0.5 * variance)[:, None] + np.sqrt(variance)[:, None] * nodes)


def _steps(edge: Floats, mean: Floats, variance: Floats, nodes: Floats) -> Floats:
    """Distance [cases, nodes] of a large count's edge to each mean: its Poisson step is itself nearly lognormal."""
    width = np.maximum(1.0 / np.sqrt(mean), _NARROW * np.sqrt(variance))
    return np.asarray((np.log(np.maximum(edge, 1e-9))[:, None] - _logs(mean, variance, nodes)) / width[:, None])
