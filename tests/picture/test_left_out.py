"""The reason why a file is left out of a picture is always true."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.picture.towns import (
    GM,
    area_code,
    codes_of,
    picture_of_town,
    steady,
    write_figures,
    write_panel,
    write_regions,
    write_years,
)

from wijkveilig.picture.facts import LeftOut
from wijkveilig.picture.road import NoPictureError

pytestmark = pytest.mark.slow  # goes the whole road, from raw files to reasons

HEAD = "SoortMisdrijf,WijkenEnBuurten,Perioden,GeregistreerdeMisdrijven_1\n"


def reasons(left_out: tuple[LeftOut, ...]) -> dict[str, str]:
    return {Path(one.file).name: one.reason for one in left_out}


def without_picture(folder: Path, period: str | None = None) -> dict[str, str]:
    with pytest.raises(NoPictureError) as nothing:
        picture_of_town(folder, period)
    return reasons(nothing.value.left_out)


def write_counts(path: Path, areas: list[str], periods: list[str]) -> None:
    lines = [f"0.0.0 ,{area},{period},{20 + row}" for row, area in enumerate(areas) for period in periods]
    path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


def test_quarters_are_no_months_and_no_years(tmp_path: Path) -> None:
    write_counts(tmp_path / "kw.csv", [area_code(row) for row in range(5)], ["2023KW01", "2023KW02", "2023KW03"])

    assert without_picture(tmp_path) == {
        "kw.csv": "Dit bestand telt per kwartaal; een beeld rust op cijfers per maand of per jaar."
    }


def test_counts_of_the_town_alone_are_not_by_neighbourhood(tmp_path: Path) -> None:
    write_counts(tmp_path / "town.csv", [GM], ["2023JJ00"])
    write_regions(tmp_path / "regions.csv", {code: f"Buurt {row}" for row, code in enumerate(codes_of(3))})

    assert without_picture(tmp_path) == {
        "town.csv": "Dit bestand telt misdrijven wel, maar niet per buurt.",
        "regions.csv": "Zonder misdrijven per buurt is er geen beeld om dit bestand bij te gebruiken.",
    }


def test_a_period_that_a_file_does_not_reach_or_cannot_tell_is_named(tmp_path: Path) -> None:
    write_years(tmp_path / "years.csv", np.full((5, 1, 4), 60), first=2020)

    assert without_picture(tmp_path, "2019")["years.csv"] == "Dit bestand telt niet over 2019."
    assert without_picture(tmp_path, "2021-05")["years.csv"] == (
        "Dit bestand telt per jaar; daar is 2021-05 niet uit te halen."
    )


def test_years_beside_months_and_denominators_of_another_year_say_why(tmp_path: Path) -> None:
    write_panel(tmp_path / "panel.csv", steady(8, 2, 36))
    write_years(tmp_path / "years.csv", np.full((8, 1, 2), 60), first=2013)
    for year in (2012, 2014):
        write_figures(tmp_path / f"figures{year}.csv", year, areas=codes_of(8), residents=[900 + year % 7] * 8)

    assert reasons(picture_of_town(tmp_path).picture.left_out) == {
        "years.csv": "Dit bestand telt per jaar; dit beeld rust op cijfers per maand.",
        "figures2012.csv": (
            "Dit beeld haalt zijn noemers uit een ander bestand of een ander jaar, dat beter bij de periode past."
        ),
    }


def test_counts_of_another_source_that_reaches_less_far_say_so(tmp_path: Path) -> None:
    write_panel(tmp_path / "panel.csv", steady(8, 2, 36))
    months = [f"{year}MM{month:02d}" for year in (2012, 2013) for month in range(1, 13)]
    write_counts(tmp_path / "police.csv", [area_code(row) for row in range(8)], months)

    assert reasons(picture_of_town(tmp_path).picture.left_out) == {
        "police.csv": (
            "Dit beeld rust op de misdrijven van een ander bestand, dat later reikt, verder teruggaat of meer telt."
        )
    }
