"""Months in a row beside what was to be expected, large for a page and small for a list."""

from __future__ import annotations

from dataclasses import dataclass

from wijkveilig.ui.charts.axis import Ticks, known, round_ticks
from wijkveilig.ui.charts.blocks import blocks_height, draw_blocks
from wijkveilig.ui.charts.empty import empty
from wijkveilig.ui.charts.months import MonthFrame, draw_grid, draw_years, frame_of, runs
from wijkveilig.ui.charts.palette import BAND, CALL, EDGE, INK, INK2, MARK, MEDIAN, RIVER, SURFACE
from wijkveilig.ui.charts.room import Box, Ground, box_of, sampled
from wijkveilig.ui.charts.spec import Band, Break, Figures, SeriesSpec, SparkSpec
from wijkveilig.ui.charts.svg import Drawing, Point, points
from wijkveilig.ui.charts.text import width_of, wrapped
from wijkveilig.ui.numbers import number

ROOMY = 480
"""From this width on, words stand right of the line; under it, above."""


@dataclass(frozen=True, slots=True)
class Outside:
    """A month whose figure lies outside its band, and on which side."""

    month: int
    value: float
    above: bool


def outside_band(first: int, values: Figures, band: Band | None) -> tuple[Outside, ...]:
    """The months above or below their limits; months without figure or limits are not judged."""
    if band is None:
        return ()
    found = []
    for at, (low, high) in enumerate(zip(band.low, band.high, strict=True)):
        place = band.first + at - first
        value = values[place] if 0 <= place < len(values) else None
        trio = known([value, low, high])
        if len(trio) == 3 and not trio[1] <= trio[0] <= trio[2]:
            found.append(Outside(band.first + at, trio[0], trio[0] > trio[2]))
    return tuple(found)


def draw_band(drawing: Drawing, frame: MonthFrame, band: Band) -> list[Point]:
    """The 95 % area with its edge and the dashed median; returns its outline for those who need room."""
    limits = {
        band.first + at: pair for at, pair in enumerate(zip(band.low, band.high, strict=True)) if len(known(pair)) == 2
    }
    outline: list[Point] = []
    for run in runs(band.first, [low if band.first + at in limits else None for at, low in enumerate(band.low)]):
        highs = [(month, limits[month][1] or 0.0) for month, _ in run]
        tops, lows = _stretched(frame, highs), _stretched(frame, run)
        drawing.path(f"{points([*tops, *reversed(lows)])}Z", fill=BAND, stroke=EDGE, size=0.9)
        outline += [*tops, *lows]
    for run in runs(band.first, band.value):
        drawing.path(points(_stretched(frame, run)), stroke=MEDIAN, size=1.5, dash="4 3")
    return outline


def _stretched(frame: MonthFrame, run: list[tuple[int, float]]) -> list[Point]:
    """The points of a run; a run of one month is drawn as wide as that month."""
    line = [frame.at(month, value) for month, value in run]
    if len(line) > 1:
        return line
    return [(line[0][0] - frame.step / 2, line[0][1]), (line[0][0] + frame.step / 2, line[0][1])]


def draw_line(drawing: Drawing, frame: MonthFrame, values: Figures, size: float, open_from: int | None) -> list[Point]:
    """The line with its gaps; a month alone is a dot; months from `open_from` on are dashed and hollow."""
    taken: list[Point] = []
    for run in runs(frame.first, values):
        line = [(month, frame.at(month, value)) for month, value in run]
        firm = [at for month, at in line if open_from is None or month < open_from]
        loose = [at for month, at in line if open_from is not None and month >= open_from]
        if len(firm) > 1:
            drawing.path(points(firm), stroke=RIVER, size=size)
        elif firm:
            drawing.circle(firm[0], size + 0.6, fill=RIVER, stroke=None)
        if loose and len([*firm[-1:], *loose]) > 1:
            drawing.path(points([*firm[-1:], *loose]), stroke=RIVER, size=size, dash="2 3")
        for at in loose:
            drawing.circle(at, size + 1.2, fill=SURFACE, stroke=RIVER)
        taken += sampled([at for _, at in line])
    return taken


def series(spec: SeriesSpec) -> str:
    """A line of months with its band, breaks, gaps and events; a sentence when there is no figure."""
    if not known(spec.values):
        return empty(spec.key, spec.title, spec.words.empty, spec.width)
    return _Series(spec).drawn()


class _Series:
    """One drawing in the making: the frame is worked out first, then everything is drawn from back to front."""

    def __init__(self, spec: SeriesSpec) -> None:
        self.spec = spec
        self.wide = spec.width >= ROOMY
        limits = [*spec.band.high, *spec.band.value] if spec.band else []
        whole = spec.decimals == 0
        self.ticks: Ticks = round_ticks([*spec.values, *limits], count=5 if self.wide else 4, whole=whole)
        self.told = len(spec.last_label) or 1
        self.last = self._last_words()
        left = 12 + max(width_of(label) for label in self.ticks.labels(spec.words.language))
        right = spec.width - (max([16.0, *(width_of(line, bold=True) + 16 for line in self.last)]) if self.wide else 18)
        above = 8 if self.wide else 16 * len(self.last)
        top = 12 + 34 * bool(spec.breaks) + above
        plain = spec.height or (250 if self.wide else 210)
        bottom = max(plain - 36, top + 60)
        self.left, self.right = left, right
        self.frame = frame_of(spec.first, len(spec.values), self.ticks, (left + 8, top, right - 6, bottom))
        extra = 26 + blocks_height(spec.events, self.frame.step) + (0 if self.wide else 16) if spec.events else 0
        self.drawing = Drawing(spec.key, spec.title, spec.desc, spec.width, bottom + 30 + extra)
        self.outside = outside_band(spec.first, spec.values, spec.band)
        self.ground = Ground(Box(left, 2, spec.width, bottom))

    def drawn(self) -> str:
        spec, frame = self.spec, self.frame
        draw_grid(self.drawing, frame, self.ticks, self.left, self.right, spec.words.language)
        draw_years(self.drawing, frame, frame.up.start, spec.words.language)
        outline = draw_band(self.drawing, frame, spec.band) if spec.band else []
        self._breaks()
        self.ground.dots = draw_line(self.drawing, frame, spec.values, 2, spec.incomplete_from)
        self._last()
        self._outside()
        self._band_words(outline)
        self._events()
        return self.drawing.text()

    def _calls(self, one: Outside) -> bool:
        """Whether a month may ask for attention: above its band, in a series that is out of line."""
        return one.above and self.spec.call

    def _last_words(self) -> tuple[str, ...]:
        spec = self.spec
        place = max(at for at, value in enumerate(spec.values) if known([value]))
        words = spec.last_label or (number(spec.values[place] or 0, spec.decimals, spec.words.language),)
        open_end = spec.incomplete_from is not None and spec.first + place >= spec.incomplete_from
        return (*words, *wrapped(spec.words.incomplete, 110)) if open_end else words

    def _last(self) -> None:
        month, value = [pair for run in runs(self.spec.first, self.spec.values) for pair in run][-1]
        at = self.frame.at(month, value)
        called = any(one.month == month and self._calls(one) for one in self.outside)
        if not any(one.month == month for one in self.outside) and self.spec.incomplete_from is None:
            self.drawing.circle(at, 3.6, fill=RIVER)
        tone = CALL if called else INK
        if self.wide:
            y = min(max(at[1] + 4, 14), self.frame.up.start - 16 * (len(self.last) - 1))
            spots: list[tuple[Point, str]] = [((at[0] + 12, y), "start")]
        else:
            tall = 16 * (len(self.last) - 1)
            ends = (min(at[0] + 8, self.spec.width - 2), at[1] - 12 - tall)
            spots = [(ends, "end"), ((ends[0], at[1] + 22), "end"), ((self.spec.width - 2, 14), "end")]
        boxes = [box_of(place, self.last, anchor=anchor, bold=True) for place, anchor in spots]
        best = self.ground.best(boxes) or 0
        place, anchor = spots[best]
        self.drawing.write_lines(place, self.last[: self.told], tone=tone, anchor=anchor, bold=True, halo=True)
        under = (place[0], place[1] + 16 * self.told)
        self.drawing.write_lines(under, self.last[self.told :], anchor=anchor, halo=True)

    def _outside(self) -> None:
        month_of_last = self.frame.first + max(at for at, one in enumerate(self.spec.values) if known([one]))
        for one in self.outside:
            at = self.frame.at(one.month, one.value)
            self.drawing.circle(at, 4.2, fill=MARK if self._calls(one) else RIVER)
        for one in sorted(self.outside, key=lambda each: (-each.above, -each.value, -each.month)):
            if one.month == month_of_last:
                continue
            self._figure(one)

    def _figure(self, one: Outside) -> None:
        x, y = self.frame.at(one.month, one.value)
        words = (number(one.value, self.spec.decimals, self.spec.words.language),)
        up = y - 9 if one.above else y + 18
        spots: list[tuple[Point, str]] = [((x - 8, y + 3), "end"), ((x, up), "middle"), ((x + 8, y + 4), "start")]
        boxes = [box_of(place, words, anchor=anchor, bold=True) for place, anchor in spots]
        best = self.ground.best(boxes)
        if best is not None:
            place, anchor = spots[best]
            self.drawing.write(
                place, words[0], tone=CALL if self._calls(one) else INK, anchor=anchor, bold=True, halo=True
            )

    def _breaks(self) -> None:
        """Dotted lines first, so that no line crosses the words of another."""
        marks = sorted(self.spec.breaks, key=lambda one: one.month)
        marks = [mark for mark in marks if self.frame.first <= mark.month <= self.frame.last]
        for mark in marks:
            x = self.frame.x(mark.month) - self.frame.step / 2
            top, bottom = self.frame.up.end - 34, self.frame.up.start
            self.drawing.line((x, top), (x, bottom), INK2, 1.2, dash="1.5 3.5", cap=True)
        for place, mark in enumerate(marks):
            self._break_words(mark, place)

    def _break_words(self, mark: Break, place: int) -> None:
        x, top = self.frame.x(mark.month) - self.frame.step / 2, self.frame.up.end
        after = self.spec.width - x - 10
        anchor, room = ("start", after) if after >= min(170.0, self.spec.width / 2) else ("end", x - 10)
        lines = wrapped(mark.words, min(room, 240))
        at = (x + (6 if anchor == "start" else -6), top - 24 + 16 * (place % 2) * (len(lines) == 1))
        self.ground.boxes.append(box_of(at, lines, anchor=anchor))
        self.drawing.write_lines(at, lines, anchor=anchor, halo=True)

    def _band_words(self, outline: list[Point]) -> None:
        lines = self.spec.band_label or self._constant_band()
        if not lines or not outline:
            return
        left, right = min(x for x, _ in outline), max(x for x, _ in outline)
        high, low = min(y for _, y in outline), max(y for _, y in outline)
        tall = 16 * (len(lines) - 1)
        spots: list[tuple[Point, str]] = [
            ((left - 10, high + 10), "end"),
            ((left - 10, (high + low) / 2), "end"),
            ((left - 10, high - 12 - tall), "end"),
            ((left + 4, high - 8 - tall), "start"),
            (((left + right) / 2, high - 8 - tall), "middle"),
            ((left + 6, low + 16), "start"),
        ]
        boxes = [box_of(place, lines, anchor=anchor) for place, anchor in spots]
        self.ground.dots += sampled([(left, high), (left, low)])
        best = self.ground.best(boxes)
        if best is not None:
            place, anchor = spots[best]
            self.drawing.write_lines(place, lines, anchor=anchor, halo=True)

    def _constant_band(self) -> tuple[str, ...]:
        band, words, decimals = self.spec.band, self.spec.words, self.spec.decimals
        if band is None:
            return ()
        shown = {
            tuple(number(one, decimals, words.language) for one in trio if one is not None)
            for trio in zip(band.value, band.low, band.high, strict=True)
        }
        if len(shown) != 1 or len(only := next(iter(shown))) != 3:
            return ()
        return words.expected.format(value=only[0]), words.margin.format(low=only[1], high=only[2])

    def _events(self) -> None:
        spec = self.spec
        if not spec.events:
            return
        top = self.frame.up.start + 36
        above = frozenset(one.month for one in self.outside if self._calls(one))
        called = above if spec.since is None else frozenset(range(spec.since, self.frame.last + 1))
        draw_blocks(self.drawing, self.frame, top, spec.events, called)
        if self.wide:
            self.drawing.write_lines((self.right + 6, top + 8), wrapped(spec.words.block, spec.width - self.right - 8))
        else:
            under = top + blocks_height(spec.events, self.frame.step) + 14
            self.drawing.write((self.left, under), spec.words.block)


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
