"""The frame that charts of rows share: names at the left (above, on a phone), an axis under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wijkveilig.ui.charts.axis import Scale
from wijkveilig.ui.charts.levels import (
    DIFFERENT,
    draw_dot,
    draw_tick,
    draw_whisker,
    rightmost,
    words_beside,
    write_name,
)
from wijkveilig.ui.charts.palette import GRID, TINT, WORD_OF
from wijkveilig.ui.charts.spec import DotRow, Words
from wijkveilig.ui.charts.svg import Drawing
from wijkveilig.ui.charts.text import shortened, width_of

ROOMY = 480
"""Under this width a row takes two lines: name and words above, whisker below."""


@dataclass(frozen=True, slots=True)
class RowFrame:
    """Where rows and axis stand, for `count` rows in a drawing of `width`."""

    width: float
    top: float
    step: float
    left: float
    right: float
    stacked: bool

    def middle(self, row: int) -> float:
        """Pixel of a row's whisker."""
        return self.top + row * self.step + (self.step - 9 if self.stacked else self.step / 2)

    def bottom(self, count: int) -> float:
        """Pixel under the last row."""
        return self.top + count * self.step


def row_frame(rows: Sequence[DotRow], words: Words, width: float, *, top: float, step: float) -> RowFrame:
    """Room for the longest name (at most a third) and for the words of a row that reaches far."""
    if width < ROOMY:
        return RowFrame(width, top, 38, 12, width - 14, stacked=True)
    names = max((width_of(row.label, bold=True) for row in rows), default=0.0)
    left = min(names, width * 0.3) + 20
    beside = max((width_of(words_beside(row, words), bold=True) for row in rows), default=0.0)
    return RowFrame(width, top, step, left, width - min(beside, width * 0.2) - 22, stacked=False)


def draw_axis(drawing: Drawing, frame: RowFrame, across: Scale, ticks: Sequence[tuple[float, str]], count: int) -> None:
    """Thin upright lines at round figures, each with its figure under it; figures that would touch are left out."""
    bottom, taken = frame.bottom(count), -1e9
    for value, label in ticks:
        x = across.at(value)
        drawing.line((x, frame.top), (x, bottom), GRID)
        half = width_of(label) / 2
        centre = min(max(x, half + 1), frame.width - half - 1)
        if centre - half > taken:
            drawing.write((centre, bottom + 17), label, anchor="middle")
            taken = centre + half + 8


def draw_row(drawing: Drawing, frame: RowFrame, across: Scale, at: int, row: DotRow, words: Words) -> None:
    """One row: name, whisker, tick, dot, words."""
    y = frame.middle(at)
    beside = words_beside(row, words)
    tone, bold = WORD_OF[row.standing], row.standing in DIFFERENT or bool(row.note)
    if row.selected:
        drawing.rect(0, frame.top + at * frame.step, frame.width, frame.step, fill=TINT)
    if frame.stacked:
        room = frame.width - 12 - (width_of(beside, bold=bold) + 12 if beside else 0)
        write_name(drawing, 4, y - 15, row, shortened(row.label, max(room, 80), bold=True), "start")
        drawing.write((frame.width - 6, y - 15), beside, tone=tone, anchor="end", bold=bold)
    else:
        name = shortened(row.label, frame.left - 16, bold=True)
        write_name(drawing, frame.left - 10, y + 4, row, name)
        x = max(rightmost(across, row), across.start) + 12
        drawing.write((x, y + 4), shortened(beside, frame.width - x, bold=bold), tone=tone, bold=bold, halo=True)
    draw_whisker(drawing, across, y, row)
    draw_tick(drawing, across, y, row.comparison, 8 if frame.stacked else 9)
    draw_dot(drawing, across, y, row)
