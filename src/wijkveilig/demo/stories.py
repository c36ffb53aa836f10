"""What happened in the invented town: changes of the drawn figures that the method itself must find again.

A story is told by moving counts, never by telling anyone: nothing outside this room and its tests knows where.
Which places carry a story follows from the seed and from the figures that it gave.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from wijkveilig.demo.figures import YEARS, Counts, Figures, Numbers
from wijkveilig.demo.geography import Geography
from wijkveilig.demo.town import Town, crime_types

BURGLARY = "1.1.1"
NUISANCE = "2.1.1"
"""Nuisance by drink and drugs. The town registers far more of it than a real town does: real nuisance stands in table
47024NED, which no source of ours reads yet, and the story needs counts that can move."""
BICYCLES = "1.2.3"
LAST_YEAR = slice(12 * (len(YEARS) - 1), 12 * len(YEARS))
SEPTEMBER = 8
WAVE_BEFORE, WAVE_SINCE = 2, (3, 4, 4, 5)
"""Burglaries of the wave's year: from January to August, and per month from September."""
PROGRAMME = {2023: 0.85, 2024: 0.65, 2025: 0.16}
"""Share of the usual bicycle thefts that is left while guarded sheds open, one after the other."""
LEFT_BEHIND, ARRIVED = 0.12, 4.8
"""Nuisance in the last year against the usual, in the place that it leaves and the place to which it goes."""
FROM_TO = (26.0, 8.0)
"""Usual nuisance in the two places that the story of displacement looks for."""
LIVELY = frozenset({"centre", "old", "flats", "postwar"})
HOMELY = frozenset({"old", "postwar", "flats", "garden", "suburb"})


@dataclass(frozen=True, slots=True)
class Moved:
    """A code of which the police's list and the map speak of two places.

    `place` had, in the older division that the police uses, the code that `lent` has on the map; `lent`, a small new
    neighbourhood, was then part of `host`. The code that `place` has on the map is unknown to the police.
    """

    place: int
    lent: int
    host: int


@dataclass(frozen=True, slots=True)
class Stories:
    """Where the stories of one seed happen: indexes in `Town.neighbourhoods`."""

    wave: int
    rises: int
    falls: int
    programme: int
    growing: int
    moved: Moved


def tell(town: Town, map_: Geography, figures: Figures, rng: np.random.Generator) -> tuple[Figures, Stories]:
    """The figures with the stories in them, and where they happen."""
    crime = figures.crime.copy()
    moved = _moved(town, map_, rng)
    taken = {moved.place, moved.lent, moved.host}
    programme = _programme(town, crime, rng, taken)
    rises, falls = _displacement(town, map_, crime, rng, taken | {programme})
    wave = _wave(town, crime, rng, taken | {programme, rises, falls})
    growing = next(i for i, place in enumerate(town.neighbourhoods) if place.kind.name == "growing")
    return replace(figures, crime=crime), Stories(wave, rises, falls, programme, growing, moved)


def usual(crime: Counts, code: str) -> Numbers:
    """[place]: about what the last year would bring: the place's share of earlier years in the last year's total."""
    years = crime[:, _type(code)].reshape(len(crime), len(YEARS), 12).sum(axis=2)
    earlier = years[:, 1:-1].sum(axis=1)
    expected: Numbers = earlier / max(1, earlier.sum()) * years[:, -1].sum()
    return expected


def _type(code: str) -> int:
    return next(i for i, kind in enumerate(crime_types()) if kind.code == code)


def _of_kind(town: Town, kinds: frozenset[str], taken: set[int]) -> list[int]:
    return [i for i, place in enumerate(town.neighbourhoods) if place.kind.name in kinds and i not in taken]


def _wave(town: Town, crime: Counts, rng: np.random.Generator, taken: set[int]) -> int:
    """A burglary wave where about three a year are usual: 18 in the last year, 16 of them since September."""
    usual_now = usual(crime, BURGLARY)
    nearest = sorted(_of_kind(town, HOMELY, taken), key=lambda i: abs(usual_now[i] - 3.0))
    place = nearest[int(rng.integers(min(4, len(nearest))))]
    months = np.zeros(12, dtype=np.int64)
    months[rng.choice(SEPTEMBER - 1, WAVE_BEFORE, replace=False)] = 1
    months[SEPTEMBER:] = rng.permutation(WAVE_SINCE)
    crime[place, _type(BURGLARY), LAST_YEAR] = months
    return place


def _displacement(
    town: Town, map_: Geography, crime: Counts, rng: np.random.Generator, taken: set[int]
) -> tuple[int, int]:
    """Nuisance that leaves a lively place for the quieter one next door."""
    usual_now = usual(crime, NUISANCE)
    free = set(_of_kind(town, LIVELY, taken))
    pairs = [(a, b) for one, two in map_.touching for a, b in ((one, two), (two, one)) if {a, b} <= free]
    far = {pair: _distance((usual_now[pair[0]], usual_now[pair[1]]), FROM_TO) for pair in pairs}
    best = sorted(far, key=lambda pair: far[pair])[:4]
    falls, rises = best[int(rng.integers(len(best)))]
    kind = _type(NUISANCE)
    crime[falls, kind, LAST_YEAR] = _thinned(crime[falls, kind, LAST_YEAR], LEFT_BEHIND * usual_now[falls], rng)
    crime[rises, kind, LAST_YEAR] = rng.multinomial(round(ARRIVED * usual_now[rises]), np.full(12, 1 / 12))
    return rises, falls


def _distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """How far apart two pairs of numbers above zero are, as ratios."""
    return float(np.abs(np.log(np.maximum(one, 0.1)) - np.log(other)).max())


def _thinned(months: Counts, total: float, rng: np.random.Generator) -> Counts:
    """The same months with only about `total` of their events left."""
    kept = rng.multivariate_hypergeometric(months, min(round(total), int(months.sum())))
    return np.asarray(kept, dtype=np.int64)


def _programme(town: Town, crime: Counts, rng: np.random.Generator, taken: set[int]) -> int:
    """Guarded bicycle sheds that work, in one of the places with most bicycle theft."""
    usual_now = usual(crime, BICYCLES)
    busiest = sorted(_of_kind(town, LIVELY, taken), key=lambda i: -usual_now[i])[:2]
    place = busiest[int(rng.integers(len(busiest)))]
    kind = _type(BICYCLES)
    for year, left in PROGRAMME.items():
        months = slice(12 * (year - YEARS[0]), 12 * (year - YEARS[0] + 1))
        crime[place, kind, months] = _thinned(crime[place, kind, months], left * usual_now[place], rng)
    return place


def _moved(town: Town, map_: Geography, rng: np.random.Generator) -> Moved:
    """Two small neighbourhoods at the edge of one district: the newer one has got the code of the older one."""
    small = [i for i, place in enumerate(town.neighbourhoods) if place.kind.name == "edge"]
    district = [place.district for place in town.neighbourhoods]
    pairs = [(a, b) for a in small for b in small if a != b and district[a] == district[b]]
    place, lent = pairs[int(rng.integers(len(pairs)))]
    others = [i for i in range(len(district)) if district[i] == district[lent] and i not in (place, lent)]
    beside = [i for i in others if (min(i, lent), max(i, lent)) in map_.touching]
    return Moved(place=place, lent=lent, host=beside[int(rng.integers(len(beside)))])
