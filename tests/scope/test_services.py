"""Founding a municipality, giving it a host name, and the demo's own day."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from tests import factories

from wijkveilig.scope import clock, selectors, services
from wijkveilig.scope.models import Hostname, Municipality
from wijkveilig.scope.types import Actor, MunicipalityView, RefusedError


@pytest.mark.django_db
def test_a_municipality_needs_a_code_as_the_cbs_writes_it() -> None:
    with pytest.raises(RefusedError) as no:
        services.found_municipality(actor=Actor.command("Dordt"), name="Dordrecht")

    assert no.value.refused.code == "no_municipality_code"
    assert not Municipality.objects.exists()


def test_a_municipality_is_founded_once(town: MunicipalityView) -> None:
    with pytest.raises(RefusedError) as no:
        services.found_municipality(actor=Actor.command(town.code), name="Nogmaals")

    assert no.value.refused.code == "municipality_exists"


def test_a_host_names_one_municipality(town: MunicipalityView, other_town: MunicipalityView) -> None:
    with pytest.raises(RefusedError) as no:
        services.add_hostname(actor=Actor.command(other_town.code), host="TESTSERVER:80")

    assert no.value.refused.code == "host_taken"
    assert selectors.municipality_at("testserver") == town


def test_the_same_host_again_changes_nothing(town: MunicipalityView) -> None:
    services.add_hostname(actor=Actor.command(town.code), host="testserver")

    assert Hostname.objects.filter(host="testserver").count() == 1


def test_localhost_brings_the_other_names_of_the_machine(town: MunicipalityView) -> None:
    services.add_hostname(actor=Actor.command(town.code), host="localhost:8000")

    assert {selectors.municipality_at(host) for host in ("localhost", "127.0.0.1:8001", "[::1]:8000")} == {town}


@pytest.mark.django_db
def test_a_demo_has_its_own_day_at_the_real_time_of_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2031, 7, 1, 22, 30, tzinfo=UTC))
    town = factories.make_town("GM9903", "Waardwijk", "demo.example", demo_today=date(2026, 2, 3))

    at = selectors.moment_of(Actor.job(town.code))

    assert town.today == date(2026, 2, 3)
    assert at.isoformat() == "2026-02-03T00:30:00+01:00"


def test_a_real_municipality_lives_today(town: MunicipalityView, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2031, 7, 1, 10, tzinfo=UTC))

    assert selectors.moment_of(Actor.job(town.code)) == datetime(2031, 7, 1, 10, tzinfo=UTC)


@pytest.mark.django_db
def test_the_day_of_a_demo_moves() -> None:
    town = factories.make_town("GM9903", "Waardwijk", "demo.example", demo_today=date(2026, 2, 3))

    moved = services.move_demo_today(actor=Actor.command(town.code), to=date(2026, 9, 1))

    assert moved.today == date(2026, 9, 1)


def test_the_day_of_a_real_municipality_does_not_move(town: MunicipalityView) -> None:
    with pytest.raises(RefusedError) as no:
        services.move_demo_today(actor=Actor.command(town.code), to=date(2026, 9, 1))

    assert no.value.refused.code == "not_a_demo"


def test_the_store_of_a_municipality_is_a_folder_of_its_own(
    town: MunicipalityView, other_town: MunicipalityView
) -> None:
    mine, theirs = (selectors.store_of(Actor.job(one.code)) for one in (town, other_town))

    assert mine == settings.WIJKVEILIG_VAR / "GM9901"
    assert theirs == settings.WIJKVEILIG_VAR / "GM9902"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"code": "BU9901", "name": "x"}, "municipality_code_is_gm_and_four_signs"),
        ({"code": "GM99", "name": "x"}, "municipality_code_is_gm_and_four_signs"),
        ({"code": "GM9901", "name": ""}, "municipality_has_a_name"),
        ({"code": "GM9901", "name": "x", "demo_today": date(2026, 1, 1)}, "only_a_demo_has_its_own_today"),
    ],
)
def test_the_database_forbids_a_municipality_that_cannot_be(facts: dict[str, object], sentence: str) -> None:
    with pytest.raises(IntegrityError, match=sentence), transaction.atomic():
        Municipality.objects.create(**facts)
