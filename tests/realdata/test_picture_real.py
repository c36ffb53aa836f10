"""The picture of real towns from the shared folder of raw open data, as a colleague would make it."""

from __future__ import annotations

import gzip
import json
import os
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from wijkveilig import cli
from wijkveilig.picture.export import as_json
from wijkveilig.picture.outlines import outlines
from wijkveilig.picture.road import Made, make_picture
from wijkveilig.warehouse.types import AreaCode, Period

DATA = Path(os.environ.get("WIJKVEILIG_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data"))
pytestmark = [
    pytest.mark.realdata,
    pytest.mark.slow,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"the shared data folder is absent: {DATA}"),
]
THE_HAGUE, DORDRECHT, AA_EN_HUNZE = AreaCode("GM0518"), AreaCode("GM0505"), AreaCode("GM1680")
MOVED = {"BU05182812", "BU05182813", "BU05182814"}
Json = dict[str, Any]


@cache
def made(code: AreaCode, period: str | None = None) -> Made:
    return make_picture(code, [DATA], Period.parse(period) if period else None)


def picture(code: AreaCode, period: str | None = None) -> Json:
    return as_json(made(code, period).picture)


def figures(found: Json, indicator: str) -> dict[str, Json]:
    return {area["code"]: one for area in found["areas"] for one in area["indicators"] if one["id"] == indicator}


def test_the_hague_is_the_last_twelve_reported_months_of_93_neighbourhoods() -> None:
    found = picture(THE_HAGUE)
    town = made(THE_HAGUE).town

    assert found["period"] == "2016-12/2017-11"
    assert len(found["areas"]) == 93
    assert len(town.reported(town.counts.last)) == 83
    assert town.incomplete_from(town.counts.last) == 2017 * 12 + 10


def test_84_neighbourhoods_of_the_hague_have_residents_of_2017_at_the_right_place() -> None:
    found = picture(THE_HAGUE)
    known = {code: one for code, one in figures(found, "mishandeling").items() if one["denominator"] is not None}

    assert len(known) == 84
    assert {(one["denominator_unit"], one["denominator_year"]) for one in known.values()} == {("residents", 2017)}
    assert not MOVED & set(known)


def test_codes_that_stand_for_another_place_say_so_and_keep_their_counts() -> None:
    found = picture(THE_HAGUE)
    areas = {area["code"]: area for area in found["areas"]}

    assert all("andere" in areas[code]["note"] for code in MOVED)
    assert "Pleinkwartier" in areas["BU05182814"]["note"]
    assert "Zuidwal" in areas["BU05182814"]["note"]
    assert figures(found, "totaal")["BU05182814"]["value"] > 0
    assert not MOVED & set(outlines(made(THE_HAGUE).town))


def test_a_type_that_the_panel_never_recorded_is_missing_in_every_neighbourhood() -> None:
    robbery = figures(picture(THE_HAGUE), "overval")

    assert {(one["value"], one["status"]) for one in robbery.values()} == {(None, "missing")}


def test_burglary_in_the_hague_is_per_household_because_no_file_knows_dwellings_there() -> None:
    burglary = figures(picture(THE_HAGUE), "woninginbraak")

    assert {one["denominator_unit"] for one in burglary.values()} == {"households", None}
    assert sum(one["value"] for one in burglary.values()) == 1433


def test_little_of_the_hague_is_out_of_line_though_poisson_limits_would_cry_164_times() -> None:
    found = picture(THE_HAGUE)
    out = [one for area in found["areas"] for one in area["indicators"] if (one["expected"] or {}).get("out_of_line")]

    assert len(out) <= 12
    assert all(one["expected"]["value"] < one["value"] or one["expected"]["high"] > one["value"] for one in out)


def test_a_picture_of_2015_knows_nothing_of_later_years(tmp_path: Path) -> None:
    panel = next(DATA.glob("misdrijven/denhaag*maand*"))
    short = tmp_path / "panel.csv"
    with gzip.open(panel, "rt", encoding="utf-8") as file:
        lines = file.readlines()
    short.write_text(
        "".join(line for line in lines if line.split(",")[1][:4] not in ("2016", "2017")), encoding="utf-8"
    )

    alone = as_json(make_picture(THE_HAGUE, [short], Period.year(2015)).picture)
    whole = as_json(make_picture(THE_HAGUE, [panel], Period.year(2015)).picture)

    assert alone["areas"] == whole["areas"]
    assert alone["attention"] == whole["attention"]


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


def test_the_whole_command_gives_the_same_bytes_and_other_names_change_only_names(tmp_path: Path) -> None:
    files = [
        *DATA.glob("misdrijven/denhaag*"),
        *DATA.glob("kerncijfers/*kwb2017*"),
        *DATA.glob("gebieden/*regiolijst*"),
    ]
    for folder, names in (("one", range(len(files))), ("two", reversed(range(len(files))))):
        (tmp_path / folder).mkdir()
        for number, file in zip(names, files, strict=True):
            suffix = "".join(file.suffixes[-2:])
            shutil.copy(file, tmp_path / folder / f"{number}{suffix}")
    calls = [("one", "a"), ("one", "b"), ("two", "c")]
    for source, out in calls:
        call = ["picture", THE_HAGUE, "--from", str(tmp_path / source), "--out", str(tmp_path / out)]
        assert cli.main(call) == 0

    a, b, c = ((tmp_path / out / "picture.json").read_bytes() for out in "abc")
    assert a == b
    one, other = json.loads(a), json.loads(c)
    for found in (one, other):
        found.pop("made_from")
        found.pop("left_out")
    assert one == other


def test_files_of_no_use_are_listed_with_a_reason_and_never_stop_the_picture() -> None:
    left_out = {Path(file["file"]).name: file["reason"] for file in picture(THE_HAGUE)["left_out"]}

    assert "memphis_overvallen_2019.csv" in left_out
    assert "SOURCES.md" in left_out
    assert all(left_out.values())
