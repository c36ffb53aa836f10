"""Shape of a year's shock: mostly normal, or with years that stray far, as the town's own past shows."""

from dataclasses import dataclass

import numpy as np

from wijkveilig.analysis._dist import Floats
from wijkveilig.analysis._mixture import mixed_log, node_chances

# Shares of shocks that stray, and how much further: a town has none unless its own forecasts show them.
_SHARES = np.array([0.0, 0.02, 0.05, 0.1])
_BELIEF = np.array([0.955, 0.015, 0.015, 0.015])
_FURTHER = 2.5
# Standard deviation against the one learned before; leaning on 1.
_SCALES = np.exp(np.linspace(-0.6, 0.6, 13))
_SCALE_SPREAD = 0.25


@dataclass(frozen=True)
class Shock:
    """Mixture of normal distributions, in standard deviations of the logarithm of a year's mean. [components]"""

    weights: Floats
    spreads: Floats


# Gauss-Hermite: three points that stand for a normal distribution.
_POINTS, _POINT_WEIGHTS = np.array([-(3.0**0.5), 0.0, 3.0**0.5]), np.array([1.0, 4.0, 1.0]) / 6.0

NORMAL = Shock(np.ones(1), np.ones(1))


def learn_shock(count: Floats, mean: Floats, variance: Floats) -> Shock:
    """Shape of the shock, from what came against what was forecast. Flat arrays of one length.

    Averages over shares of straying shocks and over scales by their posterior probability: a town with few forecasts
    behind it gets wider tails. Starts from the belief that nothing strays: in a quiet town the tail stays thin, and a
    real rise is found.
    """
    if not count.size:
        return NORMAL
    share, scale = (part.ravel() for part in np.meshgrid(_SHARES, _SCALES, indexing="ij"))
    weights = np.stack([1.0 - share, share], axis=1)
    spreads = np.stack([scale, scale * _FURTHER], axis=1)
    fit = mixed_log(count, mean, variance, node_chances(weights, spreads)).sum(axis=0)
    fit = fit.reshape(_SHARES.size, _SCALES.size) - 0.5 * (np.log(_SCALES) / _SCALE_SPREAD) ** 2
    chance = np.exp(fit - fit.max()) * _BELIEF[:, None]
    chance /= chance.sum()
    at = chance.ravel()
    return Shock(np.concatenate([at * (1.0 - share), at * share]), np.concatenate([spreads[:, 0], spreads[:, 1]]))


def chances_of(shock: Shock, doubt: Floats) -> Floats:
    """Chance of each node [types, nodes], where the logarithm of a type's variance is itself known but for `doubt`.

    doubt: [types] standard deviation.
    """
    more = np.exp(0.5 * doubt[:, None] * _POINTS)
    spreads = (more[:, :, None] * shock.spreads).reshape(doubt.size, -1)
    weights = (_POINT_WEIGHTS[:, None] * shock.weights).ravel()
    return node_chances(np.broadcast_to(weights, spreads.shape), spreads)
