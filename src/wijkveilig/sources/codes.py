"""Area codes as files spell them: padded, without leading zeros, in small letters, or as a bare number."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from wijkveilig.warehouse.types import AreaCode, level_of

_DIGITS = {"GM": 4, "WK": 6, "BU": 8}
_STARTS = (("bu", "BU"), ("wk", "WK"), ("wijk", "WK"), ("gm", "GM"), ("gemeente", "GM"))
_UNKNOWN = frozenset({"GM0000", "WK000000", "BU00000000"})
_SHORT = re.compile(r"(GM|WK|BU)([0-9]+)\Z")


@dataclass(frozen=True, slots=True)
class ReadCode:
    """A code as it will be kept, and whether zeros had to be put back."""

    code: AreaCode
    repaired: bool = False


@functools.lru_cache(maxsize=65_536)
def read_code(text: str, prefix: str = "") -> ReadCode | None:
    """The area code in `text`, or None when it is none.

    Blanks around it go, lost leading zeros come back (BU5050101 is BU05050101). `prefix` (GM, WK or
    BU) is what the column's own name says; with it a bare number is read as well (5050101).
    """
    code = text.strip().upper()
    if prefix and code.isdigit():
        code = prefix + code
        if level_of(code) is not None:
            return ReadCode(AreaCode(code))
    if level_of(code) is not None:
        return ReadCode(AreaCode(code))
    match = _SHORT.match(code)
    if match is None or not 0 < len(match[2]) < _DIGITS[match[1]]:
        return None
    return ReadCode(AreaCode(match[1] + match[2].zfill(_DIGITS[match[1]])), repaired=True)


def prefix_of(column: str) -> str:
    """The level that a column's name speaks of (bu_code, buurtcode: BU), as letters; '' when it names none."""
    name = column.strip().lower()
    if name.startswith("wijkenenbuurten"):
        return ""
    return next((prefix for start, prefix in _STARTS if name.startswith(start)), "")


def is_unknown_area(code: str) -> bool:
    """Whether a code stands for 'no area known' (GM0000, WK000000, BU00000000), not for a place."""
    return code in _UNKNOWN
