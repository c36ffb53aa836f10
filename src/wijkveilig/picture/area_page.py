"""The profile of one area as finished facts: what stands out, its run over time, its themes beside the city."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from wijkveilig.picture import area_words, cells, sentences, wording
from wijkveilig.picture.addresses import AT_SERVER, Addresses
from wijkveilig.picture.edition import AreaFile, AreaRef, Edition, EditionPeriod, IndicatorRef
from wijkveilig.picture.facts import Against, Figure
from wijkveilig.picture.indicators import Kind
from wijkveilig.picture.map_drawing import draw_locator
from wijkveilig.picture.map_page import Choice
from wijkveilig.picture.queries import area_period
from wijkveilig.picture.run import attention_for, draw_run
from wijkveilig.ui.chart_words import chart_words
from wijkveilig.ui.charts import NARROW, DotsSpec, dots
from wijkveilig.ui.figures import Cell, Column, Link, Table
from wijkveilig.ui.figures import Figure as Plate
from wijkveilig.warehouse.types import Level

MOST_RUNS = 3
"""How many series a profile draws at most; the others are one choice away."""


@dataclass(frozen=True)
class Room:
    """How much room there is: lines in the chart of themes, height of a series, names in the sentence above."""

    dots: int = 8
    run_height: float | None = None
    names: int = area_words.MOST_NAMED


SCREEN = Room()
SHEET = Room(dots=5, run_height=160, names=3)
"""One sheet of A4 holds this much."""


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator in the table of an area."""

    name: str
    address: str
    count: str
    level: str
    city: str
    verdict: str
    higher: bool
    expected: str
    out_of_line: bool
    trend: str
    place: str
    reason: str


@dataclass(frozen=True)
class ThemeRows:
    """The indicators of one theme of the plan."""

    name: str
    rows: tuple[IndicatorRow, ...]


@dataclass(frozen=True)
class Fact:
    """A term and what it is here."""

    term: str
    words: str


@dataclass(frozen=True)
class AreaPage:
    """Everything that the profile of an area shows."""

    code: str
    name: str
    eyebrow: str
    title: str
    lede: str
    parent: Link | None
    periods: tuple[Choice, ...]
    period: str
    why_period: str
    runs: tuple[Plate, ...]
    run_choices: tuple[Choice, ...]
    themes: Plate | None
    table: tuple[ThemeRows, ...]
    counted: int
    facts: tuple[Fact, ...]
    note: str
    compared: bool
    locator: str
    where: str
    nearby: tuple[Link, ...]
    nearby_title: str
    source: str
    made_on: str
    made_from: str
    incomplete: bool


def compose(
    edition: Edition,
    area: AreaRef,
    *,
    period: str = "",
    indicator: str = "",
    to: Addresses = AT_SERVER,
    room: Room = SCREEN,
) -> AreaPage:
    """The profile for one edition; reads the file of this area and the shapes."""
    shown = area_period(edition, period, area)
    file = edition.of_area(area.code)
    figures = file.figures.get(shown.id, {})
    drawn = _indicators_drawn(edition, area, file, indicator)
    return AreaPage(
        code=area.code,
        name=area.name,
        eyebrow=_eyebrow(edition, area),
        title=area_words.headline(edition, area, file, shown),
        lede=area_words.lede(edition, area, file, shown, room.names),
        parent=_parent(edition, area, to),
        periods=tuple(Choice(one.id, sentences.period_label(one), one == shown) for one in edition.periods),
        period=sentences.period_label(shown),
        why_period=_why_period(area, shown),
        runs=tuple(_run(edition, area, file, one, to, room) for one in drawn),
        run_choices=_run_choices(edition, file, drawn),
        themes=_themes(edition, area, shown, figures, to, room),
        table=_table(edition, figures, file, to),
        counted=len(figures),
        facts=_facts(area),
        note=str(area.note or ""),
        compared=area.level is not Level.MUNICIPALITY,
        locator=draw_locator(edition, area),
        where=_where(edition, area),
        nearby=tuple(Link(one.name, to.area(one.code)) for one in _nearby(edition, area)),
        nearby_title=_nearby_title(edition, area),
        source=wording.sources_line(edition),
        made_on=wording.made_on(edition),
        made_from=wording.made_from(edition),
        incomplete=shown.incomplete,
    )


def _eyebrow(edition: Edition, area: AreaRef) -> str:
    """'Buurt in Oude Haven · BU99010202': what and where it is, in one small line."""
    parent = edition.area(area.parent or "")
    words = {"level": wording.level_heading(area.level), "parent": "", "code": area.code}
    if parent is None:
        return _("%(level)s · %(code)s") % words
    words["parent"] = edition.name if parent.level is Level.MUNICIPALITY else parent.name
    return _("%(level)s in %(parent)s · %(code)s") % words


def _where(edition: Edition, area: AreaRef) -> str:
    """The sentence above the small map."""
    parent = edition.area(area.parent or "")
    if parent is None:
        return _("Zo ligt %(area)s") % {"area": edition.name}
    upper = edition.name if parent.level is Level.MUNICIPALITY else parent.name
    return _("%(area)s ligt in %(parent)s") % {"area": area.name, "parent": upper}


def _parent(edition: Edition, area: AreaRef, to: Addresses) -> Link | None:
    parent = edition.area(area.parent or "")
    if parent is None or parent.level is Level.MUNICIPALITY:
        return None
    return Link(parent.name, to.area(parent.code))


def _why_period(area: AreaRef, shown: EditionPeriod) -> str:
    if area.level is Level.NEIGHBOURHOOD and shown.id == "laatste-36":
        return _("Drie jaar samen, omdat één jaar in een buurt te weinig zegt.")
    return ""


def _indicators_drawn(edition: Edition, area: AreaRef, file: AreaFile, asked: str) -> tuple[IndicatorRef, ...]:
    """Which series are drawn: what the reader asks, else what asks for attention, else the least likely one."""
    chosen = edition.indicator(asked)
    if chosen is not None:
        return (chosen,)
    lines = [one for one in edition.indicators if attention_for(edition, area, one) is not None]
    if lines:
        return tuple(lines[:MOST_RUNS])
    return least_likely(edition, file.figures.get("laatste-12", {}))[:1] or edition.indicators[:1]


def least_likely(edition: Edition, figures: Mapping[str, Figure]) -> tuple[IndicatorRef, ...]:
    """The tested indicators with a known probability, the least likely count first."""
    chances = []
    for place, indicator in enumerate(edition.indicators):
        figure = figures.get(indicator.id)
        if figure is not None and figure.expected is not None and figure.expected.tested:
            chances.append((1.0 if figure.expected.p is None else figure.expected.p, place, indicator))
    return tuple(indicator for _p, _place, indicator in sorted(chances, key=lambda found: found[:2]))


def _run(edition: Edition, area: AreaRef, file: AreaFile, indicator: IndicatorRef, to: Addresses, room: Room) -> Plate:
    figure = file.figures.get("laatste-12", {}).get(indicator.id)
    plate = draw_run(edition, area, file.series, indicator, figure, height=room.run_height)
    address = to.indicator(indicator.id)
    return replace(plate, links=(Link(_("Hoe is dit cijfer gemaakt?"), address),)) if address else plate


def _run_choices(edition: Edition, file: AreaFile, drawn: tuple[IndicatorRef, ...]) -> tuple[Choice, ...]:
    """The indicators that have any count here, for the choice above the series."""
    counted = {name for name, counts in file.series.counts.items() if any(count is not None for count in counts)}
    return tuple(
        Choice(one.id, wording.title(one), len(drawn) == 1 and one == drawn[0])
        for one in edition.indicators
        if one.id in counted
    )


def _themes(
    edition: Edition, area: AreaRef, shown: EditionPeriod, figures: dict[str, Figure], to: Addresses, room: Room
) -> Plate | None:
    """The indicators of this area beside the city, each with its own comparison."""
    found = dots_shown(edition, figures, room.dots)
    if not found or area.level is Level.MUNICIPALITY:
        return None
    rows = tuple(
        cells.dot_row(wording.title(indicator), figure, note=sentences.against(figure)) for indicator, figure in found
    )
    title = _themes_title(edition, figures)
    spec = DotsSpec(key="naast-de-stad", title=title, rows=rows, relative=True, words=chart_words())
    return Plate(
        key="naast-de-stad",
        title=title,
        sub=_themes_sub(shown, len(found), len(dots_shown(edition, figures, len(figures)))),
        svg=dots(spec),
        narrow=dots(replace(spec, key="naast-de-stad-n", width=NARROW)),
        table=_dots_table(found, to),
        source=wording.sources_line(edition),
        made_on=wording.made_on(edition),
    )


def dots_shown(edition: Edition, figures: dict[str, Figure], most: int) -> list[tuple[IndicatorRef, Figure]]:
    """Those that surely differ (the most first), then sums of themes, then the frequent; in the register's order."""
    known = [(one, figures[one.id]) for one in edition.indicators if one.id in figures]
    usable = [(one, figure) for one, figure in known if figure.level is not None and figure.city]
    order = sorted(usable, key=lambda pair: _importance(*pair))[:most]
    names = {one.id for one, _figure in order}
    return [(one, figure) for one, figure in usable if one.id in names]


def _importance(indicator: IndicatorRef, figure: Figure) -> tuple[bool, bool, float]:
    if figure.against in {Against.HIGHER, Against.LOWER}:
        return (False, False, -abs(math.log((figure.level or 1.0) / (figure.city or 1.0))))
    return (True, indicator.kind is not Kind.SUM, -(figure.value or 0))


def _themes_sub(shown: EditionPeriod, drawn: int, total: int) -> str:
    words = {"period": sentences.period_label(shown), "drawn": wording.count_word(drawn), "total": total}
    if drawn < total:
        return (
            _(
                "Verhouding tot de stad, met marge (95 %%), %(period)s. Streep: de stad. "
                "Hier staan er %(drawn)s van %(total)s."
            )
            % words
        )
    return _("Verhouding tot de stad, met marge (95 %%), %(period)s. Streep: de stad.") % words


def _themes_title(edition: Edition, figures: Mapping[str, Figure]) -> str:
    """What lies surely beside the city: of all subjects, whether a line is drawn of them or not."""
    higher = area_words.beside(edition, figures, Against.HIGHER)
    lower = area_words.beside(edition, figures, Against.LOWER)
    words = {"higher": area_words.few_names(higher, 1), "lower": area_words.few_names(lower, 1)}
    if higher and lower:
        return _("Naast de stad zeker hoger: %(higher)s; zeker lager: %(lower)s") % words
    if higher:
        return _("Naast de stad zeker hoger: %(higher)s") % words
    if lower:
        return _("Naast de stad zeker lager: %(lower)s") % words
    return _("Naast de stad valt niets zeker op")


def _dots_table(found: Iterable[tuple[IndicatorRef, Figure]], to: Addresses) -> Table:
    columns = (
        Column(_("Onderwerp")),
        Column(_("Per 1.000"), numeric=True),
        Column(_("Marge (95 %)"), numeric=True),
        Column(_("Stad"), numeric=True),
    )
    rows = [
        (
            Cell(wording.title(indicator), href=to.indicator(indicator.id)),
            cells.level(figure),
            cells.margin(figure),
            wording.rate(figure.city or 0),
        )
        for indicator, figure in found
    ]
    return Table(columns, rows, caption=_("De cijfers van deze figuur"))


def _table(edition: Edition, figures: dict[str, Figure], file: AreaFile, to: Addresses) -> tuple[ThemeRows, ...]:
    groups: dict[str, list[IndicatorRow]] = {}
    last = file.figures.get("laatste-12", {})
    for indicator in edition.indicators:
        if (figure := figures.get(indicator.id)) is not None:
            groups.setdefault(str(indicator.theme.name), []).append(_row(indicator, figure, last.get(indicator.id), to))
    return tuple(ThemeRows(name, tuple(rows)) for name, rows in groups.items())


def _row(indicator: IndicatorRef, figure: Figure, last: Figure | None, to: Addresses) -> IndicatorRow:
    guess = last.expected if last else None
    return IndicatorRow(
        name=wording.title(indicator),
        address=to.indicator(indicator.id),
        count=cells.count(figure),
        level=cells.level_with_margin(figure),
        city=cells.NOTHING if figure.city is None else wording.rate(figure.city),
        verdict=sentences.against(figure),
        higher=figure.against is Against.HIGHER,
        expected=cells.expected(last),
        out_of_line=guess is not None and guess.out_of_line,
        trend=cells.trend(figure),
        place=sentences.place(figure) or cells.NOTHING,
        reason=sentences.reason(figure) or "",
    )


def _facts(area: AreaRef) -> tuple[Fact, ...]:
    """Residents, households and dwellings with their year; what no file knows is said to be unknown."""
    known = (
        (_("Inwoners"), area.residents), (_("Huishoudens"), area.households), (_("Woningen"), area.dwellings),
    )  # fmt: skip
    facts = [Fact(term, _("onbekend") if count is None else wording.number(count)) for term, count in known]
    if any(count is not None for _term, count in known):
        year = _("onbekend") if area.context_year is None else str(area.context_year)
        facts.append(Fact(_("Jaar van deze cijfers"), year))
    return tuple(facts)


def _nearby(edition: Edition, area: AreaRef) -> list[AreaRef]:
    """The neighbourhoods of a district, the others of the same district, or the districts of the city."""
    if area.level is Level.MUNICIPALITY:
        return list(edition.areas_at(Level.DISTRICT) or edition.areas_at(Level.NEIGHBOURHOOD))
    home = area.code if area.level is Level.DISTRICT else area.parent
    return [one for one in edition.areas_at(Level.NEIGHBOURHOOD) if one.parent == home and one.code != area.code]


def _nearby_title(edition: Edition, area: AreaRef) -> str:
    if area.level is Level.NEIGHBOURHOOD:
        parent = edition.area(area.parent or "")
        return _("Andere buurten in %(parent)s") % {"parent": parent.name} if parent else _("Andere buurten")
    return _("Buurten in %(area)s") % {"area": area.name} if area.level is Level.DISTRICT else _("Wijken")
