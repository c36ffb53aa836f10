"""What every chart promises, whatever it is asked to draw."""

from __future__ import annotations

import re
import time
from dataclasses import replace

import pytest
from tests.ui.drawings import MAP, NASTY, SPECS, SVG, attributes, nasty, parsed, texts, town

from wijkveilig.ui import charts
from wijkveilig.ui.charts import NARROW, CaterpillarSpec, DotRow, DotsSpec, MapSpec, SeriesSpec, SparkSpec, WhiskerSpec

EVERY = pytest.mark.parametrize(("draw", "spec"), SPECS, ids=[spec.key for _, spec in SPECS])  # type: ignore[attr-defined]


@EVERY
def test_a_chart_names_and_describes_itself(draw, spec):
    root = parsed(draw(replace(spec, desc="Wat er te zien is")))

    named = (root.get("aria-labelledby") or "").split()
    titles = {node.get("id"): node.text for node in root if node.tag in (f"{SVG}title", f"{SVG}desc")}
    assert root.get("role") in ("img", "group")
    assert [titles[name] for name in named] == [spec.title, "Wat er te zien is"]


@EVERY
def test_a_chart_has_no_style_and_no_script(draw, spec):
    svg = draw(spec)

    assert not [name for name, _ in attributes(svg) if name == "style" or name.startswith("on")]
    assert not {node.tag for node in parsed(svg).iter()} & {f"{SVG}style", f"{SVG}script", f"{SVG}foreignObject"}


@EVERY
def test_names_cannot_break_out_of_a_chart(draw, spec):
    svg = draw(nasty(spec))

    assert "<script" not in svg
    assert NASTY in [node.text for node in parsed(svg).iter(f"{SVG}title")]


@EVERY
def test_colours_stand_in_attributes_because_a_pdf_ignores_classes(draw, spec):
    for node in parsed(draw(spec)).iter():
        if node.tag in (f"{SVG}text", f"{SVG}circle", f"{SVG}rect"):
            assert re.fullmatch(r"#[0-9A-F]{6}|none", node.get("fill", "")), node.tag
        if "ks-" in (node.get("class") or ""):
            assert re.fullmatch(r"#[0-9A-F]{6}", node.get("stroke", "")), node.tag


@EVERY
def test_every_drawing_names_the_font_of_its_texts(draw, spec):
    fonts = {parsed(draw(spec)).get("font-family", "").split(",")[0]}

    assert fonts <= {"Source Sans 3"}


@EVERY
def test_a_chart_on_a_phone_stays_inside_its_width(draw, spec):
    root = parsed(draw(replace(spec, width=NARROW)))

    assert root.get("width") == str(NARROW)
    for node in root.iter(f"{SVG}circle"):
        assert 0 <= float(node.get("cx", "")) <= NARROW
    for node in root.iter(f"{SVG}text"):
        assert -1 <= float(node.get("x", "")) <= NARROW + 1


@EVERY
def test_a_chart_shows_no_figure_that_is_not_one(draw, spec):
    svg = draw(spec)

    assert not re.search(r"\b(nan|inf|None)\b", svg)


@pytest.mark.parametrize(
    ("draw", "spec"),
    [
        (charts.series, SeriesSpec("a", "Leeg", 24000, (None, None))),
        (charts.series, SeriesSpec("a", "Leeg", 24000, ())),
        (charts.sparkline, SparkSpec("a", "Leeg", 24000, (None,))),
        (charts.dots, DotsSpec("a", "Leeg", ())),
        (charts.dots, DotsSpec("a", "Leeg", (DotRow("x", 3.0),), relative=True)),
        (charts.caterpillar, CaterpillarSpec("a", "Leeg", (DotRow("x", None),), None)),
        (charts.choropleth, MapSpec("a", "Leeg", (), charts.Classes(()))),
        (charts.years, charts.YearsSpec("a", "Leeg", ((2024, None),))),
        (charts.blocks, charts.BlocksSpec("a", "Leeg", 24000, ())),
        (charts.locator, charts.LocatorSpec("a", "Leeg", town(), frozenset({"BU99"}))),
    ],
)
def test_a_chart_of_nothing_says_so(draw, spec):
    written = " ".join(texts(draw(spec)))

    assert written in (charts.DUTCH.empty, charts.DUTCH.missing)


def test_a_table_cell_without_a_figure_stays_empty():
    assert charts.whisker_cell(WhiskerSpec(None, None, None, 10)) == ""


def test_seven_hundred_areas_are_drawn_within_the_budget():
    spec = replace(MAP, areas=town(28, 25))
    charts.choropleth(spec)

    start = time.process_time()
    charts.choropleth(spec)

    assert time.process_time() - start < 0.3  # the budget is 0.13 s on a quiet machine
