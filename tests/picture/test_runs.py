"""The expected band of a series: the same whole numbers as everywhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.picture.towns import steady, write_panel

from wijkveilig.picture.build import build, columns_of
from wijkveilig.picture.runs import WINDOWS, runs_of
from wijkveilig.picture.town import Town, read_town
from wijkveilig.sources.services import read_files
from wijkveilig.warehouse.store import Warehouse
from wijkveilig.warehouse.types import AreaCode, Level

AREAS = [f"BU9901{number // 10:02d}{number % 10:02d}" for number in range(12)]


@pytest.fixture
def town(tmp_path: Path) -> Town:
    file = write_panel(tmp_path / "panel.csv", steady(12, 2, 72, mean=0.15, seed=3), areas=AREAS)
    return read_town(Warehouse.memory(list(read_files([file]).taken)), AreaCode("GM9901"))


def test_margins_are_whole_counts_and_those_of_a_year_are_the_years_own(town: Town) -> None:
    period = town.last_period()
    columns = columns_of(town, period.last)
    layer = build(town, Level.NEIGHBOURHOOD, period, columns)

    tracks = runs_of(town, Level.NEIGHBOURHOOD, columns, period, layer)

    seen = set()
    for track, area in zip(tracks, layer.areas, strict=True):
        for figure in area.figures:
            guess, band = figure.expected, track.bands.get(figure.indicator)
            if guess is None or band is None:
                continue
            seen.add(band.window)
            assert all(end == round(end) for end in (*band.low, *band.high, guess.low, guess.high))
            if band.window == WINDOWS[-1]:
                assert (set(band.low), set(band.high)) == ({guess.low}, {guess.high})
    assert WINDOWS[-1] in seen
