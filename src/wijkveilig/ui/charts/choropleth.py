"""A map of areas by class: round limits, hatching for too few, dots for no data, names that do not collide."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

from wijkveilig.ui.charts.axis import known
from wijkveilig.ui.charts.empty import empty
from wijkveilig.ui.charts.geometry import (
    Points,
    Shape,
    Window,
    borders,
    clipped,
    label_point,
    middle_latitude,
    on_the_ground,
    path_of,
    snapped,
    window_of,
)
from wijkveilig.ui.charts.legend import draw_legend
from wijkveilig.ui.charts.palette import EDGE, INK, INK2, SURFACE, WATER, class_of, tones
from wijkveilig.ui.charts.room import Box, Ground, box_of
from wijkveilig.ui.charts.spec import AreaState, MapArea, MapLabel, MapSpec, Ring
from wijkveilig.ui.charts.svg import Drawing, Point
from wijkveilig.ui.charts.text import width_of, wrapped
from wijkveilig.ui.numbers import number

SHIFTS = ((0, 0), (0, -10), (0, 10), (-14, 0), (14, 0), (0, -20), (0, 20), (-26, -6), (26, -6), (-26, 8), (26, 8))
"""Where a name may move to, in pixels, to stay clear of another."""

MOST_WIDER = 1.25
"""How many times as wide as its areas a name may be: a longer one would seem to name its neighbours."""


def choropleth(spec: MapSpec) -> str:
    """Areas in the colour of their class, district lines, names, the selected outline, legend and scale bar."""
    origin = middle_latitude(spec.areas) if spec.degrees else None
    ground = [(area, on_the_ground(area.rings, origin)) for area in spec.areas]
    ground = [(area, rings) for area, rings in ground if rings]
    if not ground:
        return empty(spec.key, spec.title, spec.words.empty, spec.width)
    window = window_of([ring for _, rings in ground for ring in rings], spec.width, spec.max_height)
    shapes = [Shape(area, snapped(window, rings)) for area, rings in ground]
    drawing = Drawing(spec.key, spec.title, spec.desc, spec.width, window.height)
    draw_water(drawing, window, spec.water, origin)
    _areas(drawing, spec, shapes)
    draw_lines(drawing, shapes, spec.selected)
    _names(drawing, spec, shapes, window.height)
    bottom = draw_legend(drawing, spec, window.height + 14)
    _scale_bar(drawing, window, spec)
    drawing.height = bottom + 2
    return drawing.text()


def draw_water(drawing: Drawing, window: Window, water: Sequence[Sequence[Ring]], origin: float | None) -> None:
    """Water inside the window, under the areas."""
    across, along = window.width / window.scale, window.height / window.scale
    left = window.left - window.corner[0] / window.scale
    top = window.top + 6 / window.scale
    frame = (left, top - along, left + across, top)
    for body in water:
        rings: list[Points] = clipped(on_the_ground(body, origin), frame)
        shape = path_of(snapped(window, rings))
        if shape:
            drawing.path(shape, fill=WATER)


def _areas(drawing: Drawing, spec: MapSpec, shapes: Sequence[Shape]) -> None:
    """All areas, those of one class together: the paint stands once, on their group."""
    groups: dict[str, list[str]] = {}
    for shape in shapes:
        if outline := path_of(shape.rings):
            groups.setdefault(_paint(drawing, spec, shape.area), []).append(_area(shape.area, outline))
    for paint, drawn in groups.items():
        drawing.add(f"<g {paint}>{''.join(drawn)}</g>")


def _area(area: MapArea, outline: str) -> str:
    """An outline with what a pointer hears; a link, but no stop for the keyboard: the table beside has the same."""
    said = area.text or area.name
    path = f'<path d="{outline}"><title>{escape(said)}</title></path>' if said else f'<path d="{outline}"/>'
    return f'<a href="{escape(area.href)}" tabindex="-1">{path}</a>' if area.href else path


def _paint(drawing: Drawing, spec: MapSpec, area: MapArea) -> str:
    """Fill and line of an area: its class, hatched, or a dotted outline."""
    if area.state in (AreaState.TOO_FEW, AreaState.WITHHELD):
        name = drawing.hatch(crossed=area.state is AreaState.WITHHELD)
        return f'fill="url(#{name})" stroke="{EDGE.hex}" stroke-width="0.8" fill-rule="evenodd" class="ks-edge"'
    if area.state is AreaState.MISSING or not known([area.value]):
        return (
            f'fill="{SURFACE.hex}" stroke="{EDGE.hex}" stroke-width="1.2" stroke-dasharray="2 2.5" '
            'fill-rule="evenodd" class="kf-surface ks-edge"'
        )
    tone = tones(spec.classes)[class_of(area.value or 0.0, spec.classes.limits)]
    return (
        f'fill="{tone.hex}" stroke="{SURFACE.hex}" stroke-width="0.9" fill-rule="evenodd" '
        f'class="kf-{tone.css} ks-surface"'
    )


def draw_lines(drawing: Drawing, shapes: Sequence[Shape], selected: frozenset[str]) -> None:
    """Lines between districts and around the town in ink, then the selected area in ink with a white casing."""
    groups = {shape.area.code: shape.area.group or "town" for shape in shapes}
    lines = borders(shapes, groups)
    if lines:
        drawing.path(lines, stroke=SURFACE, size=3.4)
        drawing.path(lines, stroke=INK2, size=1.1)
    chosen = borders(shapes, {code: "selected" for code in groups if code in selected})
    if chosen:
        drawing.path(chosen, stroke=SURFACE, size=7)
        drawing.path(chosen, stroke=INK, size=3)


def _names(drawing: Drawing, spec: MapSpec, shapes: Sequence[Shape], height: float) -> None:
    by_code = {shape.area.code: shape for shape in shapes}
    ground = Ground(Box(0, 0, spec.width, height))
    for label in spec.labels:
        draw_label(drawing, ground, label, [by_code[code] for code in label.codes if code in by_code])


def draw_label(drawing: Drawing, ground: Ground, label: MapLabel, shapes: Sequence[Shape]) -> None:
    """A name (and its figure) inside its areas, moved a little to stay clear of others, else left out."""
    centre = label_point(shapes)
    if centre is None:
        return
    for name in _ways_to_write(label, shapes):
        lines = (*name, label.figure) if label.figure else name
        for shown in (lines, name) if label.figure else (lines,):
            half = max(width_of(line, bold=True) for line in shown) / 2
            x = min(max(centre[0], half + 4), ground.frame.right - half - 4)
            y = centre[1] + 4 - 7 * (len(shown) - 1)
            spots = [(x + right, y + down) for right, down in SHIFTS]
            best = ground.best([box_of(spot, shown, anchor="middle", bold=True, step=15) for spot in spots])
            if best is not None:
                _write_label(drawing, spots[best], shown, len(name))
                return


def _ways_to_write(label: MapLabel, shapes: Sequence[Shape]) -> list[tuple[str, ...]]:
    """The name on one line or on two, where it is hardly wider than what it names; a label that must stand, always."""
    xs = [x for shape in shapes for ring in shape.rings for x in ring[:, 0].tolist()]
    room = (max(xs) - min(xs)) * MOST_WIDER
    ways = [(label.text,), wrapped(label.text, max(room, 1.0), bold=True)]
    fitting = [
        lines for lines in ways if all(width_of(line, bold=True) <= room and not line.endswith("…") for line in lines)
    ]
    return fitting or ([(label.text,)] if label.must else [])


def _write_label(drawing: Drawing, at: Point, lines: Sequence[str], bold: int) -> None:
    """The lines under each other; the first `bold` of them are the name."""
    drawing.write_lines(at, lines[:bold], tone=INK, anchor="middle", bold=True, halo=True, step=15)
    if figure := "".join(lines[bold:]):
        drawing.write((at[0], at[1] + 15 * bold), figure, tone=INK, anchor="middle", halo=True)


def _scale_bar(drawing: Drawing, window: Window, spec: MapSpec) -> None:
    """A round length of at most a sixth of the width, at the bottom right of the map."""
    metres = spec.width / 6 / window.scale
    if not 10 <= metres <= 1e6:
        return
    size = 10.0 ** math.floor(math.log10(metres))
    length = max(step * size for step in (1, 2, 5) if step * size <= metres)
    wide = length * window.scale
    right, y = spec.width - 4, window.height - 6
    drawing.path(f"M{right - wide:.1f} {y - 5:.1f}V{y:.1f}H{right:.1f}V{y - 5:.1f}", stroke=INK2, size=1.2)
    figure, unit = (length / 1000, "km") if length >= 1000 else (length, "m")
    label = f"{number(figure, 0, spec.words.language)} {unit}"
    drawing.write((right - wide / 2, y - 6), label, anchor="middle", halo=True)
