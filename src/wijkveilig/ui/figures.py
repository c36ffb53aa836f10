"""What stands around a drawing: the sentence, the table with the same figures, where it came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its words."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; numbers stand right."""

    label: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its text; `svg` (made by ui.charts) is drawn beside or instead of it."""

    text: str
    href: str = ""
    svg: str = ""
    small: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The figures of a chart in rows; the first cell of each row is its heading."""

    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell | str]]
    caption: str = ""

    def lines(self) -> list[list[tuple[Column, Cell]]]:
        """Rows of (column, cell), so that a template need not count."""
        return [
            [
                (column, cell if isinstance(cell, Cell) else Cell(cell))
                for column, cell in zip(self.columns, row, strict=True)
            ]
            for row in self.rows
        ]


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with its sentence (`title`), its unit, period and area (`sub`), table, source and date.

    `svg` and `narrow` come from ui.charts; `narrow` is shown where the frame is under 640 px.
    """

    key: str
    title: str
    sub: str = ""
    svg: str = ""
    narrow: str = ""
    table: Table | None = None
    source: str = ""
    made_on: str = ""
    note: str = ""
    links: tuple[Link, ...] = ()
