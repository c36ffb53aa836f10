"""Areas: GeoJSON of municipalities, districts or neighbourhoods, and the CBS list of regions.

Spellings of properties differ per maker (bu_code, BU_CODE, buurtcode, statcode). CBS shapefiles and PDOK
put key figures in the same properties: those are read too. Water and 'unknown' are no areas.
"""

from __future__ import annotations

from dataclasses import dataclass

from wijkveilig.sources.area_batch import AreaFile, area_reading
from wijkveilig.sources.area_rows import AreaRow
from wijkveilig.sources.codes import read_code
from wijkveilig.sources.features import Feature, read_features
from wijkveilig.sources.geometry import BadShapeError, wkb_of
from wijkveilig.sources.recognising import Column, plain_name
from wijkveilig.sources.table import table_of, table_of_records
from wijkveilig.sources.types import Content, Head, Match, Miss, RefusedFile, Shape
from wijkveilig.warehouse.reading import Reading
from wijkveilig.warehouse.types import AreaCode, within

CODES = (
    ("BU", ("bu_code", "buurtcode", "buurt_code")),
    ("WK", ("wk_code", "wijkcode", "wijk_code")),
    ("GM", ("gm_code", "gemeentecode", "gemeente_code")),
    ("", ("statcode", "regiocode")),
)
NAMES = {
    "BU": ("bu_naam", "buurtnaam", "buurt_naam"),
    "WK": ("wk_naam", "wijknaam", "wijk_naam"),
    "GM": ("gm_naam", "gemeentenaam", "gemeente_naam"),
    "": ("statnaam",),
}
PARENTS = {"BU": ("wk_code", "wijkcode", "wijk_code"), "WK": ("gm_code", "gemeentecode", "gemeente_code")}
WATER = ("water", "ind_water", "h2o")
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
            return Match((found,)) if found else Miss((f"FeatureCollection met {CODE}",))
        key, title = KEY.among(head.columns), TITLE.among(head.columns)
        missing = [column.said for column, name in ((KEY, key), (TITLE, title)) if name is None]
        if key and title and not _area_codes(head.column(key)):
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
        held = read_features(content, code, only)
        prefix = next(prefix for prefix, spellings in CODES if plain_name(code) in spellings)
        columns = {plain_name(column): column for column in content.head.columns}
        rows, refused, shapeless = [], [], []
        for feature in held.found:
            read = read_code(str(feature.properties.get(code) or ""), prefix)
            if read is None:
                refused.append((feature.row, f"'{feature.properties.get(code)}' is geen gebiedscode."))
                continue
            row, why = _area_row(feature, read.code, read.code[:2], columns)
            rows.append(row)
            if why:
                shapeless.append((row.code, why))
        places = [feature.row for feature in held.found]
        table = table_of_records([feature.properties for feature in held.found], content.head.columns, places)
        file = AreaFile(self.id, self.title, "CBS", "CC BY 4.0", table, tuple(held.codes), prefix, only)
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


def code_property(head: Head) -> str | None:
    """The property that holds the code of the feature itself: of the lowest level that is filled in."""
    columns = {plain_name(column): column for column in head.columns}
    for prefix, spellings in CODES:
        for spelling in spellings:
            name = columns.get(spelling)
            if name and _area_codes(head.column(name), prefix):
                return name
        if any(spelling in columns for spelling in NAMES[prefix]):
            return None  # names of neighbourhoods without their codes: no list of districts
    return None


def _area_codes(cells: tuple[str, ...], prefix: str = "") -> bool:
    """Whether most of the cells are area codes (of one level, if `prefix` says so)."""
    read = [read_code(cell, prefix) for cell in cells]
    good = sum(held is not None and held.code.startswith(prefix) for held in read)
    return good > len(cells) / 2


def _first(cells: tuple[str, ...]) -> str:
    return cells[0].strip() if cells else ""


def _area_row(feature: Feature, code: AreaCode, prefix: str, columns: dict[str, str]) -> tuple[AreaRow, str]:
    """The area of a feature, and why it has no shape ('' if it has one)."""
    properties = feature.properties

    def text(spellings: tuple[str, ...]) -> str | None:
        name = next((columns[s] for s in spellings if s in columns and properties.get(columns[s])), None)
        return str(properties[name]).strip() or None if name else None

    parent = read_code(text(PARENTS.get(prefix, ())) or "", {"BU": "WK", "WK": "GM"}.get(prefix, ""))
    try:
        wkb, why = wkb_of(feature.geometry), "" if feature.geometry else "er is geen vorm"
    except BadShapeError as error:
        wkb, why = None, str(error)
    name = text(NAMES.get(prefix, ())) or text(NAMES[""])
    water = (text(WATER) or "").upper() in ("JA", "J", "TRUE", "1")
    return AreaRow(feature.row, code, name, parent.code if parent else None, wkb=wkb, water=water), why


SOURCE = CbsAreas()
