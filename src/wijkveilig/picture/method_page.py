"""How it is decided what asks for attention, with the figures of this edition beside the words."""

from __future__ import annotations

from dataclasses import dataclass

from wijkveilig.picture import sentences, wording
from wijkveilig.picture.edition import Edition
from wijkveilig.picture.home_page import origins
from wijkveilig.ui.figures import Table
from wijkveilig.warehouse.types import Level


@dataclass(frozen=True)
class MethodPage:
    """The figures of the explanation; the words stand in the template."""

    period: str
    areas: str
    indicators: str
    tested: str
    flagged: str
    origins: Table
    edition: str
    version: str


def compose(edition: Edition) -> MethodPage:
    """Reads one file per indicator to count how many series were tested."""
    last = edition.period("laatste-12") or edition.periods[0]
    figures = [figure for table in edition.figures(Level.NEIGHBOURHOOD, last.id).values() for figure in table.values()]
    tested = [figure for figure in figures if figure.expected is not None and figure.expected.tested]
    return MethodPage(
        period=sentences.period_label(last),
        areas=wording.number(len(edition.areas_at(Level.NEIGHBOURHOOD))),
        indicators=wording.number(len(edition.indicators)),
        tested=wording.number(len(tested)),
        flagged=wording.number(sum(1 for one in tested if one.expected is not None and one.expected.out_of_line)),
        origins=origins(edition),
        edition=edition.id,
        version=edition.code_version,
    )
