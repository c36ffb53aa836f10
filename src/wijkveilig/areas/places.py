"""Whether two files mean the same place by one code, and what an area is called and looks like.

Found in real files: three neighbourhood codes of The Hague stand for other places in the police
panel than at CBS, and 23 of 30 codes of Rijswijk were renumbered. Joining on the code alone divides
the crimes of one place by the residents of another, so figures meet on a code only when the name or
the point inside the shape agrees, or when the other side knows nothing against it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from wijkveilig.areas.divisions import Division, Figures, Place, overlap, witness_of
from wijkveilig.warehouse.types import AreaCode, Level, level_of, parent_of

# National files are generalised: vertices moved by up to 8 metres. Ten metres, in degrees of latitude.
POINT_TOLERANCE = 10 / 111_320
# A division takes part as a witness of figures when it holds at least half of their codes.
WITNESS_COVERAGE = 0.5


class Ground(StrEnum):
    """Why figures of two files may, or may not, meet on a code."""

    SAME_DIVISION = "same_division"
    NAME = "name"
    POINT = "point"
    NOTHING_AGAINST = "nothing_against"
    OTHER_PLACE = "other_place"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`agrees` and its ground; for another place `own` and `other` are the two names, where known."""

    agrees: bool
    ground: Ground
    own: str | None = None
    other: str | None = None


@dataclass(frozen=True)
class Area:
    """One area as a picture shows it: `place` holds name, point and shape as far as they surely belong to it."""

    code: AreaCode
    level: Level
    district: AreaCode | None
    place: Place

    @property
    def name(self) -> str:
        """The name, or the code where no file gives a name for this place."""
        return self.place.name or self.code


class Places:
    """The places of one municipality, seen from the batch of counts that a picture is made of."""

    def __init__(self, counts: Figures, divisions: Sequence[Division]) -> None:
        self.counts = counts
        self.divisions = tuple(divisions)
        self.own = witness_of(counts, self.divisions)
        self._verdicts: dict[str, dict[AreaCode, Verdict]] = {}

    def agreement(self, other: Figures) -> dict[AreaCode, Verdict]:
        """Per code of the counts: may figures of `other` meet the counts there?"""
        if other.batch not in self._verdicts:
            self._verdicts[other.batch] = self._judge(other)
        return self._verdicts[other.batch]

    def _judge(self, other: Figures) -> dict[AreaCode, Verdict]:
        theirs = witness_of(other, self.divisions)
        if self.own is None or other.batch == self.counts.batch or theirs is self.own:
            ground = Ground.NOTHING_AGAINST if self.own is None else Ground.SAME_DIVISION
            return dict.fromkeys(sorted(self.counts.codes), Verdict(agrees=True, ground=ground))
        witnesses = [
            division
            for division in self.divisions
            if division is theirs or (_covers(division, other.codes) and not self._sides_with_own(division, theirs))
        ]
        return {code: self._same_place(code, witnesses) for code in sorted(self.counts.codes)}

    def _sides_with_own(self, division: Division, theirs: Division | None) -> bool:
        """Whether a file repeats the counts' own division, and so cannot speak for the division of others."""
        if division is self.own or theirs is None or self.own is None:
            return division is self.own
        return self._differences(division, self.own) == 0 and self._differences(division, theirs) > 0

    def _differences(self, one: Division, other: Division) -> int:
        shared = self.counts.codes & one.places.keys() & other.places.keys()
        return sum(not compare(one.places[code], [other.places[code]]).agrees for code in shared)

    def _same_place(self, code: AreaCode, witnesses: Iterable[Division]) -> Verdict:
        own = self.own.places.get(code) if self.own else None
        others = [division.places[code] for division in witnesses if code in division.places]
        return compare(own, others) if own else Verdict(agrees=True, ground=Ground.NOTHING_AGAINST)

    def area(self, code: AreaCode) -> Area:
        """The area with everything that surely belongs to it: its own file first, then files that agree."""
        place = self.own.places.get(code, Place(code)) if self.own else Place(code)
        for division in self._others(code):
            place = place.completed_by(division.places[code])
        return Area(code, level_of(code) or Level.NEIGHBOURHOOD, place.district, place)

    def towns_areas(self) -> tuple[Area, ...]:
        """Every neighbourhood that the counts know, in the order of their codes."""
        return tuple(self.area(code) for code in sorted(self.counts.codes))

    def district(self, code: AreaCode) -> Area:
        """A district (wijk) by its code; its name and shape only from files that mean the same place."""
        place = self.own.places.get(code, Place(code)) if self.own else Place(code)
        for division in self._ordered():
            if code in division.places and self._mostly_agrees(code, division):
                place = place.completed_by(division.places[code])
        return Area(code, Level.DISTRICT, parent_of(code), place)

    def known_elsewhere(self) -> frozenset[AreaCode]:
        """Neighbourhoods that the own division knows and the counts do not hold."""
        return self.own.neighbourhoods - self.counts.codes if self.own else frozenset()

    def water(self) -> tuple[Place, ...]:
        """Shapes that are water, from the first division that has any."""
        for division in self._ordered():
            found = [place for place in division.places.values() if place.water and place.wkb is not None]
            if found:
                return tuple(sorted(found, key=lambda place: place.code))
        return ()

    def _others(self, code: AreaCode) -> list[Division]:
        return [
            division
            for division in self._ordered()
            if code in division.places and self.agreement(figures_of(division))[code].agrees
        ]

    def _ordered(self) -> list[Division]:
        """The other divisions, the likeliest first; the order does not hang on file names."""
        rest = [division for division in self.divisions if division is not self.own]
        own_year = (self.own.year if self.own else None) or self.counts.year or 0
        return sorted(
            rest,
            key=lambda division: (
                -overlap(self.counts.codes, division.neighbourhoods),
                abs((division.year or 0) - own_year),
                division.batch,
            ),
        )

    def _mostly_agrees(self, district: AreaCode, division: Division) -> bool:
        inside = [code for code in self.counts.codes if parent_of(code) == district]
        verdicts = [self.agreement(figures_of(division))[code] for code in inside]
        against = sum(not verdict.agrees for verdict in verdicts)
        return against * 2 <= len(verdicts)


def figures_of(division: Division) -> Figures:
    """A division as if it were figures on all its neighbourhoods (districts stand for it where it has none)."""
    codes = division.neighbourhoods or frozenset(division.places)
    return Figures(division.batch, division.year, division.national, codes)


def compare(own: Place, others: Sequence[Place]) -> Verdict:
    """Judge one code: the first witness whose name or shape agrees settles it; silence is no objection."""
    heard = False
    for other in others:
        if own.name and other.name:
            if same_name(own.name, other.name):
                return Verdict(agrees=True, ground=Ground.NAME)
            heard = True
    for other in others:
        if own.point is not None and other.shape is not None:
            if other.shape.distance(own.point) <= POINT_TOLERANCE:
                return Verdict(agrees=True, ground=Ground.POINT)
            heard = True
    if not heard:
        return Verdict(agrees=True, ground=Ground.NOTHING_AGAINST)
    named = next((other.name for other in others if other.name), None)
    return Verdict(agrees=False, ground=Ground.OTHER_PLACE, own=own.name, other=named)


_ABBREVIATIONS = (
    (re.compile(r"\be\.?\s?o\.?(?=\W|$)"), "en omgeving"),
    (re.compile(r"\bverspr\.?\s?h\.?"), "verspreide huizen"),
)


def same_name(one: str, other: str) -> bool:
    """Whether two spellings name the same place: case, accents, signs and CBS's abbreviations aside.

    Deliberately strict: 'Bedrijventerrein 1' and 'Bedrijventerrein 2' differ in one sign and are two places.
    """
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    text = unicodedata.normalize("NFKD", name).casefold()
    text = re.sub(r"^wijk \d+\s", "", text)
    for pattern, full in _ABBREVIATIONS:
        text = pattern.sub(full, text)
    return "".join(sign for sign in text if sign.isalnum())


def _covers(division: Division, codes: frozenset[AreaCode]) -> bool:
    known = frozenset(division.places)
    return bool(codes) and len(codes & known) >= WITNESS_COVERAGE * len(codes)
