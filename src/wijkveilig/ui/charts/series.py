"""Months in a row beside what was to be expected.

The frame is worked out first (`_sheet_of`), then everything is drawn from back to front: grid, band, breaks,
line, words. Words take their place on one `Ground`, in order of importance, so that none covers another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wijkveilig.ui.charts.axis import Ticks, known, round_ticks
from wijkveilig.ui.charts.blocks import blocks_height, draw_blocks
from wijkveilig.ui.charts.empty import empty
from wijkveilig.ui.charts.lines import Outside, draw_band, draw_line, outside_band
from wijkveilig.ui.charts.months import MonthFrame, draw_grid, draw_years, frame_of, runs
from wijkveilig.ui.charts.palette import CALL, INK, INK2, MARK, RIVER, Tone
from wijkveilig.ui.charts.room import Box, Ground, box_of, sampled
from wijkveilig.ui.charts.spec import Band, Break, SeriesSpec, Words
from wijkveilig.ui.charts.svg import Drawing, Point
from wijkveilig.ui.charts.text import width_of, wrapped
from wijkveilig.ui.numbers import number

ROOMY = 480
"""From this width on, words stand right of the line; under it, above."""
LINE = 16
"""Pixels between two lines of words."""
BREAK_ROOM = 34
"""Pixels above the plot for the words of breaks."""

Spot = tuple[Point, str]
"""A place for words, and the side that is fixed there (start, middle or end)."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One drawing in the making: what was asked, where things stand, and what ground is taken."""

    spec: SeriesSpec
    ticks: Ticks
    frame: MonthFrame
    left: float
    right: float
    last: tuple[str, ...]
    outside: tuple[Outside, ...]
    drawing: Drawing
    ground: Ground

    @property
    def wide(self) -> bool:
        """Whether there is room for words beside the line."""
        return self.spec.width >= ROOMY

    def calls(self, one: Outside) -> bool:
        """Whether a month may ask for attention: above its band, in a series that is out of line."""
        return one.above and self.spec.call

    def place(self, spots: Sequence[Spot], lines: Sequence[str], *, bold: bool = False) -> Spot | None:
        """The first of the best places for these lines, taken from now on; None where all are taken."""
        boxes = [box_of(at, lines, anchor=anchor, bold=bold) for at, anchor in spots]
        best = self.ground.best(boxes)
        return None if best is None else spots[best]


def series(spec: SeriesSpec) -> str:
    """A line of months with its band, breaks, gaps and events; a sentence when there is no figure."""
    if not known(spec.values):
        return empty(spec.key, spec.title, spec.words.empty, spec.width)
    sheet = _sheet_of(spec)
    drawing, frame = sheet.drawing, sheet.frame
    draw_grid(drawing, frame, sheet.ticks, sheet.left, sheet.right, spec.words.language)
    draw_years(drawing, frame, frame.up.start, spec.words.language)
    outline = draw_band(drawing, frame, spec.band) if spec.band else []
    _breaks(sheet)
    sheet.ground.dots.extend(draw_line(drawing, frame, spec.values, 2, spec.incomplete_from))
    _last(sheet)
    _outside(sheet)
    _band_words(sheet, outline)
    _events(sheet)
    return drawing.text()


def _sheet_of(spec: SeriesSpec) -> _Sheet:
    wide, last = spec.width >= ROOMY, _last_words(spec)
    limits = [*spec.band.high, *spec.band.value] if spec.band else []
    ticks = round_ticks([*spec.values, *limits], count=5 if wide else 4, whole=spec.decimals == 0)
    left = 12 + max(width_of(label) for label in ticks.labels(spec.words.language))
    beside = max([16.0, *(width_of(line, bold=True) + 16 for line in last)]) if wide else 18
    right = spec.width - beside
    top = 12 + BREAK_ROOM * bool(spec.breaks) + (8 if wide else LINE * len(last))
    bottom = max((spec.height or (250 if wide else 210)) - 36, top + 60)
    frame = frame_of(spec.first, len(spec.values), ticks, (left + 8, top, right - 6, bottom))
    under = 26 + blocks_height(spec.events, frame.step) + (0 if wide else LINE) if spec.events else 0
    return _Sheet(
        spec=spec,
        ticks=ticks,
        frame=frame,
        left=left,
        right=right,
        last=last,
        outside=outside_band(spec.first, spec.values, spec.band),
        drawing=Drawing(spec.key, spec.title, spec.desc, spec.width, bottom + 30 + under),
        ground=Ground(Box(left, 2, spec.width, bottom)),
    )


def _last_month(spec: SeriesSpec) -> tuple[int, float]:
    """The last month that has a figure, and that figure."""
    return [pair for run in runs(spec.first, spec.values) for pair in run][-1]


def _last_words(spec: SeriesSpec) -> tuple[str, ...]:
    """What stands at the last figure; a month that is likely incomplete says so on the lines after it."""
    month, value = _last_month(spec)
    words = spec.last_label or (number(value, spec.decimals, spec.words.language),)
    open_end = spec.incomplete_from is not None and month >= spec.incomplete_from
    return (*words, *wrapped(spec.words.incomplete, 110)) if open_end else words


def _breaks(sheet: _Sheet) -> None:
    """Dotted lines first, so that no line crosses the words of another."""
    frame = sheet.frame
    marks = [mark for mark in sheet.spec.breaks if frame.first <= mark.month <= frame.last]
    marks.sort(key=lambda mark: mark.month)
    for mark in marks:
        x = frame.x(mark.month) - frame.step / 2
        sheet.drawing.line((x, frame.up.end - BREAK_ROOM), (x, frame.up.start), INK2, 1.2, dash="1.5 3.5", cap=True)
    for row, mark in enumerate(marks):
        _break_words(sheet, mark, row % 2)


def _break_words(sheet: _Sheet, mark: Break, row: int) -> None:
    """The words of a break stand right of its line, or left where that has more room; every second one lower."""
    x, width = sheet.frame.x(mark.month) - sheet.frame.step / 2, sheet.spec.width
    after = width - x - 10
    anchor, room = ("start", after) if after >= min(170.0, width / 2) else ("end", x - 10)
    lines = wrapped(mark.words, min(room, 240))
    at = (x + (6 if anchor == "start" else -6), sheet.frame.up.end - 24 + LINE * row * (len(lines) == 1))
    sheet.ground.boxes.append(box_of(at, lines, anchor=anchor))
    sheet.drawing.write_lines(at, lines, anchor=anchor, halo=True)


def _last(sheet: _Sheet) -> None:
    """The last dot and its words: right of it where there is room, else above."""
    spec, (month, value) = sheet.spec, _last_month(sheet.spec)
    at = sheet.frame.at(month, value)
    found = next((one for one in sheet.outside if one.month == month), None)
    if found is None and spec.incomplete_from is None:
        sheet.drawing.circle(at, 3.6, fill=RIVER)
    spots = _last_spots(sheet, at)
    place, anchor = sheet.place(spots, sheet.last, bold=True) or spots[0]
    told = len(spec.last_label) or 1
    tone: Tone = CALL if found is not None and sheet.calls(found) else INK
    sheet.drawing.write_lines(place, sheet.last[:told], tone=tone, anchor=anchor, bold=True, halo=True)
    sheet.drawing.write_lines((place[0], place[1] + LINE * told), sheet.last[told:], anchor=anchor, halo=True)


def _last_spots(sheet: _Sheet, at: Point) -> list[Spot]:
    tall, width = LINE * (len(sheet.last) - 1), sheet.spec.width
    if sheet.wide:
        return [((at[0] + 12, min(max(at[1] + 4, 14), sheet.frame.up.start - tall)), "start")]
    x = min(at[0] + 8, width - 2)
    return [((x, at[1] - 12 - tall), "end"), ((x, at[1] + 22), "end"), ((width - 2, 14), "end")]


def _outside(sheet: _Sheet) -> None:
    """A dot on each month outside its band; its figure where there is room, the highest first."""
    last, _ = _last_month(sheet.spec)
    for one in sheet.outside:
        sheet.drawing.circle(sheet.frame.at(one.month, one.value), 4.2, fill=MARK if sheet.calls(one) else RIVER)
    for one in sorted(sheet.outside, key=lambda each: (-each.above, -each.value, -each.month)):
        if one.month != last:
            _figure(sheet, one)


def _figure(sheet: _Sheet, one: Outside) -> None:
    x, y = sheet.frame.at(one.month, one.value)
    words = number(one.value, sheet.spec.decimals, sheet.spec.words.language)
    above = ((x, y - 9 if one.above else y + 18), "middle")
    found = sheet.place([((x - 8, y + 3), "end"), above, ((x + 8, y + 4), "start")], (words,), bold=True)
    if found is not None:
        tone = CALL if sheet.calls(one) else INK
        sheet.drawing.write(found[0], words, tone=tone, anchor=found[1], bold=True, halo=True)


def _band_words(sheet: _Sheet, outline: list[Point]) -> None:
    """What the band says, beside or above it; left out where the line needs the room."""
    spec = sheet.spec
    lines = spec.band_label or (_constant_band(spec.band, spec.decimals, spec.words) if spec.band else ())
    if not lines or not outline:
        return
    left, right = min(x for x, _ in outline), max(x for x, _ in outline)
    high, low = min(y for _, y in outline), max(y for _, y in outline)
    tall = LINE * (len(lines) - 1)
    sheet.ground.dots.extend(sampled([(left, high), (left, low)]))
    spots: list[Spot] = [
        ((left - 10, high + 10), "end"),
        ((left - 10, (high + low) / 2), "end"),
        ((left - 10, high - 12 - tall), "end"),
        ((left + 4, high - 8 - tall), "start"),
        (((left + right) / 2, high - 8 - tall), "middle"),
        ((left + 6, low + 16), "start"),
    ]
    found = sheet.place(spots, lines)
    if found is not None:
        sheet.drawing.write_lines(found[0], lines, anchor=found[1], halo=True)


def _constant_band(band: Band, decimals: int, words: Words) -> tuple[str, ...]:
    """Two lines for a band whose figures are the same all along, as they are written; else none."""
    trios = zip(band.value, band.low, band.high, strict=True)
    shown = {tuple(number(one, decimals, words.language) for one in trio if one is not None) for trio in trios}
    if len(shown) != 1 or len(only := next(iter(shown))) != 3:
        return ()
    return words.expected.format(value=only[0]), words.margin.format(low=only[1], high=only[2])


def _events(sheet: _Sheet) -> None:
    """The single events under the line, with what a block is."""
    spec = sheet.spec
    if not spec.events:
        return
    top = sheet.frame.up.start + 36
    above = frozenset(one.month for one in sheet.outside if sheet.calls(one))
    called = above if spec.since is None else frozenset(range(spec.since, sheet.frame.last + 1))
    draw_blocks(sheet.drawing, sheet.frame, top, spec.events, called)
    if sheet.wide:
        lines = wrapped(spec.words.block, spec.width - sheet.right - 8)
        sheet.drawing.write_lines((sheet.right + 6, top + 8), lines)
    else:
        under = top + blocks_height(spec.events, sheet.frame.step) + 14
        sheet.drawing.write((sheet.left, under), spec.words.block)
