"""Distributions that numpy lacks. The only file of the house that imports scipy, and only when asked (0.25 s)."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

# The mixing variable runs over +-6.5 standard deviations; beyond that lies less than 1e-10.
_NODES = np.linspace(-6.5, 6.5, 81)
_WEIGHTS = np.exp(-0.5 * _NODES**2) / np.exp(-0.5 * _NODES**2).sum()
# Above this product the Poisson step is narrower than the distance between two nodes.
_NARROW = 60.0


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


def poisson_lognormal_tails(count: Floats, mean: Floats, variance: Floats) -> tuple[Floats, Floats]:
    """P(Y <= count) and P(Y >= count) for a Poisson count whose mean is itself lognormal.

    Parameters: flat arrays of one length; `mean` is the mean of the count, `variance` that of the logarithm of
    its Poisson mean. NaN in gives NaN out. Where the count is large the Poisson part is taken as lognormal too,
    with variance 1/mean added (error below 0.3 % of the tail).
    """
    special = _special()
    below, above = np.full(mean.shape, np.nan), np.full(mean.shape, np.nan)
    narrow = mean * variance > _NARROW
    spread = np.sqrt(np.where(narrow, variance + 1.0 / np.where(mean > 0, mean, 1.0), variance))
    centre = np.log(np.where(mean > 0, mean, 1.0)) - 0.5 * spread**2
    mixed = np.flatnonzero(~narrow & (mean > 0))
    if mixed.size:
        poisson_mean = np.exp(centre[mixed, None] + spread[mixed, None] * _NODES)
        k = count[mixed, None]
        below[mixed] = special.pdtr(k, poisson_mean) @ _WEIGHTS
        above[mixed] = np.where(count[mixed] <= 0, 1.0, special.pdtrc(np.maximum(k - 1, 0), poisson_mean) @ _WEIGHTS)
    smooth = np.flatnonzero(narrow)
    if smooth.size:
        step = np.log(np.maximum(count[smooth] + 0.5, 0.5)) - centre[smooth]
        back = np.log(np.maximum(count[smooth] - 0.5, 1e-9)) - centre[smooth]
        below[smooth] = special.ndtr(step / spread[smooth])
        above[smooth] = special.ndtr(-back / spread[smooth])
    return below, above
