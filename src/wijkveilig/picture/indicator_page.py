"""One indicator as finished facts: which areas really differ from the city, and what the figure is."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wijkveilig.picture import cells, sentences, wording
from wijkveilig.picture.area_page import Fact
from wijkveilig.picture.edition import AreaRef, Edition, IndicatorRef
from wijkveilig.picture.facts import Against, Figure
from wijkveilig.picture.map_page import Choice, areas_against, city_level, in_order, without_rate
from wijkveilig.picture.queries import LEVELS, MapQuery
from wijkveilig.picture.run import draw_years
from wijkveilig.ui import numbers
from wijkveilig.ui.chart_words import chart_words
from wijkveilig.ui.charts import NARROW, CaterpillarSpec, DotRow, caterpillar
from wijkveilig.ui.figures import Cell, Column, Link, Table
from wijkveilig.ui.figures import Figure as Plate

SHOWN = 24
"""How many areas the drawing shows at first; the table has them all."""
MOST_DRAWN_TWICE = 60
"""Up to this many areas a phone gets its own drawing; above it the page would grow too heavy."""


@dataclass(frozen=True)
class IndicatorPage:
    """Everything that the page of an indicator shows."""

    name: str
    title: str
    lede: str
    why: str
    periods: tuple[Choice, ...]
    levels: tuple[Choice, ...]
    plate: Plate | None
    table: Table
    notes: tuple[str, ...]
    definition: tuple[Fact, ...]
    city: Plate
    csv: str
    map_address: str
    incomplete: bool
    made_from: str


def compose(edition: Edition, query: MapQuery, *, everything: bool = False) -> IndicatorPage:
    """The page for one edition; reads one indicator file and the file of the city."""
    indicator = query.indicator
    areas = edition.areas_at(query.level)
    figures = edition.of_indicator(indicator.id, query.level).get(query.period.id, {})
    return IndicatorPage(
        name=wording.title(indicator),
        title=_title(query, areas, figures),
        lede=_lede(query, figures),
        why=sentences.default_view_reason(indicator),
        periods=tuple(Choice(one.id, sentences.period_label(one), one == query.period) for one in edition.periods),
        levels=tuple(
            Choice(word, wording.level_name(level), level is query.level)
            for word, level in LEVELS.items()
            if edition.areas_at(level)
        ),
        plate=_caterpillar(edition, query, areas, figures, everything=everything),
        table=_table(query, areas, figures),
        notes=without_rate(areas, figures),
        definition=_definition(indicator, edition),
        city=draw_years(edition, indicator),
        csv=reverse("picture:csv") + query.address(area=None),
        map_address=reverse("picture:map") + query.address(area=None),
        incomplete=query.period.incomplete,
        made_from=wording.made_from(edition),
    )


def _title(query: MapQuery, areas: tuple[AreaRef, ...], figures: dict[str, Figure]) -> str:
    rated = sum(1 for figure in figures.values() if figure.level is not None)
    higher = len(areas_against(areas, figures, Against.HIGHER))
    words = {
        "areas": wording.areas_in_words(query.level, rated),
        "indicator": wording.title(query.indicator),
        "higher": wording.count_word(higher),
    }
    if not rated:
        return _("%(indicator)s: alleen aantallen, geen cijfer per 1.000") % words
    if not higher:
        return _("%(indicator)s: van %(areas)s ligt er geen zeker boven de stad") % words
    text = ngettext(
        "%(indicator)s: van %(areas)s ligt er %(higher)s zeker boven de stad",
        "%(indicator)s: van %(areas)s liggen er %(higher)s zeker boven de stad",
        higher,
    )
    return text % words


def _lede(query: MapQuery, figures: dict[str, Figure]) -> str:
    words = {"unit": sentences.unit(query.indicator), "period": sentences.period_label(query.period)}
    if city_level(figures) is None:
        return _("Aantallen, %(period)s. Er is geen cijfer per 1.000, dus is er niets te vergelijken.") % words
    return (
        _(
            "Cijfers %(unit)s, %(period)s. De punt is de beste schatting, de lijn de marge van 95 %%. "
            "Waar lijnen overlappen, zegt de volgorde niets."
        )
        % words
    )


def _caterpillar(
    edition: Edition, query: MapQuery, areas: tuple[AreaRef, ...], figures: dict[str, Figure], *, everything: bool
) -> Plate | None:
    rated = [
        (area, figure) for area, figure in in_order(query.order, areas, figures) if figure and figure.level is not None
    ]
    if not rated:
        return None
    shown = rated if everything else rated[:SHOWN]
    city = city_level(figures)
    title = _drawing_title(len(shown), len(rated))
    spec = CaterpillarSpec(
        key="rups",
        title=title,
        rows=tuple(_row(edition, query, area, figure) for area, figure in shown),
        city=city,
        city_label="" if city is None else _("stad %(level)s") % {"level": wording.rate(city)},
        words=chart_words(),
    )
    return Plate(
        key="rups",
        title=title,
        sub=_("Oranje ruit: de marge ligt geheel boven de stad; blauwe ruit: geheel eronder"),
        svg=caterpillar(spec),
        narrow=caterpillar(replace(spec, key="rups-n", width=NARROW)) if len(shown) <= MOST_DRAWN_TWICE else "",
        source=wording.sources_line(edition),
        made_on=wording.made_on(edition),
        links=_more(query, len(shown), len(rated)),
    )


def _drawing_title(shown: int, total: int) -> str:
    words = {"shown": shown, "total": total}
    return _("De %(shown)s hoogste van %(total)s") % words if shown < total else _("Alle %(total)s gebieden") % words


def _more(query: MapQuery, shown: int, total: int) -> tuple[Link, ...]:
    here = reverse("picture:indicator", args=[query.indicator.id]) + query.address(area=None)
    links = [Link(_("Bekijk de tabel"), "#tabel")]
    if shown < total:
        links.insert(0, Link(_("Toon alle %(total)s") % {"total": total}, f"{here}&alle=1"))
    return tuple(links)


def _row(edition: Edition, query: MapQuery, area: AreaRef, figure: Figure) -> DotRow:
    line = next(
        (one for one in edition.attention if (one.area, one.indicator) == (area.code, query.indicator.id)), None
    )
    note = ""
    if line is not None and line.since is not None and line.since_expected is not None:
        note = _("sinds %(month)s wel: %(count)s, verwacht %(expected)s") % {
            "month": numbers.month_name(line.since, wording.language()).split()[0],
            "count": line.since_observed,
            "expected": wording.number(line.since_expected),
        }
    address = reverse("picture:area", args=[area.code])
    return cells.dot_row(area.name, figure, note=note, href=address, selected=line is not None)


def _table(query: MapQuery, areas: tuple[AreaRef, ...], figures: dict[str, Figure]) -> Table:
    """All areas, with what was counted, the estimate and its interval, and what it says."""
    end, city = cells.maximum(figures.values()), city_level(figures)
    with_guess = any(figure.expected is not None for figure in figures.values())
    columns = [
        Column(wording.level_heading(query.level)),
        Column(_("Aantal"), numeric=True),
        Column(_("Geteld per 1.000"), numeric=True),
        Column(_("Geschat per 1.000"), numeric=True),
        Column(_("Marge (95 %)"), numeric=True),
        Column(_("Met marge")),
        Column(_("Plaats")),
        *([Column(_("Te verwachten"), numeric=True)] if with_guess else []),
    ]
    rows = [
        _table_row(area, figure, end, city, with_guess=with_guess)
        for area, figure in in_order(query.order, areas, figures)
    ]
    return Table(tuple(columns), rows, caption=_("Alle gebieden, met marge"))


def _table_row(
    area: AreaRef, figure: Figure | None, end: float, city: float | None, *, with_guess: bool
) -> tuple[Cell | str, ...]:
    return (
        Cell(
            area.name, href=reverse("picture:area", args=[area.code]), small=sentences.against(figure) if figure else ""
        ),
        cells.count(figure),
        cells.observed(figure),
        cells.level(figure),
        cells.margin(figure),
        Cell("", svg=cells.whisker(figure, end, city)),
        (sentences.place(figure) if figure else None) or cells.NOTHING,
        *((cells.expected(figure),) if with_guess else ()),
    )


def _definition(indicator: IndicatorRef, edition: Edition) -> tuple[Fact, ...]:
    """The box 'Wat dit cijfer is': what is counted, per what, from which files, where counting changed."""
    codes = ", ".join(indicator.source_codes)
    facts = [
        Fact(_("Telt"), str(indicator.definition)),
        Fact(_("Code bij de bron"), codes),
    ]
    if indicator.parts:
        named = [str(part.name) for name in indicator.parts if (part := edition.indicator(name)) is not None]
        facts.append(Fact(_("Som van"), wording.names(named)))
    facts.append(Fact(_("Maat"), _per(indicator)))
    facts.append(Fact(_("Niet geteld"), _("wat niemand meldt of wat de politie niet registreert")))
    facts.extend(
        Fact(
            _("Breuk"),
            _("%(month)s: %(why)s") % {"month": numbers.month_name(mark.month, wording.language()), "why": mark.why},
        )
        for mark in indicator.breaks
    )
    facts.append(Fact(_("Getrokken"), _("naar het gemiddelde van de stad: hoe kleiner het gebied, hoe sterker")))
    facts.append(Fact(_("Bronnen"), wording.names(list(dict.fromkeys(origin.title for origin in edition.made_from)))))
    return tuple(facts)


def _per(indicator: IndicatorRef) -> str:
    if indicator.unit is None:
        return _("alleen aantallen: er is geen noemer die op de goede plaats ligt")
    words = {
        "unit": sentences.unit(indicator),
        "year": indicator.denominator_year,
        "few": indicator.minimum_denominator,
    }
    if indicator.denominator_year is None:
        return _("%(unit)s, noemer van een onbekend jaar; onder %(few)s geen cijfer per 1.000") % words
    return _("%(unit)s, noemer van %(year)s; onder %(few)s geen cijfer per 1.000") % words
