"""Finding room: boxes of text that must not cover each other, the line, or the edge of the drawing."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from wijkveilig.ui.charts.text import SIZE, width_of

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle from (left, top) to (right, bottom), y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two share ground."""
        return not (
            self.right <= other.left or other.right <= self.left or self.bottom <= other.top or other.bottom <= self.top
        )

    def holds(self, point: Point) -> bool:
        """Whether the point lies inside."""
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom

    def inside(self, other: Box) -> bool:
        """Whether this lies wholly in `other`."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )


def box_of(
    at: Point, lines: Sequence[str], *, anchor: str = "start", bold: bool = False, size: float = SIZE, step: float = 16
) -> Box:
    """The room that lines of text take when the first one's baseline starts at `at`."""
    wide = max((width_of(line, size, bold=bold) for line in lines), default=0.0)
    left = {"start": at[0], "middle": at[0] - wide / 2, "end": at[0] - wide}[anchor]
    return Box(left - 2, at[1] - size * 0.85, left + wide + 2, at[1] + (len(lines) - 1) * step + size * 0.3)


def sampled(line: Iterable[Point], every: float = 4.0) -> list[Point]:
    """Points along a line, at most `every` pixels apart, so that a box can be tried against it."""
    done: list[Point] = []
    dots = list(line)
    for a, b in pairwise(dots):
        steps = max(1, math.ceil(math.dist(a, b) / every))
        done.extend((a[0] + (b[0] - a[0]) * at / steps, a[1] + (b[1] - a[1]) * at / steps) for at in range(steps))
    return done + dots[-1:]


@dataclass(slots=True)
class Ground:
    """What is already taken on a drawing: text boxes (never covered) and line points (avoided)."""

    frame: Box
    boxes: list[Box] = field(default_factory=list)
    dots: list[Point] = field(default_factory=list)

    def is_free(self, box: Box) -> bool:
        """Whether no other text stands there and it lies within the frame."""
        return box.inside(self.frame) and not any(box.meets(other) for other in self.boxes)

    def cost(self, box: Box) -> float:
        """How many points of lines the box would cover; infinite where text or an edge is in the way."""
        return sum(map(box.holds, self.dots)) if self.is_free(box) else math.inf

    def best(self, boxes: Sequence[Box]) -> int | None:
        """The index of the first box with the lowest cost, taken from now on; None if all are taken."""
        costs = [self.cost(box) for box in boxes]
        if not costs or min(costs) == math.inf:
            return None
        at = costs.index(min(costs))
        self.boxes.append(boxes[at])
        return at
