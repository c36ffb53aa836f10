"""Of which year a file is, when only its content may tell.

In this order: its own column numbers, the table or year in an address it carries, the register of known
divisions (the codes of a municipality are exactly those of one year), the codes of dated files beside it.
"""

from __future__ import annotations

import csv
import functools
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from wijkveilig.sources.codes import is_unknown_area
from wijkveilig.sources.recognising import plain_name

DATA = Path(__file__).parent / "data"
LEAST_EXACT = 0.95  # of the municipalities in a file, so many must have exactly the codes of a year
LEAST_SHARED = 0.98  # of the codes of a file, so many must be in a dated file beside it
_NUMBERED = re.compile(r"_(\d+)\Z")


@dataclass(frozen=True, slots=True)
class YearOfColumns:
    """The table of one year and the numbers of its columns."""

    year: int
    table: str
    numbers: dict[str, int]


@dataclass(frozen=True, slots=True)
class Dated:
    """A year that was found, and the Dutch clause that says how."""

    year: int
    how: str


@dataclass(frozen=True, slots=True)
class DatedCodes:
    """The codes of a file of which the year is known.

    complete: it lists all areas of its municipalities (a file of areas), not a selection.
    """

    year: int
    codes: frozenset[str]
    complete: bool


def year_by_columns(columns: Iterable[str], table: str = "") -> Dated | None:
    """The year of key figures by the numbers of their columns, or by the table that the page names."""
    known = _years_of_columns()
    if by_table := next((held for held in known if table and held.table == table), None):
        return Dated(by_table.year, f"tabel {table}")
    numbers = {plain_name(name): int(match[1]) for name in columns if (match := _NUMBERED.search(name.strip()))}
    fits = [held for held in known if held.numbers and _fits(held, numbers)]
    if len({held.year for held in fits}) != 1 or not any(_tells_apart(held, numbers) for held in fits):
        return None
    return Dated(fits[0].year, "de nummers van de kolommen")


def year_by_register(codes: frozenset[str], not_before: int = 0) -> Dated | None:
    """The year of which the register of divisions has exactly these codes; None when no or more than one year has.

    not_before: the file's own last year, for a source that shows all years in its newest division.
    """
    prefix, groups = _finest(codes)
    exact: dict[int, int] = defaultdict(int)
    for municipality, held in groups.items():
        for year in _register().get((prefix, municipality, fingerprint(held)), ()):
            exact[year] += year >= not_before
    best = sorted(exact.items(), key=lambda item: -item[1])
    if not best or best[0][1] < LEAST_EXACT * len(groups) or (len(best) > 1 and best[1][1] == best[0][1]):
        return None
    return Dated(best[0][0], f"de codes zijn die van de indeling van {best[0][0]}")


def year_by_neighbours(
    codes: frozenset[str], others: Iterable[DatedCodes], *, complete: bool = False, not_before: int = 0
) -> Dated | None:
    """The year of the dated file whose codes are these; None when none fits or two years fit equally well.

    Codes are compared at the lowest level of this file, in its municipalities. A complete list fits a complete
    list when both hold the same codes, and a selection when it holds all codes of that selection.
    """
    scores: dict[int, float] = {}
    for other in others:
        if other.year >= not_before and (score := _likeness(codes, complete, other)) > 0:
            scores[other.year] = max(scores.get(other.year, 0.0), score)
    best = sorted(scores.items(), key=lambda item: -item[1])
    if not best or (len(best) > 1 and best[1][1] == best[0][1]):
        return None
    return Dated(best[0][0], f"de codes zijn die van een ander bestand van {best[0][0]}")


def _likeness(codes: frozenset[str], complete: bool, other: DatedCodes) -> float:
    """The share of codes that two files have in common, 0 when they cannot be of one division."""
    prefix, groups = _finest(codes)
    if not groups:
        return 0.0
    there = codes_by_municipality(other.codes, prefix)
    both = groups.keys() & there.keys()
    if not both or 2 * len(both) < len(groups):
        return 0.0
    own_count = sum(map(len, groups.values()))
    there_count = sum(len(there[name]) for name in both)
    shared = sum(len(groups[name] & there[name]) for name in both)
    must_be_in_other = own_count if other.complete else 0
    must_be_in_own = there_count if complete else 0
    least = max(must_be_in_other, must_be_in_own) or min(own_count, there_count)
    return shared / (own_count + there_count - shared) if shared >= LEAST_SHARED * least else 0.0


def fingerprint(codes: Iterable[str]) -> str:
    """The first 12 hex digits of the sha256 of the sorted codes, joined by commas."""
    return hashlib.sha256(",".join(sorted(codes)).encode()).hexdigest()[:12]


def _fits(held: YearOfColumns, numbers: dict[str, int]) -> bool:
    shared = held.numbers.keys() & numbers.keys()
    return bool(shared) and all(held.numbers[name] == numbers[name] for name in shared)


def _tells_apart(held: YearOfColumns, numbers: dict[str, int]) -> bool:
    """Whether a column of the file has its number in this year only, among the years that we know."""
    others = [other for other in _years_of_columns() if other.year != held.year]
    return any(
        held.numbers[name] == number and all(other.numbers.get(name) != number for other in others)
        for name, number in numbers.items()
        if name in held.numbers
    )


Groups = dict[str, frozenset[str]]


@functools.lru_cache(maxsize=256)
def _finest(codes: frozenset[str]) -> tuple[str, Groups]:
    """The codes of the lowest level in a file by municipality, and that level's letters ('' for none)."""
    there = {code[:2] for code in codes if not is_unknown_area(code)}
    prefix = next((prefix for prefix in ("BU", "WK", "GM") if prefix in there), "")
    return prefix, codes_by_municipality(codes, prefix) if prefix else {}


@functools.lru_cache(maxsize=256)
def codes_by_municipality(codes: frozenset[str], prefix: str) -> Groups:
    """The codes of one level (BU, WK or GM) by municipality; lower areas stand for the areas that they lie in.

    Municipalities stand under NL00; codes for 'unknown' are left out.
    """
    length = {"BU": 10, "WK": 8, "GM": 6}[prefix]
    named = {prefix + code[2:length] for code in codes if len(code) >= length}
    found: dict[str, set[str]] = defaultdict(set)
    for code in named:
        if not is_unknown_area(code):
            found["NL00" if prefix == "GM" else code[2:6]].add(code)
    return {name if name == "NL00" else f"GM{name}": frozenset(held) for name, held in found.items()}


@functools.cache
def _register() -> dict[tuple[str, str, str], tuple[int, ...]]:
    years: dict[tuple[str, str, str], tuple[int, ...]] = {}
    with (DATA / "divisions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = (row["level"], row["municipality"], row["fingerprint"])
            years[key] = (*years.get(key, ()), int(row["year"]))
    return years


@functools.cache
def _years_of_columns() -> tuple[YearOfColumns, ...]:
    held = yaml.load((DATA / "column_numbers.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    return tuple(YearOfColumns(**entry) for entry in held)
