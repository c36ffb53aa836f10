"""Whole years beside each other: the months as a thin line, the year's mean thick, its total in figures."""

from __future__ import annotations

from wijkveilig.ui.charts.axis import Scale, known, round_ticks
from wijkveilig.ui.charts.empty import empty
from wijkveilig.ui.charts.months import draw_grid, frame_of, runs
from wijkveilig.ui.charts.palette import INK, RIVER, THIN, WHISKER
from wijkveilig.ui.charts.spec import YearsSpec
from wijkveilig.ui.charts.svg import Drawing, points
from wijkveilig.ui.charts.text import width_of
from wijkveilig.ui.numbers import number


def years(spec: YearsSpec) -> str:
    """With months: a line and a mean per year. Without: the totals as dots, with whiskers where given."""
    if not known([total for _, total in spec.totals]) and not known(spec.months):
        return empty(spec.key, spec.title, spec.words.empty, spec.width)
    return _with_months(spec) if known(spec.months) else _totals_only(spec)


def _with_months(spec: YearsSpec) -> str:
    first = spec.first if spec.first is not None else spec.totals[0][0] * 12
    ticks = round_ticks(spec.months, count=3, whole=True)
    left = 12 + max(width_of(label) for label in ticks.labels(spec.words.language))
    frame = frame_of(first, len(spec.months), ticks, (left + 4, 10, spec.width - 10, spec.height - 42))
    drawing = Drawing(spec.key, spec.title, spec.desc, spec.width, spec.height)
    draw_grid(drawing, frame, ticks, left, spec.width - 6, spec.words.language)
    for run in runs(first, spec.months):
        drawing.path(points(frame.at(month, value) for month, value in run), stroke=THIN, size=1.4)
    every = _every(spec, frame.step * 12)
    for place, (year, total) in enumerate(spec.totals):
        start, end = max(year * 12, frame.first), min(year * 12 + 11, frame.last)
        inside = known(spec.months[max(0, start - first) : max(0, end - first + 1)])
        if start > end:
            continue
        if len(inside) == 12:
            y = frame.up.at(sum(inside) / 12)
            drawing.line((frame.x(start), y), (frame.x(end), y), RIVER, 2.6)
        if (len(spec.totals) - 1 - place) % every == 0:
            _label(drawing, spec, (frame.x(start) + frame.x(end)) / 2, year, total)
    return drawing.text()


def _totals_only(spec: YearsSpec) -> str:
    limits = [limit for pair in spec.intervals if pair for limit in pair]
    ticks = round_ticks([*(total for _, total in spec.totals), *limits], count=3, whole=spec.decimals == 0)
    left = 12 + max(width_of(label) for label in ticks.labels(spec.words.language))
    half = min(60.0, (spec.width - left - 10) / (2 * len(spec.totals)))
    across = Scale(0, max(len(spec.totals) - 1, 1), left + half, spec.width - 10 - half)
    frame = frame_of(0, 2, ticks, (left + 4, 10, spec.width - 10, spec.height - 42))
    drawing = Drawing(spec.key, spec.title, spec.desc, spec.width, spec.height)
    draw_grid(drawing, frame, ticks, left, spec.width - 6, spec.words.language)
    middle = len(spec.totals) == 1
    xs = [(across.start + across.end) / 2 if middle else across.at(place) for place in range(len(spec.totals))]
    for run in runs(0, [total for _, total in spec.totals]):
        drawing.path(points((xs[place], frame.up.at(value)) for place, value in run), stroke=THIN, size=1.4)
    every = _every(spec, half * 2)
    for place, (year, total) in enumerate(spec.totals):
        pair = spec.intervals[place] if place < len(spec.intervals) else None
        if pair and len(known(pair)) == 2:
            drawing.line((xs[place], frame.up.at(pair[0])), (xs[place], frame.up.at(pair[1])), WHISKER, 3, cap=True)
        if known([total]):
            drawing.circle((xs[place], frame.up.at(total or 0.0)), 4.5, fill=RIVER)
        if (len(spec.totals) - 1 - place) % every == 0:
            _label(drawing, spec, xs[place], year, total)
    return drawing.text()


def _every(spec: YearsSpec, spacing: float) -> int:
    """Label each year, or every second or third when the figures would touch; counted from the last."""
    language = spec.words.language
    shown = [number(total or 0.0, spec.decimals, language) for _, total in spec.totals]
    room = max(width_of(label, bold=True) for label in ["2026", *shown]) + 8
    return max(1, -int(-room // max(spacing, 1e-6)))


def _label(drawing: Drawing, spec: YearsSpec, x: float, year: int, total: float | None) -> None:
    drawing.write((x, spec.height - 20), str(year), anchor="middle")
    figure = number(total or 0.0, spec.decimals, spec.words.language) if known([total]) else "–"
    drawing.write((x, spec.height - 3), figure, tone=INK, anchor="middle", bold=True)
