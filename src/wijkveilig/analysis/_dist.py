"""Distributions that numpy lacks. The only file of the house that imports scipy, and only when asked (0.25 s)."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

# Nodes over which the logarithm of a Poisson mean is spread, in its standard deviations: dense where most of it lies,
# out to where even a shock that strays 2.5 times as far has less than 1e-10.
_NODES = 18.0 * np.sinh(np.linspace(-3.2, 3.2, 121)) / np.sinh(3.2)
_WIDTHS = np.gradient(_NODES)
# Above this product the Poisson step is narrower than the distance between two nodes.
_NARROW = 60.0
# Secant steps towards a quantile; it is then right but for rounding.
_SECANTS = 5


def _special() -> Any:  # scipy ships no types
    from scipy import special

    return special


def gamma_quantile(shape: ArrayLike, probability: float) -> Floats:
    """Quantile of the gamma distribution with rate 1. Shapes: any; NaN in gives NaN out."""
    return np.asarray(_special().gammaincinv(shape, probability), dtype=np.float64)


def normal_quantile(probability: float) -> float:
    """Quantile of the standard normal distribution."""
    return float(_special().ndtri(probability))


def student_quantile(freedom: ArrayLike, probability: float) -> Floats:
    """Quantile of Student's t with `freedom` degrees of freedom. Shapes: any."""
    return np.asarray(_special().stdtrit(freedom, probability), dtype=np.float64)


def log_gamma(value: ArrayLike) -> Floats:
    """Logarithm of the gamma function. Shapes: any."""
    return np.asarray(_special().gammaln(value), dtype=np.float64)


def negative_binomial_log(count: ArrayLike, mean: ArrayLike, shape: ArrayLike) -> Floats:
    """Log-probability of `count` under the negative binomial with that mean and gamma shape.

    Variance = mean + mean^2 / shape. Shapes broadcast. The term log(count!) is left out: it does not depend
    on the parameters.
    """
    y, m, k = (np.asarray(part, dtype=np.float64) for part in (count, mean, shape))
    # log1p(m/k) is exact where k is so large that the distribution is Poisson.
    return np.asarray(
        log_gamma(y + k) - log_gamma(k) - y * np.log(k) + y * np.log(m) - (y + k) * np.log1p(m / k), dtype=np.float64
    )


def mixed_poisson_tails(
    count: Floats, mean: Floats, variance: Floats, weights: Floats, spreads: Floats
) -> tuple[Floats, Floats]:
    """P(Y <= count) and P(Y >= count) for a Poisson count whose mean has a mixture of lognormal distributions.

    count, mean, variance: flat arrays of one length; `mean` is the mean of the count, `variance` that of the logarithm
    of its Poisson mean, before `spreads`. weights, spreads: [components], what part of the mixture has how many times
    that standard deviation. Where the count is large the Poisson part is taken as lognormal too, with variance 1/mean
    added (error below 1 % of the tail).
    """
    below = mixed_poisson_below(count, mean, variance, weights, spreads)
    above = np.ones(mean.shape)
    some = count > 0
    above[some] = _above(count[some], mean[some], variance[some], weights, spreads)
    return below, above


def mixed_poisson_below(count: Floats, mean: Floats, variance: Floats, weights: Floats, spreads: Floats) -> Floats:
    """P(Y <= count), parameters as `mixed_poisson_tails`; smooth in counts between whole numbers, 0 at -1."""
    special, below = _special(), np.empty(mean.shape)
    narrow = mean * variance > _NARROW
    mixed, smooth = np.flatnonzero(~narrow), np.flatnonzero(narrow)
    below[mixed] = special.gammaincc(count[mixed, None] + 1.0, _poisson_means(mean[mixed], variance[mixed])) @ (
        _node_weights(weights, spreads)
    )
    below[smooth] = special.ndtr(_steps(count[smooth] + 0.5, mean[smooth], variance[smooth], spreads)) @ weights
    return below


def _above(count: Floats, mean: Floats, variance: Floats, weights: Floats, spreads: Floats) -> Floats:
    """P(Y >= count) for counts above 0: not 1 - P(Y < count), which loses the small tails."""
    special, above = _special(), np.empty(mean.shape)
    narrow = mean * variance > _NARROW
    mixed, smooth = np.flatnonzero(~narrow), np.flatnonzero(narrow)
    means = _poisson_means(mean[mixed], variance[mixed])
    above[mixed] = special.gammainc(count[mixed, None], means) @ _node_weights(weights, spreads)
    above[smooth] = special.ndtr(-_steps(count[smooth] - 0.5, mean[smooth], variance[smooth], spreads)) @ weights
    return above


def _steps(count: Floats, mean: Floats, variance: Floats, spreads: Floats) -> Floats:
    """Distances [cases, components] in standard deviations, on the logarithm, for large counts."""
    spread = np.sqrt(variance[:, None] * spreads**2 + 1.0 / mean[:, None])
    centre = np.log(mean) - 0.5 * variance
    return np.asarray((np.log(np.maximum(count, 1e-9)) - centre)[:, None] / spread)


def mixed_poisson_quantile(
    probability: float, mean: Floats, variance: Floats, weights: Floats, spreads: Floats
) -> Floats:
    """Smallest whole count with P(Y <= count) >= `probability`; other parameters as `mixed_poisson_tails`.

    Secant steps on the probit of the smooth tail against the logarithm of the count, then whole numbers are checked.
    """
    special = _special()
    aim = normal_quantile(probability)
    spread = np.sqrt(variance + 1.0 / mean)
    count, rung = np.zeros(mean.shape), np.log(mean + 1.0) + aim * spread
    before_rung, before = np.log(mean + 1.0), np.full(mean.shape, np.nan)
    for _ in range(_SECANTS):
        count = np.maximum(np.expm1(rung), 0.0)
        tail = mixed_poisson_below(count, mean, variance, weights, spreads)
        gap = special.ndtri(np.clip(tail, 1e-12, 1.0 - 1e-12)) - aim
        slope = np.where(np.isfinite(before), (gap - before) / (rung - before_rung), 1.0 / spread)
        slope = np.where(slope > 0.1, slope, 1.0 / spread)
        before, before_rung = gap, rung
        rung = np.maximum(rung - np.clip(gap / slope, -1.5, 1.5), 0.0)
        rung = np.where(rung == before_rung, rung + 1e-9, rung)
    count = np.ceil(np.maximum(np.expm1(rung), 0.0))
    at = np.arange(mean.size)
    while (at := at[mixed_poisson_below(count[at], mean[at], variance[at], weights, spreads) < probability]).size:
        count[at] += 1.0
    at = np.flatnonzero(count > 0)
    while (at := at[mixed_poisson_below(count[at] - 1, mean[at], variance[at], weights, spreads) >= probability]).size:
        count[at] -= 1.0
        at = at[count[at] > 0]
    return count


def mixed_poisson_likelihoods(
    count: Floats, mean: Floats, variance: Floats, weights: Floats, spreads: Floats
) -> Floats:
    """Log-probability [cases, mixtures] of each count under each of several mixtures (rows of weights and spreads).

    Parameters as `mixed_poisson_tails`, with weights and spreads [mixtures, components]. log(count!) is left out.
    """
    logs = np.log(_poisson_means(mean, variance))
    fit = count[:, None] * logs - np.exp(logs)
    top = fit.max(axis=1, keepdims=True)
    nodes = np.stack([_node_weights(w, s) for w, s in zip(weights, spreads, strict=True)], axis=1)
    return np.asarray(np.log(np.maximum(np.exp(fit - top) @ nodes, 1e-290)) + top)


def _poisson_means(mean: Floats, variance: Floats) -> Floats:
    return np.asarray(np.exp((np.log(mean) - 0.5 * variance)[:, None] + np.sqrt(variance)[:, None] * _NODES))


def _node_weights(weights: Floats, spreads: Floats) -> Floats:
    density = (np.exp(-0.5 * (_NODES[:, None] / spreads) ** 2) / spreads) @ weights * _WIDTHS
    return np.asarray(density / density.sum())
