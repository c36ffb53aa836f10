"""How wide a text will be in Source Sans 3, so that it can be kept apart, wrapped or shortened on the server."""

from __future__ import annotations

import csv
from importlib.resources import files

SIZE = 12.5
"""Size of ordinary text in a chart, in pixels."""
FAMILY = "Source Sans 3, Source Sans Pro, Helvetica, Arial, sans-serif"


def _widths() -> tuple[dict[str, int], dict[str, int]]:
    source = files("wijkveilig.ui.charts").joinpath("glyph_widths.csv").read_text(encoding="ascii")
    rows = list(csv.reader(source.splitlines()[1:]))
    return ({chr(int(row[0])): int(row[1]) for row in rows}, {chr(int(row[0])): int(row[2]) for row in rows})


_REGULAR, _BOLD = _widths()
_UNKNOWN = 620
"""Width, in thousandths of the size, of a glyph that the font lacks; on the wide side."""


def width_of(text: str, size: float = SIZE, *, bold: bool = False) -> float:
    """Width in pixels of a line of text."""
    table = _BOLD if bold else _REGULAR
    return sum(table.get(letter, _UNKNOWN) for letter in text) * size / 1000


def shortened(text: str, room: float, size: float = SIZE, *, bold: bool = False) -> str:
    """The text, or its beginning with an ellipsis, so that it fits in `room` pixels."""
    if width_of(text, size, bold=bold) <= room:
        return text
    kept = text
    while kept and width_of(kept.rstrip() + "…", size, bold=bold) > room:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def wrapped(text: str, room: float, lines: int = 2, size: float = SIZE, *, bold: bool = False) -> tuple[str, ...]:
    """The text over at most `lines` lines of `room` pixels; the last one is shortened where it must."""
    words, line = text.split(), ""
    done: list[str] = []
    for at, word in enumerate(words):
        longer = f"{line} {word}".strip()
        if not line or width_of(longer, size, bold=bold) <= room:
            line = longer
            continue
        if len(done) == lines - 1:
            line = " ".join([line, *words[at:]])
            break
        done.append(line)
        line = word
    return tuple(shortened(one, room, size, bold=bold) for one in [*done, line] if one)
