"""From the raw file to the page that someone prints: the picture as its readers meet it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import Site

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]
Accessible = Callable[[Page], list[str]]

PAGES = {
    "vandaag": "/",
    "kaart": "/beeld/?indicator=woninginbraak&gebied=WK990102",
    "kaart per buurt": "/beeld/?indicator=woninginbraak&niveau=buurt&periode=laatste-36",
    "gebied": "/beeld/gebied/BU99010202/",
    "wijk": "/beeld/gebied/WK990102/",
    "stad": "/beeld/gebied/GM9901/",
    "afdruk": "/beeld/gebied/BU99010202/afdruk/",
    "indicator": "/beeld/indicator/woninginbraak/",
    "uitleg": "/beeld/aandacht/",
    "zoeken": "/beeld/zoek/?q=haven",
    "gegevens": "/gegevens/",
    "toevoegen": "/gegevens/toevoegen/",
    "voortgang": "/gegevens/voortgang/",
    "rollen": "/beheer/rollen/",
    "privacy": "/over/privacy/",
    "toegankelijkheid": "/over/toegankelijkheid/",
}


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(visit: Visit, accessible: Accessible, width: int, scheme: str) -> None:
    page = visit("analist", width=width, scheme=scheme)
    found = {}

    for name, path in PAGES.items():
        page.goto(path)
        found[name] = accessible(page)

    assert {name: what for name, what in found.items() if what} == {}


@pytest.mark.parametrize("width", [1440, 390, 320])
def test_no_page_scrolls_sideways(visit: Visit, width: int) -> None:
    page = visit("analist", width=width)
    wider = {}

    for name, path in PAGES.items():
        page.goto(path)
        wider[name] = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")

    assert {name: over for name, over in wider.items() if over > 0} == {}


def test_titles_of_pages_are_unique(visit: Visit) -> None:
    page = visit("analist")
    titles = []

    for path in PAGES.values():
        page.goto(path)
        titles.append(page.title())

    assert sorted(titles) == sorted(set(titles))


def test_someone_sees_the_wave_opens_the_area_and_gets_one_sheet(visit: Visit, tmp_path: Path) -> None:
    page = visit("beleidsadviseur")

    page.get_by_role("link", name=re.compile("Zeilmakersbuurt zijn sinds")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("woninginbraak loopt op")
    page.get_by_role("link", name="Afdrukken (1 blad)").click()
    page.pdf(path=tmp_path / "blad.pdf", prefer_css_page_size=True)

    sheets = re.findall(rb"/Type\s*/Page[^s]", (tmp_path / "blad.pdf").read_bytes())
    assert len(sheets) == 1


def test_the_sheet_of_every_neighbourhood_fits_on_one_page(visit: Visit) -> None:
    page = visit("lezer")
    page.goto("/beeld/?indicator=woninginbraak&niveau=buurt")
    codes = re.findall(r'id="kies-(BU\w+)"', page.content())
    pages = {}

    for code in codes:
        page.goto(f"/beeld/gebied/{code}/afdruk/")
        pages[code] = len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(prefer_css_page_size=True)))

    assert len(codes) == 60
    assert {code: count for code, count in pages.items() if count != 1} == {}


def test_the_table_beside_the_map_is_not_cut(visit: Visit) -> None:
    page = visit("lezer")
    page.goto("/beeld/?indicator=woninginbraak&niveau=buurt")

    assert page.evaluate("[...document.querySelectorAll('.scroll')].every(e => e.scrollWidth <= e.clientWidth)")


def test_the_map_is_used_by_keyboard_alone(visit: Visit) -> None:
    page = visit("lezer")
    page.goto("/beeld/?indicator=woninginbraak")

    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Direct naar de inhoud")
    page.keyboard.press("Enter")
    for _step in range(60):
        page.keyboard.press("Tab")
        if page.locator(":focus").inner_text() == "Oude Haven":
            break
    page.keyboard.press("Enter")

    expect(page.locator("tr.selected")).to_contain_text("Oude Haven")
    expect(page.locator(":focus")).to_have_text("Oude Haven")
    page.get_by_role("link", name="Open het profiel van Oude Haven").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/beeld/gebied/WK990102/")


def test_focus_is_visible_and_not_under_the_bar(visit: Visit) -> None:
    page = visit("lezer")
    page.goto("/beeld/gebied/BU99010202/")

    for _step in range(25):
        page.keyboard.press("Tab")
        box = page.locator(":focus").bounding_box()
        style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert box is not None
        assert box["y"] + box["height"] > 0
        assert style == "solid"


def test_all_reading_works_without_script(visit: Visit) -> None:
    page = visit("lezer", script=False)

    page.goto("/beeld/?indicator=woninginbraak")
    page.get_by_label("Niveau").select_option("buurt")
    page.get_by_role("button", name="Toon", exact=True).click()
    page.locator("tbody a").first.click()
    page.get_by_role("link", name=re.compile("Open het profiel")).click()

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_text("Toon als tabel").first.click()
    expect(page.locator("details[open] table").first).to_be_visible()


def test_choosing_an_area_swaps_the_map_and_says_so(visit: Visit) -> None:
    page = visit("lezer")
    page.goto("/beeld/?indicator=woninginbraak")

    page.locator("tbody a", has_text="Oude Haven").click()

    expect(page.locator("tr.selected")).to_contain_text("Oude Haven")
    assert "gebied=WK990102" in page.url
    expect(page.locator("[aria-live=polite]")).to_contain_text("Open het profiel van Oude Haven")


def test_the_search_field_finds_a_neighbourhood(visit: Visit) -> None:
    page = visit("lezer")

    page.keyboard.press("/")
    page.keyboard.type("zeilmakers")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Zeilmakersbuurt")


def test_an_unknown_file_is_refused_in_words(visit: Visit, accessible: Accessible) -> None:
    page = visit("analist")
    page.goto("/gegevens/toevoegen/")

    page.get_by_label("Bestanden").set_input_files(
        {"name": "lijst.csv", "mimeType": "text/csv", "buffer": b"a,b\n1,2\n"}
    )
    page.get_by_role("button", name="Bekijk wat erin staat").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Ik herken dit bestand niet")
    expect(page.get_by_role("alert")).to_contain_text("Gezocht is naar")
    assert accessible(page) == []
    page.get_by_role("button", name="Niets overnemen").click()
    expect(page.get_by_text("Er is niets overgenomen.")).to_be_visible()


def test_a_file_that_is_there_already_changes_nothing(visit: Visit, site: Site) -> None:
    page = visit("analist")
    page.goto("/gegevens/toevoegen/")

    page.get_by_label("Bestanden").set_input_files(site.store / "GM9901" / "raw" / "regiolijst.csv")
    page.get_by_role("button", name="Bekijk wat erin staat").click()
    expect(page.get_by_text("Er is nog niets overgenomen.")).to_be_visible()
    page.get_by_role("button", name=re.compile("rijen overnemen")).click()

    expect(page.get_by_text("Dit bestand was al overgenomen.")).to_be_visible()


def test_an_adviser_reads_and_cannot_add(visit: Visit) -> None:
    page = visit("beleidsadviseur")

    page.goto("/gegevens/")

    expect(page.get_by_role("link", name="Bestand toevoegen")).to_have_count(0)


def test_pages_are_english_for_who_asks(visit: Visit) -> None:
    page = visit("lezer")

    page.get_by_role("button", name="English").click()

    expect(page.locator("html")).to_have_attribute("lang", "en")
