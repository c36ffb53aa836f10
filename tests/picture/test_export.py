"""picture.json and picture.csv: their keys, their digits, and the same bytes for the same input."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from tests.picture.towns import codes_of, picture_of_town, steady, write_figures, write_panel, write_regions

from wijkveilig.picture import export

pytestmark = pytest.mark.slow  # goes the whole road, from raw files to facts

KEYS = {"area", "period", "made_from", "left_out", "areas", "attention"}
AREA_KEYS = {"code", "name", "level", "note", "indicators"}
INDICATOR_KEYS = {
    "id", "source_codes", "period", "value", "status", "reason", "denominator", "denominator_unit", "denominator_year",
    "unit", "rate", "level", "low", "high", "place", "trend", "expected",
}  # fmt: skip


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A town of 24 neighbourhoods over six years, with a planted rise, residents, names and a file of no use."""
    counts = steady(24, 3, 72, mean=6.0)
    counts[4, 1, 64:] += 25
    folder = tmp_path / "files"
    write_panel(folder / "panel.csv", counts)
    write_figures(folder / "figures.csv", 2017, areas=codes_of(24), residents=[1500] * 23 + [90])
    write_regions(folder / "regions.csv", {code: f"Buurt {row}" for row, code in enumerate(codes_of(24))})
    (folder / "letter.txt").write_text("Beste buren,\nhet wordt een mooie zomer.\n", encoding="utf-8")
    return folder


def test_the_json_has_exactly_the_keys_that_others_rely_on(files: Path) -> None:
    made = export.as_json(picture_of_town(files).picture)
    figures = [figure for area in made["areas"] for figure in area["indicators"]]

    assert set(made) == KEYS
    assert {frozenset(area) for area in made["areas"]} == {frozenset(AREA_KEYS)}
    assert {frozenset(figure) for figure in figures} == {frozenset(INDICATOR_KEYS)}
    assert {frozenset(figure["expected"]) for figure in figures if figure["expected"]} == {
        frozenset({"value", "low", "high", "out_of_line"})
    }
    assert {frozenset(figure["place"]) for figure in figures if figure["place"]} <= {
        frozenset({"rank", "low", "high", "of"})
    }
    assert {frozenset(figure["trend"]) for figure in figures if figure["trend"]} == {
        frozenset({"change", "low", "high"})
    }
    assert {frozenset(file) for file in made["left_out"]} == {frozenset({"file", "reason"})}


def test_what_asks_for_attention_is_what_rose_out_of_line(files: Path) -> None:
    made = export.as_json(picture_of_town(files).picture)
    rises = {
        (area["code"], figure["id"])
        for area in made["areas"]
        for figure in area["indicators"]
        if figure["expected"] and figure["expected"]["out_of_line"] and figure["value"] > figure["expected"]["value"]
    }

    assert {(line["area"], line["indicator"]) for line in made["attention"]} == rises
    assert (codes_of(24)[4], "mishandeling") in rises
    first = made["attention"][0]
    assert set(first) == {"area", "theme", "indicator", "period", "sentence"}
    assert first["theme"] == "Veilige wijken"
    assert first["sentence"].startswith("In Buurt 4 zijn sinds mei 2017 ")


def test_where_there_is_nothing_to_say_the_json_says_null(files: Path) -> None:
    last = export.as_json(picture_of_town(files).picture)["areas"][23]["indicators"][0]

    assert (last["rate"], last["level"], last["low"], last["high"], last["place"]) == (None,) * 5
    assert last["denominator"] == 90
    assert "Minder dan 200 inwoners" in last["reason"]


def test_numbers_have_the_digits_that_are_stated(files: Path) -> None:
    text = export.picture_json(picture_of_town(files).picture)

    decimals = {len(found) for found in re.findall(r": -?\d+\.(\d+)", text)}
    assert max(decimals) == export.CHANGE_DECIMALS
    assert not re.findall(r'"(?:rate|level|low|high|value|denominator)": -?\d+\.\d{7,}', text)
    assert "-0," not in text
    assert "NaN" not in text


def test_the_same_files_give_the_same_bytes(files: Path) -> None:
    texts = {export.picture_json(picture_of_town(files).picture) for _ in range(2)}
    tables = {export.picture_csv(picture_of_town(files).picture) for _ in range(2)}

    assert len(texts) == len(tables) == 1


def test_other_file_names_change_only_where_the_files_are_named(files: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "deep"
    other.mkdir(parents=True)
    for name, file in zip("zyxw", sorted(files.iterdir()), strict=True):
        shutil.copy(file, other / f"{name}{file.suffix}")

    one = export.as_json(picture_of_town(files).picture)
    renamed = export.as_json(picture_of_town(other.parent).picture)

    assert {key: value for key, value in one.items() if key not in ("made_from", "left_out")} == {
        key: value for key, value in renamed.items() if key not in ("made_from", "left_out")
    }
    assert [file["batch"] for file in one["made_from"]] == [file["batch"] for file in renamed["made_from"]]


def test_a_file_that_no_source_knows_is_left_out_with_the_reason(files: Path) -> None:
    left_out = export.as_json(picture_of_town(files).picture)["left_out"]

    assert [Path(file["file"]).name for file in left_out] == ["letter.txt"]
    assert left_out[0]["reason"]


def test_the_table_holds_a_line_for_every_area_and_indicator(files: Path) -> None:
    picture = picture_of_town(files).picture

    rows = list(csv.DictReader(io.StringIO(export.picture_csv(picture))))

    assert tuple(rows[0]) == export.CSV_COLUMNS
    assert len(rows) == sum(len(area.figures) for area in picture.areas)
    assert sum(int(row["value"]) for row in rows if row["indicator"] == "vernieling") == int(
        np.sum(
            [figure.value or 0 for area in picture.areas for figure in area.figures if figure.indicator == "vernieling"]
        )
    )


def test_json_is_parsed_back_as_it_was_meant(files: Path) -> None:
    picture = picture_of_town(files).picture

    assert json.loads(export.picture_json(picture)) == export.as_json(picture)
