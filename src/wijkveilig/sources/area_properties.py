"""The properties of a feature that say what area it is: spellings differ per maker (bu_code, BU_CODE, buurtcode)."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from wijkveilig.sources.area_rows import AreaRow
from wijkveilig.sources.codes import read_code
from wijkveilig.sources.features import Feature
from wijkveilig.sources.geometry import point_of, wkb_of
from wijkveilig.sources.recognising import plain_name
from wijkveilig.sources.types import Head
from wijkveilig.warehouse.batch import Json
from wijkveilig.warehouse.types import AreaCode

_CODES = (
    ("BU", ("bu_code", "buurtcode", "buurt_code")),
    ("WK", ("wk_code", "wijkcode", "wijk_code")),
    ("GM", ("gm_code", "gemeentecode", "gemeente_code")),
    ("", ("statcode", "regiocode")),
)
_NAMES = {
    "BU": ("bu_naam", "buurtnaam", "buurt_naam"),
    "WK": ("wk_naam", "wijknaam", "wijk_naam"),
    "GM": ("gm_naam", "gemeentenaam", "gemeente_naam"),
    "": ("statnaam",),
}
_ABOVE = {"BU": ("WK", _CODES[1][1]), "WK": ("GM", _CODES[2][1])}
_WATER = ("water", "ind_water", "h2o")
_YEAR_CODE = "jrstatcode"  # PDOK's gebiedsindelingen: 2022BU05050101
_YES = frozenset({"JA", "J", "TRUE", "1"})


@dataclass(frozen=True, slots=True)
class CodeProperty:
    """The property that holds the code of the feature itself, and the level that its name speaks of ('' for any)."""

    name: str
    prefix: str


def code_property(head: Head) -> CodeProperty | None:
    """The code of the lowest level that is filled in; None where there is none.

    Names of neighbourhoods without their codes make no list of districts.
    """
    columns = _columns(head)
    for prefix, spellings in _CODES:
        for spelling in spellings:
            name = columns.get(spelling)
            if name and are_area_codes(head.column(name), prefix):
                return CodeProperty(name, prefix)
        if any(spelling in columns for spelling in _NAMES[prefix]):
            return None
    return None


def are_area_codes(cells: tuple[str, ...], prefix: str = "") -> bool:
    """Whether most of the cells are area codes (of one level, if `prefix` says so)."""
    read = [read_code(cell, prefix) for cell in cells]
    good = sum(held is not None and held.code.startswith(prefix) for held in read)
    return good > len(cells) / 2


def year_of_codes(head: Head) -> int | None:
    """The year that PDOK puts before its codes, where all rows that were looked at have the same."""
    name = _columns(head).get(_YEAR_CODE)
    years = {match[1] for cell in head.column(name or "") if (match := re.match(r"(20\d{2})[A-Z]{2}", cell))}
    return int(years.pop()) if len(years) == 1 else None


def is_of_cbs(head: Head, known: frozenset[str]) -> bool:
    """Whether the properties are those of a file of CBS: codes with their year, or key figures beside the areas.

    known: the columns that hold a key figure. A code and a name alone may be anybody's drawing.
    """
    columns = _columns(head)
    return bool(known) or _YEAR_CODE in columns or "statcode" in columns


def area_of(feature: Feature, code: AreaCode, head: Head) -> tuple[AreaRow, str]:
    """The area of a feature with this code, and why it has no shape ('' if it has one, or a point).

    BadShapeError for a shape that is none.
    """
    columns, properties, prefix = _columns(head), feature.properties, code[:2]
    above, spellings = _ABOVE.get(prefix, ("", ()))
    parent = read_code(_text(properties, columns, spellings) or "", above)
    wkb, (lon, lat), why = _shape(feature.geometry)
    row = AreaRow(
        row=feature.row,
        code=code,
        name=_text(properties, columns, _NAMES.get(prefix, ())) or _text(properties, columns, _NAMES[""]),
        parent=parent.code if parent else None,
        lon=lon,
        lat=lat,
        wkb=wkb,
        water=(_text(properties, columns, _WATER) or "").upper() in _YES,
    )
    return row, why


def _columns(head: Head) -> dict[str, str]:
    return {plain_name(column): column for column in head.columns}


def _text(properties: Json, columns: dict[str, str], spellings: tuple[str, ...]) -> str | None:
    """The first of these properties that is filled in."""
    names = (columns[spelling] for spelling in spellings if spelling in columns)
    return next((text for name in names if (text := str(properties.get(name) or "").strip())), None)


def _shape(geometry: Json | None) -> tuple[bytes | None, tuple[float, float], str]:
    """Shape, point (lon, lat) and why there is neither; BadShapeError for a shape that is none."""
    nowhere = (math.nan, math.nan)
    if geometry is None:
        return None, nowhere, "er is geen vorm"
    point = point_of(geometry)
    return (None, point, "") if point else (wkb_of(geometry), nowhere, "")
