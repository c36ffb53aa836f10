"""The real files: what is taken, what is refused, and figures that are known from the source notes."""

from __future__ import annotations

import gzip
import shutil
import time
from pathlib import Path

import pytest
from scripts import divisions
from tests.realdata.shared import DATA, needs_data

from wijkveilig.sources import dating
from wijkveilig.sources.services import ingest, read_files
from wijkveilig.sources.types import Outcome, State
from wijkveilig.warehouse.batch import Batch
from wijkveilig.warehouse.observations import Question, Row, observations
from wijkveilig.warehouse.store import Warehouse
from wijkveilig.warehouse.types import AreaCode, Level, Period, Status

pytestmark = [pytest.mark.realdata, pytest.mark.slow, needs_data]

TAKEN = {
    "cbs_regiolijst_wijken_buurten_2024.csv.gz": ("cbs_areas", 2024),
    "dordrecht_buurten_2019.geojson": ("cbs_areas", 2019),
    "dordrecht_wijken_2022.geojson": ("cbs_areas", None),
    "groningen_buurt_kwb2017.geojson.gz": ("cbs_areas", 2017),
    "groningen_wijk_kwb2017.geojson.gz": ("cbs_areas", 2017),
    "haaglanden_wijken_politie_2018.geojson.gz": ("cbs_areas", None),
    "nl_buurten_2019_gegeneraliseerd.geojson.gz": ("cbs_areas", 2019),
    "nl_gemeenten_2022_gegeneraliseerd.geojson.gz": ("cbs_areas", 2022),
    "nl_wijken_2022_gegeneraliseerd.geojson.gz": ("cbs_areas", 2022),
    "nl_buurten_2024_inwoners_85984NED.csv.gz": ("key_figures", 2024),
    "nl_buurten_kwb2017_selectie_83765NED.csv.gz": ("key_figures", 2017),
    "nl_buurten_kwb2024_selectie_85984NED.csv.gz": ("key_figures", 2024),
    "nl_gemeenten_kwb2022_selectie.csv.gz": ("key_figures", 2022),
    "nl_wijken_kwb2022_selectie.csv.gz": ("key_figures", 2022),
    "denhaag_delft_rijswijk_wassenaar_buurten.csv": ("area_points", None),
    "denhaag_delft_rijswijk_wassenaar_maand_buurt_delict_2011_2017.csv.gz": ("panel_month", None),
    "dordrecht_47018NED_totaal_2023_buurt.csv": ("police_crime", 2024),
    "dordrecht_47018NED_totaal_2024_buurt.csv": ("police_crime", 2024),
    "nl38_47018NED_totaal_2024_buurt.csv.gz": ("police_crime", 2024),
    "odata_47018NED_ruw_eerste1000rijen.csv": ("police_crime", 2024),
}
HAGUE, DORDRECHT = AreaCode("GM0518"), AreaCode("GM0505")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Warehouse, list[Outcome]]:
    """Everything in the shared folder, taken in by one call."""
    warehouse = Warehouse(tmp_path_factory.mktemp("alles") / "warehouse")
    return warehouse, ingest(warehouse, [DATA])


def batch_of(warehouse: Warehouse, name: str) -> Batch:
    """The batch of a file by the end of its name."""
    return next(batch for batch in warehouse.batches() if batch.file.endswith(name))


def ask(
    warehouse: Warehouse, area: str, level: Level | None = None, period: str | None = None, **only: str
) -> list[Row]:
    """One question; `source` and `code` pick rows."""
    codes = frozenset({only["code"]}) if "code" in only else None
    question = Question(AreaCode(area), level, codes, None, Period.parse(period) if period else None)
    return [row for row in observations(warehouse, question) if row.source == only.get("source", row.source)]


def test_every_file_of_the_five_sources_is_taken_and_dated_and_all_others_are_refused(
    loaded: tuple[Warehouse, list[Outcome]],
) -> None:
    warehouse, outcomes = loaded

    taken = {Path(outcome.file).name: outcome for outcome in outcomes if outcome.state is State.ACCEPTED}
    divisions = {Path(batch.file).name: batch.division for batch in warehouse.batches()}

    assert {name: (str(held.source), divisions[name]) for name, held in taken.items()} == TAKEN
    assert all(held.rows_read == held.rows_kept + held.rows_refused for held in outcomes)


def test_every_refusal_says_what_was_looked_for(loaded: tuple[Warehouse, list[Outcome]]) -> None:
    refused = [outcome for outcome in loaded[1] if outcome.state is State.REFUSED]

    assert len(refused) > 25
    for outcome in refused:
        assert "Gezocht is naar" in outcome.reasons[0], outcome.file
        assert "Geregistreerde misdrijven per wijk en buurt" in outcome.reasons[0], outcome.file


def test_the_hague_has_93_of_114_neighbourhoods_and_83_reported_months(
    loaded: tuple[Warehouse, list[Outcome]],
) -> None:
    rows = ask(loaded[0], HAGUE, Level.NEIGHBOURHOOD, source="panel_month")

    known = [row for row in rows if row.status is Status.VALUE]
    assert len({row.area for row in rows}) == 93
    assert len({row.period for row in known}) == 83
    assert sum(row.value or 0 for row in known) == 153_322
    assert {row.status for row in rows if row.code == "117"} == {Status.MISSING}
    assert {row.status for row in rows if str(row.period) == "2017-12"} == {Status.MISSING}


def test_the_year_of_the_hague_is_the_sum_of_93_of_114_and_2017_is_missing(
    loaded: tuple[Warehouse, list[Outcome]],
) -> None:
    (whole,) = ask(loaded[0], HAGUE, period="2016", code="104")
    (part,) = ask(loaded[0], HAGUE, period="2017", code="104")

    assert (whole.status, whole.parts) == (Status.VALUE, 93)
    assert "93 van de 114 buurten" in whole.note
    assert (part.status, part.value) == (Status.MISSING, None)


def test_the_panel_is_marked_from_november_2017_and_tells_what_was_not_reported(
    loaded: tuple[Warehouse, list[Outcome]],
) -> None:
    batch = batch_of(loaded[0], "maand_buurt_delict_2011_2017.csv.gz")

    assert batch.incomplete_from == 2017 * 12 + 10
    assert batch.unreported_months == (2017 * 12 + 11,)
    assert batch.unrecorded_codes == ("117",)
    assert any("november 2017" in note and "waarschijnlijk onvolledig" in note for note in batch.notes)
    known = next(check for check in batch.checks if check.name == "known_areas")
    assert "BU05182815" in known.text


@pytest.mark.parametrize(("year", "total"), [("2023", 6_475), ("2024", 6_066)])
def test_dordrecht_has_132_neighbourhoods_in_both_years(
    loaded: tuple[Warehouse, list[Outcome]], year: str, total: int
) -> None:
    rows = ask(loaded[0], DORDRECHT, Level.NEIGHBOURHOOD, period=year, source="police_crime")
    (town,) = ask(loaded[0], DORDRECHT, period=year, source="police_crime")

    assert len(rows) == 132
    assert sum(row.value or 0 for row in rows) == total
    assert (town.value, town.parts, town.note) == (total, 132, "")


def test_dordrecht_has_122090_residents(loaded: tuple[Warehouse, list[Outcome]]) -> None:
    (row,) = [row for row in ask(loaded[0], DORDRECHT, period="2024") if row.measure == "residents"]

    assert (row.value, row.parts) == (122_090, 132)


def test_the_raw_page_adds_up_but_for_the_year_in_which_it_was_cut(loaded: tuple[Warehouse, list[Outcome]]) -> None:
    warehouse = loaded[0]
    totals = {str(row.period): row.value for row in ask(warehouse, "GM1680", source="police_crime")}
    parts: dict[str, float] = {}
    for row in ask(warehouse, "GM1680", Level.NEIGHBOURHOOD, source="police_crime"):
        parts[str(row.period)] = parts.get(str(row.period), 0) + (row.value or 0)

    assert {year: parts[year] for year in totals if year != "2024"} == {
        year: total for year, total in totals.items() if year != "2024"
    }
    assert (parts["2024"], totals["2024"]) == (563, 576)

    batch = batch_of(warehouse, "odata_47018NED_ruw_eerste1000rijen.csv")
    assert any("precies 1.000 rijen" in note and "onvolledig" in note for note in batch.notes)
    assert any("BU16802109, mist 2024" in note for note in batch.notes)
    assert any("563 van 576" in check.text for check in batch.checks)


def test_dwellings_are_known_for_districts_and_municipalities_of_2022_only(
    loaded: tuple[Warehouse, list[Outcome]],
) -> None:
    held = loaded[0].columns("figures", digits="0518")

    dwellings = {
        (area[:2], first // 12)
        for area, measure, first in zip(held["area"], held["measure"], held["first"], strict=True)
        if measure == "dwellings"
    }
    assert dwellings == {("GM", 2022), ("WK", 2022)}


def test_minus_99999997_in_groningen_is_missing(loaded: tuple[Warehouse, list[Outcome]]) -> None:
    held = loaded[0].columns("figures", digits="0014")

    assert (held["value"][held["status"] == "value"] > -99_990).all()
    assert (held["status"] == "missing").any()


def test_ten_neighbourhoods_of_dordrecht_have_no_residents_and_that_is_a_value(
    loaded: tuple[Warehouse, list[Outcome]],
) -> None:
    rows = [
        row
        for row in ask(loaded[0], DORDRECHT, Level.NEIGHBOURHOOD, period="2024", code="AantalInwoners_5")
        if row.status is Status.VALUE
    ]

    assert sum(row.value == 0 for row in rows) == 10
    assert sum((row.value or 0) < 100 for row in rows) == 35


def test_517_neighbourhoods_of_2024_have_letters_in_their_code(loaded: tuple[Warehouse, list[Outcome]]) -> None:
    batch = batch_of(loaded[0], "inwoners_85984NED.csv.gz")
    held = loaded[0].columns("codes", batches=[batch.id])["code"]

    assert len(held) == 14_574
    assert sum(not code[2:].isdigit() for code in held) == 517


def test_the_same_files_under_other_names_give_the_same_batches(tmp_path: Path) -> None:
    names = [name for name in TAKEN if "nl_buurten_2019" not in name and "maand" not in name]
    for at, name in enumerate(sorted(names)):
        (path,) = DATA.glob(f"*/{name}")
        raw = gzip.decompress(path.read_bytes()) if name.endswith(".gz") else path.read_bytes()
        (tmp_path / f"{at * 7 % 19:02d}.bin").write_bytes(raw)
    originals = [path for name in names for path in DATA.glob(f"*/{name}")]

    renamed, known = read_files([tmp_path]), read_files(originals)

    facts = [
        [(held.batch.id, held.batch.source, held.batch.division, held.batch.first_month) for held in readings.taken]
        for readings in (renamed, known)
    ]
    assert facts[0] == facts[1]
    assert len(facts[0]) == len(names)


def test_two_versions_of_the_same_year_that_contradict_are_both_left_out(tmp_path: Path) -> None:
    (original,) = DATA.glob("*/dordrecht_47018NED_totaal_2024_buurt.csv")
    shutil.copy(original, tmp_path / "een")
    changed = original.read_text(encoding="utf-8").replace(",305\n", ",505\n")
    (tmp_path / "twee").write_text(changed, encoding="utf-8")

    readings = read_files([tmp_path])

    assert readings.taken == ()
    assert all("spreken elkaar tegen" in held.reason for held in readings.left_out)


def test_reading_the_whole_folder_for_one_town_is_quick() -> None:
    started = time.process_time()

    readings = read_files([DATA], only=HAGUE)

    assert {held.batch.source for held in readings.taken} == {"cbs_areas", "area_points", "key_figures", "panel_month"}
    assert time.process_time() - started < 3.0


def test_the_register_of_divisions_can_be_made_again_from_the_lists(capsys: pytest.CaptureFixture[str]) -> None:
    register = (Path(dating.__file__).parent / "data" / "divisions.csv").read_text(encoding="utf-8").splitlines()
    lists = {2019: ["nl_buurten_2019*"], 2022: ["nl_wijken_2022*", "nl_gemeenten_2022*"], 2024: ["cbs_regiolijst*"]}

    for year, patterns in lists.items():
        divisions.main(year, [str(path) for pattern in patterns for path in DATA.glob(f"gebieden/{pattern}")])

    made = capsys.readouterr().out.splitlines()
    assert sorted(made) == sorted(register[1:])
