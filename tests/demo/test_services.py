"""Building the demo city: whole, repeatable, and not hurt by being stopped half-way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from wijkveilig.demo import services
from wijkveilig.demo.services import TODAY, DemoRefusedError, build, demo_people
from wijkveilig.people.rules import Role
from wijkveilig.people.selectors import account_named, colleagues, demo_accounts
from wijkveilig.people.types import DEMO_PASSWORD
from wijkveilig.picture import services as picture
from wijkveilig.picture.selectors import batches, current_edition, warehouse_of
from wijkveilig.scope import clock
from wijkveilig.scope.selectors import municipality_at, municipality_of
from wijkveilig.scope.types import Actor
from wijkveilig.sources.services import withdraw

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

DEMO = Actor.command("GM9901")


def stop_at(words: str) -> Callable[[str], None]:
    """A progress that ends the build as a person with ctrl-c does, at the line that holds these words."""

    def progress(line: str) -> None:
        if words in line:
            raise KeyboardInterrupt

    return progress


def silent(_line: str) -> None:
    """A progress that nobody reads."""


def test_a_build_that_was_stopped_at_any_step_is_finished_by_the_next(store: Path) -> None:
    for words in ("voorbeeldstad Waardwijk maken", "Bestanden schrijven", "lezen en controleren", "Periode 2 "):
        with pytest.raises(KeyboardInterrupt):
            build(stop_at(words))
        assert current_edition(DEMO) is None

    lines: list[str] = []
    build(lines.append)

    edition = current_edition(DEMO)
    assert edition is not None
    assert len(edition.attention) == 2
    assert [batch.withdrawn for batch in batches(DEMO)] == [False] * 20
    assert lines[-1].startswith("De voorbeeldstad Waardwijk staat klaar")
    check_second_build_changes_nothing(store)
    check_what_a_visitor_did_stays()


def check_second_build_changes_nothing(store: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in (store / "GM9901").rglob("*") if path.is_file()}

    build(silent)

    assert {path: path.stat().st_mtime_ns for path in (store / "GM9901").rglob("*") if path.is_file()} == before


def check_what_a_visitor_did_stays() -> None:
    gone = batches(DEMO)[-1].id
    withdraw(warehouse_of(DEMO), gone)

    build(silent)

    assert gone not in {batch.id for batch in batches(DEMO) if not batch.withdrawn}


@pytest.fixture
def without_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    """The steps before the files only: municipality, addresses and accounts."""
    monkeypatch.setattr(services, "_ingest", lambda *_: None)
    monkeypatch.setattr(picture, "rebuild", lambda **_: None)


def test_the_demo_is_a_municipality_of_its_own_with_its_own_day(without_picture: None) -> None:
    build(silent)

    demo = municipality_of(DEMO)
    assert (demo.name, demo.is_demo, demo.today) == ("Waardwijk", True, TODAY)
    for host in ("localhost", "127.0.0.1", "[::1]", "waardwijk.localhost"):
        assert municipality_at(host) == demo


def test_every_role_has_an_invented_person_and_a_second_build_makes_no_second_one(without_picture: None) -> None:
    build(silent)
    build(silent)

    found = demo_accounts(DEMO, clock.now())
    assert [one.email for one in found] == [person.email for person in demo_people()]
    assert {role for person in demo_people() for role in person.roles} == set(Role)
    assert all(person.email.endswith(".example") for person in demo_people())


def test_roles_began_before_the_day_on_which_the_demo_plays(without_picture: None) -> None:
    build(silent)

    terms = [term for one in colleagues(DEMO, clock.now()) for term in one.roles]
    assert terms
    assert all(term.starts_at.date() < TODAY for term in terms)


def test_a_demo_person_signs_in_with_the_published_password(without_picture: None) -> None:
    build(silent)
    person = demo_people()[0]

    answer = Client(SERVER_NAME="localhost").post("/inloggen/", {"email": person.email, "password": DEMO_PASSWORD})

    assert answer.status_code == 302
    actor = account_named(DEMO, person.email, clock.now())
    assert actor is not None
    assert actor.role == "beleidsadviseur"


def test_a_file_of_the_demo_that_a_source_refuses_stops_the_build_with_the_reason(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    strange = tmp_path / "vreemd.csv"
    strange.write_text("appels,peren\n1,2\n")
    monkeypatch.setattr(services, "write_files", lambda *_: [strange])

    with pytest.raises(DemoRefusedError, match=r"vreemd\.csv"):
        build(silent)
    assert current_edition(DEMO) is None
