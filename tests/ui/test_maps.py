"""Maps: classes by round limits, three kinds of 'no colour', borders between districts, names apart."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ui.drawings import MAP, SVG, WITHHELD, parsed, path_points, paths, square, texts, town

from wijkveilig.ui.charts import (
    AreaState,
    Classes,
    LocatorSpec,
    MapArea,
    MapLabel,
    Palette,
    choropleth,
    locator,
    round_limits,
)
from wijkveilig.ui.charts.geometry import Shape, borders, label_point
from wijkveilig.ui.charts.palette import class_of, tones


def area_paths(svg: str) -> dict[str, dict[str, str]]:
    """Title -> attributes of each area's path, with those of the group that paints it."""
    found = {}
    for group in parsed(svg).iter(f"{SVG}g"):
        for node in group.iter(f"{SVG}path"):
            title = node.find(f"{SVG}title")
            if title is not None:
                found[title.text or ""] = {**group.attrib, **node.attrib}
    return found


def test_an_area_has_the_colour_of_its_class_and_a_limit_belongs_above():
    drawn = area_paths(choropleth(MAP))

    colours = [tone.hex for tone in tones(MAP.classes)]
    assert drawn["Buurt 00"]["fill"] == colours[0]
    assert drawn["Buurt 10"]["fill"] == colours[1]
    assert drawn["Buurt 21"]["fill"] == colours[3]


@pytest.mark.parametrize("state", WITHHELD)
def test_an_area_without_a_figure_is_never_coloured(state):
    areas = tuple(replace(area, state=state) for area in MAP.areas)

    drawn = area_paths(choropleth(replace(MAP, areas=areas)))

    colours = {tone.hex for tone in tones(MAP.classes)}
    assert not colours & {path["fill"] for path in drawn.values()}


def test_too_few_withheld_and_missing_look_different_and_stand_in_the_legend():
    areas = tuple(replace(area, state=state, value=None) for area, state in zip(MAP.areas, WITHHELD, strict=False))
    svg = choropleth(replace(MAP, areas=areas))

    drawn = area_paths(svg)
    looks = {(path["fill"], path.get("stroke-dasharray")) for path in drawn.values()}
    assert len(looks) == 3
    words = ("te weinig om te zeggen", "door de bron achtergehouden", "geen gegevens")
    assert set(words) <= set(texts(svg))


def test_the_legend_does_not_explain_what_is_not_there():
    assert "geen gegevens" not in texts(choropleth(MAP))


def test_a_value_of_none_is_missing_whatever_its_state_says():
    areas = (replace(MAP.areas[0], value=None), *MAP.areas[1:])

    assert area_paths(choropleth(replace(MAP, areas=areas)))["Buurt 00"]["stroke-dasharray"] == "2 2.5"


def test_each_area_is_a_link_out_of_the_way_of_the_keyboard():
    links = list(parsed(choropleth(MAP)).iter(f"{SVG}a"))

    assert {node.get("href") for node in links} == {area.href for area in MAP.areas}
    assert {node.get("tabindex") for node in links} == {"-1"}  # the table beside the map holds the same links


def test_lines_are_drawn_between_districts_and_around_the_town_only():
    areas = town(2, 1)
    shapes = [Shape(area, (np.array(area.rings[0]) / 100,)) for area in areas]

    apart = borders(shapes, {"BU00": "WK1", "BU10": "WK2"})
    together = borders(shapes, {"BU00": "WK1", "BU10": "WK1"})

    assert apart.count("L") == 7
    assert together.count("L") == 6


def test_the_outline_of_a_selection_leaves_out_the_borders_inside_it():
    areas = town(2, 1)
    shapes = [Shape(area, (np.array(area.rings[0]) / 100,)) for area in areas]

    assert borders(shapes, {"BU00": "selected"}).count("L") == 4
    assert borders(shapes, {"BU00": "selected", "BU10": "selected"}).count("L") == 6
    assert borders(shapes, {}) == ""


def test_a_selected_area_is_ink_with_a_white_casing():
    svg = choropleth(MAP)

    wide = [node for node in parsed(svg).iter(f"{SVG}path") if node.get("stroke-width") in ("7", "3")]
    assert [(node.get("stroke"), node.get("stroke-width")) for node in wide] == [("#FFFFFF", "7"), ("#14242E", "3")]


def test_north_is_up_and_a_kilometre_is_as_long_both_ways():
    drawn = area_paths(choropleth(MAP))

    lower = path_points(drawn["Buurt 00"]["d"])
    upper = path_points(drawn["Buurt 01"]["d"])
    assert max(y for _, y in upper) <= min(y for _, y in lower) + 0.6
    wide = max(x for x, _ in lower) - min(x for x, _ in lower)
    tall = max(y for _, y in lower) - min(y for _, y in lower)
    assert wide == pytest.approx(tall, abs=1)


def test_degrees_are_flattened_so_that_a_square_stays_square():
    metres_east = 1000 / (111_195 * math.cos(math.radians(52)))
    metres_north = 1000 / 111_195
    ring = [(5 + x * metres_east / 1000, 52 + y * metres_north / 1000) for x, y in square(0, 0)]
    svg = choropleth(replace(MAP, areas=(MapArea("BU", "Buurt", (ring,), 1.0),), degrees=True, labels=()))

    points = path_points(area_paths(svg)["Buurt"]["d"])
    wide = max(x for x, _ in points) - min(x for x, _ in points)
    tall = max(y for _, y in points) - min(y for _, y in points)
    assert wide == pytest.approx(tall, rel=0.005)


def test_a_hole_stays_open():
    ring = (square(0, 0, 3000), square(1000, 1000, 1000))
    svg = choropleth(replace(MAP, areas=(MapArea("BU", "Buurt", ring, 1.0),)))

    assert area_paths(svg)["Buurt"]["fill-rule"] == "evenodd"
    assert area_paths(svg)["Buurt"]["d"].count("M") == 2


def test_names_do_not_cover_each_other_and_the_first_goes_first():
    same_place = tuple(MapLabel(f"Een heel lange naam {at}", ("BU11",)) for at in range(12))
    svg = choropleth(replace(MAP, labels=same_place, max_height=220))

    shown = [words for words in texts(svg) if words.startswith("Een heel")]
    assert shown[0] == "Een heel lange naam 0"
    assert 1 <= len(shown) < 12


def test_a_name_much_wider_than_its_areas_takes_two_lines_or_is_left_out_unless_it_must_stand():
    def shown(name: str, *, must: bool = False) -> set[str]:
        return set(texts(choropleth(replace(MAP, width=200, labels=(MapLabel(name, ("BU11",), must=must),)))))

    long = "Eennaamdieveeltebreedis"

    assert not any(words.startswith("Een") for words in shown(long))
    assert {"Een naam op", "twee regels"} <= shown("Een naam op twee regels")
    assert long in shown(long, must=True)


def test_a_name_stands_inside_its_areas_even_when_the_middle_does_not():
    legs = (square(0, 0), square(9000, 0))
    shapes = [Shape(MapArea(str(at), "", (leg,)), (np.array(leg, dtype=float),)) for at, leg in enumerate(legs)]

    x, _ = label_point(shapes) or (0, 0)

    assert 0 < x < 1000 or 9000 < x < 10000


def test_water_lies_under_the_areas():
    svg = choropleth(replace(MAP, water=((square(-500, -500, 9000),),)))

    assert svg.index("kf-water") < svg.index("kf-seq")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(st.none(), st.floats(0, 1e6)), max_size=60), st.integers(2, 7))
def test_class_limits_rise_and_every_class_can_hold_an_area(values, classes):
    limits = round_limits(values, classes)

    known = [value for value in values if value is not None]
    assert list(limits) == sorted(set(limits))
    assert len(limits) < classes
    assert all(limit == round(limit, 9) for limit in limits)
    assert all(min(known) < limit <= max(known) for limit in limits)


def test_class_limits_are_numbers_that_one_says_aloud():
    limits = round_limits(list(np.random.default_rng(3).gamma(3, 1.1, 60)))

    assert len(limits) >= 4
    assert all(len(f"{limit:.10g}".replace(".", "").strip("0")) <= 2 for limit in limits)


def share_of_fullest(values: list[float]) -> float:
    """The share of the areas in the class that holds most of them."""
    limits = round_limits(values)
    places = [class_of(value, limits) for value in values]
    return max(places.count(place) for place in places) / len(values)


def test_levels_that_lie_close_together_still_get_their_classes():
    assert share_of_fullest([2.0, 2.0, 2.4, 2.5, 2.5, 2.7, 2.8, 2.9, 3.2, 3.3, 3.5, 5.6]) <= 0.4


def test_levels_that_hardly_differ_get_the_same_colour():
    levels = [0.45, 0.53, 0.57, 1.1, 1.15, 1.2, 1.3, 1.3, 1.7, 2.6, 5.0, 7.1]
    limits = round_limits(levels)

    assert len({class_of(level, limits) for level in (1.1, 1.15, 1.2, 1.3)}) == 1
    assert class_of(7.1, limits) > class_of(2.6, limits)


def test_a_few_very_high_levels_do_not_swallow_all_classes():
    assert share_of_fullest([*(0.1 * at for at in range(1, 40)), 900.0, 2000.0, 4000.0, 8000.0, 9000.0]) <= 0.6


def test_a_type_that_is_nought_nearly_everywhere_still_shows_where_it_is_not():
    limits = round_limits([0.0] * 50 + [1.0, 2.0, 3.0, 4.0, 5.0])

    assert class_of(5.0, limits) > class_of(0.0, limits) == 0


def test_one_value_everywhere_needs_no_limits_and_one_colour():
    assert round_limits([2.0] * 9) == ()
    assert len(tones(Classes(()))) == 1


@pytest.mark.parametrize("palette", list(Palette))
def test_colours_differ_from_class_to_class(palette):
    for count in range(1, 5):
        colours = [tone.hex for tone in tones(Classes(tuple(range(count)), palette))]
        assert len(set(colours)) == count + 1


def test_a_limit_belongs_to_the_class_above():
    assert [class_of(value, (1.0, 2.0)) for value in (0.9, 1.0, 1.9, 2.0, 9.0)] == [0, 1, 1, 2, 2]


def test_a_locator_shows_the_surroundings_in_a_frame_of_fixed_size():
    svg = locator(LocatorSpec("w", "Waar", town(9, 9), frozenset({"BU44"}), width=368, height=180))

    root = parsed(svg)
    assert (root.get("width"), root.get("height")) == ("368", "180")
    grey = paths(svg, "kf-ground")
    assert 4 < len(grey) < 81  # neighbours, not the whole town
    assert len([node for node in root.iter() if node.get("stroke-width") == "3"]) == 1


def test_an_area_without_a_shape_is_left_out_of_the_map():
    areas = (*MAP.areas, MapArea("BU99", "Zonder vorm", (), 3.0, AreaState.VALUE))

    assert "Zonder vorm" not in area_paths(choropleth(replace(MAP, areas=areas)))
