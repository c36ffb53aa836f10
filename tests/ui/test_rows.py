"""Levels with intervals: the diamond is earned, the comparison is drawn, long names and wild limits are tamed."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ui.drawings import ROWS, circles, parsed, texts

from wijkveilig.ui.charts import (
    CaterpillarSpec,
    DotRow,
    DotsSpec,
    Standing,
    WhiskerSpec,
    YearsSpec,
    caterpillar,
    dots,
    whisker_cell,
    years,
)
from wijkveilig.ui.charts.axis import Scale, round_ticks
from wijkveilig.ui.charts.palette import MARK


@settings(max_examples=80, deadline=None)
@given(st.lists(st.floats(0, 1e6), min_size=2, max_size=12))
def test_a_higher_level_never_stands_more_to_the_left(levels):
    spec = DotsSpec("d", "Niveaus", tuple(DotRow(f"rij {at}", level) for at, level in enumerate(levels)))

    across = [x for x, _ in circles(dots(spec))]

    ordered = sorted(zip(levels, across, strict=True))
    assert all(x <= y + 0.11 for (_, x), (_, y) in pairwise(ordered))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.floats(-1e9, 1e9), max_size=8), st.integers(2, 8), st.booleans())
def test_an_axis_holds_nought_and_every_figure_in_few_round_steps(figures, count, whole):
    ticks = round_ticks(figures, count=count, whole=whole)

    close = 1e-6 * (1 + max([0.0, *map(abs, figures)]))
    assert ticks.values[0] <= min([0.0, *figures]) + close
    assert ticks.values[-1] >= max([0.0, *figures]) - close
    assert 2 <= len(ticks.values) <= 2 * count + 4
    assert len(set(ticks.labels("nl"))) == len(ticks.values)
    assert not whole or all(float(value).is_integer() for value in ticks.values)


def test_a_scale_keeps_what_lies_outside_on_its_ends():
    scale = Scale(0, 10, 100, 200)

    assert (scale.at(-5), scale.at(5), scale.at(99)) == (100, 150, 200)


@pytest.mark.parametrize(("standing", "diamonds"), [(Standing.USUAL, 0), (Standing.HIGHER, 1), (Standing.LOWER, 1)])
def test_only_a_level_that_surely_differs_is_a_diamond(standing, diamonds):
    svg = dots(DotsSpec("d", "Niveaus", (DotRow("a", 4.0, 3.0, 5.0, 2.0, standing),)))

    found = [node for node in parsed(svg).iter() if node.tag.endswith("path") and (node.get("d") or "").endswith("Z")]
    assert len(found) == diamonds


def test_only_surely_higher_takes_the_colour_of_attention():
    usual_and_lower = tuple(row for row in ROWS if row.standing is not Standing.HIGHER)

    assert MARK.hex in dots(DotsSpec("d", "t", ROWS))
    assert MARK.hex not in dots(DotsSpec("d", "t", usual_and_lower))


def test_the_words_say_what_the_colour_says():
    written = texts(dots(DotsSpec("d", "t", ROWS)))

    assert {"zeker hoger", "zeker lager", "geen gegevens"} <= set(written)


def test_a_ratio_stands_on_its_own_comparison():
    rows = (DotRow("dubbel", 4.0, comparison=2.0), DotRow("gelijk", 900.0, comparison=900.0))
    spec = DotsSpec("d", "t", rows, relative=True)

    (double, _), (same, _) = circles(dots(spec))

    assert double > same
    assert texts(dots(spec))[:3] == ["de helft", "gelijk", "het dubbele"]


def test_a_very_wide_interval_is_cut_with_an_arrow_and_the_rest_stays_readable():
    wild = DotRow("bedrijventerrein", 40.0, 2.0, 9000.0)
    spec = CaterpillarSpec("c", "t", (wild, DotRow("a", 3.0, 2.0, 4.0), DotRow("b", 10.0, 8.0, 12.0)), 2.9, "stad 2,9")

    across = [x for x, _ in circles(caterpillar(spec))]

    assert across[2] - across[1] > 20


def test_the_city_line_stands_at_the_city():
    spec = CaterpillarSpec("c", "t", (DotRow("a", 5.0, 4.0, 6.0), DotRow("stad", 2.5)), 2.5, "stad 2,5")
    svg = caterpillar(spec)

    line = next(node for node in parsed(svg).iter() if node.tag.endswith("line") and node.get("stroke-width") == "1.6")
    assert float(line.get("x1", "")) == pytest.approx(circles(svg)[1][0], abs=0.11)


def test_a_long_name_is_shortened_and_told_in_full():
    name = "Diefstal of inbraak uit box, garage, schuur of tuinhuis, en dan nog een stuk naam dat nergens past"
    svg = dots(DotsSpec("d", "t", (DotRow(name, 3.0, 2.0, 4.0),)))

    assert any(words.endswith("…") for words in texts(svg))
    assert name in svg


def test_a_row_with_an_address_is_a_link():
    svg = caterpillar(CaterpillarSpec("c", "t", (replace(ROWS[1], href="/beeld/gebied/BU1/"),), None))

    assert [node.get("href") for node in parsed(svg).iter() if node.tag.endswith("}a")] == ["/beeld/gebied/BU1/"]


def standing_alone(cell: str) -> str:
    """A cell's drawing as a document: inside a page it needs no namespace, which would weigh more than the dot."""
    return cell.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def test_all_rows_of_a_table_share_one_axis():
    low = standing_alone(whisker_cell(WhiskerSpec(2.0, 1.0, 3.0, maximum=10)))
    high = standing_alone(whisker_cell(WhiskerSpec(8.0, 7.0, 9.0, maximum=10)))

    assert circles(low)[0][0] < circles(high)[0][0]


@pytest.mark.parametrize("maximum", [0.0, float("nan")])
def test_a_table_cell_without_an_axis_still_draws(maximum):
    assert circles(standing_alone(whisker_cell(WhiskerSpec(0.0, 0.0, 0.0, maximum=maximum))))


def test_years_write_each_total_and_leave_a_gap_for_a_missing_one():
    svg = years(YearsSpec("j", "t", ((2022, 171), (2023, None), (2024, 1540))))

    assert {"171", "–", "1.540", "2023"} <= set(texts(svg))


def test_many_years_leave_out_labels_rather_than_cover_them():
    svg = years(YearsSpec("j", "t", tuple((year, 100_000.0 + year) for year in range(1990, 2025))))

    shown = [words for words in texts(svg) if words in map(str, range(1990, 2025))]
    assert "2024" in shown
    assert len(shown) < 12


def test_a_year_that_is_not_whole_has_no_mean_line():
    spec = YearsSpec("j", "t", ((2023, 66), (2024, 3)), first=2023 * 12, months=(*range(12), 1, 1, 1))

    means = [node for node in parsed(years(spec)).iter() if node.get("stroke-width") == "2.6"]
    assert len(means) == 1
