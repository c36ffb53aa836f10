"""Figures as files spell them, and the many spellings of 'there is no figure'."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from wijkveilig.warehouse.types import Status

_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?\Z", re.ASCII)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}\Z", re.ASCII)  # 1.000 is a thousand or one: it is not guessed
MOST = 100_000_000  # crimes, people or houses: more is no count of anything in this country
LARGEST = 1e12
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


def read_count(text: str | None, empty: Figure, *, comma: bool = False) -> Figure | None:
    """A count of crimes: a whole number from 0 to MOST, or None when the text is something else.

    `empty` is what an empty cell, null or '.' means in this source: in the police tables the
    figure is withheld, in a panel that lists every cell it is missing. comma: as in `read_figure`.
    """
    cell = (text or "").strip().lower()
    if cell in _WITHHELD:
        return WITHHELD
    if cell in _MISSING:
        return empty
    return _number(cell, comma=comma, whole=True)


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
    return _number(cell, comma=comma, whole=whole)


def _number(cell: str, *, comma: bool, whole: bool) -> Figure | None:
    if comma:
        cell = cell.replace(",", ".", 1)
    if not _NUMBER.match(cell) or (whole and _THOUSANDS.match(cell)):
        return None
    value = float(cell)
    if value <= SENTINEL:
        return MISSING
    if whole:
        return Figure(value, Status.VALUE) if 0 <= value <= MOST and value == int(value) else None
    return Figure(value, Status.VALUE) if abs(value) <= LARGEST else None
