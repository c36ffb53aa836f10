"""Distributions that numpy lacks. The only file of the house that imports scipy, and only when asked (0.25 s)."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def _special() -> Any:  # scipy ships no types
    from scipy import special

    return special


def gamma_quantile(shape: ArrayLike, probability: float) -> Floats:
    """Quantile of the gamma distribution with rate 1. Shapes: any; NaN in gives NaN out."""
    return np.asarray(_special().gammaincinv(shape, probability), dtype=np.float64)


def gamma_below(shape: ArrayLike, value: ArrayLike) -> Floats:
    """Probability below `value` under the gamma distribution with rate 1. Shapes broadcast."""
    return np.asarray(_special().gammainc(shape, value), dtype=np.float64)


def gamma_log_density(shape: ArrayLike, value: ArrayLike) -> Floats:
    """Log-density of log(Y) at log(`value`) for Y gamma with rate 1. Shapes broadcast."""
    k, x = np.asarray(shape, dtype=np.float64), np.asarray(value, dtype=np.float64)
    return np.asarray(k * np.log(x) - x - _special().gammaln(k), dtype=np.float64)


def normal_below(value: ArrayLike) -> Floats:
    """Probability below `value` under the standard normal distribution. Shapes: any."""
    return np.asarray(_special().ndtr(value), dtype=np.float64)


def normal_quantile(probability: ArrayLike) -> Floats:
    """Quantile of the standard normal distribution. Shapes: any."""
    return np.asarray(_special().ndtri(probability), dtype=np.float64)


def student_quantile(freedom: ArrayLike, probability: float) -> Floats:
    """Quantile of Student's t with `freedom` degrees of freedom. Shapes: any."""
    return np.asarray(_special().stdtrit(freedom, probability), dtype=np.float64)


def poisson_below(count: ArrayLike, mean: ArrayLike) -> Floats:
    """P(Y <= count) for Poisson counts; smooth between whole numbers, 0 at -1. Shapes broadcast."""
    return np.asarray(_special().gammaincc(np.asarray(count) + 1.0, mean), dtype=np.float64)


def poisson_above(count: ArrayLike, mean: ArrayLike) -> Floats:
    """P(Y >= count) for Poisson counts above 0, without the loss of 1 - P(Y < count). Shapes broadcast."""
    return np.asarray(_special().gammainc(count, mean), dtype=np.float64)


def negative_binomial_log(count: ArrayLike, mean: ArrayLike, shape: ArrayLike) -> Floats:
    """Log-probability of `count` under the negative binomial with that mean and gamma shape.

    Variance = mean + mean^2 / shape. Shapes broadcast. The term log(count!) is left out: it does not depend
    on the parameters.
    """
    y, m, k = (np.asarray(part, dtype=np.float64) for part in (count, mean, shape))
    log_gamma = _special().gammaln
    # log1p(m/k) is exact where k is so large that the distribution is Poisson.
    fit = log_gamma(y + k) - log_gamma(k) - y * np.log(k) + y * np.log(m) - (y + k) * np.log1p(m / k)
    return np.asarray(fit, dtype=np.float64)


def negative_binomial_tails(count: ArrayLike, mean: ArrayLike, shape: ArrayLike) -> tuple[Floats, Floats]:
    """P(Y <= count) and P(Y >= count) under the negative binomial with that mean and gamma shape. Shapes broadcast."""
    y, m, k = (np.asarray(part, dtype=np.float64) for part in (count, mean, shape))
    below = _special().betainc(k, y + 1.0, k / (k + m))
    above = np.where(y > 0, _special().betainc(np.maximum(y, 1.0), k, m / (k + m)), 1.0)
    return np.asarray(below, dtype=np.float64), np.asarray(above, dtype=np.float64)
