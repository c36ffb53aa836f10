"""A table of a file as columns of texts, whatever the file was: CSV, JSON records, or properties of features."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import compress

import numpy as np

from wijkveilig.sources.content import records_of, rows_of, text_of
from wijkveilig.sources.types import Content, RefusedFile, Shape
from wijkveilig.warehouse.batch import Json, Reason
from wijkveilig.warehouse.reading import Preview

Cells = list[str | None]
PREVIEW_ROWS = 10


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of equal length; `rows` are the lines in the file (the header is line 1; of JSON: the record, from 1).

    rows_read counts every row but the header and blank lines; `refused` are rows that were no row of this table.
    made_of: how many rows of the file each row was made of, where that is not one.
    """

    header: tuple[str, ...]
    columns: tuple[Cells, ...]
    rows: list[int]
    rows_read: int
    refused: tuple[Reason, ...]
    made_of: tuple[int, ...] = ()

    def parts(self) -> list[int]:
        """How many rows of the file each row stands for."""
        return list(self.made_of) or [1] * len(self.rows)

    def column(self, name: str) -> Cells:
        """The cells of one column; a name that the table has not raises ValueError."""
        return self.columns[self.header.index(name)]

    def where(self, keep: list[bool]) -> Table:
        """The same table with only these rows; refused rows are left behind."""
        columns = tuple(list(compress(cells, keep)) for cells in self.columns)
        rows = list(compress(self.rows, keep))
        parts = tuple(compress(self.parts(), keep))
        return Table(self.header, columns, rows, sum(parts), (), parts if self.made_of else ())

    def preview(self) -> Preview:
        """The first rows, as texts."""
        shown = zip(*(cells[:PREVIEW_ROWS] for cells in self.columns), strict=True)
        rows = tuple(tuple((cell or "").strip() for cell in row) for row in shown)
        return Preview(self.header, rows, tuple(self.rows[:PREVIEW_ROWS]))


def table_of(content: Content, wanted: Iterable[str] | None = None) -> Table:
    """The table in a file; with `wanted` only those columns."""
    names = tuple(wanted) if wanted is not None else content.head.columns
    if content.head.shape is Shape.TABLE:
        return _plain(content, names) or _from_lines(rows_of(content), names)
    return table_of_records(records_of(content), names)


def table_of_records(records: list[Json], names: tuple[str, ...], rows: list[int] | None = None) -> Table:
    """The table in JSON records: null and an absent key are both None.

    rows: the places of the records in the file (default: it is all of them).
    """
    columns = tuple([_text(record.get(name)) for record in records] for name in names)
    return Table(names, columns, rows or list(range(1, len(records) + 1)), len(records), ())


def _text(value: object) -> str | None:
    return value if value is None or isinstance(value, str) else str(value)


def _plain(content: Content, names: tuple[str, ...]) -> Table | None:
    """The table of a file without quotes or ragged lines, which is split at once; None for any other file."""
    raw, mark = content.raw.rstrip(b"\r\n"), content.head.delimiter
    if b'"' in raw or b"\r" in raw or b"\x00" in raw or raw.startswith(b"\n") or b"sep=" in raw[:16].lower():
        return None
    held = np.frombuffer(raw, dtype=np.uint8)
    ends = np.append(np.flatnonzero(held == ord("\n")), len(held))
    marks = np.searchsorted(np.flatnonzero(held == ord(mark)), ends)
    width = int(marks[0]) + 1
    if (np.diff(marks) != width - 1).any():
        return None
    cells = text_of(raw).replace("\n", mark).split(mark)
    header = tuple(cell.strip() for cell in cells[:width])
    if len(cells) != width * len(ends) or len(set(header)) < width:
        return None
    columns: list[Cells] = [list(cells[width + header.index(name) :: width]) for name in names]
    return Table(names, tuple(columns), list(range(2, len(ends) + 1)), len(ends) - 1, ())


def _from_lines(lines: list[list[str]], names: tuple[str, ...]) -> Table:
    start = next((at for at, line in enumerate(lines) if line), 0)
    header = tuple(cell.strip() for cell in lines[start])
    if len(set(header)) < len(header):
        twice = next(name for name in header if header.count(name) > 1)
        raise RefusedFile(f"De kolom '{twice}' staat er twee keer in; het is niet te zien welke geldt.")
    width = len(header)
    numbered = [(at, line) for at, line in enumerate(lines[start + 1 :], start + 2) if line]
    good = [(at, line) for at, line in numbered if len(line) == width]
    refused = _ragged([(at, len(line)) for at, line in numbered if len(line) != width], width)
    across = tuple(zip(*(line for _, line in good), strict=True)) or ((),) * width
    columns = tuple(list(across[header.index(name)]) for name in names)
    return Table(names, columns, [at for at, _ in good], len(numbered), refused)


def _ragged(found: list[tuple[int, int]], width: int) -> tuple[Reason, ...]:
    if not found:
        return ()
    at, cells = found[0]
    return (Reason(at, f"De rij heeft {cells} cellen, de kop {width} kolommen.", len(found)),)
