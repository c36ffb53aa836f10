"""Colours of charts by role. Each has a hexadecimal value (drawn as attribute, also in a PDF) and a
class suffix, with which `charts.css` lets it follow the theme on a screen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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


CROWDED = 0.6
"""A class that would hold more than this share of the areas says nothing; then classes of equal number are used."""


def round_limits(values: Figures, classes: int = 6) -> tuple[float, ...]:
    """Class limits that are round numbers, at equal steps between the tenth and the ninetieth percentile.

    Equal steps keep small differences small: with quantiles, areas that hardly differ would get different
    colours. Only where equal steps would put most areas in one class do quantiles, rounded, take their place.
    `values` may hold None and NaN; too few different values give ().
    """
    known = np.array(sorted(value for value in values if value is not None and math.isfinite(value)), dtype=float)
    if len(known) < 2 or known[-1] - known[0] < SMALLEST:
        return ()
    middle = _equal_steps(float(np.quantile(known, 0.1)), float(np.quantile(known, 0.9)), classes)
    whole = _equal_steps(float(known[0]), float(known[-1]), classes)
    found: tuple[float, ...] = ()
    for limits in (middle, _equal_numbers(known, classes), whole):
        inside = tuple(limit for limit in limits if known[0] < limit <= known[-1])[: classes - 1]
        counts = np.bincount(np.searchsorted(inside, known, side="right"), minlength=len(inside) + 1)
        if inside and counts.max() <= CROWDED * len(known):
            return inside
        found = found or inside
    return found


def _equal_steps(low: float, high: float, classes: int) -> list[float]:
    """Multiples of one round step from `low` up to `high`."""
    if high - low < SMALLEST:
        return []
    wanted = (high - low) / max(classes - 1, 1)
    scale = 10.0 ** math.floor(math.log10(wanted))
    step = next(step * scale for step in (1.0, 2.0, 2.5, 5.0, 10.0) if step * scale >= wanted * 0.8)
    return [round(at * step, 10) for at in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _equal_numbers(known: NDArray[np.float64], classes: int) -> list[float]:
    """Quantiles, each rounded to the coarsest step that keeps it apart from its neighbours."""
    quantiles = [float(np.quantile(known, at / classes)) for at in range(classes + 1)]
    limits = set()
    for before, limit, after in zip(quantiles, quantiles[1:], quantiles[2:], strict=False):
        gap = max(min(limit - before, after - limit), abs(limit) / 20, SMALLEST)
        scale = 10.0 ** math.floor(math.log10(gap))
        step = max(step * scale for step in (1.0, 2.0, 5.0) if step * scale <= gap * (1 + 1e-9))
        limits.add(round(round(limit / step) * step, 10))
    return sorted(limits)
