"""One block per event under a line of months: rare things are counted, not averaged."""

from __future__ import annotations

from wijkveilig.ui.charts.axis import Ticks, known
from wijkveilig.ui.charts.empty import empty
from wijkveilig.ui.charts.months import MonthFrame, draw_years, frame_of
from wijkveilig.ui.charts.palette import CALL, EDGE, INK2, MARK, RIVER
from wijkveilig.ui.charts.spec import BlocksSpec, Figures
from wijkveilig.ui.charts.svg import Drawing
from wijkveilig.ui.charts.text import width_of

TALLEST = 8
"""Blocks in one stack; a month with more shows this many and its figure under it."""
MARGIN = 14


def block_size(step: float) -> float:
    """Side of a block when months are `step` pixels apart."""
    return max(2.0, min(7.0, step - 2))


def blocks_height(events: Figures, step: float) -> float:
    """Pixels that the stacks need, with a line for the figures of months that are too tall."""
    most = max([0.0, *known(events)])
    return min(most, TALLEST) * (block_size(step) + 1.5) + (14 if most > TALLEST else 0)


def draw_blocks(drawing: Drawing, frame: MonthFrame, top: float, events: Figures, called: frozenset[int]) -> None:
    """Stacks that hang from `top`, those of the months in `called` in orange."""
    side = block_size(frame.step)
    for month, count in enumerate(events, start=frame.first):
        if not known([count]):
            continue
        x, tone = frame.x(month) - side / 2, MARK if month in called else RIVER
        whole = round(count or 0)
        for level in range(min(whole, TALLEST)):
            drawing.rect(x, top + level * (side + 1.5), side, side, fill=tone)
        if whole > TALLEST:
            under = top + TALLEST * (side + 1.5) + 10
            tall = CALL if month in called else INK2
            drawing.write((frame.x(month), under), str(whole), tone=tall, anchor="middle", bold=month in called)


def blocks(spec: BlocksSpec) -> str:
    """Events per month as blocks; draws a sentence when there are none to draw."""
    if not known(spec.events):
        return empty(spec.key, spec.title, spec.words.empty, spec.width)
    words = spec.words.block
    aside = spec.width > 480
    right = spec.width - MARGIN - (width_of(words) + 10 if aside else 0)
    frame = frame_of(spec.first, len(spec.events), Ticks((0.0, 1.0), 0), (MARGIN, 0, right, 10))
    tall = blocks_height(spec.events, frame.step)
    drawing = Drawing(spec.key, spec.title, spec.desc, spec.width, 34 + tall + (0 if aside else 18))
    drawing.line((MARGIN - 6, 4), (right + 6, 4), EDGE)
    draw_years(drawing, frame, 4, spec.words.language)
    called = frozenset(range(spec.since, frame.last + 1)) if spec.since is not None else frozenset()
    draw_blocks(drawing, frame, 32, spec.events, called)
    if aside:
        drawing.write((right + 10, 40), words)
    else:
        drawing.write((MARGIN, 46 + tall), words)
    return drawing.text()
