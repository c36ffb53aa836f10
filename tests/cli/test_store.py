"""`ingest` and `observations` on a store that is not as it should be: one line, nothing lost."""

from __future__ import annotations

import errno
import json
from pathlib import Path

import pytest
from tests.sources.files import police, put

from wijkveilig import cli

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of counts."""
    return put(tmp_path, "telling.csv", police([("BU99010101", "1.1.1", "2016JJ00", 30)]))


def one_line(text: str) -> str:
    """The only line of a text."""
    assert text.count("\n") == 1
    return text.strip()


def test_files_of_others_in_the_store_stay(file: Path, tmp_path: Path) -> None:
    own = tmp_path / "opslag" / "batches" / "mijn_werk" / "verslag.txt"
    own.parent.mkdir(parents=True)
    own.write_text("van mij", encoding="utf-8")

    assert cli.main(["ingest", str(file), "--store", str(tmp_path / "opslag")]) == 0
    assert own.read_text(encoding="utf-8") == "van mij"


def test_a_store_without_its_list_is_a_wrong_call_and_loses_nothing(
    file: Path, tmp_path: Path, capsys: Capture
) -> None:
    store = tmp_path / "opslag"
    cli.main(["ingest", str(file), "--store", str(store)])
    (store / "catalog.json").unlink()
    before = sorted(store.rglob("*"))
    capsys.readouterr()

    assert cli.main(["ingest", str(file), "--store", str(store)]) == 2
    assert "catalog.json ontbreekt" in one_line(capsys.readouterr().err)
    assert cli.main(["observations", "--store", str(store), "--area", "GM9901"]) == 2
    assert "catalog.json ontbreekt" in one_line(capsys.readouterr().err)
    assert sorted(store.rglob("*")) == before


@pytest.mark.parametrize("text", ['{"a": 1}', "geen json"])
def test_a_list_that_is_not_ours_is_a_wrong_call(file: Path, tmp_path: Path, capsys: Capture, text: str) -> None:
    (tmp_path / "opslag").mkdir()
    (tmp_path / "opslag" / "catalog.json").write_text(text, encoding="utf-8")

    assert cli.main(["ingest", str(file), "--store", str(tmp_path / "opslag")]) == 2
    assert "geen opslag van wijkveilig" in one_line(capsys.readouterr().err)
    assert cli.main(["observations", "--store", str(tmp_path / "opslag"), "--area", "GM9901"]) == 2
    assert "geen opslag van wijkveilig" in one_line(capsys.readouterr().err)


def test_a_store_without_a_name_is_a_wrong_call(
    file: Path, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(SystemExit) as ended:
        cli.main(["ingest", str(file), "--store", ""])

    assert ended.value.code == 2
    assert "--store: hier hoort een map" in one_line(capsys.readouterr().err)
    assert not (tmp_path / "batches").exists()


def test_a_full_disk_is_one_line_and_the_store_is_as_it_was(
    file: Path, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = str(tmp_path / "opslag")
    cli.main(["ingest", str(file), "--store", store])
    other = put(tmp_path, "ander.csv", police([("BU99010101", "1.1.1", "2017JJ00", 30)]))
    capsys.readouterr()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("wijkveilig.warehouse.store._write_batch", full)
        assert cli.main(["ingest", str(other), "--store", store]) == 3

    assert "de schijf is vol" in one_line(capsys.readouterr().err)
    assert cli.main(["observations", "--store", store, "--area", "GM9901", "--json"]) == 0
    assert [row["period"] for row in json.loads(capsys.readouterr().out)] == ["2016"]


def test_a_batch_that_cannot_be_replaced_is_exit_3_with_the_reason_in_json(
    file: Path, tmp_path: Path, capsys: Capture
) -> None:
    store = str(tmp_path / "opslag")
    cli.main(["ingest", str(file), "--store", store, "--json"])
    batch = json.loads(capsys.readouterr().out)[0]["batch"]
    other = put(tmp_path, "ander.csv", police([("BU99020101", "1.1.1", "2019JJ00", 30)]))

    assert cli.main(["ingest", str(other), "--store", store, "--replace", batch, "--json"]) == 3

    (outcome,) = json.loads(capsys.readouterr().out)
    assert (outcome["state"], outcome["batch"]) == ("refused", None)
    assert batch in outcome["reasons"][0]
