"""Lists of areas with a code, a name and one point: what a file of counts has instead of shapes."""

from __future__ import annotations

import math
from dataclasses import dataclass

from wijkveilig.sources.area_batch import AreaFile, ReadAreas, area_reading
from wijkveilig.sources.area_rows import AreaRow
from wijkveilig.sources.codes import prefix_of, read_code
from wijkveilig.sources.figures import read_figure
from wijkveilig.sources.geometry import in_the_netherlands, why_elsewhere
from wijkveilig.sources.recognising import Column, find_columns
from wijkveilig.sources.table import table_of
from wijkveilig.sources.types import Content, Head, Match, Miss, RefusedFile, Shape
from wijkveilig.warehouse.reading import Reading
from wijkveilig.warehouse.types import AreaCode, within

LAT = Column("lat", ("lat", "latitude", "breedtegraad"))
LON = Column("lon", ("lon", "lng", "long", "longitude", "lengtegraad"))
# The name must be that of the code: a list of neighbourhoods without their codes is no list of districts.
LEVELS = (
    (
        Column("bu_code", ("bu_code", "buurtcode", "buurt_code")),
        Column("naam", ("buurt_naam", "bu_naam", "buurtnaam", "naam")),
        LAT,
        LON,
    ),
    (
        Column("wk_code", ("wk_code", "wijkcode", "wijk_code")),
        Column("naam", ("wijk_naam", "wk_naam", "wijknaam", "naam")),
        LAT,
        LON,
    ),
    (
        Column("gm_code", ("gm_code", "gemeentecode", "gemeente_code")),
        Column("naam", ("gemeente_naam", "gm_naam", "gemeentenaam", "naam")),
        LAT,
        LON,
    ),
)
PARENT = Column("wk_code (wijk)", ("wk_code", "wijkcode", "wijk_code"))


@dataclass(frozen=True, slots=True)
class AreaPoints:
    """The source; see the module."""

    id: str = "area_points"
    title: str = "Lijst van buurten met een punt"

    def recognise(self, head: Head) -> Match | Miss:
        """A table or list with code, name, latitude and longitude, whose codes are area codes."""
        if head.shape is Shape.FEATURES:
            return Miss(tuple(column.said for column in LEVELS[0]))
        answers = [find_columns(head, level) for level in LEVELS]
        found = next((answer for answer in answers if isinstance(answer, Match)), answers[0])
        if isinstance(found, Match) and not any(read_code(cell, "BU") for cell in head.column(found.columns[0])):
            return Miss((f"{found.columns[0]} met waarden als BU05050101",))
        return found

    def read(self, content: Content, only: AreaCode | None) -> Reading:
        """All areas; a row without a readable point keeps its name. RefusedFile when one code comes twice."""
        found = self.recognise(content.head)
        if isinstance(found, Miss):
            raise RefusedFile("Het bestand mist kolommen.", source=self.id)
        code, name, lat, lon = found.columns
        table = table_of(content)
        comma = content.head.delimiter != ","
        parent = PARENT.among(tuple(column for column in table.header if column != code))
        parents = table.column(parent) if parent else [None] * len(table.rows)
        made = ReadAreas([], [], [])
        columns = (table.column(column) for column in (code, name, lat, lon))
        for line, key, title, north, east, above in zip(table.rows, *columns, parents, strict=True):
            read = read_code(key or "", prefix_of(code))
            if read is None:
                made.refused.append((line, f"'{(key or '').strip()}' is geen gebiedscode."))
                continue
            if only is not None and not within(read.code, only):
                continue
            point = _point(north, east, comma=comma)
            if point and not in_the_netherlands(*point):
                made.refused.append((line, f"Het punt is niet te gebruiken: {why_elsewhere(*point)}."))
                continue
            if point is None:
                made.shapeless.append((read.code, "er is geen leesbaar punt"))
            wijk = read_code(above or "", "WK")
            x, y = point or (math.nan, math.nan)
            made.rows.append(AreaRow(line, read.code, (title or "").strip() or None, wijk.code if wijk else None, x, y))
        file = AreaFile(
            self.id,
            self.title,
            "niet vermeld",
            "niet vermeld",
            table,
            tuple(c or "" for c in table.column(code)),
            prefix_of(code),
            only,
        )
        return area_reading(content, file, made)


def _point(north: str | None, east: str | None, *, comma: bool) -> tuple[float, float] | None:
    """(lon, lat) as the file writes them, or None when there is none."""
    lat, lon = read_figure(north, comma=comma), read_figure(east, comma=comma)
    if lat is None or lon is None or math.isnan(lat.value) or math.isnan(lon.value):
        return None
    return lon.value, lat.value


SOURCE = AreaPoints()
