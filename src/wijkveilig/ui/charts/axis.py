"""Round-number axes: from nought, few ticks, never a figure that nobody would say aloud."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from wijkveilig.ui.numbers import number

SMALLEST = 1e-6
"""Figures that differ less than this are the same on paper."""
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight line from figures to pixels."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Pixel of a figure; figures outside the axis are kept on its ends."""
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


@dataclass(frozen=True, slots=True)
class Ticks:
    """Round figures from the first at or under nought to the first at or above the highest."""

    values: tuple[float, ...]
    decimals: int

    def labels(self, language: str) -> tuple[str, ...]:
        """The ticks in the reader's notation."""
        return tuple(number(value, self.decimals, language) for value in self.values)


def known(values: Iterable[float | None]) -> list[float]:
    """The figures that are there: no None, no NaN, no infinity."""
    return [float(value) for value in values if value is not None and math.isfinite(value)]


def round_ticks(values: Iterable[float | None], *, count: int = 5, whole: bool = False) -> Ticks:
    """About `count` round ticks from nought (or below, for negatives) up to the highest figure.

    `whole` keeps steps at whole numbers, for counts. No figures, or only noughts, give 0 and 1.
    """
    figures = known(values)
    low, high = min([0.0, *figures]), max([0.0, *figures])
    if high - low < SMALLEST:
        return Ticks((0.0, 1.0), 0)
    step = _step((high - low) / count)
    if whole:
        step = max(1.0, float(math.ceil(step)))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    decimals = max(0, -math.floor(math.log10(step)) + (1 if _is_quarter(step) else 0)) if step < 1 else 0
    decimals = max(decimals, 1 if not float(step).is_integer() else 0)
    return Ticks(tuple(round(at * step, 10) for at in range(first, last + 1)), decimals)


def _step(wanted: float) -> float:
    scale = 10.0 ** math.floor(math.log10(wanted))
    return next(step * scale for step in _STEPS if step * scale >= wanted * (1 - 1e-9))


def _is_quarter(step: float) -> bool:
    return abs(step / 10.0 ** math.floor(math.log10(step)) - 2.5) < 1e-9
