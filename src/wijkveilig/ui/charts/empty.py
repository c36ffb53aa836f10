"""A drawing of nothing still says so, in the place of the chart."""

from __future__ import annotations

from wijkveilig.ui.charts.palette import EDGE
from wijkveilig.ui.charts.svg import Drawing
from wijkveilig.ui.charts.text import wrapped


def empty(key: str, title: str, words: str, width: float, height: float = 72) -> str:
    """A dashed frame with the sentence in it, on as many lines as it needs."""
    drawing = Drawing(key, title, words, width, height)
    frame = f"M1 1H{width - 1:.0f}V{height - 1:.0f}H1Z"
    drawing.path(frame, stroke=EDGE, dash="4 4")
    lines = wrapped(words, width - 32, lines=max(1, int(height // 20)))
    drawing.write_lines((16, height / 2 + 4 - (len(lines) - 1) * 8), lines)
    return drawing.text()
