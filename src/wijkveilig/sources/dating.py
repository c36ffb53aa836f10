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
from wijkveilig.warehouse.types import Level, level_of

DATA = Path(__file__).parent / "data"
LEAST_EXACT = 0.95  # of the municipalities in a file, so many must have exactly the codes of a year
LEAST_SHARED = 0.98  # of the codes of a file, so many must be in a dated file beside it
_NUMBERED = re.compile(r"_(\d+)\Z")
_FINEST = (Level.NEIGHBOURHOOD, Level.DISTRICT, Level.MUNICIPALITY)


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
    """The codes of a file of which the year is known."""

    year: int
    codes: frozenset[str]


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


def year_by_register(codes: frozenset[str]) -> Dated | None:
    """The year of which the register of divisions has exactly these codes; None when no or more than one year has."""
    level, groups = _by_municipality(codes)
    if not groups:
        return None
    exact: dict[int, int] = defaultdict(int)
    for municipality, held in groups.items():
        for year in _register().get((level, municipality, fingerprint(held)), ()):
            exact[year] += 1
    best = sorted(exact.items(), key=lambda item: -item[1])
    if not best or best[0][1] < LEAST_EXACT * len(groups) or (len(best) > 1 and best[1][1] == best[0][1]):
        return None
    return Dated(best[0][0], f"de codes zijn die van de indeling van {best[0][0]}")


def year_by_neighbours(codes: frozenset[str], others: Iterable[DatedCodes]) -> Dated | None:
    """The year of the dated file whose codes these are, or are part of; None when no or more than one year fits.

    Of several years the one with the most shared codes, then with the fewest codes more, is taken.
    """
    own = _finest(codes)
    municipalities = {code[2:6] for code in own}
    scores: dict[int, tuple[int, int]] = {}
    for other in others:
        there = {code for code in _finest(other.codes) if code[:2] == next(iter(own))[:2]} if own else set()
        shared = len(own & there)
        more = sum(code[2:6] in municipalities for code in there) - shared
        if own and shared >= LEAST_SHARED * len(own):
            scores[other.year] = max(scores.get(other.year, (0, -len(there))), (shared, -more))
    best = sorted(scores.items(), key=lambda item: item[1], reverse=True)
    if not best or (len(best) > 1 and best[1][1] == best[0][1]):
        return None
    return Dated(best[0][0], f"de codes zijn die van een ander bestand van {best[0][0]}")


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


def _finest(codes: Iterable[str]) -> set[str]:
    real = {code for code in codes if not is_unknown_area(code)}
    for level in _FINEST:
        if found := {code for code in real if level_of(code) is level}:
            return found
    return set()


def _by_municipality(codes: frozenset[str]) -> tuple[str, dict[str, set[str]]]:
    found = _finest(codes)
    if not found:
        return "", {}
    level = next(iter(found))[:2]
    groups: dict[str, set[str]] = defaultdict(set)
    for code in found:
        groups["NL00" if level == "GM" else f"GM{code[2:6]}"].add(code)
    return level, groups


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
