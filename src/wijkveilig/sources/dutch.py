"""Figures and lists in Dutch sentences of the check report."""

from __future__ import annotations

from collections.abc import Sequence

from wijkveilig.warehouse.types import month_text

MONTHS = (
    "januari februari maart april mei juni juli augustus september oktober november december".split()  # noqa: SIM905
)
MOST_NAMED = 5


def number(value: float, decimals: int = 0) -> str:
    """1234.5 as '1.234,5' (with one decimal)."""
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def counted(count: int, one: str, many: str) -> str:
    """'1 buurt', '1.200 buurten'."""
    return f"{number(count)} {one if count == 1 else many}"


def listed(names: Sequence[str], most: int = MOST_NAMED) -> str:
    """'a, b en c'; beyond `most` names 'a, b, c en nog 4'."""
    if len(names) > most:
        return f"{', '.join(names[:most])} en nog {number(len(names) - most)}"
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} en {names[-1]}"


def month_name(index: int) -> str:
    """'november 2017' for a month index."""
    year, month = month_text(index).split("-")
    return f"{MONTHS[int(month) - 1]} {year}"
