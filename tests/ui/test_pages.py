"""The shell of every page: reading order, skip link, menus without script, preferences, pages that help."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from django.utils import translation

from wijkveilig.ui import nav, panels
from wijkveilig.ui.chart_words import chart_words
from wijkveilig.ui.charts import DUTCH
from wijkveilig.ui.figures import Cell, Column, Figure, Link, Table
from wijkveilig.ui.nav import NavItem, SearchBox

pytestmark = pytest.mark.django_db
VOID = {"meta", "link", "input", "br", "img", "hr", "path", "circle", "line", "rect"}


class Reader(HTMLParser):
    """What a keyboard and a listener meet in a page, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.reached: list[tuple[str, dict[str, str]]] = []
        self.ids: list[str] = []
        self.headings: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        known = {name: value or "" for name, value in attrs}
        self.ids += [known["id"]] if "id" in known else []
        self.headings += [tag] if re.fullmatch(r"h[1-6]", tag) else []
        hidden = known.get("type") == "hidden" or known.get("tabindex") == "-1"
        if tag in ("a", "button", "input", "select", "summary", "textarea") and not hidden:
            self.reached.append((tag, known))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag


def read(response) -> Reader:
    """A page as read from top to bottom; elements that are not closed fail here."""
    reader = Reader()
    reader.feed(response.content.decode())
    assert reader.open == []
    return reader


@pytest.mark.parametrize("path", ["/inloggen/", "/over/privacy/", "/over/toegankelijkheid/", "/bestaat-niet/"])
def test_the_first_stop_of_the_keyboard_skips_to_the_content(town, client, path):
    page = read(client.get(path))

    tag, known = page.reached[0]
    assert (tag, known["href"]) == ("a", "#inhoud")
    assert "inhoud" in page.ids


@pytest.mark.parametrize("path", ["/inloggen/", "/over/privacy/", "/over/toegankelijkheid/", "/"])
def test_a_page_has_one_first_heading_and_no_id_twice(client_as, path):
    page = read(client_as("analist").get(path))

    assert page.headings.count("h1") == 1
    assert len(page.ids) == len(set(page.ids))


def test_the_keyboard_goes_from_brand_to_tasks_to_search_to_oneself(client_as):
    page = read(client_as("analist").get("/over/privacy/"))

    names = [known.get("class") or known.get("name") or known.get("href", "") for _, known in page.reached]
    assert names.index("brand") < names.index("q") < [tag for tag, _ in page.reached].index("summary")


def test_the_menus_open_without_script(client_as):
    text = client_as("analist").get("/over/privacy/").content.decode()

    assert '<details class="me">' in text
    assert '<details class="menu">' in text
    assert "uitloggen" in text


def test_someone_without_a_session_sees_no_tasks(client, town):
    text = client.get("/over/privacy/").content.decode()

    assert 'class="tasks"' not in text
    assert 'class="me"' not in text


def test_a_page_has_a_title_of_its_own_and_the_readers_language(client, town):
    text = client.get("/over/privacy/").content.decode()

    assert "<title>Privacy – Proefstad, Wijkveilig</title>" in text
    assert '<html lang="nl">' in text


def test_the_language_is_kept_and_only_leads_back_to_this_site(client, town):
    back = client.post("/taal/", {"language": "en", "next": "/over/privacy/"})
    astray = client.post("/taal/", {"language": "en", "next": "https://elders.example/"})

    assert back["Location"] == "/over/privacy/"
    assert "elders" not in astray["Location"]
    assert '<html lang="en">' in client.get("/over/privacy/").content.decode()


def test_dark_is_kept_until_the_device_decides_again(client, town):
    client.post("/weergave/", {"theme": "dark", "next": "/over/privacy/"})
    assert 'data-theme="dark"' in client.get("/over/privacy/").content.decode()

    client.post("/weergave/", {"theme": ""})
    assert "data-theme" not in client.get("/over/privacy/").content.decode()


def test_an_unknown_theme_or_address_does_nothing(client, town):
    response = client.post("/weergave/", {"theme": '"><script>', "next": "//elders.example"})

    assert response["Location"] == "/"
    assert "<script>" not in client.get("/over/privacy/").content.decode().split("</head>")[1]


def test_the_search_key_can_be_switched_off(client, town):
    client.post("/weergave/", {"search_key": "off"})

    assert 'data-search-key="off"' in client.get("/over/privacy/").content.decode()


@pytest.mark.parametrize("template", ["400", "403", "404", "500", "503", "form_expired"])
def test_an_error_page_says_what_happened_and_what_one_can_do(template):
    text = render_to_string(f"ui/{template}.html", request=RequestFactory().get("/"))

    assert re.search(r"<h1>[^<]{12,}</h1>", text)
    assert "Wat u kunt doen" in text
    assert re.search(r"<ul>.*?<li>[^<]{20,}</li>.*?</ul>", text, re.DOTALL)
    assert "!" not in re.sub(r"<![^>]*>", "", text)


@pytest.mark.parametrize("template", ["500", "503"])
def test_the_page_for_a_broken_house_needs_nothing_of_the_house(template):
    text = render_to_string(f"ui/{template}.html")

    assert "Wijkveilig" in text


def test_a_page_that_is_not_there_helps_on(client_as):
    response = client_as("analist").get("/bestaat-niet/")

    assert response.status_code == 404
    assert "Deze pagina is er niet" in response.content.decode()


@override_settings(LANGUAGE_CODE="nl")
def test_a_figure_has_its_sentence_its_table_its_source_and_its_links():
    table = Table((Column("Maand"), Column("Aantal", numeric=True)), [("januari", Cell("3", strong=True))])
    figure = Figure(
        "f",
        "Er <b> was",
        "per maand",
        "<svg></svg>",
        "<svg></svg>",
        table,
        "politie",
        "2025",
        links=(Link("Meer", "/x/"),),
    )

    text = render_to_string("ui/figure.html", {"figure": figure})

    assert "Er &lt;b&gt; was" in text
    assert "<summary>Toon als tabel</summary>" in text
    assert '<th scope="row">januari</th>' in text
    assert '<td class="n"><b>3</b></td>' in text
    assert "Bron: politie" in text
    assert '<a href="/x/">Meer</a>' in text


def test_a_row_that_misses_a_cell_is_refused():
    with pytest.raises(ValueError, match="zip"):
        Table((Column("a"), Column("b")), [("1",)]).lines()


def test_a_panel_stands_in_its_slot_in_order_and_silence_draws_nothing():
    request = RequestFactory().get("/")
    made = [
        panels.register("proef", lambda _: "tweede", 20),
        panels.register("proef", lambda _: "eerste", 10),
        panels.register("proef", lambda _: "  ", 30),
    ]

    assert panels.drawn("proef", request) == ["eerste", "tweede"]
    for panel in made:
        panels.withdraw(panel)
    assert panels.drawn("proef", request) == []


def test_the_same_panel_counts_once():
    def draw(_):
        return "een"

    panels.register("dubbel", draw)
    panel = panels.register("dubbel", draw)

    assert panels.drawn("dubbel", RequestFactory().get("/")) == ["een"]
    panels.withdraw(panel)


@pytest.fixture
def own_nav(monkeypatch):
    """A navigation of this test alone."""
    monkeypatch.setattr(nav, "_items", {})
    monkeypatch.setattr(nav, "_searches", {})


def test_the_bar_shows_only_what_the_role_may(own_nav):
    nav.register(NavItem("Privacy", "ui:privacy", None, 20, "/over/privacy/"))
    nav.register(NavItem("Vandaag", "ui:home", "picture.read", 10))

    everyone = nav.links(lambda verb: False, "/over/privacy/")
    reader = nav.links(lambda verb: verb == "picture.read", "/")

    assert [(link.label, link.current) for link in everyone] == [("Privacy", True)]
    assert [(link.label, link.current) for link in reader] == [("Vandaag", True), ("Privacy", False)]


def test_the_most_precise_task_is_the_current_one(own_nav):
    nav.register(NavItem("Over", "ui:accessibility", None, 10, "/over/"))
    nav.register(NavItem("Privacy", "ui:privacy", None, 20, "/over/privacy/"))

    current = [link.label for link in nav.links(lambda verb: True, "/over/privacy/x/") if link.current]
    assert current == ["Privacy"]


def test_the_search_field_is_there_for_who_may_search(own_nav):
    nav.register_search(SearchBox("ui:home", "Zoek een buurt", "picture.read"))

    assert nav.search(lambda verb: True) == ("/", "Zoek een buurt")
    assert nav.search(lambda verb: False) is None


def test_the_words_of_charts_follow_the_language():
    with translation.override("nl"):
        assert chart_words() == DUTCH
    with translation.override("en"):
        assert chart_words().language == "en"
