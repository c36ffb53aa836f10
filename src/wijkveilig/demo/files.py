"""Writes the raw files of the demo city: the one thing that this room gives to the rest of the house."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from wijkveilig.demo import raw
from wijkveilig.demo.figures import YEARS, Figures, draw
from wijkveilig.demo.geography import Geography, geography
from wijkveilig.demo.stories import Stories, tell
from wijkveilig.demo.town import Town, town

SEED = 5558
"""The demo's own seed (its wave falls in Zeilmakersbuurt); others give the same stories in other places."""


@dataclass(frozen=True, slots=True)
class City:
    """Everything that the files of one seed say."""

    town: Town
    map: Geography
    figures: Figures
    stories: Stories


def make_city(seed: int = SEED, scale: int = 1) -> City:
    """The invented city of this seed, at `scale` times the demo's size. The same arguments give the same city."""
    plan, map_ = town(scale), geography(scale)
    rng = np.random.default_rng([seed, scale])
    figures, stories = tell(plan, map_, draw(plan, rng), rng)
    return City(plan, map_, figures, stories)


def write_files(folder: Path, seed: int = SEED, scale: int = 1) -> list[Path]:
    """Write the raw files into `folder` (made if needed) and give their paths. Same arguments, same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in _contents(make_city(seed, scale)):
        path = folder / name
        path.write_bytes(content)
        written.append(path)
    return written


def _contents(city: City) -> Iterator[tuple[str, bytes]]:
    yield "gemeente.geojson", raw.municipality_geojson(city.town, city.map)
    yield "wijken.geojson", raw.districts_geojson(city.town, city.map)
    yield "buurten.geojson", raw.neighbourhoods_geojson(city.town, city.map)
    yield "regiolijst.csv", raw.region_list_csv(city.town, city.stories)
    for year in YEARS:
        yield f"kerncijfers-{year}.json", raw.key_figures_json(city.town, city.figures, city.stories, year)
    cube = raw.crime_cube(city.town, city.figures, city.stories)
    for year in YEARS[:-1]:
        yield f"misdrijven-{year}.csv", raw.crime_csv(cube, year)
    yield f"misdrijven-{YEARS[-1]}.json", raw.crime_json(cube, YEARS[-1])
