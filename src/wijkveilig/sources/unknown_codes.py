"""Codes that a batch uses and nobody knows: types of crime that are in no list, areas that no area file has."""

from __future__ import annotations

import csv
import dataclasses
import functools
from collections.abc import Iterable
from pathlib import Path

from wijkveilig.sources.codes import is_unknown_area
from wijkveilig.sources.dutch import listed, number
from wijkveilig.warehouse.batch import Check
from wijkveilig.warehouse.reading import Reading

_TYPES = Path(__file__).parent / "data" / "crime_types.csv"


@functools.cache
def crime_types(source: str) -> dict[str, str]:
    """The Dutch titles of a source's crime types by code; empty for a source without a list."""
    with _TYPES.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["title"] for row in csv.DictReader(file) if row["source"] == source}


def check_types_known(source: str, codes: Iterable[str]) -> Check:
    """Whether all crime types are in the source's own list."""
    known = crime_types(source)
    if not known:
        return Check("known_types", None, "Van deze bron is er geen lijst van soorten misdrijf.")
    strange = sorted(set(codes) - known.keys())
    if not strange:
        return Check("known_types", True, "Alle soorten misdrijf staan in de lijst van de bron.")
    return Check("known_types", False, f"Niet in de lijst van soorten misdrijf: {listed(strange)}.")


@dataclasses.dataclass(frozen=True, slots=True)
class AreaList:
    """The codes that one file of areas knows, with the year of its division (None = unknown) and its name."""

    file: str
    division: int | None
    codes: frozenset[str]


def with_areas_checked(reading: Reading, lists: Iterable[AreaList]) -> Reading:
    """The reading with a check of its area codes against the area file of the nearest year.

    Of a municipality that the area file does not have, nothing is said.
    """
    if not len(reading.observations) or reading.batch.source == "cbs_areas":
        return reading
    own = {code for code in reading.codes if not is_unknown_area(code)}
    found = _nearest(reading, own, tuple(lists))
    check = Check("known_areas", None, "Er is geen gebiedenlijst om de codes tegen te houden.")
    if found is not None:
        there = {(code[:2], code[2:6]) for code in found.codes}
        strange = sorted(code for code in own - found.codes if (code[:2], code[2:6]) in there)
        year = found.division or "onbekend jaar"
        said = f"de gebiedenlijst van {year}"
        check = Check("known_areas", True, f"Alle gebiedscodes staan in {said}.")
        if strange:
            many = "gebiedscode staat" if len(strange) == 1 else "gebiedscodes staan"
            check = Check("known_areas", False, f"{number(len(strange))} {many} niet in {said}: {listed(strange)}.")
    batch = dataclasses.replace(reading.batch, checks=(*reading.batch.checks, check))
    return dataclasses.replace(reading, batch=batch)


def _nearest(reading: Reading, own: set[str], lists: tuple[AreaList, ...]) -> AreaList | None:
    """Of the lists that know most of the codes (else any of them) the one of the nearest year, then the longest."""
    year = reading.batch.division or (reading.batch.last_month or 0) // 12
    ranked = [
        (2 * shared < len(own), abs((held.division or 0) - year), -shared, held.file, held)
        for held in lists
        if (shared := len(own & held.codes))
    ]
    return min(ranked, key=lambda rank: rank[:4])[4] if ranked else None
