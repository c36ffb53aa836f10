"""Addresses asked for in another way than by their page: HEAD, and GET where only a button may come."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from wijkveilig.scope.types import MunicipalityView


@pytest.mark.parametrize("page", ["/", "/gegevens/", "/gegevens/toevoegen/", "/beheer/rollen/", "/beeld/"])
def test_head_is_answered_as_get_without_its_content(client_as: Callable[[str], Client], page: str) -> None:
    client = client_as("beheerder")

    whole, head = client.get(page), client.head(page)

    assert head.status_code == whole.status_code
    assert head.content == b""
    assert head["Content-Type"] == whole["Content-Type"]
    assert int(head["Content-Length"]) > 0


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize(
    "address", ["/gegevens/toevoegen/overnemen/", "/gegevens/toevoegen/niet/", "/gegevens/beeld-maken/", "/uitloggen/"]
)
def test_the_address_of_a_button_says_what_to_do_and_does_nothing(
    client_as: Callable[[str], Client], address: str, method: str
) -> None:
    client = client_as("beheerder")

    answer = getattr(client, method)(address)

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    if method == "get":
        assert "Dit adres hoort bij een knop" in answer.text
        assert answer["X-Request-ID"] in answer.text
    assert client.get("/beheer/rollen/").status_code == 200


def test_the_sign_in_page_answers_head(town: MunicipalityView) -> None:
    assert Client().head("/inloggen/").status_code == 200


def test_an_error_page_gives_the_number_that_stands_in_the_log(town: MunicipalityView) -> None:
    answer = Client().get("/bestaat/niet/")

    assert answer.status_code == 404
    assert answer["X-Request-ID"] in answer.text
