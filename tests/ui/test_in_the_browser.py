"""The shell in a real browser: keyboard, policy, phone, dark, and the comforts that may be missed."""

from __future__ import annotations

import os
import shutil

import pytest
from tests import factories

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = os.environ.get("WIJKVEILIG_CHROMIUM") or shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="BROWSER TESTS SKIPPED: there is no chromium on this machine"),
]


@pytest.fixture(scope="module")
def browser():
    """One browser for the tests of this file."""
    with pytest.MonkeyPatch.context() as patch, sync_api.sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright's own loop runs in this thread
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture
def open_page(browser, live_server):
    """`open_page(path, ...)`: a page of someone who is signed in, with what the console said in `page.said`."""
    factories.make_town("GM9901", "Proefstad", "localhost")
    factories.make_account("GM9901", "analist")
    contexts = []

    def opened(path="/over/toegankelijkheid/", *, width=1440, **how):
        context = browser.new_context(viewport={"width": width, "height": 800}, **how)
        contexts.append(context)
        page = context.new_page()
        page.said = []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.goto(f"{live_server.url}/inloggen/")
        page.fill("input[name=email]", "analist@gm9901.example")
        page.fill("input[name=password]", factories.PASSWORD)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        page.goto(f"{live_server.url}{path}")
        return page

    yield opened
    for context in contexts:
        context.close()


def focused(page) -> str:
    """The tag and name of what has the focus."""
    return page.evaluate("document.activeElement.tagName + ' ' + (document.activeElement.name || '')")


def test_nothing_on_a_page_breaks_the_content_security_policy(open_page):
    page = open_page("/")

    assert page.said == []
    assert page.evaluate("typeof htmx") == "object"


def test_the_first_tab_shows_the_skip_link_and_enter_goes_to_the_content(open_page):
    page = open_page()

    page.keyboard.press("Tab")
    assert page.locator(".skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhoud"


def test_slash_opens_the_search_field_unless_it_is_switched_off(open_page):
    page = open_page()
    page.keyboard.press("/")
    assert focused(page) == "INPUT q"
    page.keyboard.type("/")
    assert page.input_value("#zoek") == "/"

    page.click("details.me summary")
    with page.expect_navigation():
        page.click("details.me button[value=off]")
    page.keyboard.press("/")
    assert focused(page) == "BODY "


def test_escape_closes_the_menu_and_gives_the_focus_back(open_page):
    page = open_page()
    page.focus("details.me summary")
    page.keyboard.press("Enter")
    assert page.locator("details.me").get_attribute("open") is not None

    page.keyboard.press("Tab")
    page.keyboard.press("Escape")

    assert page.locator("details.me").get_attribute("open") is None
    assert focused(page) == "SUMMARY "


@pytest.mark.parametrize("width", [320, 390, 760, 1024, 1440])
def test_no_page_is_wider_than_its_screen_and_its_bar_is_one_line(open_page, width):
    page = open_page(width=width)

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator(".bar").bounding_box()["height"] <= 62


def test_the_menu_on_a_phone_works_without_script(open_page):
    page = open_page(width=390, java_script_enabled=False)

    page.click("details.menu summary")

    links = page.locator("details.menu nav a")
    assert links.count() >= 2
    assert all(link.bounding_box()["height"] >= 44 for link in links.all())


@pytest.mark.parametrize("width", [390, 1440])
def test_what_one_presses_in_the_bar_is_large_enough(open_page, width):
    page = open_page(width=width)
    page.click("details.menu summary" if width < 900 else "details.me summary")

    for button in page.locator(".bar button:visible, .bar summary:visible, .bar input:visible").all():
        assert button.bounding_box()["height"] >= 32, button.inner_text()


def test_dark_follows_the_device_and_the_readers_own_choice_wins(open_page):
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    page = open_page(color_scheme="dark")
    assert page.evaluate(ground) == "rgb(14, 24, 29)"

    page.click("details.me summary")
    with page.expect_navigation():
        page.click("details.me button[value=light]")
    assert page.evaluate(ground) == "rgb(246, 247, 245)"


def test_paper_is_light_and_has_no_bar(open_page):
    page = open_page(color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")

    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.locator(".bar").is_visible()


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_shell_has_no_fault_that_axe_can_find(open_page, width, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = open_page(width=width, color_scheme=scheme, bypass_csp=True)
    page.click("details.menu summary" if width < 900 else "details.me summary")

    found = axe.Axe().run(page).response["violations"]

    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found] == []
