"""Period codes of CBS and the police: 2012JJ00 (a year), 2016KW02 (a quarter), 2016MM03 (a month)."""

from __future__ import annotations

import re

from wijkveilig.warehouse.types import Period

EARLIEST, LATEST = 1990, 2100  # no source of ours goes back further; LATEST where the caller knows no day
_CODE = re.compile(r"(\d{4})(JJ|KW|MM)(\d{2})\*{0,2}\Z", re.ASCII)
_PLAIN = re.compile(r"\d{4}(-\d{2})?\Z", re.ASCII)


def read_period(text: str) -> Period | None:
    """The period that a code stands for, or None; plain '2016' and '2016-03' are read as well.

    Stars behind a code (provisional figures) are no part of it.
    """
    code = text.strip().upper()
    if _PLAIN.match(code):
        return _or_none(code)
    match = _CODE.match(code)
    if match is None:
        return None
    year, number = int(match[1]), int(match[3])
    if match[2] == "JJ":
        return Period.year(year) if number == 0 else None
    if match[2] == "KW":
        return Period(year * 12 + (number - 1) * 3, 3) if 1 <= number <= 4 else None
    return Period.month(year, number) if 1 <= number <= 12 else None


def read_possible_period(text: str, last_year: int) -> Period | None:
    """As `read_period`, and None as well for a period that begins before 1990 or ends after `last_year`."""
    period = read_period(text)
    return period if period and period.first // 12 >= EARLIEST and period.last // 12 <= last_year else None


def why_no_period(text: str, last_year: int) -> str:
    """Why `read_possible_period` gave None, as a Dutch sentence."""
    if read_period(text) is None:
        return f"'{text.strip()}' is geen periode (zoals 2016JJ00 of 2016MM03)."
    return f"De periode '{text.strip()}' kan niet: de jaren {EARLIEST} tot en met {last_year} worden gelezen."


def _or_none(code: str) -> Period | None:
    try:
        return Period.parse(code)
    except ValueError:
        return None
