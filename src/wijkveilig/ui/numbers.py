"""Numbers, dates and months as a reader expects them: 1.234,5 and '20 oktober 2026', or in English.

Pure: the language comes in as 'nl' or 'en' (anything else reads as Dutch). Template filters with
the active language stand in `templatetags/ui.py`. Month indexes count months since the year 0,
as in `wijkveilig.warehouse.types.Period`.
"""

from __future__ import annotations

import math
from datetime import date

MINUS = "−"
"""A real minus sign; a hyphen is too short to be seen before a figure."""

_MONTHS = {
    "nl": (
        "januari februari maart april mei juni juli augustus september oktober november december",
        "jan feb mrt apr mei jun jul aug sep okt nov dec",
    ),
    "en": (
        "January February March April May June July August September October November December",
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    ),
}
_COUNTS = {
    "nl": "nul één twee drie vier vijf zes zeven acht negen tien elf twaalf",
    "en": "no one two three four five six seven eight nine ten eleven twelve",
}
_MARKS = {"nl": (".", ","), "en": (",", ".")}
_UNTIL = {"nl": "tot en met", "en": "up to and including"}
_WHOLE = {"nl": "heel", "en": "all of"}
_BETWEEN = {"nl": "tot", "en": "to"}


def _known(language: str) -> str:
    return language if language in _MARKS else "nl"


def number(value: float, decimals: int = 0, language: str = "nl") -> str:
    """'1.234,5' for 1234.5 with one decimal; rounds half away from zero; an en dash for NaN or infinity."""
    if not math.isfinite(value):
        return "–"
    thousands, point = _MARKS[_known(language)]
    shift = 10**decimals
    rounded = math.floor(abs(value) * shift + 0.5 + 1e-9) / shift
    text = f"{rounded:,.{decimals}f}".replace(",", " ").replace(".", point).replace(" ", thousands)
    return f"{MINUS}{text}" if value < 0 and rounded else text


def rate(value: float, language: str = "nl") -> str:
    """A rate with the decimals its size deserves: 0,35 · 2,8 · 41 · 1.234."""
    return number(value, rate_decimals(value), language)


def rate_decimals(value: float) -> int:
    """The decimals that a rate of this size deserves: two under 1, one under 20, else none."""
    size = abs(value)
    return 2 if 0 < size < 1 else 1 if size < 20 else 0


def percent(share: float, decimals: int = 0, language: str = "nl") -> str:
    """'38 %' for a share of 0.38, with a no-break space."""
    return f"{number(share * 100, decimals, language)}\u00a0%"


def signed_percent(share: float, decimals: int = 0, language: str = "nl") -> str:
    """'+5 %', '−12 %', '0 %' for a relative change of 0.05, −0.12 and 0."""
    text = percent(share, decimals, language)
    grew = share > 0 and any(digit in text for digit in "123456789")
    return f"+{text}" if grew else text


def interval(low: float, high: float, decimals: int = 0, language: str = "nl") -> str:
    """'0 tot 3': an interval in words, both ends rounded the same."""
    known = _known(language)
    return f"{number(low, decimals, known)} {_BETWEEN[known]} {number(high, decimals, known)}"


def count_word(count: int, language: str = "nl") -> str:
    """'drie' for 3; from thirteen on (and below nought) the figure itself."""
    words = _COUNTS[_known(language)].split()
    return words[count] if 0 <= count < len(words) else number(count, 0, language)


def day(when: date, language: str = "nl") -> str:
    """'20 oktober 2026', for running text."""
    return f"{when.day} {_MONTHS[_known(language)][0].split()[when.month - 1]} {when.year}"


def day_short(when: date) -> str:
    """'20-10-2026', for tables."""
    return f"{when.day:02d}-{when.month:02d}-{when.year}"


def month_name(index: int, language: str = "nl") -> str:
    """'september 2025' for a month index."""
    return f"{_MONTHS[_known(language)][0].split()[index % 12]} {index // 12}"


def month_short(index: int, language: str = "nl") -> str:
    """'sep 2025' for a month index, for axes and narrow columns."""
    return f"{_MONTHS[_known(language)][1].split()[index % 12]} {index // 12}"


def period_name(first: int, months: int, language: str = "nl") -> str:
    """'heel 2025', 'september 2025', '2023-2025' or 'december 2016 tot en met november 2017'."""
    known, last = _known(language), first + months - 1
    if months == 1:
        return month_name(first, known)
    if months == 12 and first % 12 == 0:
        return f"{_WHOLE[known]} {first // 12}"
    if months % 12 == 0 and first % 12 == 0:
        return f"{first // 12}-{last // 12}"
    return f"{month_name(first, known)} {_UNTIL[known]} {month_name(last, known)}"
