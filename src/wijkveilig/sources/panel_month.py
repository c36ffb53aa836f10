"""The monthly panel: one row per neighbourhood, month and type of crime, every cell listed.

Seen from the The Hague region 2011-2017: no totals of its own, no names, codes of about the year after the
last month, some of which stand for other places than at CBS. A zero month for all is a month not reported.
"""

from __future__ import annotations

from dataclasses import dataclass

from wijkveilig.sources.content import has_next_page
from wijkveilig.sources.count_batch import About, count_reading
from wijkveilig.sources.counting import read_counts
from wijkveilig.sources.figures import MISSING
from wijkveilig.sources.recognising import Column, find_columns
from wijkveilig.sources.table import table_of
from wijkveilig.sources.types import Content, Head, Match, Miss, RefusedFile, Shape
from wijkveilig.warehouse.reading import Reading
from wijkveilig.warehouse.types import AreaCode

COLUMNS = (
    Column("bu_code", ("bu_code", "buurtcode", "buurt_code")),
    Column("delict_code", ("delict_code", "delictcode")),
    Column("periode", ("periode", "perioden", "maand")),
    Column("aantal", ("aantal",)),
)
ABOUT = About(
    source="panel_month",
    title="Misdrijven per maand, buurt en soort",
    publisher="Politie",
    licence="niet vermeld",
    notes=(
        (
            "Het bestand noemt geen indeling: een code kan hier een andere plek zijn dan bij het CBS. "
            "Cijfers uit andere bestanden gelden alleen waar naam of plek klopt."
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class PanelMonth:
    """The source; see the module."""

    id: str = ABOUT.source
    title: str = ABOUT.title

    def recognise(self, head: Head) -> Match | Miss:
        """A table or JSON list with neighbourhood, month, type and number."""
        if head.shape is Shape.FEATURES:
            return Miss(tuple(column.said for column in COLUMNS))
        return find_columns(head, COLUMNS)

    def read(self, content: Content, only: AreaCode | None) -> Reading:
        """All rows; RefusedFile when one key has two figures."""
        found = find_columns(content.head, COLUMNS)
        if isinstance(found, Miss):
            raise RefusedFile("Het bestand mist kolommen.", source=self.id)
        area, code, period, value = found.columns
        table = table_of(content, found.columns)
        counts = read_counts(content, table, (area, code, period, value), empty=MISSING, prefix="BU")
        return count_reading(content, table, counts, ABOUT, next_page=has_next_page(content), only=only)


SOURCE = PanelMonth()
