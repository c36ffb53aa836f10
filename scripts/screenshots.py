"""The pictures of the README and of the handbook, from a site that runs with the demo city.

    python3 dev.py run                                       in one window
    .venv/bin/python scripts/screenshots.py [--at ADDRESS]   in another

Needs chromium. The demo city is the same each time, so a picture changes only when the page did.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from wijkveilig.people.types import DEMO_PASSWORD

DOCS = Path(__file__).resolve().parent.parent / "docs"
WIDE = ViewportSize(width=1440, height=1000)
PHONE = ViewportSize(width=390, height=844)
ADVISER, ANALYST = "marijke.de.wit@waardwijk.example", "daan.vos@waardwijk.example"
QUARTER = "/beeld/gebied/BU99010202/"
BURGLARY = "/beeld/?indicator=woninginbraak&gebied=WK990102"


@dataclass(frozen=True)
class Shot:
    """One picture: whose page, which page, where it goes, and how wide the screen is."""

    file: str
    path: str
    who: str = ADVISER
    phone: bool = False


SHOTS = (
    Shot("pictures/vandaag.png", "/"),
    Shot("pictures/kaart.png", BURGLARY),
    Shot("pictures/gebied.png", QUARTER),
    Shot("handbook/pictures/indicator.png", "/beeld/indicator/woninginbraak/"),
    Shot("handbook/pictures/gegevens.png", "/gegevens/", ANALYST),
    Shot("handbook/pictures/toevoegen.png", "/gegevens/toevoegen/", ANALYST),
    Shot("handbook/pictures/gebied-telefoon.png", QUARTER, phone=True),
)


def main() -> int:
    """Take every picture; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--at", default="http://127.0.0.1:8000", help="address of the running site")
    address = parser.parse_args().at.rstrip("/")
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        print("There is no chromium here: apt-get install chromium", file=sys.stderr)
        return 2
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        for shot in SHOTS:
            take(browser, address, shot)
            print(DOCS / shot.file)
        browser.close()
    return 0


def take(browser: Browser, address: str, shot: Shot) -> None:
    """Sign in, open the page, keep what fits on one screen."""
    context = browser.new_context(
        viewport=PHONE if shot.phone else WIDE, locale="nl-NL", color_scheme="light", reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(f"{address}/inloggen/")
    page.get_by_label("E-mailadres").fill(shot.who)
    page.get_by_label("Wachtwoord").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.wait_for_url(f"{address}/")
    page.goto(f"{address}{shot.path}")
    page.evaluate("document.fonts.ready")
    target = DOCS / shot.file
    target.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=target)
    context.close()


if __name__ == "__main__":
    sys.exit(main())
