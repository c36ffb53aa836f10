"""Where an area lies: a small map of its surroundings, the area itself outlined."""

from __future__ import annotations

import numpy as np

from wijkveilig.ui.charts.choropleth import draw_label, draw_lines, draw_water
from wijkveilig.ui.charts.empty import empty
from wijkveilig.ui.charts.geometry import (
    Points,
    Shape,
    Window,
    clipped,
    middle_latitude,
    on_the_ground,
    path_of,
    snapped,
)
from wijkveilig.ui.charts.palette import GROUND, SURFACE
from wijkveilig.ui.charts.room import Box, Ground
from wijkveilig.ui.charts.spec import DUTCH, LocatorSpec, MapArea
from wijkveilig.ui.charts.svg import Drawing


def locator(spec: LocatorSpec) -> str:
    """The surroundings of the selected areas in a frame of fixed size; a sentence when none has a shape."""
    origin = middle_latitude(spec.areas) if spec.degrees else None
    ground = [(area, on_the_ground(area.rings, origin)) for area in spec.areas]
    chosen = [ring for area, rings in ground if area.code in spec.selected for ring in rings]
    if not chosen:
        return empty(spec.key, spec.title, DUTCH.missing, spec.width)
    window = _window(chosen, [ring for _, rings in ground for ring in rings], spec)
    frame = _frame(window)
    shapes = [_shape(window, frame, area, rings) for area, rings in ground]
    shapes = [shape for shape in shapes if shape.rings]
    drawing = Drawing(spec.key, spec.title, spec.desc, spec.width, spec.height)
    draw_water(drawing, window, spec.water, origin)
    for shape in shapes:
        drawing.path(path_of(shape.rings), fill=GROUND, stroke=SURFACE, size=1)
    draw_lines(drawing, shapes, spec.selected)
    room = Ground(Box(0, 0, spec.width, spec.height))
    by_code = {shape.area.code: shape for shape in shapes}
    for label in spec.labels:
        draw_label(drawing, room, label, [by_code[code] for code in label.codes if code in by_code])
    return drawing.text()


def _window(chosen: list[Points], every: list[Points], spec: LocatorSpec) -> Window:
    """`zoom` times the selected area, but never more than the whole town."""
    mine, town = np.concatenate(chosen), np.concatenate(every)
    low, high = mine.min(axis=0), mine.max(axis=0)
    across = max(high[0] - low[0], (high[1] - low[1]) * spec.width / spec.height, 1e-6) * spec.zoom
    whole = town.max(axis=0) - town.min(axis=0)
    across = min(across, max(whole[0], whole[1] * spec.width / spec.height, 1e-6) * 1.04)
    scale = spec.width / across
    half = np.array((across, spec.height / scale)) / 2
    middle = (town.min(axis=0) + town.max(axis=0)) / 2
    slack = np.maximum(whole / 2 - half, 0.0)  # how far the centre may leave the town's before it shows the void
    centre = np.clip((low + high) / 2, middle - slack, middle + slack)
    corner = (centre[0] - half[0], centre[1] + half[1])
    return Window(float(corner[0]), float(corner[1]), float(scale), (0.0, 0.0), spec.width, spec.height)


def _frame(window: Window) -> tuple[float, float, float, float]:
    """The window on the ground, a little wider, so that cut edges fall outside the drawing."""
    edge = 8 / window.scale
    right = window.left + window.width / window.scale
    return window.left - edge, window.top - window.height / window.scale - edge, right + edge, window.top + edge


def _shape(window: Window, frame: tuple[float, float, float, float], area: MapArea, rings: list[Points]) -> Shape:
    return Shape(area, snapped(window, clipped(rings, frame)))
