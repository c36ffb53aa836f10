"""Security headers and guards, on every route there is (standards HDR-01..06)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from wijkveilig.scope.types import MunicipalityView

OPEN = {
    "health",
    "ready",
    "security_txt",
    "people:sign_in",
    "people:sign_out",
    "people:begin",
    "ui:language",
    "ui:appearance",
    "ui:accessibility",
    "ui:privacy",
}
"""The only routes that answer without a session; a new one is put here on purpose or not at all."""

SAMPLES = {"int": "1", "slug": "iets", "str": "iets", "uuid": "00000000-0000-0000-0000-000000000000", "path": "iets"}


def routes(resolver: URLResolver | None = None, spaces: str = "", start: str = "/") -> Iterator[tuple[str, str]]:
    """Every route of the site as (name, an address that it answers)."""
    for entry in (resolver or get_resolver()).url_patterns:
        part = re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES[found[1] or "str"], str(entry.pattern))
        if isinstance(entry, URLResolver):
            inner = f"{spaces}{entry.namespace}:" if entry.namespace else spaces
            yield from routes(entry, inner, start + part)
        elif isinstance(entry, URLPattern):
            yield f"{spaces}{entry.name}", start + part


ROUTES = sorted(routes())
ALL = pytest.mark.parametrize(("name", "address"), ROUTES, ids=[name for name, _ in ROUTES])


def policy_of(answer: HttpResponse) -> dict[str, list[str]]:
    """The content security policy of an answer as directive → sources."""
    parts = [part.split() for part in answer["Content-Security-Policy"].split(";") if part.strip()]
    return {part[0]: part[1:] for part in parts}


def assert_safe(answer: HttpResponse) -> None:
    """HDR-01..06 on one answer."""
    policy = policy_of(answer)
    sources = {source for directive in policy.values() for source in directive}
    assert not sources & {"'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "http:", "https:", "*"}, "HDR-01"
    assert all(source.startswith(("'", "https://", "data:")) for source in sources), "HDR-01"
    assert "data:" not in policy["script-src"] + policy["default-src"], "HDR-01"
    assert policy["default-src"] == ["'none'"], "HDR-02"
    assert policy["base-uri"] == ["'none'"], "HDR-02"
    assert policy["form-action"] == ["'self'"], "HDR-02"
    assert policy["frame-ancestors"] == ["'none'"], "HDR-02"
    assert policy["script-src"] == policy["style-src"] == ["'self'"], "HDR-03"
    age = re.match(r"max-age=(\d+)", answer["Strict-Transport-Security"])
    assert age is not None, "HDR-04"
    assert int(age[1]) >= 31_536_000, "HDR-04"
    assert answer["X-Frame-Options"] == "DENY", "HDR-05"
    assert answer["X-Content-Type-Options"] == "nosniff", "HDR-05"
    assert answer["Referrer-Policy"] == "same-origin", "HDR-05"


def assert_kept_nowhere(answer: HttpResponse) -> None:
    """No copy of the answer in any cache, and no compression of what may hold a secret (HDR-06)."""
    assert "no-store" in answer["Cache-Control"]
    assert not answer.has_header("Content-Encoding"), "HDR-06"


@ALL
def test_every_route_has_its_headers_without_a_session(town: MunicipalityView, name: str, address: str) -> None:
    answer = Client(headers={"Accept-Encoding": "gzip, br"}).get(address)

    assert_safe(answer)
    assert_kept_nowhere(answer)


@ALL
def test_every_route_has_a_guard(town: MunicipalityView, name: str, address: str) -> None:
    for answer in (Client().get(address), Client().post(address)):
        led_to_sign_in = answer.status_code == 302 and answer["Location"].startswith("/inloggen/?verder=")

        assert led_to_sign_in == (name not in OPEN)


@ALL
def test_every_route_answers_an_administrator_without_breaking(
    client_as: Callable[[str], Client], name: str, address: str
) -> None:
    client = client_as("beheerder")

    answer = client.get(address)

    assert answer.status_code in {200, 302, 403, 404, 405}
    assert_safe(answer)
    assert_kept_nowhere(answer)
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        assert_without_inline(answer.text)


def assert_without_inline(page: str) -> None:
    """No script element, data block, style element, style attribute or event handler inside a page."""
    assert not re.findall(r"<script(?![^>]*\ssrc=)[^>]*>", page)
    assert not re.findall(r"<style\b", page)
    assert not re.findall(r"<[^>]*\sstyle\s*=", page)
    assert not re.findall(r"<[a-z][^>]*\son[a-z]+\s*=", page)


def test_a_page_that_is_not_there_has_the_headers_too(town: MunicipalityView) -> None:
    answer = Client().get("/bestaat/niet/")

    assert answer.status_code == 404
    assert_safe(answer)
    assert_kept_nowhere(answer)


def test_an_unknown_host_gets_the_headers_too(town: MunicipalityView) -> None:
    assert_safe(Client().get("/", headers={"host": "elders.example"}))
    assert_safe(Client().get("/", headers={"host": "a b"}))


def test_a_page_that_breaks_has_the_headers_and_tells_nothing(
    client_as: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_as("beheerder")
    client.raise_request_exception = False

    def broken(*_args: object) -> None:
        raise ValueError("Jan Voorbeeld, Dorpsstraat 1")

    monkeypatch.setattr("wijkveilig.people.selectors.rights_table", broken)
    answer = client.get("/beheer/rollen/")

    assert answer.status_code == 500
    assert_safe(answer)
    assert_kept_nowhere(answer)
    assert "Jan Voorbeeld" not in answer.text
    assert "Traceback" not in answer.text


def test_a_static_file_has_the_headers_and_may_be_kept(db: None) -> None:
    answer = Client().get("/static/ui/theme.css")

    assert answer.status_code == 200
    assert_safe(answer)
    assert "max-age=86400" in answer["Cache-Control"]
    answer.close()


def test_a_static_file_is_asked_for_by_its_content(town: MunicipalityView) -> None:
    page = Client().get("/inloggen/").text

    assert re.search(r'href="/static/ui/theme\.css\?v=[0-9a-f]{8}"', page)
    assert 'source-sans-3-latin-wght-normal.woff2"' in page  # as the style sheet names it, so fetched once


def test_a_referrer_stays_on_the_site_so_that_forms_still_work(town: MunicipalityView) -> None:
    """With `no-referrer` Django refuses its own forms over https."""
    client = Client(enforce_csrf_checks=True)
    page = client.get("/inloggen/", secure=True)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    assert token is not None

    facts = {"csrfmiddlewaretoken": token[1], "email": "a@b.example", "password": "x"}
    answer = client.post("/inloggen/", facts, secure=True, headers={"referer": "https://testserver/inloggen/"})

    assert answer.status_code == 200
    assert settings.SECURE_REFERRER_POLICY == "same-origin"
