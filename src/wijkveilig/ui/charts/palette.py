"""Colours of charts by role. Each has a hexadecimal value (drawn as attribute, also in a PDF) and a
class suffix, with which `charts.css` lets it follow the theme on a screen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wijkveilig.ui.charts.axis import SMALLEST
from wijkveilig.ui.charts.spec import Classes, Figures, Palette, Standing


@dataclass(frozen=True, slots=True)
class Tone:
    """A colour by role: its value in the light theme and its class suffix."""

    hex: str
    css: str


INK = Tone("#14242E", "ink")
INK2 = Tone("#4B5B66", "ink2")
EDGE = Tone("#6F7F89", "edge")
RIVER = Tone("#0B5063", "river")
TINT = Tone("#E3F0F2", "tint")
SURFACE = Tone("#FFFFFF", "surface")
CALL = Tone("#A63A00", "call")
MARK = Tone("#E0641B", "mark")
GRID = Tone("#E3E8E6", "grid")
BAND = Tone("#D6E3E2", "band")
MEDIAN = Tone("#4F7377", "median")
DOT = Tone("#5F7A82", "dot")
WHISKER = Tone("#829299", "whisker")
THIN = Tone("#6E9398", "thin")
GROUND = Tone("#E9ECEA", "ground")
WATER = Tone("#CFE3EC", "water")
WAVE = Tone("#3C6C82", "wave")
HATCH = Tone("#FFFFFF", "hatch")

SEQUENTIAL = tuple(
    Tone(value, f"seq{at}")
    for at, value in enumerate(("#E4F0EE", "#C3DFDC", "#97C8C8", "#62AAB0", "#348A97", "#166A7D", "#0A4459"), start=1)
)
DIVERGING = tuple(
    Tone(value, f"div{at}") for at, value in enumerate(("#1B7837", "#A6DBA0", "#F2F2F2", "#C2A5CF", "#762A83"), start=1)
)

DOT_OF = {Standing.HIGHER: MARK, Standing.LOWER: RIVER, Standing.USUAL: DOT}
WHISKER_OF = {Standing.HIGHER: MARK, Standing.LOWER: RIVER, Standing.USUAL: WHISKER}
WORD_OF = {Standing.HIGHER: CALL, Standing.LOWER: INK, Standing.USUAL: INK2}

_FROM_SEVEN = {1: (4,), 2: (2, 5), 3: (1, 3, 5), 4: (1, 3, 4, 5), 5: (0, 2, 3, 4, 6), 6: (0, 1, 2, 3, 5, 6)}


def tones(classes: Classes) -> tuple[Tone, ...]:
    """One colour per class, spread over the palette; more than seven classes repeat the darkest."""
    count = len(classes.limits) + 1
    if classes.palette is Palette.DIVERGING:
        return _spread(DIVERGING, count)
    if count >= len(SEQUENTIAL):
        return SEQUENTIAL + SEQUENTIAL[-1:] * (count - len(SEQUENTIAL))
    return tuple(SEQUENTIAL[at] for at in _FROM_SEVEN[count])


def _spread(ramp: tuple[Tone, ...], count: int) -> tuple[Tone, ...]:
    if count == 1:
        return (ramp[len(ramp) // 2],)
    return tuple(ramp[round(at * (len(ramp) - 1) / (count - 1))] for at in range(count))


def class_of(value: float, limits: Sequence[float]) -> int:
    """The class of a value: a limit belongs to the class above it."""
    return sum(value >= limit for limit in limits)


def round_limits(values: Figures, classes: int = 6) -> tuple[float, ...]:
    """Class limits that are round numbers and put about as many areas in each class.

    Each limit is a quantile, rounded to the coarsest step (1, 2 or 5 times a power of ten) that still
    keeps it apart from its neighbours. `values` may hold None and NaN; fewer different values give fewer
    limits, none gives ().
    """
    known = np.array(sorted(value for value in values if value is not None and math.isfinite(value)), dtype=float)
    if len(known) < 2 or known[-1] - known[0] < SMALLEST:
        return ()
    quantiles = [float(np.quantile(known, at / classes)) for at in range(classes + 1)]
    finest = (quantiles[-1] - quantiles[0]) / 40
    limits = set()
    for before, limit, after in zip(quantiles, quantiles[1:], quantiles[2:], strict=False):
        step = _round_step(max(min(limit - before, after - limit), finest))
        limits.add(round(round(limit / step) * step, 10))
    return tuple(limit for limit in sorted(limits) if known[0] < limit <= known[-1])


def _round_step(gap: float) -> float:
    """The largest of 1, 2 and 5 times a power of ten that fits in `gap`."""
    scale = 10.0 ** math.floor(math.log10(gap))
    return max(step * scale for step in (1.0, 2.0, 5.0) if step * scale <= gap * (1 + 1e-9))
