"""Files in, batches out: accepted, refused or already there, all in one step."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from tests.sources import files

from wijkveilig.sources.services import files_in, ingest, preview, read_files, rehearse, withdraw
from wijkveilig.sources.types import Outcome, RefusedFile, State
from wijkveilig.warehouse.store import Warehouse
from wijkveilig.warehouse.types import AreaCode

HEADER = ("WijkenEnBuurten", "AantalInwoners_5")
OF_2017 = (*HEADER, "HuishoudensTotaal_28", "MateVanStedelijkheid_104")


def crime(change: dict[int, int] | None = None, years: int = 3) -> bytes:
    """Registered crime of ten neighbourhoods; `change` puts other figures at these rows."""
    rows = [
        (f"BU990101{area:02d}", "0.0.0", f"{2014 + year}JJ00", 30 + area + year)
        for area in range(10)
        for year in range(years)
    ]
    return files.police([(*row[:3], (change or {}).get(at, row[3])) for at, row in enumerate(rows)])


def residents(count: int = 10) -> bytes:
    """Residents without a year."""
    return files.table(HEADER, [(f"BU990101{area:02d}", 100 + area) for area in range(count)])


def dated_residents() -> bytes:
    """Key figures of 2017 for all ten neighbourhoods."""
    return files.table(OF_2017, [(f"BU990101{area:02d}", 200 + area, 90, 1.0) for area in range(10)])


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    """An empty warehouse in a folder."""
    return Warehouse(tmp_path / "warehouse")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder for files."""
    made = tmp_path / "bestanden"
    made.mkdir()
    return made


def test_an_accepted_file_gives_its_numbers_and_its_batch(warehouse: Warehouse, folder: Path) -> None:
    path = files.put(folder, "a.txt", crime())

    (outcome,) = ingest(warehouse, [path])

    said = outcome.as_json()
    assert set(said) == {
        "file", "source", "state", "rows_read", "rows_kept", "rows_refused", "reasons", "notes", "batch",
    }  # fmt: skip
    assert (said["file"], said["source"], said["state"]) == (str(path), "police_crime", "accepted")
    assert (said["rows_read"], said["rows_kept"], said["rows_refused"]) == (30, 30, 0)
    assert said["batch"] == warehouse.batches()[0].id
    assert json.loads(json.dumps(said)) == said


def test_the_notes_of_an_outcome_hold_what_does_not_add_up_and_where_counting_changed(
    warehouse: Warehouse, folder: Path
) -> None:
    rows: list[tuple[str, str, str, files.Cell]] = [
        (area, "0.0.0", f"{year}JJ00", count)
        for year in (2017, 2019)
        for area, count in (("GM9901", 12), ("BU99010101", 9), ("BU99010102", 2))
    ]

    (outcome,) = ingest(warehouse, [files.put(folder, "a", files.police(rows))])

    assert any("GM9901 2017: 11 van 12 (verschil 1, 8,3 %)" in note for note in outcome.notes)
    assert any("Sinds juli 2018" in note for note in outcome.notes)


def test_a_file_that_nothing_recognises_is_refused_with_what_was_looked_for(warehouse: Warehouse, folder: Path) -> None:
    path = files.put(folder, "47018NED_misdrijven.csv", files.table(("WijkenEnBuurten", "Perioden"), [("x", "y")]))

    (outcome,) = ingest(warehouse, [path])

    assert (outcome.state, outcome.batch, outcome.source) == (State.REFUSED, None, None)
    assert "SoortMisdrijf" in outcome.reasons[0]
    assert "GeregistreerdeMisdrijven_1" in outcome.reasons[0]
    assert "Gemeenten, wijken en buurten" in outcome.reasons[0]
    assert outcome.rows_read == outcome.rows_kept + outcome.rows_refused


def test_a_code_list_is_refused_because_its_keys_are_no_areas(warehouse: Warehouse, folder: Path) -> None:
    raw = files.table(("Key", "Title", "Description", "CategoryGroupID"), [("0.0.0 ", "Totaal misdrijven", None, None)])

    (outcome,) = ingest(warehouse, [files.put(folder, "a", raw)])

    assert "geen gebiedscodes, zoals '0.0.0'" in outcome.reasons[0]


def test_a_file_that_is_not_there_is_refused_and_the_others_go_in(warehouse: Warehouse, folder: Path) -> None:
    good = files.put(folder, "a", crime())

    outcomes = ingest(warehouse, [folder / "weg.csv", good])

    assert [outcome.state for outcome in outcomes] == [State.REFUSED, State.ACCEPTED]
    assert "niet te openen" in outcomes[0].reasons[0]


def test_the_same_content_is_already_there_under_any_name_zipped_or_not(warehouse: Warehouse, folder: Path) -> None:
    first = ingest(warehouse, [files.put(folder, "a", crime())])[0]

    again = ingest(warehouse, [files.put(folder, "b.gz", crime(), zipped=True)])[0]

    assert (again.state, again.batch) == (State.ALREADY, first.batch)
    assert len(warehouse.batches()) == 1


def test_twice_the_same_in_one_call_is_one_batch(warehouse: Warehouse, folder: Path) -> None:
    paths = [files.put(folder, name, crime()) for name in ("a", "b")]

    outcomes = ingest(warehouse, paths)

    assert [outcome.state for outcome in outcomes] == [State.ACCEPTED, State.ALREADY]
    assert outcomes[0].batch == outcomes[1].batch


def test_a_file_that_contradicts_itself_brings_nothing(warehouse: Warehouse, folder: Path) -> None:
    raw = crime() + b"99,0.0.0 ,BU99010100,2014JJ00,31\n"

    (outcome,) = ingest(warehouse, [files.put(folder, "a", raw)])

    assert (outcome.state, outcome.source) == (State.REFUSED, "police_crime")
    assert "spreekt zichzelf tegen" in outcome.reasons[0]
    assert (outcome.rows_read, outcome.rows_refused) == (31, 31)
    assert warehouse.batches() == ()


def test_of_two_files_that_contradict_each_other_both_are_left_out(warehouse: Warehouse, folder: Path) -> None:
    one, two = files.put(folder, "a", crime()), files.put(folder, "b", crime({4: 300}))
    other = files.put(folder, "c", dated_residents())

    outcomes = ingest(warehouse, [one, two, other])

    assert [outcome.state for outcome in outcomes] == [State.REFUSED, State.REFUSED, State.ACCEPTED]
    assert all("spreken elkaar tegen" in outcome.reasons[0] for outcome in outcomes[:2])
    assert "300" in outcomes[0].reasons[0]


def test_small_revisions_are_taken_and_told(warehouse: Warehouse, folder: Path) -> None:
    ingest(warehouse, [files.put(folder, "a", crime())])

    (outcome,) = ingest(warehouse, [files.put(folder, "b", crime({4: 34, 7: 35}))])

    assert outcome.state is State.ACCEPTED
    assert any("Kleine herziening van '" in note for note in outcome.notes)


def test_more_than_small_revisions_are_refused_until_a_person_says_that_it_replaces(
    warehouse: Warehouse, folder: Path
) -> None:
    old = ingest(warehouse, [files.put(folder, "a", crime())])[0].batch
    new = files.put(folder, "b", crime({4: 300}))
    assert old is not None

    refused = ingest(warehouse, [new])[0]
    replaced = ingest(warehouse, [new], replace=[old])[0]

    assert refused.state is State.REFUSED
    assert f"--replace {old}" in refused.reasons[0]
    assert replaced.state is State.ACCEPTED
    assert [(batch.id, batch.replaces) for batch in warehouse.batches()] == [(replaced.batch, (old,))]
    assert {batch.id for batch in warehouse.batches(withdrawn=True)} == {old, replaced.batch}


def test_a_rehearsal_says_what_ingest_will_do_and_changes_nothing(warehouse: Warehouse, folder: Path) -> None:
    old = ingest(warehouse, [files.put(folder, "a", crime())])[0].batch
    again, contrary = files.put(folder, "again", crime()), files.put(folder, "b", crime({4: 300}))

    seen = rehearse(warehouse, [again, contrary])

    assert [reading.batch.id for reading in seen.already] == [old]
    assert [reading.batch.file for reading in seen.twisted] == [str(contrary)]
    assert [(one.against, "--replace" in one.reason, "--replace" in one.said) for one in seen.left_out] == [
        ((old,), False, True)
    ]
    assert [batch.id for batch in warehouse.batches(withdrawn=True)] == [old]
    outcomes = ingest(warehouse, [again, contrary])
    assert [outcome.state for outcome in outcomes] == [State.ALREADY, State.REFUSED]
    assert outcomes[1].why == seen.left_out[0].reason


def test_a_rehearsal_of_two_files_that_contradict_each_other_takes_neither(warehouse: Warehouse, folder: Path) -> None:
    seen = rehearse(warehouse, [files.put(folder, "a", crime()), files.put(folder, "b", crime({4: 300}))])

    assert seen.taken == ()
    assert len(seen.twisted) == len(seen.left_out) == 2
    assert [one.against for one in seen.left_out] == [(), ()]


def test_many_small_changes_together_are_no_small_revision(warehouse: Warehouse, folder: Path) -> None:
    ingest(warehouse, [files.put(folder, "a", crime())])

    (outcome,) = ingest(warehouse, [files.put(folder, "b", crime(dict.fromkeys(range(30), 33)))])

    assert outcome.state is State.REFUSED


def test_to_replace_a_batch_that_is_not_there_is_a_wrong_call(warehouse: Warehouse, folder: Path) -> None:
    with pytest.raises(KeyError, match="bestaat-niet"):
        ingest(warehouse, [files.put(folder, "a", crime())], replace=["bestaat-niet"])


def test_a_new_list_of_areas_may_replace_an_old_one(warehouse: Warehouse, folder: Path) -> None:
    old = ingest(warehouse, [files.put(folder, "a", files.features([{"bu_code": "BU99010101", "bu_naam": "Hof"}]))])[0]
    assert old.batch is not None

    new = files.put(folder, "b", files.features([{"bu_code": "BU99010101", "bu_naam": "Haven"}]))
    ingest(warehouse, [new], replace=[old.batch])

    assert [batch.replaces for batch in warehouse.batches()] == [(old.batch,)]


def test_figures_without_a_year_get_that_of_a_dated_file_beside_them(warehouse: Warehouse, folder: Path) -> None:
    ingest(warehouse, [files.put(folder, "a", residents(9)), files.put(folder, "b", dated_residents())])

    held = warehouse.columns("figures", digits="9901")
    years = {
        first // 12 for measure, first in zip(held["measure"], held["first"], strict=True) if measure == "residents"
    }
    assert years == {2017}


def test_figures_without_a_year_stay_unknown_until_a_dated_file_comes_and_again_when_it_goes(
    warehouse: Warehouse, folder: Path
) -> None:
    first = ingest(warehouse, [files.put(folder, "a", residents(9))])[0].batch

    def year() -> int | None:
        return next(batch.division for batch in warehouse.batches() if batch.id == first)

    before = year()
    dated = ingest(warehouse, [files.put(folder, "b", files.table(OF_2017, [
        (f"BU990101{area:02d}", 100 + area, 90, 1.0) for area in range(10)
    ]))])[0].batch  # fmt: skip
    between = year()
    assert dated is not None
    withdraw(warehouse, dated)

    assert (before, between, year()) == (None, 2017, None)


def test_codes_that_no_list_of_areas_has_are_reported(warehouse: Warehouse, folder: Path) -> None:
    areas = files.features([{"bu_code": f"BU990101{area:02d}"} for area in range(8)])
    ingest(warehouse, [files.put(folder, "a", areas), files.put(folder, "b", crime())])

    batch = next(batch for batch in warehouse.batches() if batch.source == "police_crime")
    known = next(check for check in batch.checks if check.name == "known_areas")

    assert known.ok is False
    assert "BU99010108 en BU99010109" in known.text


def test_folders_are_walked_in_order_and_hidden_files_are_left(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / ".verborgen").write_bytes(b"x")
    for name in ("sub/b", "a", "c"):
        (folder / name).write_bytes(b"x")

    assert [path.relative_to(folder).as_posix() for path in files_in([folder])] == ["a", "c", "sub/b"]


def test_reading_does_not_depend_on_names_or_folders(folder: Path) -> None:
    for name, content in (("z", crime()), ("a", dated_residents()), ("m", residents(9))):
        files.put(folder, name, content)
    (folder / "anders").mkdir()
    other = folder / "anders"
    for name, content in (("1.zip", crime()), ("2.geojson", dated_residents()), ("3", residents(9))):
        files.put(other, name, content, zipped=name == "3")

    one = read_files([folder / name for name in "zam"]).taken
    two = read_files([other]).taken

    assert [reading.batch.id for reading in one] == [reading.batch.id for reading in two]
    assert [reading.batch.source for reading in one] == [reading.batch.source for reading in two]
    assert [reading.batch.division for reading in one] == [reading.batch.division for reading in two]


def test_a_file_about_another_place_is_left_out_with_that_reason(folder: Path) -> None:
    path = files.put(folder, "a", crime())

    readings = read_files([path], only=AreaCode("GM9902"))

    assert readings.taken == ()
    assert readings.left_out[0].reason == "Dit bestand gaat niet over GM9902."


def test_a_preview_shows_the_first_rows_and_the_report_and_stores_nothing(folder: Path) -> None:
    reading = preview(files.put(folder, "a", crime()), name="misdrijven.csv")

    assert reading.batch.file == "misdrijven.csv"
    assert reading.preview.header[1] == "SoortMisdrijf"
    assert len(reading.preview.rows) == 10
    assert reading.preview.rows[0][1:] == ("0.0.0", "BU99010100", "2014JJ00", "30")


def test_a_preview_of_something_else_says_why_not(folder: Path) -> None:
    with pytest.raises(RefusedFile, match="Geen bron herkent"):
        preview(files.put(folder, "a", b"a,b\n1,2\n"))


def test_outcomes_stand_in_the_order_of_the_call(warehouse: Warehouse, folder: Path) -> None:
    paths = [files.put(folder, name, content) for name, content in (("c", crime()), ("a", b"x"), ("b", residents()))]

    outcomes: list[Outcome] = ingest(warehouse, paths)

    assert [outcome.file for outcome in outcomes] == [str(path) for path in paths]


def test_a_batch_keeps_the_day_on_which_its_file_was_got(warehouse: Warehouse, folder: Path) -> None:
    paths = [files.put(folder, "a", crime()), files.put(folder, "b", dated_residents())]

    ingest(warehouse, paths[:1], fetched_on=date(2026, 11, 24))
    ingest(warehouse, paths[1:])

    days = {batch.source: batch.fetched_on for batch in warehouse.batches()}
    assert days == {"police_crime": "2026-11-24", "key_figures": None}
