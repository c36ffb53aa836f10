"""The features of a GeoJSON file, quickly: of a national file only those of one area are parsed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from wijkveilig.sources.codes import read_code
from wijkveilig.sources.content import parsed, properties_of
from wijkveilig.sources.types import Content
from wijkveilig.warehouse.batch import Json
from wijkveilig.warehouse.types import AreaCode, within

_START = re.compile(rb'\{\s*"type"\s*:\s*"Feature"\s*,')


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature: its place in the file (from 1), properties, and geometry (None where there is none)."""

    row: int
    properties: Json
    geometry: Json | None


@dataclass(frozen=True, slots=True)
class Features:
    """The features that were parsed, and the area codes (as written) of all features of the file."""

    found: tuple[Feature, ...]
    codes: tuple[str, ...]


def read_features(content: Content, code: str, only: AreaCode | None, prefix: str = "") -> Features:
    """The features of a FeatureCollection; `code` is the property that holds the area code, `prefix` its level.

    With `only`, features of other areas are passed over unread. A file that is no whole JSON raises
    RefusedFile, unless the broken part was passed over.
    """
    parts = list(_split(content.raw)) if only is not None else []
    written = [_code_in(part, code) for part in parts]
    if only is None or not parts or None in written:
        return _all_features(content, code, only, prefix)
    wanted = [at for at, text in enumerate(written) if _inside(text or "", only, prefix)]
    decoder = json.JSONDecoder()
    found = tuple(_feature(at + 1, decoder.raw_decode(parts[at].decode("utf-8"))[0]) for at in wanted)
    return Features(found, tuple(text or "" for text in written))


def _all_features(content: Content, code: str, only: AreaCode | None, prefix: str) -> Features:
    held = parsed(content)
    listed = held.get("features", []) if isinstance(held, dict) else []
    every = [_feature(at, record) for at, record in enumerate(listed, 1) if isinstance(record, dict)]
    codes = tuple(str(feature.properties.get(code) or "") for feature in every)
    if only is None:
        return Features(tuple(every), codes)
    return Features(tuple(f for f, text in zip(every, codes, strict=True) if _inside(text, only, prefix)), codes)


def _feature(row: int, record: Json) -> Feature:
    geometry = record.get("geometry")
    return Feature(row, properties_of(record), geometry if isinstance(geometry, dict) else None)


def _split(raw: bytes) -> Iterator[bytes]:
    """The text of each feature, if all begin with their type; nothing if the file is written in another way."""
    starts = [match.start() for match in _START.finditer(raw)]
    if len(starts) != raw.count(b'"Feature"'):
        return
    for start, end in zip(starts, [*starts[1:], len(raw)], strict=True):
        yield raw[start:end]


def _code_in(part: bytes, code: str) -> str | None:
    found = re.search(rb'"' + re.escape(code.encode()) + rb'"\s*:\s*"([^"\\]*)"', part)
    return found[1].decode("utf-8") if found else None


def _inside(text: str, only: AreaCode, prefix: str) -> bool:
    read = read_code(text, prefix)
    return read is not None and within(read.code, only)
