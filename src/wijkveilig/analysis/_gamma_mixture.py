"""Mixtures of gamma distributions: their quantiles, and the one gamma that is nearest."""

import numpy as np

from wijkveilig.analysis._dist import Floats, gamma_below, gamma_log_density, gamma_quantile

# Parts of the mixture less likely than this do not move a quantile that anyone can see.
_NEGLIGIBLE = 1e-6
# Newton's steps: four or five are usual, a rare area without events needs more.
_STEPS, _NEAR = 30, 1e-6


def one_gamma(chance: Floats, shape: Floats, rate: Floats) -> tuple[Floats, Floats]:
    """Shape and rate [areas] of the gamma distribution with the mixture's mean and variance.

    chance: [parts], adding up to 1; shape, rate: [parts, areas].
    """
    mean = shape / rate
    centre = chance @ mean
    variance = chance @ (mean / rate + (mean - centre) ** 2)
    return centre**2 / variance, centre / variance


def mixture_quantile(chance: Floats, shape: Floats, rate: Floats, below: tuple[float, ...]) -> Floats:
    """Quantiles [len(below), areas] of mixtures of gamma distributions.

    chance: [parts], adding up to 1; shape, rate: [parts, areas]; below: probabilities.
    Newton's steps from the quantile of `one_gamma`, in the logarithm of the rate and the log-odds of the probability,
    where the curve is nearly straight, until they are smaller than a millionth.
    """
    kept = chance > _NEGLIGIBLE
    weight = (chance[kept] / chance[kept].sum())[:, None, None]
    k, r = shape[kept][:, None], rate[kept][:, None]
    one, scale = one_gamma(chance, shape, rate)
    start = np.stack([gamma_quantile(one, probability) / scale for probability in below])
    place = np.log(np.maximum(start, 1e-290))
    aim = np.log(below)[:, None] - np.log1p(-np.asarray(below))[:, None]
    for _ in range(_STEPS):
        x = r * np.exp(place)
        under = np.clip((weight * gamma_below(k, x)).sum(axis=0), 1e-300, 1.0 - 1e-15)
        slope = (weight * np.exp(gamma_log_density(k, x))).sum(axis=0)  # per unit of log(rate)
        odds = np.log(under) - np.log1p(-under)
        step = (odds - aim) * under * (1.0 - under) / np.maximum(slope, 1e-300)
        place = place - np.clip(step, -8.0, 8.0)
        if np.abs(step).max() < _NEAR:
            break
    return np.asarray(np.exp(place))
