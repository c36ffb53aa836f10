"""Which of many questions have an answer: the Benjamini-Hochberg correction."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def false_discovery(p: ArrayLike, eligible: ArrayLike | None = None, *, alpha: float = 0.05) -> NDArray[np.bool_]:
    """True where a series is out of line while at most `alpha` of those named is expected to be so by chance.

    Parameters
    ----------
    p: two-sided probabilities, any shape; NaN means that there is nothing to say.
    eligible: same shape; the family that is tested. Choose it before the last period is seen, else the
        correction promises nothing. Default: all.
    alpha: share of false discoveries, between 0 and 1.

    Returns: a boolean array of the shape of `p`. Raises ValueError where a shape, a probability or alpha is wrong.
    Reference: Benjamini & Hochberg (1995), J. R. Stat. Soc. B 57:289-300.

    >>> false_discovery([0.001, 0.02, 0.04, 0.9]).tolist()
    [True, True, False, False]
    """
    values = np.asarray(p, dtype=np.float64)
    family = np.isfinite(values)
    if eligible is not None:
        chosen = np.asarray(eligible, dtype=bool)
        if chosen.shape != values.shape:
            raise ValueError(f"p has shape {values.shape}, eligible {chosen.shape}")
        family &= chosen
    if not 0 < alpha < 1:
        raise ValueError(f"alpha must lie between 0 and 1, not {alpha}")
    tested = np.sort(values[family])
    if tested.size and (tested[0] < 0 or tested[-1] > 1):
        raise ValueError("a probability lies between 0 and 1")
    passes = np.flatnonzero(tested <= alpha * np.arange(1, tested.size + 1) / max(tested.size, 1))
    if not passes.size:
        return np.zeros(values.shape, dtype=bool)
    return np.asarray(family & (values <= tested[passes[-1]]), dtype=bool)
