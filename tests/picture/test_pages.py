"""Pages of the picture: what they say first, what they show, what they cost."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.picture.page_fixtures import put_edition

pytestmark = pytest.mark.slow  # whole pages, with their drawings
Pages = Callable[[str], Client]

EVERY_PAGE = (
    "/",
    "/beeld/",
    "/beeld/?niveau=buurt&periode=laatste-36",
    "/beeld/gebied/BU99010101/",
    "/beeld/gebied/BU99010101/afdruk/",
    "/beeld/gebied/WK990101/",
    "/beeld/gebied/GM9901/",
    "/beeld/indicator/woninginbraak/",
    "/beeld/indicator/woninginbraak/?niveau=buurt&alle=1",
    "/beeld/aandacht/",
    "/beeld/zoek/?q=buurt",
    "/gegevens/",
)


def heading(text: str) -> str:
    """The words of the only h1 of a page."""
    found = re.findall(r"<h1[^>]*>(.*?)</h1>", text, re.DOTALL)
    assert len(found) == 1
    return re.sub(r"\s+", " ", found[0]).strip()


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_each_page_opens_for_a_reader_and_has_one_heading_and_its_own_title(client_as: Pages, page: str) -> None:
    put_edition(areas=10)

    answer = client_as("lezer").get(page)

    assert answer.status_code == 200
    assert heading(answer.text)
    assert re.search(r"<title>[^<–]+ – Proefstad, Wijkveilig</title>", answer.text)


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_no_page_carries_inline_script_or_style(client_as: Pages, page: str) -> None:
    put_edition(areas=10)

    text = client_as("lezer").get(page).text

    assert " style=" not in text
    assert "<style" not in text
    assert re.search(r"<script(?![^>]*\bsrc=)", text) is None
    assert re.search(r"\son[a-z]+=", text) is None


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_headings_go_down_one_step_at_a_time(client_as: Pages, page: str) -> None:
    put_edition(areas=10)

    levels = [int(level) for level in re.findall(r"<h([1-6])", client_as("lezer").get(page).text)]

    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_a_page_asks_as_many_statements_for_600_areas_as_for_60(client_as: Pages, page: str) -> None:
    client = client_as("analist")
    counts = []
    for areas in (60, 600):
        put_edition(areas=areas)
        client.get(page)
        with CaptureQueriesContext(connection) as statements:
            assert client.get(page).status_code == 200
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 8


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_a_page_of_sixty_areas_stays_under_its_weight(client_as: Pages, page: str) -> None:
    put_edition(areas=60)

    assert len(client_as("analist").get(page).content) < 150_000


@pytest.mark.parametrize(
    "page",
    ["/beeld/?niveau=buurt", "/beeld/?niveau=buurt&periode=laatste-36", "/beeld/indicator/totaal/?niveau=buurt&alle=1"],
)
def test_a_page_of_a_large_municipality_stays_under_its_weight(client_as: Pages, page: str) -> None:
    put_edition(areas=132)

    assert len(client_as("analist").get(page).content) < 150_000


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_without_a_session_a_page_leads_to_signing_in(town: object, page: str) -> None:
    answer = Client().get(page)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/inloggen/")


def test_home_counts_what_asks_for_attention_and_leads_to_the_area(client_as: Pages) -> None:
    put_edition()

    text = client_as("lezer").get("/").text

    assert heading(text) == "Één ding vraagt vandaag aandacht"
    assert 'href="/beeld/gebied/BU99010101/"' in text
    assert 'href="/beeld/aandacht/"' in text
    assert "Zeker" in text


def test_a_calm_day_is_a_finished_page(client_as: Pages) -> None:
    put_edition(lines=0)

    text = client_as("lezer").get("/").text

    assert heading(text) == "Niets vraagt vandaag aandacht"
    assert "Het beeld is van december 2025" in text
    assert 'class="att"' not in text


def test_a_long_list_stays_a_page_that_one_can_read(client_as: Pages) -> None:
    put_edition(lines=30)

    text = client_as("lezer").get("/").text

    assert heading(text) == "30 dingen vragen vandaag aandacht"
    assert text.count('class="att"') == 12
    assert "Vraagt ook aandacht" in text
    assert 'href="/beeld/gebied/BU99010605/"' in text
    assert len(text.encode()) < 150_000


def test_an_installation_without_data_says_what_is_needed(client_as: Pages) -> None:
    text = client_as("analist").get("/").text

    assert heading(text) == "Kies uw gemeente en geef de bestanden"
    assert "Misdrijven per buurt" in text
    assert 'href="/gegevens/toevoegen/"' in text


def test_who_may_not_add_files_is_told_who_can(client_as: Pages) -> None:
    text = client_as("lezer").get("/").text

    assert 'href="/gegevens/toevoegen/"' not in text
    assert "Een analist of beheerder kan bestanden toevoegen." in text


@pytest.mark.parametrize("page", EVERY_PAGE[1:-1])
def test_without_an_edition_a_page_says_what_is_needed_first(client_as: Pages, page: str) -> None:
    answer = client_as("lezer").get(page)

    assert answer.status_code == 200
    assert heading(answer.text) == "Kies uw gemeente en geef de bestanden"


def test_the_map_opens_at_the_level_that_fits_and_says_why(client_as: Pages) -> None:
    put_edition()

    text = client_as("lezer").get("/beeld/").text

    assert heading(text) == "Woninginbraak: Wijk 1 ligt zeker boven de stad"
    assert "Wijk 2 ligt er zeker onder." in text
    assert "Daarom staat dit op wijk." in text
    assert "Toch per buurt, dan over drie jaar" in text
    assert '<option value="wijk" selected>wijk (past hier)</option>' in text


def test_a_reader_who_asks_otherwise_gets_it_and_the_way_back(client_as: Pages) -> None:
    put_edition()

    text = client_as("lezer").get("/beeld/?indicator=woninginbraak&niveau=buurt&periode=laatste-36").text

    assert heading(text) == "Woninginbraak: Buurt 1 ligt zeker boven de stad"
    assert "Terug naar wat hier past" in text


def test_a_selected_area_is_marked_in_the_table_and_leads_to_its_profile(client_as: Pages) -> None:
    put_edition()

    text = client_as("lezer").get("/beeld/?niveau=buurt&gebied=BU99010102").text

    assert text.count('<tr class="selected">') == 1
    assert "Open het profiel van Buurt 2" in text


def test_the_table_can_be_sorted_by_each_column(client_as: Pages) -> None:
    put_edition()
    client = client_as("lezer")

    def names(order: str) -> list[str]:
        text = client.get(f"/beeld/?niveau=buurt&volgorde={order}").text
        return re.findall(r'<tr[^>]*><th scope="row"><a [^>]*>([^<]+)</a>', text)

    assert names("cijfer")[0] == "Buurt 1"
    assert names("naam") == sorted(names("cijfer"))
    assert names("aantal")[0] == "Buurt 1"


def test_the_sorted_column_is_announced(client_as: Pages) -> None:
    put_edition()

    text = client_as("lezer").get("/beeld/?volgorde=naam").text

    assert text.count('aria-sort="ascending"') == 1
    assert 'aria-sort="descending"' not in text


def test_unknown_parts_of_an_address_become_what_fits(client_as: Pages) -> None:
    put_edition()

    answer = client_as("lezer").get("/beeld/?niveau=straat&gebied=BU1&volgorde=y")

    assert answer.status_code == 200
    assert heading(answer.text).startswith("Woninginbraak")


@pytest.mark.parametrize(
    "page",
    [
        "/beeld/?indicator=x",
        "/beeld/?periode=1900",
        "/beeld/tabel.csv?indicator=x",
        "/beeld/indicator/woninginbraak/?periode=1900",
        "/beeld/gebied/BU99010101/?periode=1900",
        "/beeld/gebied/BU99010101/afdruk/?onderwerp=x",
    ],
)
def test_an_unknown_indicator_or_period_is_not_found_and_never_another_one(client_as: Pages, page: str) -> None:
    put_edition(areas=10)

    assert client_as("lezer").get(page).status_code == 404


@pytest.mark.parametrize("page", EVERY_PAGE[1:-1])
def test_the_head_of_a_page_can_be_asked(client_as: Pages, page: str) -> None:
    put_edition(areas=10)

    answer = client_as("analist").head(page)

    assert (answer.status_code, answer.content) == (200, b"")


def test_without_shapes_the_table_still_stands(client_as: Pages) -> None:
    put_edition(shapes=False)

    text = client_as("lezer").get("/beeld/?niveau=buurt").text

    assert "Geen bestand kent de vorm van deze gebieden." in text
    assert text.count('<th scope="row">') == 60


def test_the_csv_has_every_area_and_its_interval(client_as: Pages) -> None:
    put_edition()

    answer = client_as("lezer").get("/beeld/tabel.csv?indicator=woninginbraak&niveau=buurt")
    rows = list(csv.reader(io.StringIO(answer.content.decode()), delimiter=";"))

    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert len(rows) == 62
    assert rows[1][:2] == ["BU99010101", "Buurt 1"]
    assert rows[1][4:9] == ["18", "20", "6,1", "4", "9"]
    assert rows[4][10].startswith("Deze code staat in andere bestanden")


def test_the_csv_in_english_has_commas_and_points(client_as: Pages) -> None:
    put_edition(areas=10)
    client = client_as("lezer")
    client.post("/taal/", {"language": "en", "next": "/"})

    answer = client.get("/beeld/tabel.csv?indicator=woninginbraak&niveau=buurt")
    rows = list(csv.reader(io.StringIO(answer.content.decode())))

    assert rows[1][4:9] == ["18", "20", "6.1", "4", "9"]


def test_the_profile_says_what_stands_out_and_shows_each_event(client_as: Pages) -> None:
    put_edition()

    text = client_as("lezer").get("/beeld/gebied/BU99010101/").text

    assert heading(text) == "Buurt 1: woninginbraak loopt op sinds september 2025"
    assert "Woninginbraak lag in heel 2025 boven wat te verwachten was; de meeste sinds september 2025" in text
    assert "elk blokje is er één" in text
    assert "Toon als tabel" in text
    assert "Buurt in Wijk 1 · BU99010101" in text


def test_a_district_names_the_neighbourhood_that_rises_in_it(client_as: Pages) -> None:
    put_edition()

    text = client_as("lezer").get("/beeld/gebied/WK990101/").text

    assert heading(text) == "Wijk 1: in Buurt 1 lag woninginbraak boven wat te verwachten was"


def test_a_quiet_district_counts_what_differs_from_the_city(client_as: Pages) -> None:
    put_edition()

    text = client_as("lezer").get("/beeld/gebied/WK990102/").text

    assert heading(text) == "Wijk 2: twee onderwerpen zeker onder de stad"


def test_the_city_is_laid_beside_its_own_past_and_chance_is_named(client_as: Pages) -> None:
    put_edition()

    text = client_as("lezer").get("/beeld/gebied/GM9901/").text

    assert heading(text) == "Proefstad: twee van 2 onderwerpen liggen buiten de marge"
    assert "valt er door toeval ongeveer 1 buiten de marge" in text
    assert "Naast de stad" not in text


def test_an_area_whose_code_moved_says_why_it_has_no_rate(client_as: Pages) -> None:
    put_edition()

    text = client_as("lezer").get("/beeld/gebied/BU99010104/").text

    assert "Deze code staat hier voor Kadebuurt en in andere bestanden voor Dokbuurt." in text
    assert "Voor dit gebied is er geen cijfer per 1.000" in text


def test_another_subject_can_be_drawn(client_as: Pages) -> None:
    put_edition()

    text = client_as("lezer").get("/beeld/gebied/BU99010105/?onderwerp=vernieling").text

    assert '<option value="vernieling" selected>' in text
    assert "Vernieling past bij wat hier te verwachten was" in text


@pytest.mark.parametrize("page", ["/beeld/gebied/BU00000000/", "/beeld/indicator/onbekend/", "/gegevens/batch/abc/"])
def test_what_the_picture_does_not_know_is_not_found(client_as: Pages, page: str) -> None:
    put_edition(areas=10)

    assert client_as("analist").get(page).status_code == 404


def test_the_indicator_counts_the_areas_that_really_differ(client_as: Pages) -> None:
    put_edition()

    text = client_as("lezer").get("/beeld/indicator/woninginbraak/?niveau=buurt").text

    assert heading(text) == "Woninginbraak: van 58 buurten ligt er één zeker boven de stad"
    assert "De 24 hoogste van 58" in text
    assert "Toon alle 58" in text
    assert "Wat dit cijfer is" in text
    assert "stad 2,8" in text


def test_search_opens_the_only_area_that_is_found(client_as: Pages) -> None:
    put_edition()

    answer = client_as("lezer").get("/beeld/zoek/?q=buurt 60")

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/beeld/gebied/BU9901")


def test_search_without_an_answer_says_what_to_do(client_as: Pages) -> None:
    put_edition()

    text = client_as("lezer").get("/beeld/zoek/?q=Nergenshuizen").text

    assert heading(text) == "Geen gebied gevonden"
    assert "Controleer de spelling" in text


def test_the_bar_searches_areas(client_as: Pages) -> None:
    put_edition(areas=10)

    assert f'action="{reverse("picture:search")}"' in client_as("lezer").get("/").text


def test_every_table_has_a_caption_and_headed_columns(client_as: Pages) -> None:
    put_edition(areas=10)
    client = client_as("analist")

    for page in EVERY_PAGE:
        for table in re.findall(r"<table.*?</table>", client.get(page).text, re.DOTALL):
            assert "<caption" in table, page
            assert '<th scope="col"' in table, page


def test_a_municipality_never_sees_the_edition_of_another(client_as: Pages, other_town: object) -> None:
    put_edition(areas=10, code="GM9902")

    text = client_as("lezer").get("/").text

    assert heading(text) == "Kies uw gemeente en geef de bestanden"


def test_pages_speak_english_when_asked(client_as: Pages) -> None:
    put_edition(areas=10)
    client = client_as("lezer")
    client.post("/taal/", {"language": "en", "next": "/"})

    text = client.get("/beeld/gebied/BU99010101/").text

    assert '<html lang="en"' in text
    assert "home burglary" in text
