"""The register of indicators: what is counted, per what, under which theme of the plan.

An indicator is data (`data/indicators.yaml`). Adding one is adding an entry there; a source code that
no entry names still gets an indicator of its own, so that nothing that a source counts is lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

import yaml
from django.utils.translation import get_language

from wijkveilig.warehouse.types import Period

MINIMUM_DENOMINATOR = 200
MINIMUM_CELL = 5
TOTAL = "totaal"
KEYS = frozenset(
    "id name counted definition theme kind direction per minimum cell codes breaks".split()  # noqa: SIM905 - reads as a list
)
"""What an entry of the register may hold."""


class Unit(StrEnum):
    """What a rate is per: the measures of key figures that may be a denominator.

    Addresses (where not given: dwellings and business establishments together) only carry expected counts along.
    """

    ADDRESSES = "addresses"
    DWELLINGS = "dwellings"
    HOUSEHOLDS = "households"
    RESIDENTS = "residents"
    BUSINESSES = "business_establishments"


class Direction(StrEnum):
    """What more of it means for safety."""

    LOWER_IS_SAFER = "lower_is_safer"
    SHOWS_EFFORT = "shows_effort"


class Kind(StrEnum):
    """Whether an indicator is one source type (tested) or a sum of them (never tested)."""

    SINGLE = "single"
    SUM = "sum"


@dataclass(frozen=True, slots=True)
class Words:
    """A name in Dutch and English; as text it is in the language of the reader."""

    nl: str
    en: str

    def __str__(self) -> str:
        return self.en if (get_language() or "nl").startswith("en") else self.nl


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of the plan (`P1` Veilige wijken, `P2B` Digitale veiligheid ...)."""

    id: str
    name: Words


@dataclass(frozen=True, slots=True)
class Break:
    """A month from which counting changed, and why; no trend or expectation looks across it."""

    month: int
    why: Words


@dataclass(frozen=True, slots=True)
class Indicator:
    """One entry of the register.

    `codes` are source codes by source id ('police_crime', 'panel_month'); `denominators` is the chain of
    preference; `minimum_denominator` counts dwellings, households or residents; `minimum_cell` is for
    figures of our own that become public. `counted` is the plural for sentences.
    """

    id: str
    name: Words
    counted: Words
    definition: Words
    theme: str
    kind: Kind
    direction: Direction
    denominators: tuple[Unit, ...]
    minimum_denominator: int
    minimum_cell: int
    codes: tuple[str, ...]
    breaks: tuple[Break, ...] = ()


@dataclass(frozen=True)
class Register:
    """All indicators and themes, in the order of the file."""

    themes: tuple[Theme, ...]
    indicators: tuple[Indicator, ...]

    def theme(self, theme_id: str) -> Theme:
        """The theme with this id; KeyError when there is none."""
        return {theme.id: theme for theme in self.themes}[theme_id]

    def get(self, indicator_id: str) -> Indicator | None:
        """The indicator with this id, or None."""
        return {indicator.id: indicator for indicator in self.indicators}.get(indicator_id)

    def of_code(self, code: str) -> Indicator:
        """The indicator of a source code; an unknown code gets one of its own, named by the code."""
        for indicator in self.indicators:
            if code in indicator.codes:
                return indicator
        return _unknown(code)


def _unknown(code: str) -> Indicator:
    """A source code that the register does not name: counted, per resident, under the general theme."""
    name = Words(f"Soort {code}", f"Type {code}")
    counted = Words(f"registraties van soort {code}", f"registrations of type {code}")
    why = Words(
        "De bron telt deze soort, maar het register van indicatoren kent haar nog niet.",
        "The source counts this type, but the register of indicators does not know it yet.",
    )
    return Indicator(
        f"soort-{code.replace('.', '-').lower()}", name, counted, why, "GEN", Kind.SINGLE, Direction.LOWER_IS_SAFER,
        (Unit.RESIDENTS,), MINIMUM_DENOMINATOR, MINIMUM_CELL, (code,),
    )  # fmt: skip


@cache
def register() -> Register:
    """The register as shipped; ValueError names the entry and the key that is wrong."""
    text = files("wijkveilig.picture").joinpath("data/indicators.yaml").read_text(encoding="utf-8")
    return read_register(text)


def read_register(text: str) -> Register:
    """Read and check a register; ValueError says what is wrong in which entry."""
    raw = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe loaders
    themes = tuple(Theme(entry["id"], Words(**entry["name"])) for entry in raw["themes"])
    breaks = {
        key: Break(Period.parse(entry["month"]).first, Words(**entry["why"])) for key, entry in raw["breaks"].items()
    }
    known = {theme.id for theme in themes}
    indicators = tuple(_indicator(entry, known, breaks) for entry in raw["indicators"])
    _no_doubles(indicators)
    return Register(themes, indicators)


def _indicator(entry: dict[str, object], themes: set[str], breaks: dict[str, Break]) -> Indicator:
    """One entry, with the defaults of the register filled in."""
    name = str(entry.get("id", "?"))
    extra = set(entry) - KEYS
    if extra:
        raise ValueError(f"indicator '{name}': unknown key {', '.join(sorted(extra))}")
    if entry["theme"] not in themes:
        raise ValueError(f"indicator '{name}': theme '{entry['theme']}' is not in the list of themes")
    return Indicator(
        id=name,
        name=_words(entry["name"]),
        counted=_words(entry["counted"]),
        definition=_words(entry["definition"]),
        theme=str(entry["theme"]),
        kind=Kind(str(entry.get("kind", "single"))),
        direction=Direction(str(entry.get("direction", "lower_is_safer"))),
        denominators=tuple(Unit(unit) for unit in _texts(entry.get("per", ["residents"]))),
        minimum_denominator=_whole(entry.get("minimum", MINIMUM_DENOMINATOR)),
        minimum_cell=_whole(entry.get("cell", MINIMUM_CELL)),
        codes=_texts(entry.get("codes", [])),
        breaks=tuple(breaks[key] for key in _texts(entry.get("breaks", []))),
    )


def _words(value: object) -> Words:
    if not isinstance(value, dict):
        raise TypeError(f"'{value}' must hold nl and en")
    return Words(str(value["nl"]), str(value["en"]))


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError(f"'{value}' must be a list")
    return tuple(str(item) for item in value)


def _whole(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(f"'{value}' must be a whole number")
    return value


def _no_doubles(indicators: tuple[Indicator, ...]) -> None:
    """Two indicators must not share an id or a code; ValueError names it."""
    seen: set[str] = set()
    for name in [text for indicator in indicators for text in (indicator.id, *indicator.codes)]:
        if name in seen:
            raise ValueError(f"the register names '{name}' twice")
        seen.add(name)
