"""Logs are lines of JSON in which no person stands."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable

import pytest
from django.test import Client
from tests import factories

from wijkveilig.config.json_log import JsonFormatter
from wijkveilig.scope.types import MunicipalityView


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    """What was written, as the formatter writes it."""
    return [json.loads(JsonFormatter().format(record)) for record in caplog.records]


def test_a_request_is_one_line_with_its_route_and_not_its_path(
    client_as: Callable[[str], Client], caplog: pytest.LogCaptureFixture
) -> None:
    client = client_as("analist")
    caplog.clear()

    answer = client.get("/beheer/rollen/?naam=Voorbeeld")

    (line,) = lines(caplog)
    assert line.pop("at")
    assert float(str(line.pop("ms"))) >= 0
    assert line == {
        "level": "info",
        "logger": "wijkveilig.request",
        "event": "request",
        "request": answer["X-Request-ID"],
        "method": "GET",
        "route": "people:roles",
        "municipality": "GM9901",
        "actor": "account",
        "role": "analist",
        "status": 200,
    }


@pytest.mark.parametrize("path", ["/inloggen/", "/bestaat/niet/Jan-Voorbeeld/", "/beheer/mensen/rol/1/beeindigen/"])
def test_no_line_holds_a_name_an_address_or_a_path(
    town: MunicipalityView, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    factories.make_account(town.code, "analist", name="Jan Voorbeeld")

    Client().post(path, {"email": "analist@gm9901.example", "password": "geheim woord"})

    text = json.dumps(lines(caplog))
    assert '"request"' in text
    assert not any(word in text for word in ("Jan", "analist@", "geheim", "/inloggen", "niet/"))


def test_a_crash_is_told_by_its_kind_and_place_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    try:
        int("Jan Voorbeeld, Dorpsstraat 1")
    except ValueError:
        logging.getLogger("wijkveilig.proef").exception("rebuild of %s failed", "Jan Voorbeeld")

    (line,) = lines(caplog)
    assert line["event"] == "rebuild of %s failed"
    assert line["error"] == "ValueError"
    assert "test_logs.py" in str(line["where"])
    assert "Jan" not in json.dumps(line)


def test_a_refusal_is_a_line_without_who(client_as: Callable[[str], Client], caplog: pytest.LogCaptureFixture) -> None:
    client_as("lezer").get("/beheer/mensen/")

    refused = [line for line in lines(caplog) if line["event"] == "refused"]
    assert [(line["code"], line["role"]) for line in refused] == [("not_your_role", "lezer")]
    assert "@" not in json.dumps(refused)


def test_a_failed_sign_in_is_a_line_that_can_be_counted(
    town: MunicipalityView, caplog: pytest.LogCaptureFixture
) -> None:
    Client().post("/inloggen/", {"email": "iemand@gm9901.example", "password": "geheim woord"})

    assert [line["code"] for line in lines(caplog) if line["event"] == "refused"] == ["sign_in_failed"]


def test_a_host_that_is_refused_is_not_written_down(town: MunicipalityView, caplog: pytest.LogCaptureFixture) -> None:
    answer = Client().get("/", headers={"host": "jan@voorbeeld.example"})

    assert answer.status_code == 400
    told = lines(caplog)
    assert "suspicious request" in [line["event"] for line in told]
    assert "voorbeeld" not in json.dumps(told)
