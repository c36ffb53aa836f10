"""Themes of one area, each beside its own comparison; and the same in miniature for a table cell."""

from __future__ import annotations

import math
from dataclasses import replace
from html import escape

from wijkveilig.ui.charts.axis import Scale, known, round_ticks
from wijkveilig.ui.charts.empty import empty
from wijkveilig.ui.charts.levels import DIFFERENT
from wijkveilig.ui.charts.palette import DOT_OF, INK, WHISKER_OF
from wijkveilig.ui.charts.rows import draw_axis, draw_row, row_frame
from wijkveilig.ui.charts.spec import DotRow, DotsSpec, WhiskerSpec, Words
from wijkveilig.ui.charts.svg import Drawing, n
from wijkveilig.ui.numbers import number

LEAST, MOST = -3, 4
"""A ratio is drawn from an eighth (2 to the power −3) to sixteen times; beyond that an arrow says enough."""


def dots(spec: DotsSpec) -> str:
    """Rows of dot, whisker and tick on one axis from nought, or as ratio to each row's comparison."""
    rows = tuple(_ratio(row) for row in spec.rows) if spec.relative else spec.rows
    if not any(known([row.value]) for row in rows):
        return empty(spec.key, spec.title, spec.words.empty, spec.width)
    frame = row_frame(rows, spec.words, spec.width, top=6, step=27)
    figures = [value for row in rows for value in (row.value, row.low, row.high, row.comparison)]
    ticks = _ratio_ticks(figures, spec.words) if spec.relative else _plain_ticks(figures, spec)
    across = Scale(ticks[0][0], ticks[-1][0], frame.left, frame.right)
    drawing = Drawing(spec.key, spec.title, spec.desc, spec.width, frame.bottom(len(rows)) + 26)
    draw_axis(drawing, frame, across, ticks, len(rows))
    for at, row in enumerate(rows):
        draw_row(drawing, frame, across, at, row, spec.words)
    return drawing.text()


def _plain_ticks(figures: list[float | None], spec: DotsSpec) -> list[tuple[float, str]]:
    ticks = round_ticks(figures, count=4 if spec.width < 480 else 5)
    return list(zip(ticks.values, ticks.labels(spec.words.language), strict=True))


def _log(value: float | None, comparison: float) -> float | None:
    if value is None or not math.isfinite(value):
        return None
    return math.log2(max(value / comparison, 2.0 ** (LEAST - 1)))


def _ratio(row: DotRow) -> DotRow:
    """The row on the scale of doublings from its comparison; without a comparison there is no ratio."""
    if not known([row.comparison]) or not row.comparison or row.comparison <= 0:
        return replace(row, value=None, low=None, high=None, comparison=None)
    base = row.comparison
    return replace(row, value=_log(row.value, base), low=_log(row.low, base), high=_log(row.high, base), comparison=0.0)


def _ratio_ticks(figures: list[float | None], words: Words) -> list[tuple[float, str]]:
    there = known(figures)
    low, high = max(LEAST, min(-1, math.floor(min(there)))), min(MOST, max(1, math.ceil(max(there))))
    names = {-1: words.half, 0: words.same, 1: words.double}
    return [
        (float(at), names.get(at, f"{number(2.0**at, 0, words.language)} ×" if at > 0 else f"1/{2**-at}"))
        for at in range(low, high + 1)
    ]


def whisker_cell(spec: WhiskerSpec) -> str:
    """A dot and whisker for a table cell; empty text when there is no figure. Its numbers stand in the same row."""
    if not known([spec.value]):
        return ""
    row = DotRow("", spec.value, spec.low, spec.high, spec.comparison, spec.standing)
    top = spec.maximum if math.isfinite(spec.maximum) and spec.maximum > 0 else 1.0
    across = Scale(0.0, top, 7, spec.width - 9)
    size = f'width="{spec.width:.0f}" height="{spec.height:.0f}"'
    name = f'role="img" aria-label="{escape(spec.title)}"' if spec.title else 'aria-hidden="true"'
    return f'<svg class="chart" {size} {name}>{_marks(row, across, spec.height / 2)}</svg>'


def _marks(row: DotRow, across: Scale, y: float) -> str:
    """Whisker, tick and dot in as few signs as can be: a page holds hundreds of them."""
    marks = []
    if known([row.low]) and known([row.high]):
        tone = WHISKER_OF[row.standing]
        ends = f"M{n(across.at(row.low or 0.0))} {n(y)}H{n(across.at(row.high or 0.0))}"
        marks.append(f'<path d="{ends}" stroke="{tone.hex}" class="ks-{tone.css}" stroke-width="3"/>')
    if known([row.comparison]):
        x = n(across.at(row.comparison or 0.0))
        marks.append(f'<path d="M{x} {n(y - 8)}v16" stroke="{INK.hex}" class="ks-{INK.css}" stroke-width="2"/>')
    tone, x = DOT_OF[row.standing], n(across.at(row.value or 0.0))
    if row.standing in DIFFERENT:
        marks.append(f'<path d="M{x} {n(y - 5)}l5 5-5 5-5-5Z" fill="{tone.hex}" class="kf-{tone.css}"/>')
    else:
        marks.append(f'<circle cx="{x}" cy="{n(y)}" r="4" fill="{tone.hex}" class="kf-{tone.css}"/>')
    return "".join(marks)
