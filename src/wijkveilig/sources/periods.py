"""Period codes of CBS and the police: 2012JJ00 (a year), 2016KW02 (a quarter), 2016MM03 (a month)."""

from __future__ import annotations

import re

from wijkveilig.warehouse.types import Period

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


def _or_none(code: str) -> Period | None:
    try:
        return Period.parse(code)
    except ValueError:
        return None
