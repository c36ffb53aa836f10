"""How it is decided what asks for attention, with the figures of this edition beside the words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from wijkveilig.picture import sentences, wording
from wijkveilig.picture.edition import Edition, read_edition
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
    notes: tuple[str, ...]
    edition: str
    version: str


def compose(edition: Edition) -> MethodPage:
    """Reads one file per indicator the first time, to count how many series were tested."""
    last = edition.period("laatste-12") or edition.periods[0]
    tested = _tested(edition.folder)
    return MethodPage(
        period=sentences.period_label(last),
        areas=wording.number(len(edition.areas_at(Level.NEIGHBOURHOOD))),
        indicators=wording.number(len(edition.indicators)),
        tested=wording.number(tested.series),
        flagged=wording.number(tested.out_of_line),
        origins=origins(edition),
        notes=edition.notes,
        edition=edition.id,
        version=edition.code_version,
    )


@dataclass(frozen=True, slots=True)
class Tested:
    """How many series of an edition were tested, and how many of them are out of line."""

    series: int
    out_of_line: int


@lru_cache(maxsize=8)
def _tested(folder: Path) -> Tested:
    """An edition never changes, so it is counted once for each process."""
    edition = read_edition(folder)
    last = edition.period("laatste-12") or edition.periods[0]
    tables = edition.figures(Level.NEIGHBOURHOOD, last.id).values()
    guesses = [figure.expected for table in tables for figure in table.values() if figure.expected is not None]
    tested = [guess for guess in guesses if guess.tested]
    return Tested(len(tested), sum(guess.out_of_line for guess in tested))
