"""The register of indicators: complete, checked on load, and open for a new entry."""

from __future__ import annotations

import pytest
from django.utils import translation

from wijkveilig.picture.indicators import Direction, Kind, Unit, Words, read_register, register

# The 58 types of police tables 47018NED and 47022NED, their total, and the 12 codes of the monthly panel.
_POLICE = """0.0.0 1.1.1 1.1.2 1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.3.1 1.4.1 1.4.2 1.4.3 1.4.4 1.4.5 1.4.6 1.4.7 1.5.2 1.6.1
1.6.2 1.6.3 2.1.1 2.2.1 2.4.1 2.4.2 2.5.1 2.5.2 2.6.1 2.6.2 2.6.3 2.6.4 2.6.5 2.6.7 2.6.8 2.6.9 2.6.10 2.6.11 2.6.12
2.6.13 2.6.14 2.7.2 2.7.3 3.1.1 3.1.2 3.1.3 3.2.1 3.2.2 3.3.2 3.3.5 3.4.2 3.5.2 3.5.5 3.6.4 3.7.1 3.7.2 3.7.3 3.7.4
3.9.1 3.9.2 3.9.3"""
_PANEL = "100 101 102 104 105 106 107 108 109 110 111 117"
POLICE, PANEL = tuple(_POLICE.split()), tuple(_PANEL.split())
ENTRY = """
themes:
  - {id: P1, name: {nl: "Veilige wijken", en: "Safe neighbourhoods"}}
breaks: {}
indicators:
  - id: proef
    name: {nl: "proef", en: "trial"}
    counted: {nl: "proeven", en: "trials"}
    definition: {nl: "Een proef.", en: "A trial."}
    theme: P1
    codes: ["9.9.9"]
"""


def test_every_source_type_is_an_indicator_of_its_own() -> None:
    found = [register().of_code(code) for code in (*POLICE, *PANEL)]

    assert all(indicator in register().indicators for indicator in found)
    assert {indicator.kind for indicator, code in zip(found, (*POLICE, *PANEL), strict=True) if code != "0.0.0"} == {
        Kind.SINGLE
    }
    assert register().of_code("0.0.0").kind is Kind.SUM
    assert len({indicator.id for indicator in found[: len(POLICE)]}) == len(POLICE)
    assert len({indicator.id for indicator in found[len(POLICE) :]}) == len(PANEL)


def test_burglary_is_one_indicator_in_both_sources_and_prefers_dwellings() -> None:
    burglary = register().of_code("104")

    assert burglary is register().of_code("1.1.1")
    assert burglary.denominators == (Unit.DWELLINGS, Unit.HOUSEHOLDS, Unit.RESIDENTS)


def test_a_type_that_no_entry_names_still_counts_under_a_name_of_its_own() -> None:
    stranger = register().of_code("8.8.8")

    assert (stranger.id, stranger.codes, stranger.kind) == ("soort-8-8-8", ("8.8.8",), Kind.SINGLE)


def test_every_theme_is_one_of_the_plan_and_has_both_languages() -> None:
    assert [theme.id for theme in register().themes] == ["GEN", "P1", "P2", "P2A", "P2B", "P2C", "P3"]
    words = [theme.name for theme in register().themes]
    words += [part for one in register().indicators for part in (one.name, one.counted, one.definition)]
    assert all(part.nl and part.en for part in words)


def test_words_are_in_the_language_of_the_reader() -> None:
    words = Words("buurt", "neighbourhood")

    with translation.override("en"):
        assert str(words) == "neighbourhood"
    with translation.override("nl"):
        assert str(words) == "buurt"


def test_an_entry_has_the_defaults_of_the_house() -> None:
    made = read_register(ENTRY).indicators[0]

    assert (made.denominators, made.minimum_denominator, made.minimum_cell) == ((Unit.RESIDENTS,), 200, 5)
    assert made.direction is Direction.LOWER_IS_SAFER


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("theme: P1", "theme: P9"), "theme 'P9'"),
        (('codes: ["9.9.9"]', 'codes: ["9.9.9"]\n    colour: red'), "unknown key colour"),
        (('codes: ["9.9.9"]', 'codes: ["9.9.9", "9.9.9"]'), "'9.9.9' twice"),
        (("theme: P1", "theme: P1\n    per: [cows]"), "cows"),
    ],
)
def test_a_wrong_entry_is_refused_with_the_entry_and_the_key(change: tuple[str, str], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_register(
            ENTRY.replace(*change, 1)
            if "theme" not in change[0]
            else ENTRY.replace(f"    {change[0]}", f"    {change[1]}")
        )
