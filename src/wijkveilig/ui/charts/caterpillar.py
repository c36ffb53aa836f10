"""All areas in order of level, each with its interval, and the city as one line through them."""

from __future__ import annotations

from dataclasses import replace

from wijkveilig.ui.charts.axis import Scale, known, round_ticks
from wijkveilig.ui.charts.empty import empty
from wijkveilig.ui.charts.palette import INK
from wijkveilig.ui.charts.rows import draw_axis, draw_row, row_frame
from wijkveilig.ui.charts.spec import CaterpillarSpec
from wijkveilig.ui.charts.svg import Drawing
from wijkveilig.ui.charts.text import width_of


def caterpillar(spec: CaterpillarSpec) -> str:
    """Rows in the order given. An interval far wider than the others is cut with an arrow, so that the rest stays
    readable; the city line has its label on top."""
    rows = tuple(replace(row, comparison=None) for row in spec.rows)
    words = replace(spec.words, higher="", lower="")  # the diamond says it; the same words on each row are noise
    if not any(known([row.value]) for row in rows):
        return empty(spec.key, spec.title, spec.words.empty, spec.width)
    frame = row_frame(rows, words, spec.width, top=24, step=21)
    figures = [*(row.value for row in rows), spec.city, _sensible_end(spec)]
    ticks = round_ticks(figures, count=4 if frame.stacked else 6)
    across = Scale(ticks.values[0], ticks.values[-1], frame.left, frame.right)
    drawing = Drawing(spec.key, spec.title, spec.desc, spec.width, frame.bottom(len(rows)) + 26)
    labels = list(zip(ticks.values, ticks.labels(spec.words.language), strict=True))
    draw_axis(drawing, frame, across, labels, len(rows))
    for at, row in enumerate(rows):
        if row.selected:
            draw_row(drawing, frame, across, at, row, words)
    _city(drawing, spec, across, frame.top, frame.bottom(len(rows)))
    for at, row in enumerate(rows):
        if not row.selected:
            draw_row(drawing, frame, across, at, row, words)
    return drawing.text()


def _sensible_end(spec: CaterpillarSpec) -> float | None:
    """The highest upper limit, but no more than twice the highest level or three times the typical upper limit."""
    highs = sorted(known(row.high for row in spec.rows))
    levels = known(row.value for row in spec.rows)
    if not highs:
        return None
    typical = highs[len(highs) // 2]
    return min(highs[-1], max(2 * max([*levels, 0.0]), 3 * typical))


def _city(drawing: Drawing, spec: CaterpillarSpec, across: Scale, top: float, bottom: float) -> None:
    if not known([spec.city]):
        return
    x = across.at(spec.city or 0.0)
    drawing.line((x, top - 6), (x, bottom), INK, 1.6)
    half = width_of(spec.city_label, bold=True) / 2
    centre = min(max(x, half + 2), spec.width - half - 2)
    drawing.write((centre, top - 10), spec.city_label, tone=INK, anchor="middle", bold=True)
