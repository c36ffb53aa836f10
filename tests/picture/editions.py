"""Makes an edition folder of any size, so that pages can be tried without data, statistics or jobs.

The figures are regular on purpose: the first neighbourhood surely lies above the city and asks for
attention, the second surely lies below, the third has too few dwellings, the fourth a moved code.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from wijkveilig.picture import packing
from wijkveilig.picture.edition import (
    AreaFile,
    AreaRef,
    Band,
    DefaultView,
    Edition,
    EditionPeriod,
    IndicatorRef,
    Rarity,
    Series,
    Span,
    read_edition,
)
from wijkveilig.picture.facts import (
    Against,
    Attention,
    Change,
    Expectation,
    Figure,
    Note,
    NoteKind,
    Origin,
    Place,
    Reason,
    Sureness,
)
from wijkveilig.picture.indicators import Direction, Kind, Theme, Unit, Words
from wijkveilig.warehouse.types import AreaCode, Level, Period, Status

TOWN = AreaCode("GM9901")
LAST = 2025 * 12 + 11
MONTHS = 96
PER_DISTRICT = 5
CITY_LEVEL = 2.8
PERIODS = (
    EditionPeriod("laatste-12", Period(2025 * 12, 12), Span.LAST_YEAR),
    EditionPeriod("laatste-36", Period(2023 * 12, 36), Span.THREE_YEARS),
    EditionPeriod("2025", Period.year(2025), Span.CALENDAR_YEAR),
    EditionPeriod("2024", Period.year(2024), Span.CALENDAR_YEAR),
    EditionPeriod("2023", Period.year(2023), Span.CALENDAR_YEAR),
)
SAFE = Theme("P1", Words("Veilige wijken", "Safe neighbourhoods"))
GENERAL = Theme("GEN", Words("Algemeen", "General"))


def write_edition(folder: Path, *, areas: int = 60, lines: int = 1, shapes: bool = True) -> Edition:
    """An edition of `areas` neighbourhoods in districts of five; the first `lines` ask for attention."""
    neighbourhoods = tuple(_neighbourhood(number) for number in range(areas))
    districts = tuple(_district(number) for number in range((areas + PER_DISTRICT - 1) // PER_DISTRICT))
    city = AreaRef(TOWN, "Proefstad", Level.MUNICIPALITY, None, residents=areas * 2000, dwellings=areas * 900)
    refs = (*neighbourhoods, *districts, city)
    edition = Edition(
        folder=folder, id="ed1", municipality=TOWN, name="Proefstad", code_version="0.1.0", dated_on="2026-01-20",
        reported_until=LAST, incomplete_from=None, step=1, made_from=(_origin(),), areas=refs,
        indicators=INDICATORS, periods=PERIODS, attention=tuple(_attention(area) for area in neighbourhoods[:lines]),
    )  # fmt: skip
    _write(edition, shapes=shapes)
    return read_edition(folder)


def _indicator(name: str, words: Words, kind: Kind, view: tuple[Level, str, Rarity]) -> IndicatorRef:
    level, period, why = view
    return IndicatorRef(
        id=name, name=words, counted=words, definition=words, theme=SAFE if kind is Kind.SINGLE else GENERAL,
        kind=kind, direction=Direction.LOWER_IS_SAFER, unit=Unit.DWELLINGS, denominator_year=2025,
        minimum_denominator=200, source_codes=("1.1.1",), parts=(), breaks=(),
        default=DefaultView(level, period, why, 154, 60, 0, 10),
    )  # fmt: skip


INDICATORS = (
    _indicator(
        "woninginbraak", Words("woninginbraak", "home burglary"), Kind.SINGLE,
        (Level.DISTRICT, "laatste-12", Rarity.RARE_BY_DISTRICT),
    ),
    _indicator(
        "vernieling", Words("vernieling", "vandalism"), Kind.SINGLE,
        (Level.NEIGHBOURHOOD, "laatste-12", Rarity.COMMON),
    ),
    _indicator(
        "totaal", Words("alle misdrijven", "all crime"), Kind.SUM,
        (Level.NEIGHBOURHOOD, "laatste-12", Rarity.COMMON),
    ),
)  # fmt: skip


def _neighbourhood(number: int) -> AreaRef:
    district, place = divmod(number, PER_DISTRICT)
    note = Note(NoteKind.OTHER_PLACE, "Kadebuurt", "Dokbuurt") if number == 3 else None
    return AreaRef(
        AreaCode(f"BU9901{district + 1:02X}{place + 1:02d}"), f"Buurt {number + 1}", Level.NEIGHBOURHOOD,
        AreaCode(f"WK9901{district + 1:02X}"), note, residents=2000, households=1000, dwellings=900,
        context_year=2025,
    )  # fmt: skip


def _district(number: int) -> AreaRef:
    code = AreaCode(f"WK9901{number + 1:02X}")
    return AreaRef(code, f"Wijk {number + 1}", Level.DISTRICT, TOWN, residents=10000, dwellings=4500)


def _origin() -> Origin:
    return Origin(
        "misdrijven.csv", "police_crime", "Geregistreerde misdrijven", "politie", "CC BY 4.0", "abc", None, 2025, ()
    )


def _attention(area: AreaRef) -> Attention:
    return Attention(
        area=area.code, area_name=area.name, theme="P1", indicator="woninginbraak", period=PERIODS[0].period,
        observed=18, expected=Expectation(3.0, 0, 8, out_of_line=True, tested=True, p=0.0001),
        sureness=Sureness.CERTAIN, name=INDICATORS[0].name, counted=INDICATORS[0].counted, since=LAST - 3,
        since_observed=16, since_expected=1.0,
    )  # fmt: skip


def _figure(number: int, indicator: str, period: EditionPeriod) -> Figure:
    """The figure of area `number`; see the head of this file for what the first four are."""
    whole = Figure(
        indicator, ("1.1.1",), period.period, 2 + number % 5, Status.VALUE, denominator=900.0,
        denominator_unit=Unit.DWELLINGS, denominator_year=2025, per_year=True, rate=2.4, level=2.7, low=1.5,
        high=4.6, city=CITY_LEVEL, against=Against.UNSURE, trend=Change(-0.05, -0.2, 0.1),
        expected=Expectation(3.2, 0, 8, out_of_line=False, tested=True, p=0.7), is_sum=indicator == "totaal",
    )  # fmt: skip
    if number == 0:
        guess = Expectation(3.0, 0, 8, out_of_line=True, tested=True, p=0.0001)
        return replace(
            whole, value=18, rate=20.0, level=6.1, low=4.0, high=9.0, against=Against.HIGHER, expected=guess,
            place=Place(1, 1, 4, 57),
        )  # fmt: skip
    if number == 1:
        return replace(whole, level=0.9, low=0.3, high=1.9, against=Against.LOWER)
    if number in (2, 3):
        why = Reason.BELOW_MINIMUM if number == 2 else Reason.OTHER_PLACE
        return replace(whole, reason=why, denominator=120.0, rate=None, level=None, low=None, high=None, against=None)
    return whole


def _series(number: int) -> Series:
    quiet = [(number + month) % 7 // 6 for month in range(MONTHS)]
    counts = (*quiet[:-4], 3, 4, 4, 5) if number == 0 else tuple(quiet)
    band = Band(LAST - 11, 4, (1.0,) * 12, (0.0,) * 12, (3.0,) * 12)
    names = [indicator.id for indicator in INDICATORS]
    return Series(LAST - MONTHS + 1, 1, dict.fromkeys(names, counts), dict.fromkeys(names, band))


def _write(edition: Edition, *, shapes: bool) -> None:
    folder = edition.folder
    for part in ("area", *(f"indicator/{level}" for level in Level if level is not Level.COUNTRY)):
        (folder / part).mkdir(parents=True, exist_ok=True)
    head = {name: getattr(edition, name) for name in Edition.__dataclass_fields__ if name != "folder"}
    (folder / "edition.json").write_bytes(packing.dump(head))
    outlines = {area.code: [_square(number)] for number, area in enumerate(edition.areas_at(Level.NEIGHBOURHOOD))}
    (folder / "shapes.json").write_bytes(packing.dump({"areas": outlines if shapes else {}, "water": []}))
    for level in (Level.NEIGHBOURHOOD, Level.DISTRICT, Level.MUNICIPALITY):
        _write_level(edition, level)


def _write_level(edition: Edition, level: Level) -> None:
    areas = edition.areas_at(level)
    for number, area in enumerate(areas):
        figures = {
            period.id: {one.id: _figure(number, one.id, period) for one in INDICATORS} for period in edition.periods
        }
        file = AreaFile(figures, _series(number))
        (edition.folder / "area" / f"{area.code}.json").write_bytes(packing.dump(file))
    for indicator in INDICATORS:
        table = {
            period.id: {area.code: _figure(number, indicator.id, period) for number, area in enumerate(areas)}
            for period in edition.periods
        }
        path = edition.folder / "indicator" / level / f"{indicator.id}.json"
        path.write_bytes(packing.dump(table))


def _square(number: int) -> list[list[float]]:
    """A square of 500 m on a grid of ten a row, closed."""
    x, y = (number % 10) * 500.0 + 100000, (number // 10) * 500.0 + 420000
    return [[x, y], [x + 500, y], [x + 500, y + 500], [x, y + 500], [x, y]]
