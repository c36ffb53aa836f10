"""People, addresses and crime of the invented town: drawn by chance from a seed, before any story is told.

Everything is one draw of `numpy.random.Generator`, so that the same seed gives the same town. The model is on
purpose not the model of `analysis`: areas differ log-normally, drift from year to year, and months scatter.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wijkveilig.demo.town import CrimeType, Kind, Target, Town, crime_types
from wijkveilig.warehouse.types import Period

Counts = NDArray[np.int64]
Numbers = NDArray[np.float64]

YEARS = tuple(range(2018, 2026))
"""Years of which key figures (1 January) and whole years of crime exist."""
FIRST = Period.month(2018, 1).first
MONTHS = 12 * len(YEARS)
"""Reported months; the files go on one month longer, see `raw.crime_rows`."""

DWELLINGS = 55_000
RESIDENTS = 120_000
GROWTH = (1.0, 1.02, 1.05, 1.10, 1.20, 1.38, 1.80, 3.00)
"""Addresses of a growing area, against 2018: sheds and wharves become dwellings and workshops."""
AREA_DRIFT = 0.10
"""Standard deviation (log) of an area's own year, per type: a year's spread is wider than chance."""
AREA_WALK = 0.04
CITY_DRIFT = 0.02
MONTH_SHAPE = 14.0
"""Shape of the gamma that months scatter with."""
NO_PLACE = 0.03
"""Share of crime that the police cannot place in a neighbourhood."""
NOT_SHOWN = 0.009
"""Share of crime of types that the table counts in its total and does not list by neighbourhood."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures per place, in the order of `Town.neighbourhoods`.

    `dwellings`, `households`, `residents`, `businesses`: [place, year] on 1 January; `crime`: [place, type, month]
    in the order of `crime_types()`; `no_place`: [type, month]; `not_shown`: [place, month].
    """

    dwellings: Counts
    households: Counts
    residents: Counts
    businesses: Counts
    crime: Counts
    no_place: Counts
    not_shown: Counts


def draw(town: Town, rng: np.random.Generator) -> Figures:
    """The town's figures before stories; uses up `rng` in a fixed order."""
    dwellings = _dwellings(town, rng)
    persons = np.array([place.kind.persons for place in town.neighbourhoods]) * rng.normal(1, 0.05, len(dwellings))
    persons *= RESIDENTS * town.scale / (dwellings[:, -1] * persons).sum()
    residents = np.round(dwellings * persons[:, None]).astype(np.int64)
    households = np.round(dwellings * rng.uniform(0.93, 1.02, len(dwellings))[:, None]).astype(np.int64)
    businesses = _businesses(town, rng)
    expected = _expected(town, dwellings, businesses, residents, rng)
    scattered = expected * rng.gamma(MONTH_SHAPE, 1 / MONTH_SHAPE, expected.shape)
    crime = rng.poisson(scattered).astype(np.int64)
    return Figures(
        dwellings=dwellings,
        households=households,
        residents=residents,
        businesses=businesses,
        crime=crime,
        no_place=rng.poisson(expected.sum(axis=0) * NO_PLACE).astype(np.int64),
        not_shown=rng.poisson(expected.sum(axis=1) * NOT_SHOWN).astype(np.int64),
    )


def _growth(town: Town) -> Numbers:
    """[place, year] against the last year: little everywhere, much where the town is being built."""
    quiet = np.linspace(0.965, 1.0, len(YEARS))
    fast = np.array(GROWTH) / GROWTH[-1]
    return np.array([fast if place.kind.name == "growing" else quiet for place in town.neighbourhoods])


def _dwellings(town: Town, rng: np.random.Generator) -> Counts:
    typical = np.array([_last_year(place.kind, place.kind.dwellings) for place in town.neighbourhoods])
    last = typical * rng.lognormal(0, 0.14, len(typical))
    last *= DWELLINGS * town.scale / last.sum()
    return np.round(last[:, None] * _growth(town)).astype(np.int64)


def _businesses(town: Town, rng: np.random.Generator) -> Counts:
    typical = np.array([_last_year(place.kind, place.kind.businesses) for place in town.neighbourhoods])
    last = typical * rng.lognormal(0, 0.12, len(typical))
    return np.round(last[:, None] * _growth(town)).astype(np.int64)


def _last_year(kind: Kind, typical: int) -> float:
    return typical * (GROWTH[-1] if kind.name == "growing" else 1.0)


def _expected(
    town: Town, dwellings: Counts, businesses: Counts, residents: Counts, rng: np.random.Generator
) -> Numbers:
    """[place, type, month]: the town's volume, shared out over places, moved by drift, season and counting."""
    types = crime_types()
    base = {
        Target.HOME: dwellings,
        Target.PERSON: residents / 2.1 + 0.15 * businesses,
        Target.BUSINESS: businesses,
    }
    street = dwellings + businesses
    weight = np.stack([base.get(kind.target, street) * _pull(town, kind)[:, None] for kind in types], axis=1)
    scatter = np.array([kind.scatter for kind in types])
    weight = weight * np.exp(rng.normal(0, 1, weight.shape[:2]) * scatter - scatter**2 / 2)[:, :, None]
    share = weight / weight.sum(axis=0)[None]
    years = share * _volume(town, rng)[None] * _drift(len(dwellings), len(types), rng)
    return np.repeat(years, 12, axis=2) / 12 * _season(types)[None]


def _pull(town: Town, kind: CrimeType) -> Numbers:
    target = list(Target).index(kind.target)
    return np.array([place.kind.pull[target] for place in town.neighbourhoods])


def _volume(town: Town, rng: np.random.Generator) -> Numbers:
    """[type, year]: what the whole town registers."""
    types = crime_types()
    back = np.array(YEARS) - YEARS[-1]
    volume: Numbers = np.array([kind.per_year * (1 + kind.change) ** back for kind in types])
    return volume * town.scale * rng.lognormal(0, CITY_DRIFT, volume.shape)


def _drift(places: int, types: int, rng: np.random.Generator) -> Numbers:
    own = rng.normal(0, AREA_DRIFT, (places, types, len(YEARS)))
    walk = rng.normal(0, AREA_WALK, (places, types, len(YEARS))).cumsum(axis=2)
    drift: Numbers = np.exp(own + walk - walk.mean(axis=2, keepdims=True))
    return drift


def _season(types: tuple[CrimeType, ...]) -> Numbers:
    """[type, month] around 1: a wave through the year, and the step of July 2018."""
    month = np.arange(MONTHS)
    wave = np.array([1 + kind.season * np.cos(2 * np.pi * (month % 12 + 1 - kind.peak) / 12) for kind in types])
    before = (month < 6)[None] * np.array([[kind.step / (1 + kind.step)] for kind in types])
    season: Numbers = wave * (1 - before)
    return season
