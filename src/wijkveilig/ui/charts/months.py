"""The frame that charts over months share: where a month and a figure stand, the grid, the year marks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wijkveilig.ui.charts.axis import Scale, Ticks, known
from wijkveilig.ui.charts.palette import EDGE, GRID
from wijkveilig.ui.charts.spec import Figures
from wijkveilig.ui.charts.svg import Drawing, Point
from wijkveilig.ui.charts.text import width_of
from wijkveilig.ui.numbers import month_short


@dataclass(frozen=True, slots=True)
class MonthFrame:
    """Months `first`..`last` from left to right, figures from bottom to top."""

    first: int
    last: int
    across: Scale
    up: Scale

    @property
    def step(self) -> float:
        """Pixels between two months."""
        return (self.across.end - self.across.start) / max(self.last - self.first, 1)

    def x(self, month: int) -> float:
        """Pixel of a month; a frame of one month has it in the middle."""
        return self.across.at(month) if self.last > self.first else (self.across.start + self.across.end) / 2

    def at(self, month: int, value: float) -> Point:
        """Where a figure of a month stands."""
        return self.x(month), self.up.at(value)


def frame_of(first: int, count: int, ticks: Ticks, area: tuple[float, float, float, float]) -> MonthFrame:
    """A frame in `area` (left, top, right, bottom) for `count` months and the range of `ticks`."""
    left, top, right, bottom = area
    last = first + max(count, 1) - 1
    across = Scale(first, last if last > first else first + 1, left, right)
    return MonthFrame(first, last, across, Scale(ticks.values[0], ticks.values[-1], bottom, top))


def runs(first: int, values: Figures) -> Iterator[list[tuple[int, float]]]:
    """The stretches without a gap, as (month, figure)."""
    run: list[tuple[int, float]] = []
    for month, value in enumerate(values, start=first):
        if known([value]):
            run.append((month, float(value or 0.0)))
        elif run:
            yield run
            run = []
    if run:
        yield run


def draw_grid(drawing: Drawing, frame: MonthFrame, ticks: Ticks, left: float, right: float, language: str) -> None:
    """Thin lines at round figures, each with its figure at the left."""
    for value, label in zip(ticks.values, ticks.labels(language), strict=True):
        y = frame.up.at(value)
        drawing.line((left, y), (right, y), GRID)
        drawing.write((left - 8, y + 4), label, anchor="end")


def draw_years(drawing: Drawing, frame: MonthFrame, y: float, language: str) -> None:
    """A mark at each January with its name, as many as fit; without January the first and last month."""
    starts = [month for month in range(frame.first, frame.last + 1) if month % 12 == 0]
    if not starts:
        starts = [frame.first] if frame.first == frame.last else [frame.first, frame.last]
    room = width_of(month_short(starts[0], language)) + 16
    spacing = frame.step * 12
    short = len(starts) > 1 and spacing < room
    every = 1 if not short else max(1, -int(-(width_of("2026") + 12) // max(spacing, 1e-6)))
    right = frame.across.end
    for place, month in enumerate(starts):
        x = frame.x(month)
        drawing.line((x, y), (x, y + 5), EDGE)
        if place % every:
            continue
        label = str(month // 12) if short else month_short(month, language)
        drawing.write((x, y + 20), label, anchor="end" if x + width_of(label) > right + 40 else "start")
