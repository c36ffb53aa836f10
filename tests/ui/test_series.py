"""The line of months: positions follow figures, gaps stay gaps, and only what is outside is called out."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ui.drawings import JANUARY_2023, SERIES, circles, parsed, paths, texts

from wijkveilig.ui.charts import Band, BlocksSpec, Break, SeriesSpec, SparkSpec, blocks, series, sparkline
from wijkveilig.ui.charts.lines import outside_band
from wijkveilig.ui.charts.palette import MARK

FIGURES = st.lists(st.one_of(st.none(), st.floats(0, 1e9)), min_size=2, max_size=40).filter(
    lambda values: sum(value is not None for value in values) > 1
)


def drawn_heights(values) -> list[tuple[float, float]]:
    """(figure, pixel) of every month of the line."""
    spec = SeriesSpec("r", "Reeks", JANUARY_2023, tuple(values), decimals=1)
    dots = [point for line in paths(series(spec), "ks-river") for point in line]
    lonely = circles(series(spec))
    known = [value for value in values if value is not None]
    ordered = sorted({*dots, *lonely})
    return list(zip(known, [y for _, y in ordered], strict=True)) if len(ordered) == len(known) else []


@settings(max_examples=60, deadline=None)
@given(FIGURES)
def test_a_higher_figure_never_stands_lower(values):
    for (a, at_a), (b, at_b) in pairwise(sorted(drawn_heights(values))):
        assert a <= b
        assert at_b <= at_a + 0.11


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.none(), st.floats(-1e12, 1e12), st.just(float("nan"))), max_size=30), st.integers(0, 3))
def test_any_figures_give_a_drawing_that_opens(values, decimals):
    spec = replace(SERIES, values=tuple(values), decimals=decimals, events=None)

    assert parsed(series(spec)).tag.endswith("svg")


def test_a_missing_month_breaks_the_line():
    spec = SeriesSpec("r", "Reeks", JANUARY_2023, (1, 2, None, 3, 4))

    lengths = [len(line) for line in paths(series(spec), "ks-river")]

    assert lengths == [2, 2]


def test_a_month_between_two_gaps_is_a_dot():
    spec = SeriesSpec("r", "Reeks", JANUARY_2023, (1, 2, None, 3, None, 4, 5))

    assert len(circles(series(spec))) == 2  # the lonely month and the last one


def test_a_month_above_its_band_is_an_orange_dot_with_its_figure():
    svg = series(replace(SERIES, last_label=()))

    orange = [node for node in parsed(svg).iter() if node.get("fill") == MARK.hex and node.tag.endswith("circle")]
    assert len(orange) == 1
    assert "9" in texts(svg)


def test_a_month_inside_its_band_is_not_called_out():
    spec = replace(SERIES, values=(1,) * 12, events=None)

    assert MARK.hex not in series(spec)


def test_a_series_that_is_not_out_of_line_asks_for_no_attention():
    svg = series(replace(SERIES, call=False, last_label=()))

    assert MARK.hex not in svg
    assert "9" in texts(svg)


def test_the_limits_themselves_belong_to_the_band():
    band = Band(0, (1.0, 1.0, 1.0), (0.0, 0.0, 0.0), (3.0, 3.0, 3.0))

    assert outside_band(0, (0, 3, 3.1), band) == outside_band(0, (1, 1, 3.1), band)
    assert [one.month for one in outside_band(0, (0, 3, 3.1), band)] == [2]


def test_a_missing_month_or_limit_is_not_judged():
    band = Band(0, (1.0, None), (0.0, None), (3.0, None))

    assert outside_band(0, (None, 99), band) == ()


def test_a_low_month_is_marked_without_the_colour_of_attention():
    band = Band(JANUARY_2023, (10.0,) * 3, (5.0,) * 3, (15.0,) * 3)
    spec = SeriesSpec("r", "Reeks", JANUARY_2023, (10, 1, 10), band=band)

    assert MARK.hex not in series(spec)
    assert "1" in texts(series(spec))


def test_a_break_in_counting_is_a_dotted_line_with_its_words():
    svg = series(SERIES)

    assert "april 2023: andere telling" in " ".join(texts(svg))
    assert any(node.get("stroke-dasharray") == "1.5 3.5" for node in parsed(svg).iter())


def test_a_break_outside_the_period_is_not_drawn():
    svg = series(replace(SERIES, breaks=(Break(JANUARY_2023 - 60, "lang geleden"),)))

    assert "lang geleden" not in " ".join(texts(svg))


def test_an_incomplete_last_month_is_hollow_and_says_so():
    svg = series(replace(SERIES, incomplete_from=JANUARY_2023 + 11))

    assert "nog onvolledig" in " ".join(texts(svg))
    assert any(node.get("stroke-dasharray") == "2 3" for node in parsed(svg).iter())


def test_the_band_says_its_figures_when_they_are_the_same_all_along():
    assert {"te verwachten: 1", "marge (95 %): 0 tot 3"} <= set(texts(series(SERIES)))


@pytest.mark.parametrize("width", [326, 658, 872])
def test_texts_in_a_series_do_not_cover_each_other(width):
    spec = replace(SERIES, width=width, values=(1, 1, 0, 2, 1, 1, 0, 5, 6, 7, 8, 9))

    written = [node for node in parsed(series(spec)).iter() if node.tag.endswith("text")]
    bold = [node for node in written if node.get("font-weight") and node.get("aria-hidden") != "true"]
    places = [(float(node.get("x", "")), float(node.get("y", ""))) for node in bold]
    assert all(abs(a[0] - b[0]) > 5 or abs(a[1] - b[1]) > 9 for a, b in pairwise(sorted(places)))


def test_each_event_is_one_block():
    spec = BlocksSpec("b", "Inbraken", JANUARY_2023, (0, 2, None, 1, 0, 4), since=JANUARY_2023 + 5)

    rects = [node for node in parsed(blocks(spec)).iter() if node.tag.endswith("rect")]

    assert len(rects) == 7
    assert sum(node.get("fill") == MARK.hex for node in rects) == 4


def test_a_month_with_very_many_events_writes_their_number():
    svg = blocks(BlocksSpec("b", "Diefstallen", JANUARY_2023, (0, 5000)))

    assert "5000" in texts(svg)
    assert svg.count("<rect") < 20


def test_a_sparkline_writes_its_last_known_figure():
    svg = sparkline(SparkSpec("k", "Verloop", JANUARY_2023, (1, 2, 1234, None)))

    assert texts(svg) == ["1.234"]
