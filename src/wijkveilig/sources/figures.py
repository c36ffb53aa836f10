"""Figures as files spell them, and the many spellings of 'there is no figure'."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from wijkveilig.warehouse.types import Status

_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?\Z", re.ASCII)
_WITHHELD = frozenset({"x", "*"})
_MISSING = frozenset({"", ".", "-", "null", "none", "nan", "na", "n/a"})
SENTINEL = -99990.0
"""CBS shapefiles and PDOK write -99995, -99997, -99999997 and the like: nil, secret or unknown."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: its value where the status is 'value', else NaN."""

    value: float
    status: Status


MISSING = Figure(math.nan, Status.MISSING)
WITHHELD = Figure(math.nan, Status.WITHHELD)


def read_count(text: str | None, empty: Figure) -> Figure | None:
    """A count of crimes: a whole number of zero or more, or None when the text is something else.

    `empty` is what an empty cell, null or '.' means in this source: in the police tables the
    figure is withheld, in a panel that lists every cell it is missing.
    """
    cell = (text or "").strip().lower()
    if cell in _WITHHELD:
        return WITHHELD
    if cell in _MISSING:
        return empty
    if not _NUMBER.match(cell):
        return None
    value = float(cell)
    if value <= SENTINEL:
        return MISSING
    return Figure(value, Status.VALUE) if value >= 0 and value == int(value) else None


def read_figure(text: str | None, *, comma: bool, whole: bool = False) -> Figure | None:
    """A key figure: any number, or None when the text is something else.

    comma: the file writes a decimal comma (it separates its columns with something else). whole: it counts
    something, so that 1.234 is no number but a number with a point for the thousands, which is not guessed.
    """
    cell = (text or "").strip().lower()
    if cell in _WITHHELD:
        return WITHHELD
    if cell in _MISSING:
        return MISSING
    if comma:
        cell = cell.replace(",", ".", 1)
    if not _NUMBER.match(cell):
        return None
    value = float(cell)
    if value <= SENTINEL:
        return MISSING
    return None if whole and (value < 0 or value != int(value)) else Figure(value, Status.VALUE)
