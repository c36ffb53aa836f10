"""Dutch first: English is the reader's own choice."""

from __future__ import annotations

from django.test import Client

from wijkveilig.scope.types import MunicipalityView


def test_a_page_is_dutch_whatever_the_browser_prefers(town: MunicipalityView) -> None:
    answer = Client().get("/inloggen/", headers={"Accept-Language": "en-US,en;q=0.9"})

    assert answer["Content-Language"] == "nl"
    assert '<html lang="nl"' in answer.text


def test_a_reader_chooses_english_and_keeps_it(town: MunicipalityView) -> None:
    client = Client()

    client.post("/taal/", {"language": "en", "next": "/inloggen/"})

    answer = client.get("/inloggen/")
    assert answer["Content-Language"] == "en"
    assert '<html lang="en"' in answer.text


def test_a_language_that_is_not_there_is_dutch(town: MunicipalityView) -> None:
    client = Client()
    client.cookies["language"] = "xx"

    assert client.get("/inloggen/")["Content-Language"] == "nl"
