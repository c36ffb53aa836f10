"""From a file to its content and head: decompress by magic bytes, decode, tell a table from JSON.

Nothing here looks at a file's name. Errors are `RefusedFile` with a Dutch reason.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import re
import zlib

from wijkveilig.sources.dutch import number
from wijkveilig.sources.periods import LATEST
from wijkveilig.sources.types import Content, Head, RefusedFile, Shape
from wijkveilig.warehouse.batch import Json

HEAD_BYTES = 65_536
SAMPLE = 20
LARGEST = 2_000_000_000  # bytes: a small file may unpack to more than a machine holds
_MAGIC = {
    b"PK\x03\x04": "een zip- of Office-bestand: pak het uit of bewaar het als CSV",
    b"%PDF": "een PDF",
    b"BZh": "een bz2-bestand: pak het uit",
    b"\xfd7zXZ": "een xz-bestand: pak het uit",
    b"7z\xbc\xaf": "een 7z-bestand: pak het uit",
    b"PAR1": "een Parquet-bestand: bewaar het als CSV",
    b"\x89PNG": "een plaatje",
    b"\xff\xd8\xff": "een plaatje",
    b"SQLite format 3": "een database",
    b"\xd0\xcf\x11\xe0": "een oud Office-bestand: bewaar het als CSV",
}
_TABLE = re.compile(rb"/(\d{5}[A-Z]{3})/")
_NEXT_LINK = re.compile(rb'nextLink"\s*:\s*"[^"]')
_SEPARATOR = re.compile(r"(?i)\ufeff?\s*sep=(.)\1*\r?\n")  # Excel's own first line
_PDOK_YEAR = re.compile(rb"wijken-en-buurten-(20\d{2})")


def content_of(stored: bytes, file: str, most: int = LARGEST, last_year: int = LATEST) -> Content:
    """The content of bytes as they were stored: plain or gzip of at most `most` bytes."""
    raw = _decompressed(stored, most)
    return Content(file, raw, hashlib.sha256(raw).hexdigest(), head_of(raw), last_year)


def text_of(raw: bytes) -> str:
    """The bytes as text: UTF-8 (with or without byte order mark), UTF-16, else Windows-1252."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def head_of(raw: bytes) -> Head:
    """How the content is built, and its first rows."""
    for magic, what in _MAGIC.items():
        if raw.startswith(magic):
            return Head(Shape.OTHER, why=f"Dit is {what}.")
    start = _start(raw)
    if not start.strip():
        return Head(Shape.OTHER, why="Het bestand is leeg.")
    if "\x00" in start[:1000]:
        return Head(Shape.OTHER, why="Dit is geen tekst, maar een binair bestand.")
    if start.lstrip()[0] in "[{":
        return _json_head(raw)
    return _table_head(start, cut=len(raw) > HEAD_BYTES)


def rows_of(content: Content) -> list[list[str]]:
    """All lines of a table as lists of cells, the header first; quoted cells may hold line ends."""
    text = text_of(content.raw)
    said = _SEPARATOR.match(text)
    # The line that names the separator counts as an empty one, so that line numbers stay those of the file.
    lines = io.StringIO("\n" + text[said.end() :] if said else text, newline="")
    try:
        return list(csv.reader(lines, delimiter=content.head.delimiter))
    except csv.Error as error:
        raise RefusedFile(f"Het bestand is als tabel niet te lezen: {error}.") from error


def records_of(content: Content) -> list[Json]:
    """All records of a JSON page: a list, or the list under `value`."""
    held = parsed(content)
    found = held.get("value", []) if isinstance(held, dict) else held
    return [record for record in found if isinstance(record, dict)]


def parsed(content: Content) -> Json | list[Json]:
    """The whole of a JSON file."""
    try:
        held: Json | list[Json] = json.loads(text_of(content.raw))
    except ValueError as error:
        raise RefusedFile(f"Het bestand is geen heel JSON-bestand; misschien is het afgekapt ({error}).") from error
    return held


def has_next_page(content: Content) -> bool:
    """Whether a JSON page says itself that another page follows."""
    ends = content.raw[:4096] + content.raw[-4096:]
    if _NEXT_LINK.search(ends):
        return True
    return content.head.shape is Shape.FEATURES and re.search(rb'"rel"\s*:\s*"next"', ends) is not None


def year_in_address(content: Content) -> int | None:
    """The year in the address that a page of PDOK's areas carries."""
    found = _PDOK_YEAR.search(content.raw[:8192] + content.raw[-8192:])
    return int(found[1]) if found else None


def _decompressed(stored: bytes, most: int) -> bytes:
    if stored[:2] != b"\x1f\x8b":
        return stored
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(stored)) as packed:
            raw = packed.read(most + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise RefusedFile("Het gecomprimeerde bestand is beschadigd of niet helemaal opgehaald.") from error
    if len(raw) > most:
        raise RefusedFile(f"Het bestand is na uitpakken groter dan {number(most / 1_000_000)} MB.")
    return raw


def _start(raw: bytes, most: int = HEAD_BYTES) -> str:
    part = raw[:most]
    if part[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        while part and part[-1] & 0xC0 == 0x80:  # do not cut a character of UTF-8 in two
            part = part[:-1]
        if part and part[-1] & 0x80:
            part = part[:-1]
    return text_of(part)


def _table_head(start: str, *, cut: bool) -> Head:
    said = _SEPARATOR.match(start)
    start = start[said.end() :] if said else start
    line = start.lstrip("\r\n").split("\n", 1)[0]
    delimiter = said[1] if said else max(",;\t|", key=lambda mark: line.count(mark))
    if not line.count(delimiter):
        return Head(Shape.OTHER, why="Dit is geen tabel: de eerste regel heeft geen kolommen.")
    reader = csv.reader(io.StringIO(start, newline=""), delimiter=delimiter)
    rows: list[list[str]] = []
    try:
        for row in reader:
            if row:
                rows.append(row)
            if len(rows) > SAMPLE:
                break
    except csv.Error:
        return Head(Shape.OTHER, why="Dit is geen tabel die te lezen is.")
    header = tuple(cell.strip() for cell in rows[0])
    sample = rows[1:-1] if cut and len(rows) <= SAMPLE else rows[1:]
    return Head(Shape.TABLE, header, tuple(tuple(row) for row in sample), delimiter)


def _json_head(raw: bytes) -> Head:
    text = _start(raw, HEAD_BYTES * 16)
    table = _TABLE.search(raw[:2048])
    name = table[1].decode() if table else ""
    features = re.search(r'"features"\s*:\s*\[', text)
    if features and re.search(r'"FeatureCollection"', text):
        found = _some_records(text, features.end())
        return _record_head(Shape.FEATURES, [properties_of(record) for record in found], name)
    listed = re.match(r"\s*\[", text) or re.search(r'"value"\s*:\s*\[', text)
    if listed is None:
        return Head(Shape.OTHER, why="Dit JSON-bestand is geen lijst van rijen en geen FeatureCollection.")
    records = _some_records(text, listed.end())
    return (
        _record_head(Shape.RECORDS, records, name) if records else Head(Shape.OTHER, why="De pagina heeft geen rijen.")
    )


def _some_records(text: str, place: int) -> list[Json]:
    """The first objects of the list that starts at `place`; a half one at the end is left."""
    decoder = json.JSONDecoder()
    found: list[Json] = []
    gap = re.compile(r"[\s,]*")
    while len(found) < SAMPLE:
        place = gap.match(text, place).end()  # type: ignore[union-attr]  # the pattern matches everywhere
        if text[place : place + 1] != "{":
            break
        try:
            record, place = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            break
        found.append(record)
    return found


def properties_of(feature: Json) -> Json:
    """The properties of a feature; none where they are no object."""
    held = feature.get("properties")
    return held if isinstance(held, dict) else {}


def _record_head(shape: Shape, records: list[Json], table: str) -> Head:
    columns = tuple(dict.fromkeys(key for record in records for key in record))
    sample = tuple(tuple(_cell(record.get(key)) for key in columns) for record in records)
    return Head(shape, columns, sample, table=table)


def _cell(value: object) -> str:
    return "" if value is None else str(value)
