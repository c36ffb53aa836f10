"""The invented town as data: districts, kinds of neighbourhood and crime types, read from `data/`.

No figure and no shape yet: `geography` gives it shapes, `figures` gives it people and crime.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from wijkveilig.warehouse.types import AreaCode

DATA = files("wijkveilig.demo") / "data"

Said = dict[str, Any]  # what YAML says has no types until it is read into the classes below


class Target(StrEnum):
    """What a crime type goes after; a kind of neighbourhood pulls each of them differently.

    TOWN is the crowd of the inner town: nightlife, station, market.
    """

    HOME = "home"
    STREET = "street"
    TOWN = "town"
    SHOP = "shop"
    BUSINESS = "business"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of neighbourhood: typical numbers, and its pull per target (1 is ordinary)."""

    name: str
    dwellings: int
    businesses: int
    persons: float
    space: float
    ring: int
    """0 for what lies nearest to the market, more for what lies farther out."""
    pull: tuple[float, ...]
    """In the order of `Target`."""


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """One buurt: its code and name in the map's division, and what kind of place it is."""

    code: AreaCode
    name: str
    kind: Kind
    district: int
    """Index in `Town.districts`."""


@dataclass(frozen=True, slots=True)
class District:
    """One wijk with its middle, in kilometres from the middle of the town."""

    code: AreaCode
    name: str
    at: tuple[float, float]


@dataclass(frozen=True, slots=True)
class CrimeType:
    """One crime type: yearly volume in the last year at scale 1, yearly change, season, scatter between areas.

    `season` is the relative amplitude of the year's wave, `peak` its top month (1-12), `scatter` the standard
    deviation (log scale) of what makes one area differ from another of its kind.
    """

    code: str
    title: str
    target: Target
    per_year: float
    change: float
    season: float
    peak: int
    scatter: float
    step: float
    """Rise in July 2018, when related offences were counted apart (explanation of table 47018NED)."""


@dataclass(frozen=True, slots=True)
class Town:
    """The whole plan of the town; `scale` times as many districts and neighbourhoods as the demo."""

    code: AreaCode
    name: str
    hosts: tuple[str, ...]
    river: str
    river_district: AreaCode
    river_neighbourhood: AreaCode
    districts: tuple[District, ...]
    neighbourhoods: tuple[Neighbourhood, ...]
    scale: int


@cache
def crime_types() -> tuple[CrimeType, ...]:
    """The crime types of the police table that the town registers, in the order of their codes."""
    with (DATA / "crime_types.csv").open(encoding="utf-8") as lines:
        return tuple(
            CrimeType(
                code=row["code"],
                title=row["title"],
                target=Target(row["target"]),
                per_year=float(row["per_year"]),
                change=float(row["change"]),
                season=float(row["season"]),
                peak=int(row["peak"]),
                scatter=float(row["scatter"]),
                step=float(row["step"]),
            )
            for row in csv.DictReader(lines)
        )


@cache
def town(scale: int = 1) -> Town:
    """The plan at `scale` (1 is the demo; 10 has ten districts for each of its districts). Below 1: ValueError."""
    if scale < 1:
        raise ValueError("scale is 1 or more")
    plan = yaml.safe_load((DATA / "town.yaml").read_text(encoding="utf-8"))
    kinds = {name: _kind(name, said, ring) for ring, (name, said) in enumerate(plan["kinds"].items())}
    districts: list[District] = []
    neighbourhoods: list[Neighbourhood] = []
    for copy in range(scale):
        for said in plan["districts"]:
            district = _district(said, copy)
            neighbourhoods += _neighbourhoods(said, district, kinds, len(districts), copy)
            districts.append(district)
    return Town(
        code=AreaCode(plan["municipality"]["code"]),
        name=plan["municipality"]["name"],
        hosts=tuple(plan["municipality"]["hosts"]),
        river=plan["river"]["name"],
        river_district=AreaCode(plan["river"]["district"]),
        river_neighbourhood=AreaCode(plan["river"]["neighbourhood"]),
        districts=tuple(districts),
        neighbourhoods=tuple(neighbourhoods),
        scale=scale,
    )


def _kind(name: str, said: Said, ring: int) -> Kind:
    pull = said["pull"]
    return Kind(
        name=name,
        dwellings=int(said["dwellings"]),
        businesses=int(said["businesses"]),
        persons=float(said["persons"]),
        space=float(said["space"]),
        ring=ring,
        pull=tuple(float(pull[target]) for target in Target),
    )


def _district(said: Said, copy: int) -> District:
    code, name, at = str(said["code"]), str(said["name"]), said["at"]
    if copy:
        code, name = _copied(code, copy), f"{name} {copy + 1}"
    return District(AreaCode(code), name, (float(at[0]), float(at[1])))


def _copied(code: str, copy: int) -> str:
    """WK990103 becomes WK9901B3 in the second copy: letters, as in the large cities."""
    last = code[6:]
    number = 12 if last == "AA" else int(last)
    return f"{code[:6]}{chr(ord('A') + copy)}{'0123456789ABC'[number]}"


def _neighbourhoods(
    said: Said, district: District, kinds: dict[str, Kind], index: int, copy: int
) -> list[Neighbourhood]:
    found = []
    for number, (name, kind) in enumerate(said["neighbourhoods"], start=1):
        code = AreaCode(f"BU{district.code[2:]}{number:02d}")
        found.append(Neighbourhood(code, f"{name} {copy + 1}" if copy else name, kinds[kind], index))
    return found
