"""What the large and the small series share: the band, the line with its gaps, and which months lie outside."""

from __future__ import annotations

from dataclasses import dataclass

from wijkveilig.ui.charts.axis import known
from wijkveilig.ui.charts.months import MonthFrame, runs
from wijkveilig.ui.charts.palette import BAND, EDGE, MEDIAN, RIVER, SURFACE
from wijkveilig.ui.charts.room import sampled
from wijkveilig.ui.charts.spec import Band, Figures
from wijkveilig.ui.charts.svg import Drawing, Point, points


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
