"""Health, readiness and security.txt."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import DatabaseError, connection
from django.test import Client

from wijkveilig.scope import clock
from wijkveilig.scope.types import MunicipalityView


def test_health_asks_nothing_of_the_database() -> None:
    answer = Client().get("/-/health")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_an_installation_that_can_work_says_so() -> None:
    answer = Client().get("/-/ready")

    assert answer.status_code == 200
    assert answer.json()["checks"] == {"database": True, "migrations": True, "store": True}


@pytest.mark.django_db
def test_a_store_that_cannot_be_written_is_not_ready(settings: LazySettings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    settings.WIJKVEILIG_VAR = tmp_path / "file" / "var"

    answer = Client().get("/-/ready")

    assert (answer.status_code, answer.json()["checks"]["store"]) == (503, False)


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise DatabaseError("gone")

    monkeypatch.setattr(connection, "cursor", refuse)

    answer = Client().get("/-/ready")

    assert (answer.status_code, answer.json()["checks"]["database"]) == (503, False)


@pytest.mark.django_db
def test_a_migration_that_waits_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wijkveilig.config.health.MigrationExecutor.migration_plan", lambda *_: ["one"])

    answer = Client().get("/-/ready")

    assert (answer.status_code, answer.json()["checks"]["migrations"]) == (503, False)


@pytest.fixture
def reporting(settings: LazySettings) -> LazySettings:
    """An installation that says how to report a weakness, until a year from now at most."""
    settings.WIJKVEILIG_SECURITY_CONTACTS = ["mailto:veilig@proefstad.example"]
    settings.WIJKVEILIG_SECURITY_EXPIRES = (datetime.now(UTC) + timedelta(days=200)).isoformat()
    settings.WIJKVEILIG_SECURITY_POLICY = "https://proefstad.example/cvd"
    return settings


def test_sec_01_and_02_security_txt_holds_what_the_standard_asks(
    town: MunicipalityView, reporting: LazySettings
) -> None:
    answer = Client().get("/.well-known/security.txt")

    fields = [line.partition(": ")[::2] for line in answer.text.splitlines()]
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert [name for name, _ in fields].count("Expires") == 1
    assert dict(fields)["Contact"].startswith("mailto:")
    assert dict(fields)["Canonical"] == "https://testserver/.well-known/security.txt"
    assert dict(fields)["Preferred-Languages"] == "nl, en"
    assert dict(fields)["Policy"].startswith("https:")
    left = datetime.fromisoformat(dict(fields)["Expires"]) - datetime.now(UTC)
    assert timedelta(0) < left < timedelta(days=365)


def test_security_txt_is_absent_where_nobody_is_named(town: MunicipalityView) -> None:
    assert Client().get("/.well-known/security.txt").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "warned"), [(169, False), (171, True)])
def test_sec_04_the_end_of_security_txt_is_announced_a_month_ahead(
    reporting: LazySettings, monkeypatch: pytest.MonkeyPatch, days: int, warned: bool
) -> None:
    later = datetime.now(UTC) + timedelta(days=days)
    monkeypatch.setattr(clock, "now", lambda: later)

    answer = Client().get("/-/ready")

    assert answer.status_code == 200
    assert bool(answer.json()["warnings"]) == warned
