"""The files of `wijkveilig picture`: they stand alone, say that they are internal, and are the same each time."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import numpy as np
import pytest
from tests.picture.towns import GM, codes_of, steady, write_figures, write_panel, write_years

from wijkveilig.picture.road import make_picture
from wijkveilig.picture.site import write_site

pytestmark = pytest.mark.slow  # whole pages, with their drawings
AREAS = 12


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Six years by month of twelve neighbourhoods, a wave in the first, and residents of the last year."""
    counts = steady(AREAS, 3, 72)
    counts[0, 0, -4:] += 25
    folder = tmp_path / "raw"
    write_panel(folder / "paneel.csv", counts)
    write_figures(folder / "kern.csv", 2017, areas=codes_of(AREAS), residents=[2000] * AREAS)
    return folder


def written(raw: Path, out: Path) -> dict[str, str]:
    """Every page that is written for the files of `raw`, by its name within `out`."""
    made = make_picture(GM, [raw])
    write_site(made.picture, made.town, out)
    return {str(path.relative_to(out)): path.read_text(encoding="utf-8") for path in sorted(out.rglob("*.html"))}


def test_there_is_an_index_and_a_page_for_every_neighbourhood(raw: Path, tmp_path: Path) -> None:
    pages = written(raw, tmp_path / "out")

    assert set(pages) == {"index.html", *(f"gebieden/{code}.html" for code in codes_of(AREAS))}


def test_every_page_says_that_it_is_for_internal_use(raw: Path, tmp_path: Path) -> None:
    assert all("Intern gebruik." in text for text in written(raw, tmp_path / "out").values())


def test_every_link_and_style_sheet_is_there_and_relative(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"

    for name, text in written(raw, out).items():
        for address in re.findall(r'(?:href|src)="([^"#]+)"', text):
            target = (out / name).parent / unquote(address)
            assert not address.startswith(("/", "http", "?")), (name, address)
            assert target.exists(), (name, address)


def test_the_pages_hold_no_script_and_no_inline_style(raw: Path, tmp_path: Path) -> None:
    for text in written(raw, tmp_path / "out").values():
        assert "<script" not in text
        assert "<style" not in text
        assert " style=" not in text


def test_no_page_tells_where_the_files_lay(raw: Path, tmp_path: Path) -> None:
    (raw / "notitie.txt").write_text("geen tabel", encoding="utf-8")

    pages = written(raw, tmp_path / "out")

    assert all(str(tmp_path) not in text for text in pages.values())
    assert "notitie.txt" in pages["index.html"]


def test_the_same_files_give_the_same_bytes(raw: Path, tmp_path: Path) -> None:
    written(raw, tmp_path / "one")
    written(raw, tmp_path / "two")

    def content(folder: Path) -> dict[str, bytes]:
        return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_the_wave_stands_on_the_index_and_on_the_page_of_its_area(raw: Path, tmp_path: Path) -> None:
    pages = written(raw, tmp_path / "out")
    area = codes_of(1)[0]

    assert "vraagt vandaag aandacht" in pages["index.html"] or "vragen vandaag aandacht" in pages["index.html"]
    assert f'href="gebieden/{area}.html"' in pages["index.html"]
    assert "boven wat te verwachten was" in pages[f"gebieden/{area}.html"]
    assert "Toon als tabel" in pages[f"gebieden/{area}.html"]


def test_counts_by_year_make_pages_too(tmp_path: Path) -> None:
    write_years(tmp_path / "raw" / "jaren.csv", np.full((4, 1, 2), 7))

    pages = written(tmp_path / "raw", tmp_path / "out")

    assert len(pages) == 5
    assert "Voor een verwachting zijn drie eerdere jaren nodig." in pages[f"gebieden/{codes_of(1)[0]}.html"]


def test_what_was_not_used_stands_folded_with_one_short_reason_a_line(raw: Path, tmp_path: Path) -> None:
    (raw / "notities.txt").write_text("dit is geen bestand met gegevens\n", encoding="utf-8")

    made = make_picture(GM, [raw])
    write_site(made.picture, made.town, tmp_path)
    index = (tmp_path / "index.html").read_text(encoding="utf-8")
    folded = re.search(r"<details[^>]*><summary>Niet gebruikt: 1 bestand</summary>(.*?)</details>", index, re.DOTALL)

    assert folded is not None
    lines = re.findall(r"<li>(.*?)</li>", folded[1])
    assert len(lines) == 1
    assert lines[0].startswith("notities.txt: ")
    assert "Gezocht is naar" in made.picture.left_out[0].reason
    assert "Gezocht is naar" not in lines[0]
