"""Methods that a tired analyst might use instead. They run beside ours, and must fail."""

import numpy as np
from numpy.typing import NDArray
from scipy import special

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def never_alarm(history: Floats, current: Floats) -> Flags:
    """Nothing is ever out of line."""
    return np.zeros(current.shape, dtype=bool)


def plain_poisson(history: Floats, current: Floats) -> Flags:
    """Poisson limits around the mean of earlier years, moved with the city, with the usual correction."""
    due = _due(history, current)
    below, above = special.pdtr(current, due), np.where(current > 0, special.pdtrc(np.maximum(current - 1, 0), due), 1)
    return _corrected(np.minimum(2 * np.minimum(below, above), 1), due >= 1)


def z_score(history: Floats, current: Floats) -> Flags:
    """Distance to the mean of the area's own earlier years, in standard deviations of those years."""
    due = _due(history, current)
    spread = np.maximum(history.std(axis=2, ddof=1), 1e-9)
    return _corrected(2 * special.ndtr(-np.abs(current - due) / spread), due >= 1)


def _due(history: Floats, current: Floats) -> Floats:
    moved = history * (current.sum(axis=0)[:, None] / np.maximum(history.sum(axis=0), 1))
    return np.asarray(moved.mean(axis=2))


def _corrected(p: Floats, tested: Flags, share: float = 0.05) -> Flags:
    """Benjamini and Hochberg, written out: the largest k with k-th smallest p below k/m of the share."""
    found = np.zeros(p.shape, dtype=bool)
    order = sorted(zip(p[tested].tolist(), np.argwhere(tested).tolist(), strict=True))
    reach = max((k for k, (value, _) in enumerate(order, 1) if value <= share * k / len(order)), default=0)
    for _, (area, kind) in order[:reach]:
        found[area, kind] = True
    return found
