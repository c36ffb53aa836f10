"""Signing in: who comes in, who does not, and what neither tells."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import LazySettings
from django.contrib.auth.hashers import identify_hasher, make_password
from django.contrib.sessions.models import Session
from django.test import Client
from tests import factories

from wijkveilig.people import http
from wijkveilig.people.models import Account, RoleAssignment, SignInAttempt
from wijkveilig.people.services.sign_in import ATTEMPTS, WINDOW
from wijkveilig.people.types import DEMO_PASSWORD
from wijkveilig.scope import clock
from wijkveilig.scope.types import MunicipalityView

RIGHT = {"email": "analist@gm9901.example", "password": factories.PASSWORD}


def page_of(client: Client, facts: dict[str, str]) -> str:
    """What the sign-in page says after these facts."""
    return client.post("/inloggen/", facts).text


def test_a_page_leads_to_the_sign_in_page_and_back(town: MunicipalityView) -> None:
    factories.make_account(town.code, "analist")
    client = Client()

    asked = client.get("/beheer/rollen/?a=1")
    page = client.get(asked["Location"])
    answer = client.post("/inloggen/", {**RIGHT, "verder": page.context["onward"]})

    assert asked["Location"] == "/inloggen/?verder=%2Fbeheer%2Frollen%2F%3Fa%3D1"
    assert answer["Location"] == "/beheer/rollen/?a=1"


@pytest.mark.parametrize("page", ["https://elders.example/", "//elders.example/", "javascript:alert(1)", "\\\\elders"])
def test_the_sign_in_page_sends_nobody_elsewhere(town: MunicipalityView, page: str) -> None:
    factories.make_account(town.code, "analist")

    assert Client().post("/inloggen/", {**RIGHT, "verder": page})["Location"] == "/"


def test_every_no_has_the_same_words(town: MunicipalityView) -> None:
    factories.make_account(town.code, "analist")
    factories.make_account(town.code, email="rolloos@gm9901.example")
    factories.make_account(town.code, "lezer")
    Account.objects.filter(email="lezer@gm9901.example").update(is_active=False)

    pages = [
        page_of(Client(), {"email": email, "password": password}).partition("error-summary")[2].partition("</div>")[0]
        for email, password in (
            ("analist@gm9901.example", "verkeerd"),
            ("onbekend@gm9901.example", factories.PASSWORD),
            ("rolloos@gm9901.example", factories.PASSWORD),
            ("lezer@gm9901.example", factories.PASSWORD),
        )
    ]

    assert "horen niet bij elkaar" in pages[0]
    assert len(set(pages)) == 1


def test_an_unknown_address_costs_a_hash_too(town: MunicipalityView, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[str] = []
    monkeypatch.setattr(Account, "set_password", lambda _self, raw: hashed.append(raw))

    page_of(Client(), {"email": "onbekend@gm9901.example", "password": "een poging"})

    assert hashed == ["een poging"]


def test_after_five_wrong_tries_the_right_password_waits_too(town: MunicipalityView) -> None:
    factories.make_account(town.code, "analist")
    client = Client()
    for _ in range(ATTEMPTS):
        page_of(client, {**RIGHT, "password": "verkeerd"})

    answer = client.post("/inloggen/", RIGHT)

    assert answer.status_code == 429
    assert "te vaak" in answer.text


def test_the_wait_is_over_after_a_quarter_of_an_hour(town: MunicipalityView, monkeypatch: pytest.MonkeyPatch) -> None:
    factories.make_account(town.code, "analist")
    client, start = Client(), datetime.now(UTC)
    for _ in range(ATTEMPTS + 3):
        page_of(client, {**RIGHT, "password": "verkeerd"})

    monkeypatch.setattr(clock, "now", lambda: start + WINDOW + timedelta(minutes=1))

    assert client.post("/inloggen/", RIGHT).status_code == 302


def test_tries_of_one_address_do_not_lock_another(town: MunicipalityView) -> None:
    factories.make_account(town.code, "analist")
    for _ in range(ATTEMPTS + 1):
        Client(REMOTE_ADDR="192.0.2.7").post("/inloggen/", {**RIGHT, "password": "verkeerd"})

    assert Client(REMOTE_ADDR="192.0.2.8").post("/inloggen/", RIGHT).status_code == 302


def test_a_good_sign_in_forgets_the_wrong_tries(town: MunicipalityView) -> None:
    factories.make_account(town.code, "analist")
    client = Client()
    page_of(client, {**RIGHT, "password": "verkeerd"})

    client.post("/inloggen/", RIGHT)

    assert not SignInAttempt.objects.exists()


def test_a_wrong_try_is_kept_without_who_and_where(town: MunicipalityView) -> None:
    page_of(Client(REMOTE_ADDR="192.0.2.7"), {**RIGHT, "password": "verkeerd"})

    kept = SignInAttempt.objects.get().key
    assert len(kept) == 64
    assert not any(word in kept for word in ("analist", "192.0.2.7"))


def test_signing_in_gives_a_new_session_key(town: MunicipalityView) -> None:
    factories.make_account(town.code, "analist")
    client = Client()
    client.post("/inloggen/", RIGHT)
    first = client.session.session_key

    client.post("/inloggen/", RIGHT)

    assert client.session.session_key != first


def test_signing_in_removes_sessions_that_have_run_out(town: MunicipalityView) -> None:
    factories.make_account(town.code, "analist")
    Session.objects.create(session_key="oud", session_data="", expire_date=clock.now() - timedelta(days=1))

    Client().post("/inloggen/", RIGHT)

    assert not Session.objects.filter(session_key="oud").exists()


def test_the_session_cookie_is_out_of_reach_of_script_and_other_sites(client_as: Callable[[str], Client]) -> None:
    cookie = client_as("lezer").cookies["session"]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_signing_out_ends_the_session(client_as: Callable[[str], Client]) -> None:
    client = client_as("lezer")

    client.post("/uitloggen/")

    assert client.get("/beheer/rollen/").status_code == 302


def test_signing_out_by_a_link_does_nothing(client_as: Callable[[str], Client]) -> None:
    client = client_as("lezer")

    assert client.get("/uitloggen/").status_code == 405
    assert client.get("/beheer/rollen/").status_code == 200


def test_a_role_that_ends_gives_no_page_more(client_as: Callable[[str], Client]) -> None:
    client = client_as("lezer")
    assert client.get("/beheer/rollen/").status_code == 200

    RoleAssignment.objects.update(ends_at=clock.now())

    assert client.get("/beheer/rollen/").status_code == 302


def test_an_account_that_is_closed_gets_no_page_more(client_as: Callable[[str], Client]) -> None:
    client = client_as("lezer")

    Account.objects.update(is_active=False)

    assert client.get("/beheer/rollen/").status_code == 302


@pytest.mark.parametrize(("idle", "status"), [(timedelta(minutes=55), 200), (timedelta(minutes=65), 302)])
def test_a_session_ends_after_an_hour_without_a_page(
    client_as: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch, idle: timedelta, status: int
) -> None:
    client, now = client_as("lezer"), clock.now()

    monkeypatch.setattr(clock, "now", lambda: now + idle)

    assert client.get("/beheer/rollen/").status_code == status


def test_a_session_ends_after_twelve_hours_however_busy(
    client_as: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, now, seen = client_as("lezer"), clock.now(), []

    for minutes in range(0, int(http.WHOLE.total_seconds() // 60) + 60, 50):
        monkeypatch.setattr(clock, "now", lambda minutes=minutes: now + timedelta(minutes=minutes))
        seen.append((minutes, client.get("/beheer/rollen/").status_code))

    assert [minutes for minutes, status in seen if status == 302] == [750]


def test_a_fragment_without_a_session_makes_the_whole_page_go(town: MunicipalityView) -> None:
    answer = Client().get("/beheer/rollen/", headers={"HX-Request": "true"})

    assert (answer.status_code, answer["HX-Redirect"]) == (401, "/inloggen/")


def test_a_demo_shows_its_accounts_and_one_button_signs_in(db: None) -> None:
    town = factories.make_town("GM9903", "Waardwijk", "testserver", demo_today=date(2026, 2, 3))
    actor = factories.Actor.command(town.code)
    account = factories.people.register_account(
        actor=actor, email="ada@demo.example", name="Ada", password=DEMO_PASSWORD, at=factories.BEGIN, is_demo=True
    )
    factories.people.assign_role(
        actor=actor, account_id=account, role="analist", organisation="Gemeente", at=factories.BEGIN
    )
    client = Client()

    page = client.get("/inloggen/").text
    answer = client.post("/inloggen/", {"email": "ada@demo.example", "password": DEMO_PASSWORD})

    assert "Inloggen als Ada" in page
    assert answer.status_code == 302


def test_a_real_municipality_shows_no_account_and_no_password(town: MunicipalityView) -> None:
    factories.make_account(town.code, "analist")

    page = Client().get("/inloggen/").text

    assert "gm9901.example" not in page
    assert DEMO_PASSWORD not in page


def test_passwords_are_kept_by_a_memory_hard_hash(settings: LazySettings) -> None:
    from wijkveilig.config import settings as product

    settings.PASSWORD_HASHERS = product.PASSWORD_HASHERS

    assert identify_hasher(make_password("een lang genoeg woord")).algorithm == "scrypt"
