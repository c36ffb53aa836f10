"""The real site with the demo city, and a real browser before it.

The city is built once per run of the tests, in a folder of its own; the site runs as its own process.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from wijkveilig.people.types import DEMO_PASSWORD

STARTING = 60.0
"""Seconds that the site has to answer."""
NAMES = ("chromium", "chromium-browser", "google-chrome")
PEOPLE = {
    "analist": "daan.vos@waardwijk.example",
    "beleidsadviseur": "marijke.de.wit@waardwijk.example",
    "lezer": "kim.bos@waardwijk.example",
}


@dataclass(frozen=True)
class Site:
    """A running site with the demo city."""

    address: str
    store: Path

    def at(self, path: str) -> str:
        """The whole address of a path."""
        return f"{self.address}{path}"


Visit = Callable[..., Page]
"""`visit('analist', width=390)`: a page of someone who signed in."""


def chromium() -> str | None:
    """The browser that the environment names, or the system's."""
    names = (os.environ.get("WIJKVEILIG_CHROMIUM", ""), *NAMES)
    return next((found for name in names if name and (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo city served by the product itself; the process ends with the tests."""
    store = tmp_path_factory.mktemp("journeys")
    environment = {
        **os.environ,
        "WIJKVEILIG_VAR": str(store),
        "DJANGO_SETTINGS_MODULE": "wijkveilig.config.settings",
        "WIJKVEILIG_SECRET_KEY": "only-for-journeys",
        "WIJKVEILIG_LOG": str(store / "log.jsonl"),
    }
    _command(environment, "-m", "django", "migrate", "--verbosity", "0")
    _command(environment, "-m", "wijkveilig.config.prepare_demo")
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(
        [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "1",
            "--no-access-log", "--log-level", "error", "wijkveilig.config.wsgi:application",
        ],
        env=environment,
    )  # fmt: skip
    worker = subprocess.Popen([sys.executable, "-m", "django", "db_worker"], env=environment, stderr=subprocess.DEVNULL)
    try:
        _wait_for(f"{address}/-/ready")
        yield Site(address, store)
    finally:
        for process in (server, worker):
            process.terminate()
        for process in (server, worker):
            process.wait(20)


def _command(environment: dict[str, str], *words: str) -> None:
    subprocess.run([sys.executable, *words], env=environment, check=True, stdout=subprocess.DEVNULL)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait_for(address: str) -> None:
    until = time.monotonic() + STARTING
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 - our own server
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise TimeoutError(f"the site does not answer at {address}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser per module: it ends before other tests begin, because its loop is not theirs."""
    path = chromium()
    if path is None:
        pytest.skip("there is no chromium here: apt-get install chromium")
    with sync_playwright() as playwright:
        found = _launch(playwright, path)
        yield found
        found.close()


def _launch(playwright: Playwright, path: str) -> Browser:
    return playwright.chromium.launch(executable_path=path)


@pytest.fixture
def visit(site: Site, browser: Browser) -> Iterator[Visit]:
    """Opens a page for someone who signed in by the form; what the console complains of fails the test."""
    opened = []
    complaints: list[str] = []

    def signed_in(role: str, *, width: int = 1440, script: bool = True, scheme: str = "light") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=script, locale="nl-NL",
            color_scheme="dark" if scheme == "dark" else "light", base_url=site.address,
        )  # fmt: skip
        opened.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto("/inloggen/")
        page.get_by_label("E-mailadres").fill(PEOPLE[role])
        page.get_by_label("Wachtwoord").fill(DEMO_PASSWORD)
        page.get_by_role("button", name="Inloggen", exact=True).click()
        page.wait_for_url(site.at("/"))
        return page

    yield signed_in
    for context in opened:
        context.close()
    assert complaints == []


@pytest.fixture
def accessible() -> Callable[[Page], list[str]]:
    """What axe finds on a page, one line per rule with the first element."""

    def found(page: Page) -> list[str]:
        result = Axe().run(page).response
        return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in result["violations"]]

    return found
