"""The map page as finished facts: one indicator, one period, all areas of one level."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wijkveilig.picture import cells, sentences, wording
from wijkveilig.picture.edition import AreaRef, Edition, EditionPeriod
from wijkveilig.picture.facts import Against, Figure, Reason
from wijkveilig.picture.map_drawing import draw_map
from wijkveilig.picture.queries import LEVELS, MapQuery, Order
from wijkveilig.ui.figures import Figure as Plate
from wijkveilig.ui.figures import Link
from wijkveilig.warehouse.types import Level

FITS_BESIDE = 14
"""Up to this many rows the table stands beside the map as it is; a longer one scrolls in its frame."""
MOST_NAMED = 4
"""How many areas a note names; of more it says how many."""


@dataclass(frozen=True)
class Choice:
    """One option of a choice above the map."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class ChoiceGroup:
    """Options that belong together, such as the indicators of one theme."""

    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class MapRow:
    """One area in the table beside the map; `select` is the address that selects it."""

    code: str
    name: str
    select: str
    profile: str
    selected: bool
    count: str
    level: str
    whisker: str
    verdict: str
    higher: bool
    reason: str


@dataclass(frozen=True)
class Column:
    """A column by which the table can be sorted."""

    label: str
    address: str
    sort: str
    numeric: bool


@dataclass(frozen=True)
class MapPage:
    """Everything that the map page shows."""

    title: str
    lede: str
    why: str
    other: Link | None
    indicators: tuple[ChoiceGroup, ...]
    periods: tuple[Choice, ...]
    levels: tuple[Choice, ...]
    plate: Plate | None
    columns: tuple[Column, ...]
    rows: tuple[MapRow, ...]
    long: bool
    table_sub: str
    notes: tuple[str, ...]
    selected: MapRow | None
    area: str
    csv: str
    indicator_page: str
    incomplete: bool
    made_from: str


def compose(edition: Edition, query: MapQuery) -> MapPage:
    """The page for one edition and one question; reads one indicator file and the shapes."""
    areas = edition.areas_at(query.level)
    figures = edition.of_indicator(query.indicator.id, query.level).get(query.period.id, {})
    rows = _rows(query, areas, figures)
    return MapPage(
        title=_title(query, areas, figures),
        lede=_lede(query, areas, figures, edition.periods[0]),
        why=sentences.default_view_reason(query.indicator),
        other=_other_view(edition, query),
        indicators=_indicators(edition, query),
        periods=tuple(
            Choice(period.id, sentences.period_label(period), period == query.period) for period in edition.periods
        ),
        levels=_levels(edition, query),
        plate=draw_map(edition, query, figures),
        columns=_columns(query),
        rows=rows,
        long=len(rows) > FITS_BESIDE,
        table_sub=_table_sub(query, figures),
        notes=_notes(edition, query, areas, figures),
        selected=next((row for row in rows if row.selected), None),
        area=query.area.code if query.area else "",
        csv=reverse("picture:csv") + query.address(),
        indicator_page=reverse("picture:indicator", args=[query.indicator.id]) + query.address(area=None),
        incomplete=query.period.incomplete,
        made_from=wording.made_from(edition),
    )


def city_level(figures: dict[str, Figure]) -> float | None:
    """The city's own level of this indicator and period, or None when there is no rate."""
    return next((figure.city for figure in figures.values() if figure.city is not None), None)


def areas_against(areas: tuple[AreaRef, ...], figures: dict[str, Figure], side: Against) -> list[AreaRef]:
    """The areas whose interval lies beside the city, the farthest first."""
    found = [area for area in areas if area.code in figures and figures[area.code].against is side]
    return sorted(found, key=lambda area: figures[area.code].level or 0, reverse=side is Against.HIGHER)


def _title(query: MapQuery, areas: tuple[AreaRef, ...], figures: dict[str, Figure]) -> str:
    higher, lower = areas_against(areas, figures, Against.HIGHER), areas_against(areas, figures, Against.LOWER)
    words = {"indicator": wording.title(query.indicator)}
    if not figures or all(figure.value is None for figure in figures.values()):
        return _("%(indicator)s: geen cijfers voor deze periode") % words
    if city_level(figures) is None:
        return _("%(indicator)s: alleen aantallen, geen cijfer per 1.000") % words
    if higher:
        words["areas"] = wording.named_or_counted(higher, query.level)
        text = ngettext(
            "%(indicator)s: %(areas)s ligt zeker boven de stad",
            "%(indicator)s: %(areas)s liggen zeker boven de stad",
            len(higher),
        )
        return text % words
    if lower:
        words["areas"] = wording.named_or_counted(lower, query.level)
        text = ngettext(
            "%(indicator)s: %(areas)s ligt zeker onder de stad",
            "%(indicator)s: %(areas)s liggen zeker onder de stad",
            len(lower),
        )
        return text % words
    return _("%(indicator)s: geen gebied ligt zeker boven of onder de stad") % words


def _lede(query: MapQuery, areas: tuple[AreaRef, ...], figures: dict[str, Figure], last: EditionPeriod) -> str:
    """Whole sentences: the other side, and the areas whose difference can be chance."""
    higher, lower = areas_against(areas, figures, Against.HIGHER), areas_against(areas, figures, Against.LOWER)
    city = city_level(figures)
    if not any(figure.value is not None for figure in figures.values()):
        return _("Kies een andere periode; de laatste is %(period)s.") % {"period": sentences.period_label(last)}
    if city is None:
        return " ".join(sorted({text for figure in figures.values() if (text := sentences.reason(figure))}))
    said = []
    if higher and lower:
        words = {"areas": wording.named_or_counted(lower, query.level)}
        text = ngettext("%(areas)s ligt er zeker onder.", "%(areas)s liggen er zeker onder.", len(lower))
        said.append(text % words)
    rest = sum(1 for figure in figures.values() if figure.against is Against.UNSURE)
    if rest:
        words = {
            "areas": wording.areas_in_words(query.level, rest),
            "city": wording.rate(city),
            "unit": sentences.unit(query.indicator),
        }
        text = ngettext(
            "Bij %(areas)s kan het verschil met de stad (%(city)s %(unit)s) toeval zijn.",
            "Bij %(areas)s kan het verschil met de stad (%(city)s %(unit)s) toeval zijn.",
            rest,
        )
        said.append(text % words)
    return " ".join(text[:1].upper() + text[1:] for text in said)


def _other_view(edition: Edition, query: MapQuery) -> Link | None:
    """The way to ask otherwise, or back to what fits."""
    fits = query.indicator.default
    here = reverse("picture:map")
    if (query.level, query.period.id) != (fits.level, fits.period):
        if (period := edition.period(fits.period)) is None:
            return None
        return Link(_("Terug naar wat hier past"), here + query.address(level=fits.level, period=period, area=None))
    three, one = edition.period("laatste-36"), edition.period("laatste-12")
    if fits.level is Level.DISTRICT and three is not None and edition.areas_at(Level.NEIGHBOURHOOD):
        address = query.address(level=Level.NEIGHBOURHOOD, period=three, area=None)
        return Link(_("Toch per buurt, dan over drie jaar"), here + address)
    if fits.period == "laatste-36" and one is not None:
        return Link(_("Toch over één jaar"), here + query.address(period=one))
    return None


def _indicators(edition: Edition, query: MapQuery) -> tuple[ChoiceGroup, ...]:
    groups: dict[str, list[Choice]] = {}
    for indicator in edition.indicators:
        choice = Choice(indicator.id, wording.title(indicator), indicator.id == query.indicator.id)
        groups.setdefault(str(indicator.theme.name), []).append(choice)
    return tuple(ChoiceGroup(name, tuple(choices)) for name, choices in groups.items())


def _levels(edition: Edition, query: MapQuery) -> tuple[Choice, ...]:
    fits = query.indicator.default.level
    choices = []
    for word, level in LEVELS.items():
        if edition.areas_at(level):
            name = wording.level_name(level)
            label = _("%(level)s (past hier)") % {"level": name} if level is fits else name
            choices.append(Choice(word, label, level is query.level))
    return tuple(choices)


def _rows(query: MapQuery, areas: tuple[AreaRef, ...], figures: dict[str, Figure]) -> tuple[MapRow, ...]:
    end, city = cells.maximum(figures.values()), city_level(figures)
    return tuple(
        MapRow(
            code=area.code,
            name=area.name,
            select=query.address(area=area),
            profile=reverse("picture:area", args=[area.code]),
            selected=query.area == area,
            count=cells.count(figure),
            level=cells.level(figure),
            whisker=cells.whisker(figure, end, city, cells.NARROW_CELL),
            verdict=sentences.against(figure) if figure else "",
            higher=figure is not None and figure.against is Against.HIGHER,
            reason=(sentences.reason(figure) or "") if figure else "",
        )
        for area, figure in in_order(query.order, areas, figures)
    )


def in_order(
    order: Order, areas: tuple[AreaRef, ...], figures: dict[str, Figure]
) -> list[tuple[AreaRef, Figure | None]]:
    """The areas with their figures, highest first (areas without a figure last) or by name."""
    pairs = [(area, figures.get(area.code)) for area in areas]
    if order is Order.NAME:
        return sorted(pairs, key=lambda pair: pair[0].name)
    if order is Order.COUNT:
        return sorted(pairs, key=lambda pair: _descending(pair[1].value if pair[1] else None, pair[0].name))
    return sorted(pairs, key=lambda pair: _level_key(*pair))


def _level_key(area: AreaRef, figure: Figure | None) -> tuple[bool, float, bool, float, str]:
    level = figure.level if figure else None
    count = figure.value if figure else None
    return (*_descending(level, "")[:2], *_descending(count, area.name))


def _descending(value: float | None, name: str) -> tuple[bool, float, str]:
    return (value is None, -(value or 0), name)


def _columns(query: MapQuery) -> tuple[Column, ...]:
    """The head of the table; each address asks for the same map in another order."""
    here = reverse("picture:map")
    per = _("Per 1.000") if query.indicator.unit else _("Cijfer")
    labels = {Order.NAME: wording.level_heading(query.level), Order.COUNT: _("Aantal"), Order.LEVEL: per}
    return tuple(
        Column(
            label=label,
            address=here + query.address(order=order),
            sort=("ascending" if order is Order.NAME else "descending") if order is query.order else "none",
            numeric=order is not Order.NAME,
        )
        for order, label in labels.items()
    )


def _table_sub(query: MapQuery, figures: dict[str, Figure]) -> str:
    city = city_level(figures)
    if city is None:
        return _("alleen aantallen")
    first = {
        Order.LEVEL: _("hoogste eerst; streep: de stad, %(city)s"),
        Order.COUNT: _("meeste eerst; streep: de stad, %(city)s"),
        Order.NAME: _("op naam; streep: de stad, %(city)s"),
    }
    return first[query.order] % {"city": wording.rate(city)}


def _notes(
    edition: Edition, query: MapQuery, areas: tuple[AreaRef, ...], figures: dict[str, Figure]
) -> tuple[str, ...]:
    """What a reader must know below the table: order says little, why some have no rate, what is incomplete."""
    notes = []
    if city_level(figures) is not None:
        notes.append(_("Waar lijnen overlappen, zegt de volgorde niets."))
        notes.append(
            _("Het cijfer is de beste schatting: een klein gebied is naar het gemiddelde van de stad getrokken.")
        )
    if query.period.incomplete:
        notes.append(_("De laatste maand is waarschijnlijk onvolledig."))
    if lost := undrawn(edition):
        notes.append(_("Zonder vorm op de kaart: %(areas)s.") % {"areas": lost})
    return tuple(notes) + without_rate(areas, figures)


def undrawn(edition: Edition) -> str:
    """The names of neighbourhoods that no file gives a shape, at most four; '' where all or none have one."""
    shapes = edition.shapes()
    lost = [area.name for area in edition.areas_at(Level.NEIGHBOURHOOD) if area.code not in shapes]
    if not shapes or not lost:
        return ""
    return _few_names(lost)


def without_rate(areas: tuple[AreaRef, ...], figures: dict[str, Figure]) -> tuple[str, ...]:
    """One line for each reason that keeps areas without a rate, naming up to four of them."""
    reasons: dict[str, list[str]] = {}
    for area in areas:
        figure = figures.get(area.code)
        if figure is not None and (why := sentences.reason(figure)):
            few = figure.reason is Reason.BELOW_MINIMUM
            shared = _("Te weinig woningen, huishoudens of inwoners voor een cijfer per 1.000.") if few else why
            reasons.setdefault(shared, []).append(area.name)
    return tuple(_("%(areas)s: %(why)s") % {"areas": _few_names(where), "why": why} for why, where in reasons.items())


def _few_names(where: list[str]) -> str:
    """Up to four names; of more the first four and how many others."""
    if len(where) <= MOST_NAMED:
        return wording.names(where)
    words = {"first": ", ".join(where[:MOST_NAMED]), "count": wording.number(len(where) - MOST_NAMED)}
    return _("%(first)s en nog %(count)s") % words
