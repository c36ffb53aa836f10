"""Registered crime of the police: tables 47018NED (years) and 47022NED (months) as OData CSV or JSON pages.

All levels (NL, GM, WK, BU) stand in one table, codes are padded, 0.0.0 is the total of the other types,
an empty figure is withheld. Shapes: standards section 13 (v3 TypedDataSet, v4 Observations).
"""

from __future__ import annotations

from dataclasses import dataclass

from wijkveilig.sources.content import has_next_page
from wijkveilig.sources.count_batch import About, count_reading
from wijkveilig.sources.counting import read_counts
from wijkveilig.sources.figures import WITHHELD
from wijkveilig.sources.recognising import Column, find_columns
from wijkveilig.sources.table import table_of
from wijkveilig.sources.types import Content, Head, Match, Miss, RefusedFile, Shape
from wijkveilig.warehouse.batch import Mark
from wijkveilig.warehouse.reading import Reading
from wijkveilig.warehouse.types import AreaCode

COLUMNS = (
    Column("WijkenEnBuurten", ("wijkenenbuurten",)),
    Column("SoortMisdrijf", ("soortmisdrijf",)),
    Column("Perioden", ("perioden",)),
    Column("GeregistreerdeMisdrijven_1", ("geregistreerdemisdrijven", "value")),
)
JULY_2018 = 2018 * 12 + 6
ABOUT = About(
    source="police_crime",
    title="Geregistreerde misdrijven per wijk en buurt",
    publisher="Politie",
    licence="CC BY 4.0",
    notes=(
        (
            "Ongeveer 3 % van de misdrijven heeft geen buurt of is op buurtniveau verborgen: "
            "delen tellen niet altijd op tot het totaal."
        ),
        "Zedenmisdrijven zijn op buurtniveau verborgen.",
        "De politie rekent alle jaren om naar de nieuwste indeling van wijken en buurten.",
    ),
    marks=(
        Mark(
            JULY_2018,
            "Sinds juli 2018 legt de politie delicten die samenhangen apart vast; daarvoor telde alleen het zwaarste. "
            "Sommige soorten stijgen daardoor, het totaal met ongeveer 0,5 %.",
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class PoliceCrime:
    """The source; see the module."""

    id: str = ABOUT.source
    title: str = ABOUT.title

    def recognise(self, head: Head) -> Match | Miss:
        """A table or JSON page with area, type, period and number of registered crimes."""
        if head.shape is Shape.FEATURES:
            return Miss(tuple(column.said for column in COLUMNS))
        return find_columns(head, COLUMNS)

    def read(self, content: Content, only: AreaCode | None) -> Reading:
        """All rows; RefusedFile when one key has two figures or a page mixes two subjects."""
        found = find_columns(content.head, COLUMNS)
        if isinstance(found, Miss):
            raise RefusedFile("Het bestand mist kolommen.", source=self.id)
        area, code, period, value = found.columns
        table = table_of(content)
        if "Measure" in table.header and len(set(table.column("Measure"))) > 1:
            raise RefusedFile(
                "Het bestand bevat meer dan één onderwerp (Measure).", source=self.id, rows_read=table.rows_read
            )
        counts = read_counts(content, table, (area, code, period, value), empty=WITHHELD)
        return count_reading(content, table, counts, ABOUT, next_page=has_next_page(content), only=only)


SOURCE = PoliceCrime()
