"""From a chosen file to a batch and back: what is shown, what is stored when, who may."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.picture.test_pages import heading

from wijkveilig.picture import source_words
from wijkveilig.picture.selectors import batches
from wijkveilig.scope.types import Actor
from wijkveilig.ui import numbers

pytestmark = pytest.mark.slow  # whole pages, with their drawings
Pages = Callable[[str], Client]
ME = Actor.command("GM9901")
AREAS = [f"BU990101{number:02d}" for number in range(1, 4)]
RING = [[4.6, 51.8], [4.7, 51.8], [4.7, 51.9], [4.6, 51.8]]
AREA = {
    "type": "Feature",
    "properties": {"bu_code": AREAS[0], "bu_naam": "Havenhoek"},
    "geometry": {"type": "Polygon", "coordinates": [RING]},
}
ONE_AREA = json.dumps({"type": "FeatureCollection", "features": [AREA]}).encode()


def police_file(
    *, refused: bool = False, year: int = 2024, times: int = 1, name: str = "mijn bestand.csv"
) -> SimpleUploadedFile:
    """Crime by month of three neighbourhoods in the police's own shape.

    `refused` adds a month that does not exist; `times` multiplies the counts.
    """
    lines = ["ID,SoortMisdrijf,WijkenEnBuurten,Perioden,GeregistreerdeMisdrijven_1"]
    rows = [(area, month) for area in AREAS for month in range(1, 13)]
    lines += [
        f'{at},"1.1.1 ","{area}  ","{year}MM{month:02d}",{at % 3 * times}'
        for at, (area, month) in enumerate(rows, start=1)
    ]
    if refused:
        lines.append(f'99,"1.1.1 ","{AREAS[0]}  ","{year}MM13",1')
    return SimpleUploadedFile(name, "\n".join(lines).encode(), "text/csv")


def choose(client: Client, *files: SimpleUploadedFile) -> str:
    """The address of the preview after choosing files."""
    answer = client.post("/gegevens/toevoegen/", {"chosen": list(files)})
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def uploads(address: str) -> list[str]:
    """The kept uploads that a preview's address names."""
    return re.findall(r"upload=([0-9a-f]+)", address)


def test_a_preview_says_what_it_is_and_stores_nothing(client_as: Pages) -> None:
    client = client_as("analist")

    text = client.get(choose(client, police_file())).text

    assert heading(text).startswith("Ik herken dit als geregistreerde misdrijven")
    assert "Er is nog niets overgenomen. Wat u niet overneemt, wordt binnen een dag verwijderd." in text
    assert "36 rijen overnemen" in text
    assert "Zo lees ik het bestand" in text
    assert "Zo lees ik de rest" not in text
    assert batches(ME) == ()


def test_refused_rows_come_first_with_the_reason(client_as: Pages) -> None:
    client = client_as("analist")

    text = client.get(choose(client, police_file(refused=True))).text

    assert "1 rij geweigerd" in text
    assert text.index("Wat ik niet kan lezen") < text.index("Zo lees ik de rest")


def test_a_file_is_taken_by_its_button_and_a_picture_is_made(client_as: Pages) -> None:
    client = client_as("analist")
    address = choose(client, police_file())

    answer = client.post("/gegevens/toevoegen/overnemen/", {"upload": uploads(address)})

    assert answer.headers["Location"] == "/gegevens/voortgang/"
    assert [batch.rows_kept for batch in batches(ME)] == [36]
    assert "Het beeld is klaar" in client.get("/gegevens/voortgang/").text
    assert heading(client.get("/").text) == "Er is nog geen verwachting te geven"


def test_a_year_of_figures_does_not_pass_for_a_quiet_year(client_as: Pages) -> None:
    client = client_as("analist")
    client.post("/gegevens/toevoegen/overnemen/", {"upload": uploads(choose(client, police_file()))})

    home, area = client.get("/").text, client.get(f"/beeld/gebied/{AREAS[0]}/").text

    assert "betekent dus niet dat er niets stijgt" in home
    assert heading(area).endswith("nog te weinig jaren voor een verwachting")
    assert "past bij wat hier te verwachten was" not in area


def test_dutch_words_of_a_source_are_marked_on_an_english_page(client_as: Pages) -> None:
    client = client_as("analist")
    address = choose(client, police_file())
    client.cookies["language"] = "en"

    text = client.get(address).text

    assert '<h1>I recognise this as <span lang="nl">geregistreerde misdrijven' in text
    assert '<small lang="nl">' in text


def test_several_files_are_looked_at_together(client_as: Pages) -> None:
    client = client_as("analist")

    text = client.get(choose(client, police_file(), police_file(year=2023))).text

    assert heading(text) == "Ik herken twee bestanden"
    assert "72 rijen overnemen" in text


def take(client: Client, address: str) -> None:
    """Press 'overnemen' on the preview at this address."""
    client.post("/gegevens/toevoegen/overnemen/", {"upload": uploads(address)})


def test_a_preview_shows_the_rows_as_they_will_be_read_beside_what_stood_in_the_file(client_as: Pages) -> None:
    client = client_as("analist")
    take(client, choose(client, SimpleUploadedFile("gebied.geojson", ONE_AREA)))

    text = client.get(choose(client, police_file())).text

    cells = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", text)
    at = next(place for place, cell in enumerate(cells) if "Havenhoek" in cell)
    assert [re.sub("<[^>]+>", "", cell) for cell in cells[at : at + 5]] == [
        f"Havenhoek ({AREAS[0]})",
        "Woninginbraak",
        "januari 2024",
        "1",
        f"“1”; “1.1.1”; “{AREAS[0]}”; “2024MM01”; “1”",
    ]
    assert "GeregistreerdeMisdrijven_1" not in text


def test_two_files_that_contradict_each_other_are_both_left_out_whichever_came_first(client_as: Pages) -> None:
    client = client_as("analist")
    pair = [police_file(name="een.csv"), police_file(name="twee.csv", times=90)]

    for files in (pair, pair[::-1]):
        for file in files:
            file.seek(0)
        address = choose(client, *files)
        text = client.get(address).text
        answer = client.post("/gegevens/toevoegen/overnemen/", {"upload": uploads(address)})

        assert text.count("spreken elkaar tegen") == 2
        assert "rijen overnemen" not in text
        assert "Vervangen" not in text
        assert answer.status_code == 409
        assert answer.text.count("spreken elkaar tegen") == 2
        assert batches(ME) == ()


def test_a_preview_says_what_contradicts_an_earlier_file_and_offers_to_replace_it(
    client_as: Pages, store: Path
) -> None:
    client = client_as("analist")
    take(client, choose(client, police_file(name="eerst.csv")))
    old = batches(ME)[0].id
    address = choose(client, police_file(name="later.csv", times=90))

    text = client.get(address).text
    refused = client.post("/gegevens/toevoegen/overnemen/", {"upload": uploads(address)})

    for page in (text, refused.text):
        assert "spreekt &#x27;eerst.csv&#x27; tegen" in page
        assert "kies dan ‘Vervangen’ hieronder" in page
        assert str(store) not in page
        assert "--replace" not in page
        assert f'name="replace" value="{old}"' in page
    assert refused.status_code == 409
    assert "kan ik overnemen" not in text
    assert [batch.id for batch in batches(ME)] == [old]

    answer = client.post("/gegevens/toevoegen/overnemen/", {"upload": uploads(address), "replace": old})

    assert answer.headers["Location"] == "/gegevens/voortgang/"
    assert [batch.replaces for batch in batches(ME) if not batch.withdrawn] == [(old,)]
    assert list((store / "GM9901" / "uploads").iterdir()) == []
    table = client.get("/gegevens/").text
    assert "vervangen</span>" in table
    assert "teruggedraaid" not in table


def test_a_button_of_a_page_that_stood_open_replaces_nothing_that_is_gone(client_as: Pages) -> None:
    client = client_as("analist")
    address = choose(client, police_file())

    answer = client.post("/gegevens/toevoegen/overnemen/", {"upload": uploads(address), "replace": "0" * 16})

    assert answer.status_code == 302
    assert [batch.replaces for batch in batches(ME)] == [()]


def test_the_page_of_files_removes_uploads_that_waited_for_a_day(client_as: Pages, store: Path) -> None:
    client = client_as("analist")
    (upload,) = uploads(choose(client, police_file()))
    folder = store / "GM9901" / "uploads" / upload
    client.get("/gegevens/")
    assert folder.exists()
    os.utime(folder, (0, 0))

    client_as("lezer").get("/gegevens/")

    assert not folder.exists()


def test_a_batch_page_has_names_beside_codes_and_dates_in_words(client_as: Pages) -> None:
    client = client_as("analist")
    take(client, choose(client, SimpleUploadedFile("een.geojson", ONE_AREA)))
    batch = batches(ME)[0]

    page, table = client.get(f"/gegevens/batch/{batch.id}/").text, client.get("/gegevens/").text

    assert "1 rij in het bestand: 1 overgenomen, 0 geweigerd." in page
    assert str(batch.fetched_on) not in page + table
    assert numbers.day(date.fromisoformat(str(batch.fetched_on))) in page
    assert numbers.day_short(date.fromisoformat(str(batch.fetched_on))) in table


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("GM9901 2025-01: 461 van 478 (verschil 17).", "Waardwijk (GM9901), januari 2025: 461 van 478 (verschil 17)."),
        ("Wijken: 136 van 429 verschillen: BU99010199.", "Wijken: bij 136 van 429 is er een verschil: BU99010199."),
        ("Kleine herziening van '/srv/x/a b.csv' (batch 0123456789abcdef): 1", "Kleine herziening van 'a b.csv': 1"),
        ("het meest BU99010199, 1.1.1, 2024: 3 hier.", "het meest BU99010199, woninginbraak, 2024: 3 hier."),
        ("Opgehaald op 2025-01-31, tabel 47018NED.", "Opgehaald op 2025-01-31, tabel 47018NED."),
    ],
)
def test_a_sentence_of_a_source_is_made_readable(text: str, read: str) -> None:
    assert source_words.readable(text, {"GM9901": "Waardwijk"}) == read


def test_niets_overnemen_throws_the_kept_file_away(client_as: Pages, store: Path) -> None:
    client = client_as("analist")
    address = choose(client, police_file())

    answer = client.post("/gegevens/toevoegen/niet/", {"upload": uploads(address)}, follow=True)

    assert "Er is niets overgenomen." in answer.text
    assert list((store / "GM9901" / "uploads").iterdir()) == []
    assert batches(ME) == ()


def test_a_file_that_nothing_recognises_is_told_what_is_missing(client_as: Pages) -> None:
    client = client_as("analist")

    text = client.get(choose(client, SimpleUploadedFile("lijst.csv", b"naam,kleur\nx,rood\n"))).text

    assert heading(text) == "Ik herken dit bestand niet"
    assert "lijst.csv" in text
    assert "overnemen/" not in text


def test_without_a_file_the_form_says_so_beside_the_field(client_as: Pages) -> None:
    answer = client_as("analist").post("/gegevens/toevoegen/", {})

    assert answer.status_code == 422
    assert 'href="#id_chosen"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert "<title>Fout: bestand toevoegen" in answer.text


def test_the_same_file_twice_changes_nothing(client_as: Pages) -> None:
    client = client_as("analist")
    for _time in range(2):
        address = choose(client, police_file())
        answer = client.post("/gegevens/toevoegen/overnemen/", {"upload": uploads(address)}, follow=True)

    assert "was al overgenomen" in answer.text
    assert len(batches(ME)) == 1


def test_pressing_the_button_twice_takes_the_file_once(client_as: Pages) -> None:
    client = client_as("analist")
    facts = {"upload": uploads(choose(client, police_file()))}

    client.post("/gegevens/toevoegen/overnemen/", facts)
    again = client.post("/gegevens/toevoegen/overnemen/", facts)

    assert again.status_code == 302
    assert len(batches(ME)) == 1


def test_the_list_tells_what_was_read_kept_and_refused(client_as: Pages) -> None:
    client = client_as("analist")
    address = choose(client, police_file(refused=True))
    client.post("/gegevens/toevoegen/overnemen/", {"upload": uploads(address)})

    text = client.get("/gegevens/").text

    assert "mijn bestand.csv" in text
    assert "1 geweigerd" in text
    assert "klopt" not in text


def test_who_may_write_finds_the_buttons_and_who_reads_does_not(client_as: Pages) -> None:
    client, reader = client_as("analist"), client_as("lezer")
    client.post("/gegevens/toevoegen/overnemen/", {"upload": uploads(choose(client, police_file()))})
    batch = batches(ME)[0].id
    add, undo = 'href="/gegevens/toevoegen/"', f'href="/gegevens/batch/{batch}/terugdraaien/"'

    seen = [
        (add in one.get("/gegevens/").text, undo in one.get(f"/gegevens/batch/{batch}/").text)
        for one in (client, reader)
    ]

    assert seen == [(True, True), (False, False)]


def test_undo_asks_once_more_and_then_withdraws(client_as: Pages) -> None:
    client = client_as("analist")
    client.post("/gegevens/toevoegen/overnemen/", {"upload": uploads(choose(client, police_file()))})
    batch = batches(ME)[0].id

    asked = client.get(f"/gegevens/batch/{batch}/terugdraaien/")
    assert heading(asked.text).startswith("Wilt u dit terugdraaien")
    assert not batches(ME)[0].withdrawn
    client.post(f"/gegevens/batch/{batch}/terugdraaien/")

    assert batches(ME)[0].withdrawn
    assert "is teruggedraaid en telt niet mee" in client.get(f"/gegevens/batch/{batch}/").text


WRITES = (
    "/gegevens/toevoegen/",
    "/gegevens/toevoegen/overnemen/",
    "/gegevens/toevoegen/niet/",
    "/gegevens/beeld-maken/",
)


@pytest.mark.parametrize("role", ["beleidsadviseur", "gebiedsmanager", "lezer"])
@pytest.mark.parametrize("page", WRITES)
def test_who_only_reads_cannot_write(client_as: Pages, role: str, page: str) -> None:
    answer = client_as(role).post(page, {"upload": "0" * 32})

    assert answer.status_code == 403
    assert batches(ME) == ()


@pytest.mark.parametrize("name", ["../../../etc/passwd", "..", "a/b", "0" * 31, "g" * 32])
def test_an_upload_is_found_by_its_own_name_only(client_as: Pages, name: str) -> None:
    answer = client_as("analist").get("/gegevens/toevoegen/", {"upload": name})

    assert answer.status_code == 200
    assert "root:" not in answer.text
    assert "overnemen/" not in answer.text


def test_progress_is_a_fragment_for_who_asks_again(client_as: Pages) -> None:
    client = client_as("analist")

    whole = client.get("/gegevens/voortgang/").text
    part = client.get("/gegevens/voortgang/", headers={"HX-Request": "true"}).text

    assert part.lstrip().startswith('<div class="card" id="stand"')
    assert part.strip() in whole
