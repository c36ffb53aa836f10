"""Runs methods over made-up towns and over the shared panel, and counts. Used by the tests and by the document."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tests.simulation.towns import CALM, KINDS, Town, TownPlan, make_town, with_rise

from wijkveilig.analysis import Expected, expected, out_of_line

Floats = NDArray[np.float64]
Method = Callable[[Floats, Floats], NDArray[np.bool_]]

PANEL = "misdrijven/denhaag_delft_rijswijk_wassenaar_maand_buurt_delict_2011_2017.csv.gz"
TOWNS = {"GM0518": "The Hague", "GM0503": "Delft", "GM0603": "Rijswijk", "GM0629": "Wassenaar"}
# Months from January 2011; December 2017 is not reported, type 117 not recorded.
PERIODS = {"2014": (0, 48), "2015": (0, 60), "2016": (0, 72), "2016-12..2017-11": (11, 83)}
# Towns of each sort in the tests and in the document.
QUIET, RISEN = 200, 100
RISES = {"large": (60.0, np.inf, 2.2), "middling": (8.0, 20.0, 4.5)}


@dataclass(frozen=True)
class Found:
    """What a method made of towns with rises in them."""

    planted: dict[str, int]
    found: dict[str, int]  # only where the town has at most one other series flagged
    others: list[int]  # per town

    def share(self, size: str) -> float:
        return self.found[size] / self.planted[size]


def ours(history: Floats, current: Floats) -> NDArray[np.bool_]:
    return out_of_line(expected(history, current))


def quiet_towns(towns: int) -> list[tuple[str, Town]]:
    """Towns of all kinds in turn, in which nothing happens."""
    kinds = list(KINDS.items())
    picked = (kinds[number % len(kinds)] for number in range(towns))
    return [(name, make_town(plan, number)) for number, (name, plan) in enumerate(picked)]


def alarms(method: Method, towns: list[tuple[str, Town]]) -> list[bool]:
    """Per quiet town whether anything is called out of line."""
    return [bool(method(*_split(town.years())).any()) for _, town in towns]


def towns_with_rises(towns: int, plan: TownPlan = CALM) -> list[tuple[Town, Town]]:
    """Quiet towns, and the same with one large and one middling rise in two different areas."""
    pairs = []
    for number in range(towns):
        quiet = make_town(plan, 5000 + number)
        risen = quiet
        for least, most, times in RISES.values():
            changed = (risen.means != quiet.means).any(axis=(1, 2))
            risen = with_rise(risen, number, least=least, most=most, times=times, keep=changed)
        pairs.append((quiet, risen))
    return pairs


def finds(method: Method, towns: list[tuple[Town, Town]]) -> Found:
    """How many of the planted rises a method finds, and what else it names."""
    planted, found, others = dict.fromkeys(RISES, 0), dict.fromkeys(RISES, 0), []
    for quiet, risen in towns:
        flags = method(*_split(risen.years()))
        changed = (risen.means != quiet.means).any(axis=2)
        others.append(int((flags & ~changed).sum()))
        for area, kind in np.argwhere(changed):
            size = "large" if quiet.due()[area, kind] >= RISES["large"][0] else "middling"
            planted[size] += 1
            found[size] += bool(flags[area, kind]) and others[-1] <= 1
    return Found(planted, found, others)


def read_panel(folder: Path) -> dict[str, Floats]:
    """Counts [areas, types, 84 months] per town, types in the order of their code without 117."""
    rows: dict[str, dict[tuple[str, str], Floats]] = {code: {} for code in TOWNS}
    with gzip.open(folder / PANEL, "rt", encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            area, period, kind, count = line.rstrip().split(",")
            if kind == "117":
                continue
            month = (int(period[:4]) - 2011) * 12 + int(period[6:8]) - 1
            rows["GM" + area[2:6]].setdefault((area, kind), np.zeros(84))[month] += float(count)
    return {code: _cube(series) for code, series in rows.items()}


def forecasts(cube: Floats) -> dict[str, tuple[Expected, Floats]]:
    """Per period the expectation and what came, from whole years that end at the period's end."""
    answers = {}
    for name, (first, end) in PERIODS.items():
        years = cube[:, :, first + (end - first) % 12 : end].reshape(*cube.shape[:2], -1, 12).sum(axis=3)
        answers[name] = (expected(*_split(years)), years[:, :, -1])
    return answers


def inside(seen: Expected, came: Floats, least: float = 2.0) -> tuple[int, int]:
    """How many of the series that were expected at `least` or more lie in their interval, and of how many."""
    asked = seen.usable & (seen.value >= least)
    return int(((came >= seen.low) & (came <= seen.high))[asked].sum()), int(asked.sum())


def _split(years: Floats) -> tuple[Floats, Floats]:
    return years[:, :, :-1], years[:, :, -1]


def _cube(series: dict[tuple[str, str], Floats]) -> Floats:
    areas, kinds = (sorted({key[part] for key in series}) for part in (0, 1))
    return np.stack([np.stack([series[area, kind] for kind in kinds]) for area in areas])
