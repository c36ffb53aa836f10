"""Areas: GeoJSON of municipalities, districts or neighbourhoods, and the CBS list of regions.

Spellings of properties differ per maker (bu_code, BU_CODE, buurtcode, statcode). CBS shapefiles and PDOK
put key figures in the same properties: those are read too. Water and 'unknown' are no areas.
"""

from __future__ import annotations

from dataclasses import dataclass

from wijkveilig.sources.area_batch import AreaFile, area_reading
from wijkveilig.sources.area_properties import are_area_codes, area_of, code_property, year_of_codes
from wijkveilig.sources.area_rows import AreaRow
from wijkveilig.sources.codes import read_code
from wijkveilig.sources.content import year_in_address
from wijkveilig.sources.features import read_features
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
        held = read_features(content, code.name, only)
        rows, refused, shapeless = [], [], []
        for feature in held.found:
            written = str(feature.properties.get(code.name) or "")
            read = read_code(written, code.prefix)
            if read is None:
                refused.append((feature.row, f"'{written}' is geen gebiedscode."))
                continue
            row, why = area_of(feature, read.code, content.head)
            rows.append(row)
            if why:
                shapeless.append((row.code, why))
        places = [feature.row for feature in held.found]
        table = table_of_records([feature.properties for feature in held.found], content.head.columns, places)
        year = year_in_address(content) or year_of_codes(content.head)
        file = AreaFile(self.id, self.title, "CBS", "CC BY 4.0", table, tuple(held.codes), code.prefix, only, year)
        return area_reading(content, file, rows, refused, shapeless)

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
        return area_reading(content, file, rows, refused, [])


def _first(cells: tuple[str, ...]) -> str:
    return cells[0].strip() if cells else ""


SOURCE = CbsAreas()
