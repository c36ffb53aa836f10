"""A warehouse keeps batches whole, forgets nothing that is named, and answers the same in a folder and in memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from tests.warehouse import killed_import, making

from wijkveilig.warehouse import catalog, tables
from wijkveilig.warehouse.batch import Batch, Check, Mark, Reason, Totals, from_text, to_text
from wijkveilig.warehouse.reading import UNDATED
from wijkveilig.warehouse.store import Warehouse
from wijkveilig.warehouse.tables import QUERIES

FIGURES: list[making.Figure] = [
    ("BU99010102", "1.1.1", "2016", 4),
    ("BU99010101", "1.1.1", "2016", 0),
    ("BU99010101", "1.4.1", "2016", None),
    ("BU99020101", "1.1.1", "2016", -1),
]


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    """An empty warehouse in a folder."""
    return Warehouse(tmp_path / "warehouse")


def test_a_manifest_comes_back_as_it_was_written() -> None:
    batch = Batch(
        id="a", checksum="abc", file="f", source="s", title="t", publisher="p", licence="l", first_month=3,
        reasons=(Reason(2, "fout", 3),), notes=("let op",), checks=(Check("c", None, "niets"),),
        marks=(Mark(5, "anders"),), totals=Totals(("1",), 0, 12, ((1, -1),)), unreported_months=(7,),
        unrecorded_codes=("117",),
    )  # fmt: skip

    assert from_text(to_text(batch)) == batch


def test_figures_come_back_in_order_and_missing_withheld_and_zero_stay_three_things(warehouse: Warehouse) -> None:
    warehouse.commit([making.reading("een", making.observations(FIGURES))])

    held = warehouse.columns("counts", digits="", prefix="BU")

    assert held["area"].tolist() == ["BU99010101", "BU99010101", "BU99010102", "BU99020101"]
    assert held["status"].tolist() == ["value", "withheld", "value", "missing"]
    assert held["value"][0] == 0.0
    assert np.isnan(held["value"][[1, 3]]).all()


def test_a_folder_and_memory_give_the_same_answers(warehouse: Warehouse) -> None:
    readings = [
        making.reading("een", making.observations(FIGURES)),
        making.reading("twee", None, making.areas(["BU99010101", "GM9901"], wkb=b"\x01\x02"), source="cbs_areas"),
    ]
    warehouse.commit(readings)
    memory = Warehouse.memory(readings)

    assert warehouse.batches() == memory.batches()
    for query, parameters in (
        ("counts", {"digits": "9901", "prefix": "BU"}),
        ("areas", {"digits": "9901"}),
        ("figures", {"digits": ""}),
        ("codes", {}),
        ("observations", {"digits": "99", "codes": []}),
        ("same_figures", {}),
    ):
        one, two = warehouse.columns(query, **parameters), memory.columns(query, **parameters)
        assert one.keys() == two.keys()
        for name in one:
            np.testing.assert_array_equal(one[name], two[name])


def test_an_empty_warehouse_answers_every_question_with_nothing(warehouse: Warehouse) -> None:
    assert warehouse.batches() == ()
    assert len(warehouse.columns("counts", digits="", prefix="BU")["area"]) == 0
    assert len(Warehouse.memory([]).columns("areas", digits="")["code"]) == 0


def test_unknown_text_and_points_come_back_as_none_and_nan(warehouse: Warehouse) -> None:
    warehouse.commit([making.reading("een", None, making.areas(["BU99010101"]), source="cbs_areas")])

    held = warehouse.columns("areas", digits="9901")

    assert held["parent"].tolist() == [None]
    assert held["wkb"].tolist() == [None]
    assert np.isnan(held["lon"]).all()
    assert held["water"].tolist() == [False]


def test_batches_stand_in_the_order_of_their_content(warehouse: Warehouse) -> None:
    readings = [
        making.reading("z", making.observations([("BU99010101", "1", "2017", 1)])),
        making.reading("a", making.observations([("BU99010101", "1", "2015", 1)])),
        making.reading("m", None, making.areas(["BU99010101"]), source="cbs_areas", division=2019),
    ]
    for held in readings:
        warehouse.commit([held])

    assert [batch.file for batch in warehouse.batches()] == ["a", "z", "m"]
    assert warehouse.batches() == Warehouse.memory(readings[::-1]).batches()


def test_a_withdrawn_batch_no_longer_counts_and_its_files_go(warehouse: Warehouse, tmp_path: Path) -> None:
    (batch,) = warehouse.commit([making.reading("een", making.observations(FIGURES))])

    gone = warehouse.withdraw(batch.id)

    assert gone.withdrawn
    assert warehouse.batches(withdrawn=True) == ()
    assert len(warehouse.columns("codes")["code"]) == 0
    assert not (tmp_path / "warehouse" / "batches" / batch.id).exists()


def test_a_withdrawn_batch_keeps_its_files_while_an_edition_names_it(warehouse: Warehouse) -> None:
    (batch,) = warehouse.commit([making.reading("een", making.observations(FIGURES))])

    warehouse.withdraw(batch.id, named_by=["2016-12-abc"])

    assert warehouse.batches() == ()
    assert [held.id for held in warehouse.batches(withdrawn=True)] == [batch.id]
    assert warehouse.raw(batch.id) == b"een"
    assert len(warehouse.columns("counts", digits="", prefix="BU", batches=[batch.id])["area"]) == 4


def test_the_files_of_a_withdrawn_batch_go_when_no_edition_names_it_any_more(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    one, two, three = (making.reading(name, making.observations(FIGURES)) for name in ("een", "twee", "drie"))
    warehouse.commit([one, two, three])
    for held in (one, two):
        warehouse.withdraw(held.batch.id, named_by=["editie"])

    gone = warehouse.prune(named=[two.batch.id])

    assert gone == (one.batch.id,)
    assert {batch.id for batch in warehouse.batches(withdrawn=True)} == {two.batch.id, three.batch.id}
    assert not (tmp_path / "warehouse" / "batches" / one.batch.id).exists()


def test_a_withdrawn_batch_that_comes_again_counts_again(warehouse: Warehouse) -> None:
    one = making.reading("een", making.observations(FIGURES))
    warehouse.commit([one])
    warehouse.withdraw(one.batch.id, named_by=["editie"])

    warehouse.commit([one])

    assert warehouse.batches() == (one.batch,)


def test_to_withdraw_what_is_not_there_raises(warehouse: Warehouse) -> None:
    with pytest.raises(KeyError, match="niets"):
        warehouse.withdraw("niets")


def test_a_batch_that_takes_the_place_of_another_withdraws_it_in_the_same_step(warehouse: Warehouse) -> None:
    old, new = (making.reading(name, making.observations(FIGURES)) for name in ("oud", "nieuw"))
    warehouse.commit([old])

    warehouse.commit([new], replaces={new.batch.id: (old.batch.id,)})

    assert [(batch.id, batch.replaces) for batch in warehouse.batches()] == [(new.batch.id, (old.batch.id,))]


def test_figures_without_a_year_are_put_in_the_year_that_others_show_and_taken_back(warehouse: Warehouse) -> None:
    figures = making.observations([("BU99010101", "AantalInwoners_5", "2000", 40)], measure="residents")
    loose = making.reading("een", figures.where(np.array([True])), source="key_figures", undated=True)
    loose.observations.first[:] = UNDATED
    other = making.reading("twee", making.observations(FIGURES))

    warehouse.commit([loose, other], years={loose.batch.id: 2017})
    dated = warehouse.columns("figures", digits="")["first"].tolist(), warehouse.batches()[-1].first_month
    warehouse.withdraw(other.batch.id, years={loose.batch.id: None})

    assert dated == ([2017 * 12], 2017 * 12)
    assert warehouse.columns("figures", digits="")["first"].tolist() == [UNDATED]
    assert warehouse.batches()[0].first_month is None


@pytest.mark.parametrize("name", ["map [1] ", "a*b?", "d'r opslag", "één; DROP TABLE areas"])
def test_a_store_may_have_any_name(tmp_path: Path, name: str) -> None:
    warehouse = Warehouse(tmp_path / name)

    warehouse.commit([making.reading("een", making.observations(FIGURES), making.areas(["BU99010101"]))])

    assert len(Warehouse(tmp_path / name).columns("counts", digits="", prefix="BU")["area"]) == 4
    assert len(Warehouse(tmp_path / name).columns("areas", digits="")["code"]) == 1


def test_the_raw_file_is_kept(warehouse: Warehouse) -> None:
    (batch,) = warehouse.commit([making.reading("de inhoud", making.observations(FIGURES))])

    assert warehouse.raw(batch.id) == b"de inhoud"


def test_a_warehouse_in_memory_keeps_nothing(warehouse: Warehouse) -> None:
    with pytest.raises(ValueError, match="keeps nothing"):
        Warehouse.memory([]).commit([])


def test_an_unknown_query_names_those_that_there_are(warehouse: Warehouse) -> None:
    with pytest.raises(KeyError, match=r"counts.*observations"):
        warehouse.columns("bestaat_niet")


def test_every_query_says_what_it_gives() -> None:
    for path in QUERIES.glob("*.sql"):
        text = path.read_text(encoding="utf-8")
        assert text.startswith("/* "), path.name
        assert "arameter" in text.split("*/")[0] or path.stem == "_open_areas", path.name


def test_what_a_killed_import_left_is_swept_at_the_next_write(warehouse: Warehouse, tmp_path: Path) -> None:
    warehouse.commit([])
    left = tmp_path / "warehouse" / "batches" / "0123456789abcdef"
    left.mkdir(parents=True)
    (left / "tmp_areas.parquet").write_bytes(b"half")
    (left / "observations.parquet").write_bytes(b"half")

    assert warehouse.batches() == ()
    warehouse.commit([making.reading("een", making.observations(FIGURES))])

    assert not left.exists()


def test_a_first_import_that_was_killed_is_swept_by_the_next(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(folder: Path, *_: object) -> None:
        (folder / "observations.parquet").write_bytes(b"half")
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(tables, "write", killed)
        with pytest.raises(KeyboardInterrupt):
            warehouse.commit([making.reading("een", making.observations(FIGURES))])

    assert Warehouse(warehouse.folder).batches() == ()
    assert len(Warehouse(warehouse.folder).commit([making.reading("twee", making.observations(FIGURES))])) == 1
    assert len(list((warehouse.folder or Path()).glob("batches/*"))) == 1


def test_a_store_of_an_earlier_version_is_still_read(warehouse: Warehouse, tmp_path: Path) -> None:
    (batch,) = warehouse.commit([making.reading("een", making.observations(FIGURES))])
    for path in (tmp_path / "warehouse").rglob("*.json"):
        path.write_text(path.read_text(encoding="utf-8").replace('"replaces": []', '"replaces": null'), "utf-8")

    assert Warehouse(warehouse.folder).batches() == (batch,)


def test_of_one_call_the_order_of_content_decides_which_figure_counts(tmp_path: Path) -> None:
    one, two = (making.reading(name, making.observations(FIGURES)) for name in ("een", "twee"))
    stores = [Warehouse(tmp_path / name) for name in ("voor", "na")]

    stores[0].commit([one, two])
    stores[1].commit([two, one])

    assert stores[0].ranks() == stores[1].ranks() == Warehouse.memory([one, two]).ranks()


def test_when_one_of_many_cannot_be_written_none_is_there(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse.commit([making.reading("was er al", making.observations(FIGURES))])
    before = warehouse.batches()

    def full(folder: Path, entries: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(catalog, "replace_catalog", full)
        with pytest.raises(OSError, match="No space"):
            warehouse.commit([making.reading(name, making.observations(FIGURES)) for name in ("een", "twee")])

    assert Warehouse(warehouse.folder).batches() == before


@pytest.fixture
def forker() -> Iterator[subprocess.Popen[str]]:
    """A process that commits in children and kills them (see killed_import)."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, killed_import.__file__]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


def _commit_and_kill(forker: subprocess.Popen[str], folder: Path, seconds: float) -> float:
    assert forker.stdin is not None
    assert forker.stdout is not None
    forker.stdin.write(f"{folder} {seconds}\n")
    forker.stdin.flush()
    return float(forker.stdout.readline())


@pytest.mark.processes
@pytest.mark.slow
def test_an_import_killed_at_any_moment_leaves_the_warehouse_as_it_was_or_whole(
    tmp_path: Path, forker: subprocess.Popen[str]
) -> None:
    folder = tmp_path / "warehouse"
    old = making.reading("oud", making.observations(FIGURES))
    new = {held.batch.id for held in killed_import.new_readings()}
    Warehouse(folder).commit([old])
    whole = _commit_and_kill(forker, tmp_path / "meting", -1)
    seen = set()

    for attempt in range(30):
        _commit_and_kill(forker, folder, whole * attempt / 29)
        after = Warehouse(folder)
        ids = {batch.id for batch in after.batches()}
        seen.add(len(ids))
        assert ids in ({old.batch.id}, {old.batch.id} | new)
        _all_rows_are_there(after, ids)
        for held in ids & new:
            after.withdraw(held)
    _commit_and_kill(forker, folder, -1)

    assert 1 in seen
    assert {batch.id for batch in Warehouse(folder).batches()} == {old.batch.id} | new


def _all_rows_are_there(warehouse: Warehouse, ids: set[str]) -> None:
    counted = dict.fromkeys(ids, 0)
    for batch in warehouse.columns("counts", digits="", prefix="BU")["batch"].tolist():
        counted[batch] += 1
    assert counted == {batch.id: batch.rows_kept for batch in warehouse.batches()}


def test_two_writers_at_once_both_get_in(tmp_path: Path) -> None:
    readings = [making.reading(f"nummer {at}", making.observations(FIGURES)) for at in range(6)]

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda held: Warehouse(tmp_path / "warehouse").commit([held]), readings))

    assert len(Warehouse(tmp_path / "warehouse").batches()) == 6


def test_what_cannot_be_written_is_an_error_of_the_disk(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="observations"):
        tables.write(tmp_path / "weg", making.observations(FIGURES), making.areas([]))


def test_the_catalog_is_plain_json_that_a_person_can_read(warehouse: Warehouse, tmp_path: Path) -> None:
    (batch,) = warehouse.commit([making.reading("een", making.observations(FIGURES))])

    held = json.loads((tmp_path / "warehouse" / "catalog.json").read_text(encoding="utf-8"))

    assert held == {"batches": [{"id": batch.id, "withdrawn": False, "replaces": [], "division": None}]}
