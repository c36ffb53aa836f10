"""The facts of a safety picture (veiligheidsbeeld), without a word of prose.

A picture is areas × indicators for one period. Sentences, units and reasons are worded when they are
shown (`sentences.py`), so that an edition can be read in any language. Rates are per 1,000 of the
denominator; counts are counts; shares are fractions (0.05 = 5 %).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from wijkveilig.picture.indicators import Unit, Words
from wijkveilig.warehouse.types import AreaCode, Level, Period, Status


class Reason(StrEnum):
    """Why a figure, or its rate, is not there."""

    NOT_RECORDED = "not_recorded"
    NOT_REPORTED = "not_reported"
    NOT_IN_SOURCE = "not_in_source"
    PART_MISSING = "part_missing"
    WITHHELD = "withheld"
    NO_DENOMINATOR = "no_denominator"
    OTHER_PLACE = "other_place"
    BELOW_MINIMUM = "below_minimum"


class Against(StrEnum):
    """What the 95 % interval of a level says against the city's own level."""

    HIGHER = "higher"
    LOWER = "lower"
    UNSURE = "unsure"


class Sureness(StrEnum):
    """How sure a rise is, by the predictive probability of a count at least as far out."""

    CERTAIN = "certain"
    LIKELY = "likely"


@dataclass(frozen=True, slots=True)
class Place:
    """The rank among the `of` areas with a rate (1 = highest), with its 95 % interval."""

    rank: int
    low: int
    high: int
    of: int


@dataclass(frozen=True, slots=True)
class Change:
    """The change a year over whole blocks of twelve months, as a fraction, with its 95 % interval."""

    change: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Expectation:
    """The count that was to be expected, its 95 % predictive interval, and whether the count is out of line.

    `tested` says whether the series belongs to the family that is tested (single types of neighbourhoods
    that are expected at 1 or more); `p` is the two-sided predictive probability.
    """

    value: float
    low: float
    high: float
    out_of_line: bool
    tested: bool = False
    p: float | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One area, one indicator, one period. `value` is None unless the status is 'value'."""

    indicator: str
    source_codes: tuple[str, ...]
    period: Period
    value: int | None
    status: Status
    reason: Reason | None = None
    denominator: float | None = None
    denominator_unit: Unit | None = None
    denominator_year: int | None = None
    per_year: bool = False
    rate: float | None = None
    level: float | None = None
    low: float | None = None
    high: float | None = None
    city: float | None = None
    against: Against | None = None
    place: Place | None = None
    trend: Change | None = None
    expected: Expectation | None = None
    incomplete: bool = False
    is_sum: bool = False


class NoteKind(StrEnum):
    """Why an area has no denominators or no shape."""

    OTHER_PLACE = "other_place"
    UNKNOWN_ELSEWHERE = "unknown_elsewhere"
    NO_NAME = "no_name"


@dataclass(frozen=True, slots=True)
class Note:
    """What a reader must know about an area; as text it is in the language of the reader.

    `own` and `other` are the names of the two places that share a code, where known.
    """

    kind: NoteKind
    own: str | None = None
    other: str | None = None

    def __str__(self) -> str:
        return note_text(self.kind, self.own, self.other)


def note_text(kind: NoteKind, own: str | None, other: str | None) -> str:
    """The sentence of a note."""
    if kind is NoteKind.OTHER_PLACE and own and other:
        return _(
            "Deze code staat hier voor %(own)s en in andere bestanden voor %(other)s. "
            "Daarom hoort er geen inwonertal, noemer of kaartvorm bij; de aantallen blijven staan."
        ) % {"own": own, "other": other}
    if kind is NoteKind.OTHER_PLACE:
        return _(
            "Deze code staat in andere bestanden voor een andere plek. "
            "Daarom hoort er geen inwonertal, noemer of kaartvorm bij; de aantallen blijven staan."
        )
    if kind is NoteKind.UNKNOWN_ELSEWHERE:
        return _("Geen bestand noemt inwoners, huishoudens of woningen van deze buurt. De aantallen blijven staan.")
    return _("Geen bestand geeft deze buurt een naam.")


@dataclass(frozen=True, slots=True)
class AreaFacts:
    """An area with its figures in the order of the indicators; `note` says what is wrong with its place."""

    code: AreaCode
    name: str | None
    level: Level
    note: Note | None
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Attention:
    """A rise out of line: an area × theme that asks for attention, with the facts of its sentence.

    `since` is the likeliest first month of the run (described, not tested; None for year-only data),
    `since_observed` and `since_expected` the counts from that month on. `name` and `counted` are the
    indicator's own words.
    """

    area: AreaCode
    area_name: str
    theme: str
    indicator: str
    period: Period
    observed: int
    expected: Expectation
    sureness: Sureness
    name: Words
    counted: Words
    since: int | None = None
    since_observed: int | None = None
    since_expected: float | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """A file that a picture was made from."""

    file: str
    source: str
    title: str
    publisher: str
    licence: str
    batch: str
    fetched_on: str | None
    division: int | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that was not used, and why (Dutch)."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The safety picture of one municipality for one period."""

    area: AreaCode
    name: str | None
    period: Period
    made_from: tuple[Origin, ...]
    left_out: tuple[LeftOut, ...]
    areas: tuple[AreaFacts, ...]
    city: AreaFacts
    attention: tuple[Attention, ...]
    incomplete_from: int | None
    notes: tuple[str, ...] = ()
