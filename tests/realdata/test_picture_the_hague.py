"""The main job on real data: the picture of The Hague from the raw files, as a colleague would make it."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path

from tests.realdata.pictures import DATA, NEEDS_DATA, figures, made, picture

from wijkveilig import cli
from wijkveilig.picture.export import as_json
from wijkveilig.picture.outlines import outlines
from wijkveilig.picture.road import make_picture
from wijkveilig.warehouse.types import AreaCode, Period

pytestmark = NEEDS_DATA
THE_HAGUE = AreaCode("GM0518")
MOVED = {"BU05182812", "BU05182813", "BU05182814"}


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
