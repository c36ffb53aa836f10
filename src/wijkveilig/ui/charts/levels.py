"""A level with its interval: a dot on a whisker, a diamond only where the interval leaves out the comparison."""

from __future__ import annotations

from wijkveilig.ui.charts.axis import Scale, known
from wijkveilig.ui.charts.palette import DOT_OF, INK, WHISKER_OF, WORD_OF
from wijkveilig.ui.charts.spec import DotRow, Standing, Words
from wijkveilig.ui.charts.svg import Drawing

DIFFERENT = (Standing.HIGHER, Standing.LOWER)


def draw_whisker(drawing: Drawing, across: Scale, y: float, row: DotRow) -> None:
    """The interval; one that reaches past an end of the axis has an arrow there."""
    if not known([row.low]) or not known([row.high]):
        return
    low, high = row.low or 0.0, row.high or 0.0
    tone = WHISKER_OF[row.standing]
    drawing.line((across.at(low), y), (across.at(high), y), tone, 3, cap=True)
    if high > across.high * (1 + 1e-9):
        x = across.end
        drawing.path(f"M{x:.1f} {y - 5:.1f}L{x + 6:.1f} {y:.1f}L{x:.1f} {y + 5:.1f}Z", fill=tone)
    if low < across.low - 1e-9:
        x = across.start
        drawing.path(f"M{x:.1f} {y - 5:.1f}L{x - 6:.1f} {y:.1f}L{x:.1f} {y + 5:.1f}Z", fill=tone)


def draw_tick(drawing: Drawing, across: Scale, y: float, comparison: float | None, half: float = 9) -> None:
    """What it is compared with."""
    if known([comparison]):
        x = across.at(comparison or 0.0)
        drawing.line((x, y - half), (x, y + half), INK, 2)


def draw_dot(drawing: Drawing, across: Scale, y: float, row: DotRow, size: float = 5) -> None:
    """The estimate itself."""
    if not known([row.value]):
        return
    at, tone = (across.at(row.value or 0.0), y), DOT_OF[row.standing]
    if row.standing in DIFFERENT:
        drawing.diamond(at, size + 1, fill=tone)
    else:
        drawing.circle(at, size, fill=tone)


def words_beside(row: DotRow, words: Words) -> str:
    """What stands right of a row: its own note, else 'zeker hoger' or 'zeker lager', or that there is no figure."""
    if row.note:
        return row.note
    if not known([row.value]):
        return words.missing
    return {Standing.HIGHER: words.higher, Standing.LOWER: words.lower, Standing.USUAL: ""}[row.standing]


def rightmost(across: Scale, row: DotRow) -> float:
    """Pixel after the last thing drawn in a row; the start of the axis when there is none."""
    figures = known([row.value, row.low, row.high, row.comparison])
    return max((across.at(value) for value in figures), default=across.start)


def write_name(drawing: Drawing, x: float, y: float, row: DotRow, name: str, anchor: str = "end") -> None:
    """The name of a row, as a link where it has an address; bold where something is to be said."""
    bold = row.selected or row.standing in DIFFERENT
    tone = INK if row.selected and row.standing is Standing.USUAL else WORD_OF[row.standing]
    drawing.open_link(row.href, row.label if name != row.label else "")
    drawing.write((x, y), name, tone=tone, anchor=anchor, bold=bold, halo=anchor == "start")
    drawing.close_link(row.href)
