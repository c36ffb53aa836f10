"""The small series beside a line of a list: no axes, the last figure written."""

from __future__ import annotations

from wijkveilig.ui.charts.axis import Ticks, known
from wijkveilig.ui.charts.empty import empty
from wijkveilig.ui.charts.lines import draw_band, draw_line, outside_band
from wijkveilig.ui.charts.months import frame_of, runs
from wijkveilig.ui.charts.palette import CALL, INK, MARK, RIVER
from wijkveilig.ui.charts.spec import SparkSpec
from wijkveilig.ui.charts.svg import Drawing
from wijkveilig.ui.charts.text import width_of
from wijkveilig.ui.numbers import number


def sparkline(spec: SparkSpec) -> str:
    """The series of an attention line: no axes, band and outside months as in the large one, last figure written."""
    if not known(spec.values):
        return empty(spec.key, spec.title, spec.words.empty, spec.width, spec.height)
    runs_ = [pair for run in runs(spec.first, spec.values) for pair in run]
    month, value = runs_[-1]
    words = spec.last_text if spec.last_text is not None else number(value, spec.decimals, spec.words.language)
    limits = [*spec.band.high, *spec.band.value] if spec.band else []
    top = max([1.0, *known([*spec.values, *limits])])
    room = width_of(words, 14, bold=True) + 10
    area = (4.0, 12.0, spec.width - max(room, 12.0), spec.height - 5)
    frame = frame_of(spec.first, len(spec.values), Ticks((min([0.0, *known(spec.values)]), top), 0), area)
    drawing = Drawing(spec.key, spec.title, spec.desc, spec.width, spec.height)
    if spec.band:
        draw_band(drawing, frame, spec.band)
    draw_line(drawing, frame, spec.values, 1.6, None)
    outside = outside_band(spec.first, spec.values, spec.band)
    for one in outside:
        drawing.circle(frame.at(one.month, one.value), 3.2, fill=MARK if one.above else RIVER)
    at = frame.at(month, value)
    called = any(one.month == month and one.above for one in outside)
    drawing.write((at[0] + 7, at[1] + 4.5), words, tone=CALL if called else INK, size=14, bold=True)
    return drawing.text()
