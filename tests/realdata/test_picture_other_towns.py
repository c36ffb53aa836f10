"""The picture of Dordrecht (two years of totals) and Aa en Hunze (a page that was cut) from the raw files."""

from __future__ import annotations

import pytest
from tests.realdata.pictures import NEEDS_DATA, figures, picture

from wijkveilig.warehouse.types import AreaCode

pytestmark = NEEDS_DATA
DORDRECHT, AA_EN_HUNZE = AreaCode("GM0505"), AreaCode("GM1680")


@pytest.mark.parametrize(("year", "crimes"), [("2023", 6475), ("2024", 6066)])
def test_dordrecht_has_levels_and_a_change_but_no_expectation(year: str, crimes: int) -> None:
    found = picture(DORDRECHT, year)
    total = figures(found, "totaal")

    assert len(total) == 132
    assert sum(one["value"] for one in total.values()) == crimes
    assert sum(one["denominator"] or 0 for one in total.values()) == 122090
    assert sum(one["rate"] is None for one in total.values()) >= 35
    assert all(one["expected"] is None for one in total.values())
    assert found["attention"] == []


def test_the_change_between_the_two_years_of_dordrecht_is_only_known_in_the_second() -> None:
    first, second = (figures(picture(DORDRECHT, year), "totaal") for year in ("2023", "2024"))

    assert all(one["trend"] is None for one in first.values())
    assert sum(one["trend"] is not None for one in second.values()) > 100


def test_the_latest_year_is_the_default_where_counts_are_by_year() -> None:
    assert picture(DORDRECHT)["period"] == "2024"


def test_the_cut_page_of_aa_en_hunze_is_said_to_be_incomplete() -> None:
    found, before = picture(AA_EN_HUNZE, "2024"), picture(AA_EN_HUNZE, "2023")
    total = figures(found, "totaal")
    notes = " ".join(note for file in found["made_from"] for note in file["notes"])

    assert sum(one["value"] or 0 for one in total.values()) == 563
    assert [one["status"] for one in total.values()].count("missing") == 1
    assert all(one["status"] == "value" for one in figures(before, "totaal").values())
    assert "2024" in notes
    assert "563" in notes
    assert "576" in notes
