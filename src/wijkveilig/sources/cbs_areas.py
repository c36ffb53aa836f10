"""Areas: GeoJSON of municipalities, districts or neighbourhoods, and the CBS list of regions.

Spellings of properties differ per maker (bu_code, BU_CODE, buurtcode, statcode). CBS shapefiles and PDOK
put key figures in the same properties: those are read too. Water and 'unknown' are no areas.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass

from wijkveilig.sources.area_batch import AreaFile, ReadAreas, area_reading
from wijkveilig.sources.area_properties import (
    CodeProperty,
    are_area_codes,
    area_of,
    code_property,
    is_of_cbs,
    year_of_codes,
)
from wijkveilig.sources.area_rows import AreaRow
from wijkveilig.sources.codes import read_code
from wijkveilig.sources.content import year_in_address
from wijkveilig.sources.features import Feature, read_features
from wijkveilig.sources.figure_columns import measure_columns
from wijkveilig.sources.geometry import BadShapeError, repaired
from wijkveilig.sources.recognising import Column
from wijkveilig.sources.table import table_of, table_of_records
from wijkveilig.sources.types import Content, Head, Match, Miss, RefusedFile, Shape
from wijkveilig.warehouse.reading import Reading
from wijkveilig.warehouse.types import AreaCode, within

KEY = Column("Key", ("key", "identifier"))
TITLE = Column("Title", ("title",))
CODE = "een gebiedscode (bu_code, wk_code, gm_code of statcode) met waarden als BU05050101"


@dataclass(frozen=True, slots=True)
class CbsAreas:
    """The source; see the module."""

    id: str = "cbs_areas"
    title: str = "Gemeenten, wijken en buurten"

    def recognise(self, head: Head) -> Match | Miss:
        """A FeatureCollection with a property that holds area codes, or a list of keys that are area codes."""
        if head.shape is Shape.FEATURES:
            found = code_property(head)
            return Match((found.name,)) if found else Miss((f"FeatureCollection met {CODE}",))
        key, title = KEY.among(head.columns), TITLE.among(head.columns)
        missing = [column.said for column, name in ((KEY, key), (TITLE, title)) if name is None]
        if key and title and not are_area_codes(head.column(key)):
            missing = [f"{KEY.said}: de sleutels zijn geen gebiedscodes, zoals '{_first(head.column(key))}'"]
        return Miss(tuple(missing)) if missing else Match((key or "", title or ""))

    def read(self, content: Content, only: AreaCode | None) -> Reading:
        """All areas; RefusedFile when one code stands for two areas."""
        if content.head.shape is Shape.FEATURES:
            return self._read_features(content, only)
        return self._read_list(content, only)

    def _read_features(self, content: Content, only: AreaCode | None) -> Reading:
        code = code_property(content.head)
        if code is None:
            raise RefusedFile("Het bestand mist een gebiedscode.", source=self.id)
        held = read_features(content, code.name, only, code.prefix)
        drawn = _drawn(held.found, code, content.head)
        places = [feature.row for feature in held.found]
        table = table_of_records([feature.properties for feature in held.found], content.head.columns, places)
        address = year_in_address(content)
        figures = frozenset(column for column, _ in measure_columns(content.head.columns))
        ours = address is not None or is_of_cbs(content.head, figures)
        file = AreaFile(
            source=self.id,
            title=self.title,
            publisher="CBS" if ours else "niet vermeld",
            licence="CC BY 4.0" if ours else "niet vermeld",
            table=table,
            written=tuple(held.codes),
            prefix=code.prefix,
            only=only,
            year=address or year_of_codes(content.head),
        )
        return area_reading(content, file, drawn)

    def _read_list(self, content: Content, only: AreaCode | None) -> Reading:
        match = self.recognise(content.head)
        if isinstance(match, Miss):
            raise RefusedFile("Het bestand mist kolommen.", source=self.id)
        table = table_of(content)
        rows, refused = [], []
        keys, titles = (table.column(name) for name in match.columns)
        for line, key, title in zip(table.rows, keys, titles, strict=True):
            read = read_code(key or "")
            if read is None:
                refused.append((line, f"'{(key or '').strip()}' is geen gebiedscode."))
            elif only is None or within(read.code, only):
                rows.append(AreaRow(line, read.code, (title or "").strip() or None))
        file = AreaFile(self.id, self.title, "CBS", "CC BY 4.0", table, tuple(key or "" for key in keys), "", only)
        return area_reading(content, file, ReadAreas(rows, refused, []))


def _drawn(features: Iterable[Feature], code: CodeProperty, head: Head) -> ReadAreas:
    """The areas of features, their shapes checked and repaired; a feature whose shape is none is refused."""
    rows: list[AreaRow] = []
    made = ReadAreas([], [], [])
    for feature in features:
        written = str(feature.properties.get(code.name) or "")
        read = read_code(written, code.prefix)
        if read is None:
            made.refused.append((feature.row, f"'{written}' is geen gebiedscode."))
            continue
        try:
            row, why = area_of(feature, read.code, head)
        except BadShapeError as bad:
            made.refused.append((feature.row, f"De vorm is niet te gebruiken: {bad}."))
            continue
        rows.append(row)
        if why:
            made.shapeless.append((row.code, why))
    for row, (shape, mended) in zip(rows, repaired([row.wkb for row in rows]), strict=True):
        if mended and shape is None:
            made.refused.append((row.row, "De vorm is niet te gebruiken: hij heeft geen oppervlakte."))
            continue
        made.rows.append(dataclasses.replace(row, wkb=shape))
        if mended:
            made.repaired.append(row.code)
    return made


def _first(cells: tuple[str, ...]) -> str:
    return cells[0].strip() if cells else ""


SOURCE = CbsAreas()
