"""The host name names the municipality, for every request."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from tests import factories

from wijkveilig.scope.middleware import RefusalMiddleware
from wijkveilig.scope.types import MunicipalityView, Refused, RefusedError


def test_two_municipalities_on_one_server_see_nothing_of_each_other(
    town: MunicipalityView, other_town: MunicipalityView, client_as: Callable[[str], Client]
) -> None:
    here = client_as("beheerder")
    factories.make_account(other_town.code, "beheerder", email="buur@other.example", name="Bea Buurvrouw")

    there = Client()
    answer = there.post(
        "/inloggen/", {"email": "buur@other.example", "password": factories.PASSWORD}, headers={"host": "other.example"}
    )

    assert answer.status_code == 302
    mine, theirs = here.get("/beheer/mensen/"), there.get("/beheer/mensen/", headers={"host": "other.example"})
    assert "Proefstad" in mine.text
    assert "buur@other.example" not in mine.text
    assert "Andersdam" in theirs.text
    assert "beheerder@gm9901.example" not in theirs.text


def test_a_session_of_one_municipality_is_no_session_in_another(
    other_town: MunicipalityView, client_as: Callable[[str], Client]
) -> None:
    client = client_as("beheerder")
    account_id = int(client.session["_auth_user_id"])
    factories.people.assign_role(
        actor=factories.Actor.command(other_town.code),
        account_id=account_id,
        role="beheerder",
        organisation="Gemeente",
        at=factories.BEGIN,
    )

    answer = client.get("/beheer/mensen/", headers={"host": "other.example"})

    assert answer.status_code == 302
    assert answer["Location"].startswith("/inloggen/")


def test_an_account_without_a_role_here_cannot_sign_in_here(
    town: MunicipalityView, other_town: MunicipalityView
) -> None:
    factories.make_account(town.code, "analist")

    facts = {"email": "analist@gm9901.example", "password": factories.PASSWORD}
    answer = Client().post("/inloggen/", facts, headers={"host": "other.example"})

    assert answer.status_code == 200
    assert "horen niet bij elkaar" in answer.text


def test_an_unknown_host_is_told_so_and_nothing_else(town: MunicipalityView) -> None:
    answer = Client().get("/inloggen/", headers={"host": "elders.example"})

    assert answer.status_code == 404
    assert "hoort bij geen gemeente" in answer.text
    assert town.name not in answer.text


def test_a_host_that_cannot_be_read_is_a_bad_request(town: MunicipalityView) -> None:
    assert Client().get("/inloggen/", headers={"host": "a b"}).status_code == 400


@pytest.mark.django_db
def test_a_probe_asks_for_health_by_any_host() -> None:
    assert Client().get("/-/health", headers={"host": "10.0.0.7:8000"}).status_code == 200


def test_a_refusal_becomes_a_page_with_reason_ground_and_who_can_help(rf: RequestFactory) -> None:
    refused = Refused("no", "Dit gebied ligt elders.", "Gemeentewet 1", "Vraag Noor.")

    answer = RefusalMiddleware(lambda _: HttpResponse()).process_exception(rf.get("/"), RefusedError(refused))

    assert answer is not None
    assert answer.status_code == 403
    assert all(words in answer.content.decode() for words in (refused.reason, refused.ground, refused.next_step))


def test_any_other_error_is_left_to_crash(rf: RequestFactory) -> None:
    boundary = RefusalMiddleware(lambda _: HttpResponse())

    assert boundary.process_exception(rf.get("/"), ValueError("kapot")) is None
