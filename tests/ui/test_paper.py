"""Charts on paper: WeasyPrint draws the same picture as the screen, from the attributes alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.ui.drawings import MAP, SERIES, SPECS, texts

from wijkveilig.ui import charts
from wijkveilig.ui.charts.palette import BAND, MARK, RIVER, tones

pdfium = pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed")
try:
    import weasyprint
except OSError:  # the wheel is there, the libraries of the system are not
    lacking = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    pytest.skip(f"WeasyPrint misses its libraries: {lacking}", allow_module_level=True)


def page_of(svg: str):
    """The PDF page (as an image) on which a drawing stands, without any style sheet."""
    html = f"<html lang=nl><head><title>t</title><meta charset=utf-8></head><body>{svg}</body></html>"
    document = pdfium.PdfDocument(weasyprint.HTML(string=html).write_pdf())
    return document[0], document[0].render(scale=1.5).to_pil().convert("RGB")


def has_colour(picture, colour: str) -> bool:
    """Whether enough pixels of the picture are this colour."""
    wanted = tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))
    near = [
        count
        for count, pixel in picture.getcolors(maxcolors=1 << 24)
        if all(abs(a - b) <= 4 for a, b in zip(pixel, wanted, strict=True))
    ]
    return sum(near) > 12


@pytest.mark.slow
@pytest.mark.parametrize(("draw", "spec"), SPECS, ids=[spec.key for _, spec in SPECS])  # type: ignore[attr-defined]
def test_every_chart_is_drawn_on_paper_with_its_words_as_text(draw, spec):
    svg = draw(replace(spec, width=560))
    page, _ = page_of(svg)

    printed = "".join(page.get_textpage().get_text_range().split())
    assert [words for words in texts(svg) if "".join(words.split()) not in printed] == []


@pytest.mark.slow
def test_a_series_on_paper_has_its_band_its_line_and_its_orange_dot():
    _, picture = page_of(charts.series(replace(SERIES, width=560)))

    assert all(has_colour(picture, tone.hex) for tone in (BAND, RIVER, MARK))


@pytest.mark.slow
def test_a_map_on_paper_has_the_colours_of_its_classes():
    _, picture = page_of(charts.choropleth(replace(MAP, width=560)))

    assert all(has_colour(picture, tone.hex) for tone in tones(MAP.classes))
