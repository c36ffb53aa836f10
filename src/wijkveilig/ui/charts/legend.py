"""The legend of a map: classes as a row of colours with round figures, then what hatching and dots mean."""

from __future__ import annotations

from collections.abc import Sequence

from wijkveilig.ui.charts.palette import EDGE, INK2, SURFACE, Tone, tones
from wijkveilig.ui.charts.spec import AreaState, MapSpec
from wijkveilig.ui.charts.svg import Drawing
from wijkveilig.ui.charts.text import width_of, wrapped
from wijkveilig.ui.numbers import number

LEFT = 2.0
BOX = 44.0
TALL = 16.0
LINE = 22.0


def draw_legend(drawing: Drawing, spec: MapSpec, top: float) -> float:
    """Draw from `top` down; returns the pixel under the last line."""
    has_values = any(area.state is AreaState.VALUE and area.value is not None for area in spec.areas)
    bottom = top
    if has_values and spec.classes.names:
        bottom = _flow(drawing, spec, list(zip(tones(spec.classes), spec.classes.names, strict=True)), top)
    elif has_values:
        bottom = _scale(drawing, spec, top)
    present = {area.state for area in spec.areas}
    present |= {AreaState.MISSING} if any(_unknown(area.value, area.state) for area in spec.areas) else set()
    states = [
        (AreaState.TOO_FEW, spec.words.too_few),
        (AreaState.WITHHELD, spec.words.withheld),
        (AreaState.MISSING, spec.words.missing),
    ]
    shown = [(state, words) for state, words in states if state in present]
    return _flow(drawing, spec, shown, bottom) if shown else bottom


def _unknown(value: float | None, state: AreaState) -> bool:
    return state is AreaState.VALUE and value is None


def _scale(drawing: Drawing, spec: MapSpec, top: float) -> float:
    colours = tones(spec.classes)
    box = min(BOX, (spec.width - 2 * LEFT - 30) / len(colours))
    for at, tone in enumerate(colours):
        drawing.rect(LEFT + at * box, top, box, TALL, fill=tone, stroke=EDGE)
    taken = -1e9
    for at, limit in enumerate(spec.classes.limits, start=1):
        label, x = number(limit, _decimals(limit), spec.words.language), LEFT + at * box
        half = width_of(label) / 2
        if x - half >= taken:
            drawing.write((x, top + TALL + 16), label, anchor="middle")
            taken = x + half + 4
    right = LEFT + len(colours) * box + 14
    if width_of(spec.legend) <= spec.width - right:
        drawing.write((right, top + 12.5), spec.legend)
        return top + TALL + 26
    lines = wrapped(spec.legend, spec.width - 2 * LEFT)
    drawing.write_lines((LEFT, top + TALL + 36), lines)
    return top + TALL + 34 + 16 * len(lines)


def _decimals(limit: float) -> int:
    """As many decimals as a limit needs, at most three: 1 · 1,5 · 2."""
    return next((places for places in range(3) if abs(round(limit, places) - limit) < 1e-9), 3)


def _flow(drawing: Drawing, spec: MapSpec, items: Sequence[tuple[Tone | AreaState, str]], top: float) -> float:
    """Boxes with words, as many on a line as fit."""
    x, y = LEFT, top
    for kind, words in items:
        need = 26 + 7 + width_of(words) + 18
        if x > LEFT and x + need > spec.width:
            x, y = LEFT, y + LINE
        _box(drawing, kind, x, y)
        drawing.write((x + 33, y + 12.5), words, tone=INK2)
        x += need
    return y + LINE + 4


def _box(drawing: Drawing, kind: Tone | AreaState, x: float, y: float) -> None:
    if isinstance(kind, Tone):
        drawing.rect(x, y, 26, TALL, fill=kind, stroke=EDGE)
        return
    if kind is AreaState.MISSING:
        drawing.path(box_path(x, y), fill=SURFACE, stroke=EDGE, size=1.2, dash="2 2.5")
        return
    name = drawing.hatch(crossed=kind is AreaState.WITHHELD)
    drawing.add(f'<path d="{box_path(x, y)}" fill="url(#{name})" stroke="{EDGE.hex}" class="ks-edge"/>')


def box_path(x: float, y: float) -> str:
    """The outline of a legend box."""
    return f"M{x:.1f} {y:.1f}h26v{TALL:.0f}h-26Z"
