"""The nouns of the number plane: area codes, levels, periods, and the three kinds of 'no figure'.

Everything here is a small frozen value without a clock, a file or Django, so that every room
above may hold it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

AreaCode = NewType("AreaCode", str)
"""A CBS area code without padding: NL00, GM0505, WK050501 or BU05050101 (letters may occur)."""


class Level(StrEnum):
    """The four levels of a CBS division (land, gemeente, wijk, buurt)."""

    COUNTRY = "country"
    MUNICIPALITY = "municipality"
    DISTRICT = "district"
    NEIGHBOURHOOD = "neighbourhood"


class Status(StrEnum):
    """Why a figure is there or not: counted, never reported, or held back by the source."""

    VALUE = "value"
    MISSING = "missing"
    WITHHELD = "withheld"


_SHAPES = {
    "NL": (Level.COUNTRY, re.compile(r"NL[0-9A-Z]{2}\Z")),
    "GM": (Level.MUNICIPALITY, re.compile(r"GM[0-9A-Z]{4}\Z")),
    "WK": (Level.DISTRICT, re.compile(r"WK[0-9A-Z]{6}\Z")),
    "BU": (Level.NEIGHBOURHOOD, re.compile(r"BU[0-9A-Z]{8}\Z")),
}


def level_of(code: str) -> Level | None:
    """The level that a code belongs to, or None when it is no area code (no padding is removed)."""
    shape = _SHAPES.get(code[:2])
    return shape[0] if shape and shape[1].match(code) else None


def parent_of(code: AreaCode) -> AreaCode | None:
    """The area one level up: a buurt's wijk is WK + its first six digits; None above the country."""
    match level_of(code):
        case Level.NEIGHBOURHOOD:
            return AreaCode(f"WK{code[2:8]}")
        case Level.DISTRICT:
            return AreaCode(f"GM{code[2:6]}")
        case Level.MUNICIPALITY:
            return AreaCode("NL00")
        case _:
            return None


def within(code: AreaCode, area: AreaCode) -> bool:
    """Whether `code` is `area` or lies inside it, by the build-up of CBS codes."""
    if code == area or area[:2] == "NL":
        return True
    return len(code) > len(area) and code[2:].startswith(area[2:])


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """A run of whole months. `first` counts months since the year 0; `months` is its length, 1 or more.

    Text forms: '2016' (a calendar year), '2016-03' (a month), '2016-12/2017-11' (any other run).
    """

    first: int
    months: int

    def __post_init__(self) -> None:
        if self.months < 1:
            raise ValueError("a period has one month or more")

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """One calendar month; month is 1-12, else ValueError."""
        if not 1 <= month <= 12:
            raise ValueError(f"there is no month {month}: use 1 to 12")
        return cls(year * 12 + month - 1, 1)

    @classmethod
    def year(cls, year: int) -> Period:
        """One calendar year."""
        return cls(year * 12, 12)

    @classmethod
    def ending(cls, last: int, months: int) -> Period:
        """The run of `months` months that ends with month index `last`, inclusive."""
        return cls(last - months + 1, months)

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read '2016', '2016-03' or '2016-12/2017-11'; anything else raises ValueError with the forms."""
        if match := re.fullmatch(r"(\d{4})", text):
            return cls.year(int(match[1]))
        if match := re.fullmatch(r"(\d{4})-(\d{2})", text):
            return cls.month(int(match[1]), int(match[2]))
        if match := re.fullmatch(r"(\d{4}-\d{2})/(\d{4}-\d{2})", text):
            first, last = cls.parse(match[1]).first, cls.parse(match[2]).first
            return cls(first, last - first + 1)
        raise ValueError(f"'{text}' is no period: write a year (2016), a month (2016-03) or a run (2016-12/2017-11)")

    @property
    def last(self) -> int:
        """Month index of the last month, inclusive."""
        return self.first + self.months - 1

    @property
    def is_year(self) -> bool:
        """Whether this is exactly one calendar year."""
        return self.months == 12 and self.first % 12 == 0

    def back(self, months: int) -> Period:
        """The period of the same length, `months` months earlier."""
        return Period(self.first - months, self.months)

    def contains(self, other: Period) -> bool:
        """Whether every month of `other` lies in this period."""
        return self.first <= other.first and other.last <= self.last

    def __str__(self) -> str:
        if self.is_year:
            return f"{self.first // 12:04d}"
        if self.months == 1:
            return month_text(self.first)
        return f"{month_text(self.first)}/{month_text(self.last)}"


def month_text(index: int) -> str:
    """'2016-03' for a month index (months since the year 0)."""
    return f"{index // 12:04d}-{index % 12 + 1:02d}"
