"""What asks for attention: rises out of line only, told in a sentence; quiet towns stay quiet."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.picture.towns import codes_of, picture_of_town, steady, write_figures, write_panel

from wijkveilig.picture import sentences
from wijkveilig.picture.facts import Attention

pytestmark = pytest.mark.slow  # goes the whole road, from raw files to facts


def lines_of(folder: Path) -> dict[tuple[str, str], Attention]:
    return {(line.area, line.indicator): line for line in picture_of_town(folder).picture.attention}


def test_a_wave_is_found_with_its_start_and_a_fall_is_not(tmp_path: Path) -> None:
    counts = steady(40, 3, 96, mean=1.0)
    counts[7, 0, 84:] = [0, 0, 1, 0, 0, 0, 1, 0, 4, 5, 3, 4]
    counts[9, 1, :] += 6
    counts[9, 1, 84:] = 0
    write_panel(tmp_path / "panel.csv", counts)

    found = lines_of(tmp_path)
    line = found[codes_of(40)[7], "woninginbraak"]

    assert line.since == 2019 * 12 + 8
    assert line.since_observed == 16
    assert (codes_of(40)[9], "mishandeling") not in found


def test_a_level_that_was_always_high_does_not_ask_for_attention(tmp_path: Path) -> None:
    counts = steady(40, 3, 96, mean=2.0)
    counts[5] = np.random.default_rng(2).poisson(40.0, size=counts[5].shape)
    write_panel(tmp_path / "panel.csv", counts)

    assert not [area for area, _ in lines_of(tmp_path) if area == codes_of(40)[5]]


def test_a_quiet_town_has_an_empty_list(tmp_path: Path) -> None:
    write_panel(tmp_path / "panel.csv", steady(40, 3, 96, mean=2.0))

    assert lines_of(tmp_path) == {}


def test_a_growing_area_whose_dwellings_are_known_each_year_does_not_stand_out(tmp_path: Path) -> None:
    growth = np.array([100, 110, 130, 160, 220, 320, 460, 1100])
    counts = steady(40, 3, 96, mean=2.0)
    mean = np.repeat(growth, 12) / 100 * 2.0
    counts[3] = np.random.default_rng(11).poisson(np.broadcast_to(mean, counts[3].shape))
    write_panel(tmp_path / "without" / "panel.csv", counts)
    write_panel(tmp_path / "with" / "panel.csv", counts)
    for index, year in enumerate(range(2012, 2020)):
        dwellings = [900] * 40
        dwellings[3] = int(growth[index] * 10)
        write_figures(tmp_path / "with" / f"{year}.csv", year, areas=codes_of(40), dwellings=dwellings)

    area = codes_of(40)[3]

    assert [one for one, _ in lines_of(tmp_path / "without") if one == area]
    assert not [one for one, _ in lines_of(tmp_path / "with") if one == area]


@pytest.fixture
def line(tmp_path: Path) -> Attention:
    """The wave of the first test."""
    counts = steady(40, 3, 96, mean=1.0)
    counts[7, 0, 84:] = [0, 0, 1, 0, 0, 0, 1, 0, 4, 5, 3, 4]
    write_panel(tmp_path / "panel.csv", counts)
    return lines_of(tmp_path)[codes_of(40)[7], "woninginbraak"]


def test_the_sentence_says_what_how_much_since_when_compared_with_what_and_how_sure(line: Attention) -> None:
    said = sentences.attention_sentence(line)

    assert said.startswith(f"In {line.area_name} zijn sinds september 2019 16 woninginbraken geteld; ")
    assert "Heel 2019: 18 geteld" in said
    assert f"marge {line.expected.low:.0f} tot {line.expected.high:.0f}" in said
    assert "de eigen jaren ervoor en hoe de rest van de stad veranderde" in said
    assert "zeker" in said or "waarschijnlijk" in said


def test_a_rise_in_yearly_counts_has_no_month(line: Attention) -> None:
    yearly = Attention(
        area=line.area, area_name=line.area_name, theme=line.theme, indicator=line.indicator, period=line.period,
        observed=line.observed, expected=line.expected, sureness=line.sureness, name=line.name, counted=line.counted,
    )  # fmt: skip

    assert sentences.attention_title(yearly).startswith(
        f"In {line.area_name} zijn in heel 2019 18 woninginbraken geteld"
    )
    assert "geteld" not in sentences.attention_evidence(yearly)
