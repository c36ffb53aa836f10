"""The picture as files that stand alone: index.html, one page per area, the look beside them.

No server, no database, no script: every link is relative and works from a folder. The same picture
gives the same bytes. The pages say that they are for internal use.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.template.loader import get_template
from django.utils.translation import gettext as _

from wijkveilig import __version__
from wijkveilig.picture import area_page, cells, home_page, sentences, wording
from wijkveilig.picture.addresses import InFolder
from wijkveilig.picture.edition import AreaRef, IndicatorRef
from wijkveilig.picture.facts import Against, Figure, Picture
from wijkveilig.picture.home_page import AttentionCard, HomeHead
from wijkveilig.picture.loose_edition import LooseEdition, loose_edition
from wijkveilig.picture.map_drawing import draw_plain_map
from wijkveilig.picture.queries import FIRST_CHOICE
from wijkveilig.picture.town import Town
from wijkveilig.ui.assets import standalone_files
from wijkveilig.ui.figures import Figure as Plate
from wijkveilig.ui.figures import Link, Table
from wijkveilig.warehouse.types import Level

AREAS = "gebieden"
ASSETS = "assets"
HERE = InFolder(f"{AREAS}/")
BESIDE = InFolder("")


@dataclass(frozen=True)
class SiteRow:
    """One area in the table of index.html."""

    name: str
    address: str
    count: str
    level: str
    whisker: str
    verdict: str
    higher: bool
    reason: str


@dataclass(frozen=True)
class SiteIndex:
    """Everything that index.html shows."""

    name: str
    head: HomeHead
    cards: tuple[AttentionCard, ...]
    more: tuple[Link, ...]
    indicator: str
    unit: str
    map: Plate | None
    rows: tuple[SiteRow, ...]
    origins: Table
    notes: tuple[str, ...]
    left_out: tuple[str, ...]
    made_on: str
    period: str


def write_site(picture: Picture, town: Town, out: Path) -> None:
    """Write index.html, a page per neighbourhood and the style sheets into the folder `out`."""
    edition = loose_edition(picture, town)
    frame = {"municipality": edition.name, "version": __version__, "language": wording.language()}
    _write_assets(out / ASSETS)
    index = get_template("picture/site_index.html")
    page = index.render({**frame, "assets": ASSETS, "page": compose_index(edition, picture)})
    (out / "index.html").write_text(page, encoding="utf-8")
    (out / AREAS).mkdir(exist_ok=True)
    template = get_template("picture/site_area.html")
    for area in edition.areas_at(Level.NEIGHBOURHOOD):
        shown = area_page.compose(edition, area, to=BESIDE)
        text = template.render({**frame, "assets": f"../{ASSETS}", "page": shown})
        (out / AREAS / f"{area.code}.html").write_text(text, encoding="utf-8")


def compose_index(edition: LooseEdition, picture: Picture) -> SiteIndex:
    """What asks for attention, one map, and all areas with the way to their page."""
    indicator = _shown(edition)
    period = edition.periods[0]
    return SiteIndex(
        name=edition.name,
        head=home_page.compose_head(edition),
        cards=home_page.compose_cards(edition, HERE),
        more=home_page.compose_more(edition, HERE),
        indicator=wording.title(indicator),
        unit=sentences.unit(indicator),
        map=draw_plain_map(edition, indicator, period, HERE),
        rows=_rows(edition, indicator),
        origins=home_page.origins(edition),
        notes=edition.notes,
        left_out=tuple(
            _("%(file)s: %(reason)s") % {"file": wording.file_name(one.file), "reason": _first_sentence(one.reason)}
            for one in picture.left_out
        ),
        made_on=wording.made_on(edition),
        period=sentences.period_label(period),
    )


def _first_sentence(reason: str) -> str:
    """The reason in short; picture.json has all of it."""
    return reason.partition(". ")[0].rstrip(".") + "."


def _shown(edition: LooseEdition) -> IndicatorRef:
    """The indicator of the map: the total if the files know it, else burglary, else the first."""
    known = (edition.indicator(name) for name in reversed(FIRST_CHOICE))
    return next((one for one in known if one is not None), edition.indicators[0])


def _rows(edition: LooseEdition, indicator: IndicatorRef) -> tuple[SiteRow, ...]:
    figures = edition.of_indicator(indicator.id, Level.NEIGHBOURHOOD)[edition.periods[0].id]
    end = cells.maximum(figures.values())
    return tuple(_row(area, figures[area.code], end) for area in edition.areas_at(Level.NEIGHBOURHOOD))


def _row(area: AreaRef, figure: Figure, end: float) -> SiteRow:
    return SiteRow(
        name=area.name,
        address=HERE.area(area.code),
        count=cells.count(figure),
        level=cells.level(figure),
        whisker=cells.whisker(figure, end, figure.city, cells.NARROW_CELL),
        verdict=sentences.against(figure),
        higher=figure.against is Against.HIGHER,
        reason=sentences.reason(figure) or "",
    )


def _write_assets(folder: Path) -> None:
    for name, content in standalone_files().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
