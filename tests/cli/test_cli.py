"""The command as others rely on it: what it prints, its exit codes, and one clear line when it cannot."""

from __future__ import annotations

import csv
import errno
import io
import json
from pathlib import Path

import pytest
from tests.picture.towns import GM, codes_of, steady, write_figures, write_panel

from wijkveilig import __version__, cli

pytestmark = pytest.mark.slow  # whole commands on files
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A town's counts and residents, and a letter that nothing recognises."""
    folder = tmp_path / "files"
    write_panel(folder / "panel.csv", steady(12, 2, 48))
    write_figures(folder / "figures.csv", 2015, areas=codes_of(12), residents=[1500] * 12)
    (folder / "letter.txt").write_text("Beste buren,\nhet wordt zomer.\n", encoding="utf-8")
    return folder


def one_line(text: str) -> str:
    """The only line of a text."""
    assert text.count("\n") == 1
    return text.strip()


def test_ingest_tells_of_each_file_what_became_of_it(files: Path, tmp_path: Path, capsys: Capture) -> None:
    code = cli.main(["ingest", str(files), "--store", str(tmp_path / "store"), "--json"])

    printed = capsys.readouterr()
    found = {Path(file["file"]).name: file for file in json.loads(printed.out)}
    assert code == 3
    assert "letter.txt" in one_line(printed.err)
    assert {name: file["state"] for name, file in found.items()} == {
        "panel.csv": "accepted", "figures.csv": "accepted", "letter.txt": "refused",
    }  # fmt: skip
    assert set(found["panel.csv"]) == {
        "file", "source", "state", "rows_read", "rows_kept", "rows_refused", "reasons", "notes", "batch",
    }  # fmt: skip
    assert found["panel.csv"]["rows_read"] == 12 * 2 * 48
    assert found["letter.txt"]["batch"] is None


def test_the_same_file_again_is_already_there_and_that_is_good(files: Path, tmp_path: Path, capsys: Capture) -> None:
    call = ["ingest", str(files / "panel.csv"), "--store", str(tmp_path / "store"), "--json"]
    assert cli.main(call) == 0
    capsys.readouterr()

    assert cli.main(call) == 0

    assert [file["state"] for file in json.loads(capsys.readouterr().out)] == ["already"]


def test_observations_answers_from_the_store(files: Path, tmp_path: Path, capsys: Capture) -> None:
    store = str(tmp_path / "store")
    cli.main(["ingest", str(files / "panel.csv"), str(files / "figures.csv"), "--store", store])
    capsys.readouterr()

    call = ["observations", "--store", store, "--area", GM, "--level", "neighbourhood", "--period", "2015"]
    assert cli.main([*call, "--indicator", "woninginbraak", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert cli.main([*call, "--indicator", "residents", "--csv"]) == 0
    table = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))

    assert [row["area"] for row in rows] == codes_of(12)
    assert set(rows[0]) == set(cli.COLUMNS)
    assert {row["indicator"] for row in rows} == {"woninginbraak"}
    assert {row["source_code"] for row in rows} == {"104"}
    assert [row["value"] for row in rows] == steady(12, 2, 48)[:, 0, 36:].sum(axis=1).tolist()
    assert {(row["value"], row["unit"]) for row in table} == {("1500", "count")}


def test_no_row_found_is_an_empty_list_and_good(files: Path, tmp_path: Path, capsys: Capture) -> None:
    store = str(tmp_path / "store")
    cli.main(["ingest", str(files / "panel.csv"), "--store", store])
    capsys.readouterr()

    assert cli.main(["observations", "--store", store, "--area", "GM0001", "--json"]) == 0

    assert json.loads(capsys.readouterr().out) == []


def test_picture_writes_the_files_and_prints_only_json_when_asked(files: Path, tmp_path: Path, capsys: Capture) -> None:
    out = tmp_path / "out"

    assert cli.main(["picture", GM, "--from", str(files), "--out", str(out), "--json"]) == 0

    printed = capsys.readouterr()
    assert printed.err == ""
    assert printed.out == (out / "picture.json").read_text(encoding="utf-8")
    assert json.loads(printed.out)["period"] == "2015"
    assert (out / "picture.csv").exists()
    index = (out / "index.html").read_text(encoding="utf-8")
    assert "intern gebruik" in index.lower()
    assert len(list(out.glob("*/BU*.html"))) == 12


def test_picture_twice_gives_the_same_bytes(files: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        cli.main(["picture", GM, "--from", str(files), "--out", str(tmp_path / name)])

    one, two = (tmp_path / name for name in ("one", "two"))
    names = sorted(path.relative_to(one) for path in one.rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(two) for path in two.rglob("*") if path.is_file())
    assert all((one / name).read_bytes() == (two / name).read_bytes() for name in names)


def test_a_picture_among_its_own_files_is_not_read_the_second_time(files: Path) -> None:
    call = ["picture", GM, "--from", str(files), "--out", str(files / "out")]
    cli.main(call)
    before = (files / "out" / "picture.json").read_bytes()

    cli.main(call)

    assert (files / "out" / "picture.json").read_bytes() == before


def test_picture_of_a_month(files: Path, tmp_path: Path, capsys: Capture) -> None:
    call = ["picture", GM, "--from", str(files), "--out", str(tmp_path / "out"), "--period", "2015-03", "--json"]

    assert cli.main(call) == 0

    made = json.loads(capsys.readouterr().out)
    assert made["period"] == "2015-03"
    assert {figure["period"] for area in made["areas"] for figure in area["indicators"]} == {"2015-03"}


def test_no_picture_at_all_is_exit_3_with_the_files_and_their_reasons(
    files: Path, tmp_path: Path, capsys: Capture
) -> None:
    out = tmp_path / "out"

    assert cli.main(["picture", "GM0001", "--from", str(files), "--out", str(out), "--json"]) == 3

    printed = capsys.readouterr()
    made = json.loads(printed.out)
    assert "GM0001" in one_line(printed.err)
    assert (made["areas"], made["made_from"]) == ([], [])
    assert {Path(file["file"]).name for file in made["left_out"]} == {"panel.csv", "figures.csv", "letter.txt"}
    assert not out.exists()


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (["picture", "GM0518", "--from", "nergens", "--out", "uit"], "nergens is er niet"),
        (["picture", "Dordrecht", "--from", ".", "--out", "uit"], "geen gemeentecode"),
        (["picture", "BU05180101", "--from", ".", "--out", "uit"], "geen gemeentecode"),
        (["picture", "GM0518", "--from", ".", "--out", "uit", "--period", "maart"], "'maart' is geen periode"),
        (
            ["picture", "GM0518", "--from", ".", "--out", "uit", "--period", "2016-01/2016-03"],
            "geen jaar en geen maand",
        ),
        (["ingest", "nergens.csv", "--store", "opslag"], "nergens.csv is er niet"),
        (["ingest", ".", "--store", "opslag", "--replace", "0000"], "batch 0000 is er niet"),
        (["observations", "--store", "nergens", "--area", "GM0518"], "map nergens is er niet"),
        (["demo", "--seed", "3"], "--seed hoort bij --out"),
        (["observations", "--store", ".", "--area", "Den Haag"], "geen gebiedscode"),
        (["observations", "--store", ".", "--area", "GM0518", "--indicator", "geluk"], "'geluk' is niet bekend"),
        (
            ["observations", "--store", ".", "--area", "GM0518", "--indicator", "som-ondermijning"],
            "is een som van soorten",
        ),
    ],
)
def test_a_wrong_call_is_exit_2_with_one_line(
    call: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.chdir(tmp_path)

    assert cli.main(call) == 2

    printed = capsys.readouterr()
    assert said in one_line(printed.err)
    assert printed.out == ""
    assert list(tmp_path.iterdir()) in ([], [tmp_path / "var"])


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ([], "er ontbreekt: OPDRACHT"),
        (["picture"], "er ontbreekt: CODE, --from, --out"),
        (["observations", "--store", ".", "--area", "GM0505", "--level", "straat"], "kent 'straat' niet"),
        (["capabilities", "--xml"], "niet herkend: --xml"),
        (["ingest", "."], "er ontbreekt: --store"),
    ],
)
def test_what_the_parser_does_not_understand_is_exit_2_with_one_dutch_line(
    call: list[str], said: str, capsys: Capture
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(call)

    assert ended.value.code == 2
    assert said in one_line(capsys.readouterr().err)


def test_a_file_in_the_place_of_a_folder_is_a_wrong_call(files: Path, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "file").write_text("x")

    assert cli.main(["picture", GM, "--from", str(files), "--out", str(tmp_path / "file")]) == 2
    assert "dit is geen map" in one_line(capsys.readouterr().err)


def test_help_teaches_the_road_and_every_command(capsys: Capture) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--help"])

    text = capsys.readouterr().out
    assert ended.value.code == 0
    assert "wijkveilig ingest bestanden/ --store opslag/" in text
    assert all(name in text for name in ("ingest", "observations", "picture", "run", "demo", "capabilities"))
    assert "usage:" not in text


def test_the_version_is_that_of_the_package(capsys: Capture) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--version"])

    assert capsys.readouterr().out == f"wijkveilig {__version__}\n"


def test_capabilities_are_the_rows_of_the_table(capsys: Capture) -> None:
    assert cli.main(["capabilities", "--json"]) == 0

    rows = json.loads(capsys.readouterr().out)
    assert len(rows) == 45
    assert {"SR-02"} <= {row["id"] for row in rows}


def test_the_demo_command_writes_raw_files_that_ingest_takes(tmp_path: Path, capsys: Capture) -> None:
    assert cli.main(["demo", "--out", str(tmp_path / "demo")]) == 0
    capsys.readouterr()

    assert cli.main(["ingest", str(tmp_path / "demo"), "--store", str(tmp_path / "store"), "--json"]) == 0

    assert {file["state"] for file in json.loads(capsys.readouterr().out)} == {"accepted"}


def test_the_demo_command_alone_makes_the_city_in_its_own_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[str] = []
    monkeypatch.setattr(
        "wijkveilig.config.run._prepare", lambda _group, plan, env: called.append(env["WIJKVEILIG_VAR"])
    )
    monkeypatch.setattr("wijkveilig.config.run._tell_accounts", lambda plan: called.append(plan.store.name))
    monkeypatch.setattr("wijkveilig.config.run.end_on_signals", lambda: None)
    monkeypatch.setenv("WIJKVEILIG_VAR", "/elders")

    monkeypatch.chdir(tmp_path)

    assert cli.main(["demo"]) == 0

    assert called == [str(tmp_path / "var" / "demo"), "demo"]


def test_pages_of_an_earlier_picture_do_not_stay(files: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "gebieden").mkdir(parents=True)
    (out / "gebieden" / "BU09990101.html").write_text("van een ander beeld")
    (out / "mijn verslag.txt").write_text("van de gebruiker")

    assert cli.main(["picture", GM, "--from", str(files), "--out", str(out)]) == 0

    assert not (out / "gebieden" / "BU09990101.html").exists()
    assert (out / "mijn verslag.txt").read_text() == "van de gebruiker"
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".out")) == []


def test_a_full_disk_is_one_line_and_leaves_the_folder_as_it_was(
    files: Path, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    assert cli.main(["picture", GM, "--from", str(files), "--out", str(out)]) == 0
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    capsys.readouterr()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("wijkveilig.picture.folder.write_site", full)

    assert cli.main(["picture", GM, "--from", str(files), "--out", str(out)]) == 3
    assert "de schijf is vol" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
