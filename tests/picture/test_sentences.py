"""Facts in words: reasons, units, periods and the sentences above pages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import translation

from wijkveilig.picture import sentences
from wijkveilig.picture.edition import AreaRef, DefaultView, EditionPeriod, IndicatorRef, Rarity, Span
from wijkveilig.picture.facts import Against, Attention, Change, Expectation, Figure, Place, Reason, Sureness
from wijkveilig.picture.indicators import Direction, Kind, Theme, Unit, Words
from wijkveilig.warehouse.types import AreaCode, Level, Period, Status

YEAR = Period.year(2025)
AREA = AreaRef(AreaCode("BU99010202"), "Veerbuurt", Level.NEIGHBOURHOOD, AreaCode("WK990102"))
FIGURE = Figure("woninginbraak", ("1.1.1",), YEAR, 18, Status.VALUE)
LINE = Attention(
    area=AREA.code, area_name="Veerbuurt", theme="P1", indicator="woninginbraak", period=YEAR, observed=18,
    expected=Expectation(2.6, 0.0, 7.0, out_of_line=True, tested=True, p=0.00001), sureness=Sureness.CERTAIN,
    name=Words("woninginbraak", "home burglary"), counted=Words("woninginbraken", "home burglaries"),
    since=2025 * 12 + 8, since_observed=16, since_expected=0.8,
)  # fmt: skip


@pytest.fixture(autouse=True)
def _dutch() -> object:
    with translation.override("nl"):
        yield


def indicator(why: Rarity) -> IndicatorRef:
    words = Words("woninginbraak", "home burglary")
    view = DefaultView(Level.DISTRICT, "laatste-12", why, 154, 60, 0, 10, 18)
    return IndicatorRef(
        id="woninginbraak", name=words, counted=Words("woninginbraken", "home burglaries"), definition=words,
        theme=Theme("P1", words), kind=Kind.SINGLE, direction=Direction.LOWER_IS_SAFER, unit=Unit.DWELLINGS,
        denominator_year=2025, minimum_denominator=200, source_codes=("1.1.1",), parts=(), breaks=(), default=view,
    )  # fmt: skip


def test_an_attention_line_tells_the_run_and_the_year() -> None:
    assert sentences.attention_sentence(LINE) == (
        "In Veerbuurt zijn sinds september 2025 16 woninginbraken geteld; 1 was te verwachten. Heel 2025: 18 geteld, "
        "3 te verwachten (marge 0 tot 7). Dat is gerekend uit de eigen jaren ervoor en hoe de rest van de stad "
        "veranderde. Dit is zeker: door toeval komt zo'n verschil minder dan één op de 1.000 keer voor."
    )


def test_an_expectation_below_a_half_is_less_than_one() -> None:
    said = sentences.attention_title(replace(LINE, since_expected=0.2))

    assert said.endswith("minder dan 1 was te verwachten.")


def test_a_run_from_the_first_month_is_told_as_the_whole_period() -> None:
    said = sentences.attention_title(replace(LINE, since=YEAR.first))

    assert said == "In Veerbuurt zijn in heel 2025 18 woninginbraken geteld; 3 waren te verwachten."


def test_a_likely_rise_tells_its_odds() -> None:
    expected = replace(LINE.expected, p=0.004)

    said = sentences.attention_evidence(replace(LINE, expected=expected, sureness=Sureness.LIKELY))

    assert said.endswith("Dit is waarschijnlijk: door toeval komt zo'n verschil ongeveer één op de 250 keer voor.")
    assert sentences.sureness(Sureness.LIKELY) == "Waarschijnlijk"


@pytest.mark.parametrize("why", list(Reason))
def test_every_reason_is_a_whole_dutch_sentence(why: Reason) -> None:
    said = sentences.reason(replace(FIGURE, reason=why, denominator=150.0, denominator_unit=Unit.DWELLINGS))

    assert said is not None
    assert said[0].isupper()
    assert said.endswith(".")
    assert "None" not in said


def test_a_small_denominator_tells_how_small() -> None:
    figure = replace(FIGURE, reason=Reason.BELOW_MINIMUM, denominator=150.0, denominator_unit=Unit.DWELLINGS)

    assert sentences.reason(figure) == "Minder dan 200 woningen (150). Daarom staat hier alleen het aantal."
    assert sentences.reason(FIGURE) is None


def test_units_say_what_a_rate_is_per() -> None:
    rated = replace(FIGURE, rate=2.5, denominator_unit=Unit.DWELLINGS)

    assert sentences.unit(FIGURE) == "aantal"
    assert sentences.unit(rated) == "per 1.000 woningen"
    assert sentences.unit(replace(rated, per_year=True)) == "per 1.000 woningen per jaar"
    assert sentences.unit(indicator(Rarity.COMMON)) == "per 1.000 woningen per jaar"
    assert sentences.unit(replace(indicator(Rarity.COMMON), unit=None)) == "aantal"


def test_periods_have_a_name() -> None:
    def label(name: str, period: Period, span: Span) -> str:
        return sentences.period_label(EditionPeriod(name, period, span))

    assert label("2016", Period.year(2016), Span.CALENDAR_YEAR) == "2016"
    assert (
        label("laatste-12", Period.ending(2017 * 12 + 10, 12), Span.LAST_YEAR)
        == "twaalf maanden tot en met november 2017"
    )
    assert (
        label("laatste-36", Period.ending(2017 * 12 + 10, 36), Span.THREE_YEARS) == "drie jaar tot en met november 2017"
    )
    assert label("laatste-36", Period(2023 * 12, 36), Span.THREE_YEARS) == "2023-2025"
    assert label("2016-03", Period.month(2016, 3), Span.MONTH) == "maart 2016"


@pytest.mark.parametrize(
    ("why", "ends"),
    [
        (Rarity.COMMON, "genoeg om per buurt te tonen."),
        (Rarity.RARE_BY_DISTRICT, "per buurt meestal 0 tot 10, hoogstens 18. Daarom staat dit op wijk."),
        (Rarity.RARE_OVER_YEARS, "Daarom staat dit over drie jaar."),
        (Rarity.RARE_BY_DISTRICT_OVER_YEARS, "Daarom staat dit op wijk en over drie jaar."),
        (Rarity.NOT_BY_NEIGHBOURHOOD, "De bron geeft dit cijfer niet per buurt."),
    ],
)
def test_the_default_view_says_why(why: Rarity, ends: str) -> None:
    assert sentences.default_view_reason(indicator(why)).endswith(ends)


def test_cells_are_words_or_nothing() -> None:
    full = replace(
        FIGURE, place=Place(3, 1, 8, 57), trend=Change(-0.12, -0.2, -0.03), against=Against.HIGHER,
        expected=Expectation(2.6, 0.0, 7.0, out_of_line=False),
    )  # fmt: skip

    assert sentences.place(full) == "3 (1 tot 8) van 57"
    assert sentences.trend(full) == "−12\u00a0% per jaar (−20\u00a0% tot −3\u00a0%)"
    assert sentences.expected(full) == "3 te verwachten (0 tot 7)"
    assert sentences.against(full) == "zeker hoger"
    assert (sentences.place(FIGURE), sentences.trend(FIGURE), sentences.expected(FIGURE)) == (None, None, None)
    assert sentences.against(replace(FIGURE, against=Against.UNSURE)) == ""


def test_sentences_follow_the_language_of_the_reader() -> None:
    with translation.override("en"):
        assert "home burglaries" in sentences.attention_title(LINE)
