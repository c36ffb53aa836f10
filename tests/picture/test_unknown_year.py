"""Figures whose file does not tell their year: a last resort, and said to be of an unknown year."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.picture.towns import GM, codes_of, steady, write_figures, write_panel

from wijkveilig.picture.export import as_json
from wijkveilig.picture.road import make_picture


def write_residents(path: Path, column: str, residents: int) -> Path:
    """A file of residents in the shape of CBS, for twenty neighbourhoods."""
    lines = [f"WijkenEnBuurten,{column}", *(f"{code},{residents}" for code in codes_of(20))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def counts(tmp_path: Path) -> Path:
    return write_panel(tmp_path / "panel.csv", steady(20, 3, 48))


def test_residents_of_an_unknown_year_are_a_denominator_without_a_year(counts: Path, tmp_path: Path) -> None:
    undated = write_residents(tmp_path / "residents.csv", "AantalInwoners", 900)

    made = make_picture(GM, [counts, undated])
    figure = as_json(made.picture)["areas"][0]["indicators"][0]

    assert (figure["denominator"], figure["denominator_unit"], figure["denominator_year"]) == (900, "residents", None)
    assert figure["rate"] is not None
    assert {origin.source for origin in made.picture.made_from} == {"panel_month", "key_figures"}


def test_dated_residents_go_before_those_of_an_unknown_year(counts: Path, tmp_path: Path) -> None:
    undated = write_residents(tmp_path / "residents.csv", "AantalInwoners", 900)
    dated = write_figures(tmp_path / "dated.csv", 2015, areas=codes_of(20), residents=[800] * 20)

    figures = as_json(make_picture(GM, [counts, undated, dated]).picture)["areas"][0]["indicators"]
    assault = next(figure for figure in figures if figure["id"] == "mishandeling")

    assert (assault["denominator"], assault["denominator_year"]) == (800, 2015)
