"""Made-up towns in which we know what happened. Shares no code and no fitted figure with `analysis`."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class TownPlan:
    """What kind of town: its size, and how restless its areas are when nothing special happens."""

    areas: int = 36
    types: int = 8
    years: int = 6
    busy: float = 16.0  # events a year of a usual type in a usual area
    unequal: float = 0.9  # how different areas are in size (standard deviation of the logarithm)
    centre: float = 0.0  # one area this many times a usual one; 0 for none
    wander: float = 0.10  # drift of an area's type in a year that stays, month by month
    jolt: float = 0.05  # of a year, that does not stay
    together: float = 0.0  # part of the drift that all types of an area share
    falling: float = 0.05  # usual yearly fall of the city
    weather: float = 0.05  # what a year does to a type in the whole city


@dataclass(frozen=True)
class Town:
    """Means and counts by month. Arrays: [areas, types, months]."""

    means: Floats
    counts: Floats

    def years(self) -> Floats:
        """Counts [areas, types, years]."""
        return self.counts.reshape(*self.counts.shape[:2], -1, 12).sum(axis=3)

    def due(self) -> Floats:
        """True mean [areas, types] of the last year."""
        return np.asarray(self.means[:, :, -12:].sum(axis=2))


KINDS = {
    "usual": TownPlan(),
    "with a centre that outweighs the rest": TownPlan(centre=25.0),
    "small, four years": TownPlan(areas=12, types=6, years=4, busy=25.0),
    "sparse, many types": TownPlan(areas=30, types=14, busy=5.0),
    "areas that drift as a whole": TownPlan(wander=0.14, jolt=0.0, together=0.8),
    "falling fast, ten years": TownPlan(areas=24, years=10, falling=0.15),
    "without any drift": TownPlan(wander=0.0, jolt=0.0, weather=0.0),
    "restless": TownPlan(areas=24, wander=0.16, jolt=0.10),
}
# Rises are planted where a restless year does not bring the same by itself: the issue of finding, not of luck.
CALM = replace(TownPlan(), unequal=1.1)


def make_town(plan: TownPlan, seed: int) -> Town:
    """A town in which nothing happens but season, trend, weather and drift."""
    rng = np.random.default_rng([seed, plan.areas, plan.types, plan.years])
    months = 12 * plan.years
    size = np.exp(plan.unequal * rng.standard_normal((plan.areas, 1, 1)) - plan.unequal**2 / 2)
    if plan.centre:
        size[0] = plan.centre
    usual = np.exp(0.9 * rng.standard_normal((1, plan.types, 1)))
    taste = np.exp(0.4 * rng.standard_normal((plan.areas, plan.types, 1)))
    means = plan.busy / 12 * size * usual * taste * _city(rng, plan, months) * _drift(rng, plan, months)
    return Town(means, rng.poisson(means).astype(np.float64))


def with_rise(town: Town, seed: int, *, least: float, most: float, times: float, keep: NDArray[np.bool_]) -> Town:
    """The town with one series, of which `least` to `most` were to come in the last year, `times` as high in that year.

    keep: [areas] where nothing may change. The town itself where no series is of that size.
    """
    rng = np.random.default_rng([seed, int(least), 99])
    due = town.due()
    places = np.argwhere((due >= least) & (due <= most) & ~keep[:, None])
    if not len(places):
        return town
    area, kind = places[rng.integers(len(places))]
    means, counts = town.means.copy(), town.counts.copy()
    means[area, kind, -12:] *= times
    counts[area, kind, -12:] = rng.poisson(means[area, kind, -12:])
    return Town(means, counts)


def _city(rng: np.random.Generator, plan: TownPlan, months: int) -> Floats:
    """Season, trend and weather [1, types, months], shared by all areas."""
    month, year = np.arange(months), np.arange(months) // 12
    height = 0.3 * rng.random((1, plan.types, 1))
    season = 1 + height * np.sin(2 * np.pi * (month - 12 * rng.random((1, plan.types, 1))) / 12)
    fall = plan.falling + 0.05 * rng.standard_normal((1, plan.types, 1))
    weather = plan.weather * rng.standard_normal((1, plan.types, plan.years))
    return np.asarray(season * np.exp(-fall * month / 12) * np.exp(weather[:, :, year]))


def _drift(rng: np.random.Generator, plan: TownPlan, months: int) -> Floats:
    """What areas do by themselves [areas, types, months]."""
    own = rng.standard_normal((plan.areas, plan.types, months))
    whole = rng.standard_normal((plan.areas, 1, months))
    steps = np.sqrt(1 - plan.together) * own + np.sqrt(plan.together) * whole
    path = np.cumsum(plan.wander / np.sqrt(12) * steps, axis=2)
    if not plan.jolt:
        return np.exp(path)
    jolts = rng.gamma(plan.jolt**-2, plan.jolt**2, (plan.areas, plan.types, plan.years))
    return np.asarray(np.exp(path) * np.repeat(jolts, 12, axis=2))
