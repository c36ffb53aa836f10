"""Writing SVG: escaped, with short coordinates, colours as attributes and a class beside each.

No style attribute is ever written: the site's content security policy forbids it, and WeasyPrint
reads attributes only.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape

from wijkveilig.ui.charts.palette import INK2, SURFACE, Tone
from wijkveilig.ui.charts.text import FAMILY, SIZE, width_of

Point = tuple[float, float]


def n(value: float) -> str:
    """A coordinate with at most one decimal; ValueError for NaN and infinity, which no viewer can draw."""
    if not math.isfinite(value):
        raise ValueError("a coordinate must be a finite number")
    text = f"{value:.1f}"
    text = text.removesuffix(".0")
    return "0" if text == "-0" else text


def points(line: Iterable[Point]) -> str:
    """'M0 1L2 3' for points in order."""
    return "M" + "L".join(f"{n(x)} {n(y)}" for x, y in line)


def _paint(fill: Tone | None, stroke: Tone | None) -> str:
    names = [f"kf-{fill.css}" if fill else "", f"ks-{stroke.css}" if stroke else ""]
    colours = f' fill="{fill.hex if fill else "none"}"' + (f' stroke="{stroke.hex}"' if stroke else "")
    css = " ".join(name for name in names if name)
    return f'{colours} class="{css}"' if css else colours


@dataclass(slots=True)
class Drawing:
    """A growing SVG of `width` × `height` pixels; `text()` of it is the result."""

    key: str
    title: str
    desc: str
    width: float
    height: float
    parts: list[str] = field(default_factory=list)
    defs: list[str] = field(default_factory=list)

    def add(self, markup: str) -> None:
        """Markup that is already safe."""
        self.parts.append(markup)

    def line(self, a: Point, b: Point, stroke: Tone, size: float = 1, *, dash: str = "", cap: bool = False) -> None:
        """A straight line."""
        more = (f' stroke-dasharray="{dash}"' if dash else "") + (' stroke-linecap="round"' if cap else "")
        self.add(
            f'<line x1="{n(a[0])}" y1="{n(a[1])}" x2="{n(b[0])}" y2="{n(b[1])}"{_paint(None, stroke)}'
            f' stroke-width="{n(size)}"{more}/>'
        )

    def path(
        self, shape: str, *, fill: Tone | None = None, stroke: Tone | None = None, size: float = 1, dash: str = ""
    ) -> None:
        """A path from its `d`."""
        more = f' stroke-width="{n(size)}" stroke-linejoin="round"' if stroke else ""
        more += f' stroke-dasharray="{dash}"' if dash else ""
        self.add(f'<path d="{shape}"{_paint(fill, stroke)}{more}/>')

    def rect(self, x: float, y: float, width: float, height: float, *, fill: Tone, stroke: Tone | None = None) -> None:
        """A rectangle."""
        more = ' stroke-width="0.9"' if stroke else ""
        size = f'width="{n(width)}" height="{n(height)}"'
        self.add(f'<rect x="{n(x)}" y="{n(y)}" {size}{_paint(fill, stroke)}{more}/>')

    def circle(self, at: Point, radius: float, *, fill: Tone | None, stroke: Tone | None = SURFACE) -> None:
        """A dot, by default with the ground's colour around it."""
        more = ' stroke-width="1"' if stroke else ""
        self.add(f'<circle cx="{n(at[0])}" cy="{n(at[1])}" r="{n(radius)}"{_paint(fill, stroke)}{more}/>')

    def diamond(self, at: Point, radius: float, *, fill: Tone) -> None:
        """A diamond: the shape of 'surely different'."""
        x, y = at
        corners = points(((x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)))
        self.path(f"{corners}Z", fill=fill, stroke=SURFACE)

    def write(
        self,
        at: Point,
        words: str,
        *,
        tone: Tone = INK2,
        anchor: str = "start",
        size: float = SIZE,
        bold: bool = False,
        halo: bool = False,
    ) -> None:
        """A line of text. A halo is a second text under it, because paint-order is not everywhere."""
        if not words:
            return
        place = f'x="{n(at[0])}" y="{n(at[1])}"'
        place += f' font-size="{n(size)}"' if size != SIZE else ""
        place += f' text-anchor="{anchor}"' if anchor != "start" else ""
        place += ' font-weight="650"' if bold else ""
        if halo:
            ground = f'fill="{SURFACE.hex}" stroke="{SURFACE.hex}" stroke-width="4" stroke-linejoin="round"'
            css = f'class="kf-{SURFACE.css} ks-{SURFACE.css}"'
            self.add(f'<text {place} {ground} {css} aria-hidden="true">{escape(words)}</text>')
        self.add(f"<text {place}{_paint(tone, None)}>{escape(words)}</text>")

    def write_lines(self, at: Point, lines: Sequence[str], *, tone: Tone = INK2, anchor: str = "start",
                    bold: bool = False, halo: bool = False, step: float = 16) -> None:  # fmt: skip
        """Lines of text under each other, the first at `at`."""
        for row, words in enumerate(lines):
            self.write((at[0], at[1] + row * step), words, tone=tone, anchor=anchor, bold=bold, halo=halo)

    def open_link(self, href: str, title: str = "") -> None:
        """What follows, until `close_link`, is a link; without an address it is a group with a title."""
        name = f"<title>{escape(title)}</title>" if title else ""
        self.add(f'<a href="{escape(href)}">{name}' if href else f"<g>{name}")

    def close_link(self, href: str) -> None:
        """End of `open_link` with the same address."""
        self.add("</a>" if href else "</g>")

    def hatch(self, *, crossed: bool = False) -> str:
        """The id of a hatching, for areas that get no colour: slanted for too few, crossed for withheld."""
        name = f"{self.key}-{'cross' if crossed else 'hatch'}"
        if not any(f'"{name}"' in known for known in self.defs):
            lines = '<line x1="0" y1="0" x2="0" y2="6" stroke="#6F7F89" stroke-width="2.2" class="ks-edge"/>'
            lines += '<line x1="0" y1="0" x2="6" y2="0" stroke="#6F7F89" stroke-width="1.1" class="ks-edge"/>' * crossed
            self.defs.append(
                f'<pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse" '
                f'patternTransform="rotate(45)"><rect width="6" height="6" fill="#FFFFFF" class="kf-hatch"/>{lines}'
                "</pattern>"
            )
        return name

    def text(self) -> str:
        """The finished SVG; it holds text, so it is an image with a name and a description."""
        size = f'width="{n(self.width)}" height="{n(self.height)}" viewBox="0 0 {n(self.width)} {n(self.height)}"'
        names = f"{self.key}-title" + (f" {self.key}-desc" if self.desc else "")
        links = any("<a " in part for part in self.parts)
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" {size} font-family="{FAMILY}" '
            f'font-size="{n(SIZE)}" role="{"group" if links else "img"}" aria-labelledby="{names}">'
            f'<title id="{self.key}-title">{escape(self.title)}</title>'
        )
        head += f'<desc id="{self.key}-desc">{escape(self.desc)}</desc>' if self.desc else ""
        defs = f"<defs>{''.join(self.defs)}</defs>" if self.defs else ""
        return f"{head}{defs}{''.join(self.parts)}</svg>"


def fits(words: str, room: float, *, bold: bool = False) -> bool:
    """Whether a line of ordinary text fits in `room` pixels."""
    return width_of(words, bold=bold) <= room
