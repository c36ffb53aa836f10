"""What a profile says first: about the period that is shown, of all subjects, and true of the line below it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation
from tests.picture.editions import write_edition
from tests.picture.page_fixtures import put_edition

from wijkveilig.picture import area_page, area_words, cells
from wijkveilig.picture.edition import AreaFile, Edition, Series
from wijkveilig.picture.facts import Against, Attention, Figure
from wijkveilig.picture.run import draw_spark, draw_years, run_end, run_title

Pages = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _dutch() -> object:
    with translation.override("nl"):
        yield


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    return write_edition(tmp_path / "edition", areas=25)


def moved(file: AreaFile, period: str, **sides: Against) -> AreaFile:
    """The file with the given subjects on the given side of the city in one period."""

    def figure(name: str, side: Against) -> Figure:
        level = 9.0 if side is Against.HIGHER else 0.5
        return replace(file.figures[period][name], level=level, against=side)

    changed = {name: figure(name, side) for name, side in sides.items()}
    return AreaFile({**file.figures, period: {**file.figures[period], **changed}}, file.series)


def test_the_sentence_is_about_the_period_that_is_shown_and_names_it(edition: Edition) -> None:
    area = edition.areas[4]
    file = moved(edition.of_area(area.code), "2023", vernieling=Against.HIGHER)
    then, now = edition.period("2023"), edition.period("laatste-36")
    assert then is not None
    assert now is not None

    assert "Zeker hoger dan de stad, 2023: vernieling." in area_words.lede(edition, area, file, then)
    assert "Geen onderwerp ligt zeker boven of onder de stad, 2023-2025." in area_words.lede(edition, area, file, now)


def test_title_sentence_and_figure_count_the_same_subjects_drawn_or_not(edition: Edition) -> None:
    area = edition.areas[29]
    file = moved(edition.of_area(area.code), "laatste-12", vernieling=Against.HIGHER, woninginbraak=Against.HIGHER)
    period = edition.period("laatste-12")
    assert period is not None

    found = area_words.beside(edition, file.figures["laatste-12"], Against.HIGHER)

    assert found == ["woninginbraak", "vernieling"]
    assert area_words.headline(edition, area, file, period).endswith(": twee onderwerpen zeker boven de stad")
    assert area_words.few_names(["a", "b", "c", "d", "e", "f"], 3) == "a, b, c en nog drie"
    assert area_words.few_names(["a", "b", "c", "d"], 3) == "a, b, c en d"


def test_a_district_with_only_a_sum_says_what_its_figure_says(edition: Edition) -> None:
    area = edition.areas[29]
    file = edition.of_area(area.code)
    total = replace(file.figures["laatste-12"]["totaal"], level=9.0, against=Against.HIGHER)
    only = AreaFile({"laatste-12": {"totaal": total}}, file.series)
    period = edition.period("laatste-12")
    assert period is not None

    assert area_words.headline(edition, area, only, period).endswith(": één onderwerp zeker boven de stad")
    assert "alle misdrijven" in area_words.lede(edition, area, only, period)


def line_of(edition: Edition, counts: tuple[int, ...], since: int) -> tuple[Series, Attention]:
    """A year of monthly counts with one expected a month, and its line from month `since` (0 = January) on."""
    line = edition.attention[0]
    part = counts[since:]
    track = Series(line.period.first, 1, {line.indicator: counts}, {})
    return track, replace(
        line, observed=sum(counts), since=line.period.first + since, since_observed=sum(part),
        since_expected=float(len(part)),
    )  # fmt: skip


def test_a_run_that_ended_is_said_to_have_ended(edition: Edition) -> None:
    track, line = line_of(edition, (1, 6, 5, 6, 5, 6, 1, 0, 1, 0, 1, 1), 1)

    assert run_end(track, line) == line.period.first + 5
    area = edition.areas[0]
    file = AreaFile(edition.of_area(area.code).figures, track)
    ended = replace(edition, attention=(line,))
    period = edition.period("laatste-36")
    assert period is not None
    said = area_words.headline(ended, area, file, period)
    assert said.startswith("Buurt 1: woninginbraak liep op van februari 2025 tot en met juni 2025")


def test_a_run_goes_on_while_its_end_can_be_chance(edition: Edition) -> None:
    track, line = line_of(edition, (1, 0, 1, 0, 1, 0, 1, 0, 3, 4, 3, 1), 8)

    assert run_end(track, line) is None


def test_the_title_of_a_series_says_when_most_came_and_never_that_it_was_above_all_along(edition: Edition) -> None:
    indicator = edition.indicators[0]
    line = edition.attention[0]
    area = edition.areas[0]

    assert run_title(edition, area, indicator, None) == (
        "Woninginbraak lag in heel 2025 boven wat te verwachten was; de meeste sinds september 2025"
    )
    whole = replace(edition, attention=(replace(line, since=line.period.first),))
    assert run_title(whole, area, indicator, None) == "Woninginbraak lag in heel 2025 boven wat te verwachten was"


def test_the_small_series_ends_with_the_count_of_the_sentence_beside_it(edition: Edition) -> None:
    line = edition.attention[0]

    svg, under = draw_spark(edition.series(line.area), line)

    assert f">{sum(edition.series(line.area).counts[line.indicator][-12:])}<" in svg  # type: ignore[arg-type]  # known
    assert under.startswith("som van twaalf maanden")


def test_of_many_subjects_the_figure_says_how_many_it_draws(edition: Edition) -> None:
    area = edition.areas[4]

    page = area_page.compose(edition, area, room=area_page.Room(dots=2))

    assert page.themes is not None
    assert page.themes.sub.endswith("Hier staan er twee van 3.")


@pytest.mark.slow
def test_a_district_lies_in_the_municipality_by_name(client_as: Pages) -> None:
    put_edition(areas=10)

    text = client_as("lezer").get("/beeld/gebied/WK990101/").text

    assert "Wijk in Proefstad · WK990101" in text
    assert re.search(r"Wijk 1 ligt in Proefstad</figcaption>", text)


@pytest.mark.slow
def test_paper_says_from_which_edition_and_batches_it_was_made(client_as: Pages) -> None:
    put_edition(areas=10)

    text = client_as("lezer").get("/beeld/gebied/BU99010101/afdruk/").text

    assert "Beeld ed1, gemaakt uit: Geregistreerde misdrijven (abc)" in text


def test_what_belongs_to_no_neighbourhood_is_counted(edition: Edition) -> None:
    indicator = edition.indicators[0]
    few = replace(indicator, default=replace(indicator.default, total=11))

    plate = draw_years(edition, few)

    assert plate.sub.startswith("De hele gemeente, per maand")
    assert plate.note.endswith("Van de 18 in de hele gemeente staan er 11 bij een buurt en 7 zonder buurt.")
    assert "zonder buurt" not in draw_years(edition, indicator).note


def test_figures_of_one_indicator_have_as_many_decimals_as_the_city(edition: Edition) -> None:
    small = replace(edition.of_area("BU99010105").figures["laatste-12"]["woninginbraak"], low=0.61, high=41.2)

    assert cells.margin(small) == "0,6 tot 41,2"
    assert cells.level_with_margin(small) == "2,7 (0,6 tot 41,2)"
