"""What the environment may say, and what it may not."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest

from wijkveilig.config import environment, settings


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment without any of ours."""
    for name in ("WIJKVEILIG_VAR", "WIJKVEILIG_DATABASE_URL", "WIJKVEILIG_SECRET_KEY", "WIJKVEILIG_DEBUG"):
        monkeypatch.delenv(name, raising=False)


def test_a_store_of_ones_own_is_the_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)

    assert environment.var_folder() == tmp_path / "var" / "eigen"


def test_the_secret_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    first, second = environment.secret_key(tmp_path / "store"), environment.secret_key(tmp_path / "store")

    assert first == second
    assert len(first) >= 64
    assert stat.S_IMODE((tmp_path / "store" / "secret-key").stat().st_mode) == 0o600
    assert [file.name for file in (tmp_path / "store").iterdir()] == ["secret-key"]


def test_each_store_has_a_key_of_its_own(tmp_path: Path) -> None:
    assert environment.secret_key(tmp_path / "a") != environment.secret_key(tmp_path / "b")


def test_a_key_that_is_given_goes_before_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WIJKVEILIG_SECRET_KEY", "given")

    assert environment.secret_key(tmp_path / "store") == "given"
    assert not (tmp_path / "store").exists()


def test_sqlite_in_the_store_is_the_default(tmp_path: Path) -> None:
    database = environment.database(tmp_path)

    assert database["NAME"] == str(tmp_path / "wijkveilig.sqlite3")
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize(
    ("address", "host", "port", "name", "user", "password"),
    [
        ("postgresql://ik:ge%40heim@db.example:5433/stad", "db.example", "5433", "stad", "ik", "ge@heim"),
        ("postgres:///stad?host=/run/postgresql", "/run/postgresql", "", "stad", "", ""),
        ("postgresql://ik@/stad?host=%2Ftmp%2Fsocket", "/tmp/socket", "", "stad", "ik", ""),
    ],
)
def test_an_address_of_postgresql_is_read(
    monkeypatch: pytest.MonkeyPatch, address: str, host: str, port: str, name: str, user: str, password: str
) -> None:
    monkeypatch.setenv("WIJKVEILIG_DATABASE_URL", address)

    database = environment.database(Path("var"))

    assert database["ENGINE"] == "django.db.backends.postgresql"
    read = [database[key] for key in ("HOST", "PORT", "NAME", "USER", "PASSWORD")]
    assert read == [host, port, name, user, password]


def test_another_database_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIJKVEILIG_DATABASE_URL", "mysql://x/y")

    with pytest.raises(environment.SettingError, match="must begin with postgresql"):
        environment.database(Path("var"))


@pytest.mark.parametrize(("value", "said"), [("1", True), ("ja", True), ("", False), ("0", False)])
def test_a_switch_is_yes_or_no(monkeypatch: pytest.MonkeyPatch, value: str, said: bool) -> None:
    monkeypatch.setenv("WIJKVEILIG_DEBUG", value)

    assert environment.switch("WIJKVEILIG_DEBUG") == said


def test_a_switch_that_says_something_else_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIJKVEILIG_DEBUG", "misschien")

    with pytest.raises(environment.SettingError, match="use 1 or 0"):
        environment.switch("WIJKVEILIG_DEBUG")


def test_every_setting_is_described_and_every_description_is_a_setting() -> None:
    root = settings.PACKAGE.parents[1]
    read = {
        name
        for file in ("environment.py", "settings.py")
        for name in re.findall(r'"(WIJKVEILIG_[A-Z_]+)"', (settings.PACKAGE / "config" / file).read_text())
    }

    described = set(
        re.findall(r"^\| `(WIJKVEILIG_[A-Z_]+)`", (root / "docs" / "settings.md").read_text(), re.MULTILINE)
    )

    assert described == read


def test_only_config_reads_the_environment() -> None:
    readers = [
        path
        for path in settings.PACKAGE.rglob("*.py")
        if path.parent.name != "config" and ("os.environ" in path.read_text() or "getenv" in path.read_text())
    ]

    assert [path.name for path in readers if path.name not in {"cli.py"}] == []
