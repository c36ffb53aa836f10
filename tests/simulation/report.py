"""The figures of the back-test as the tables of docs/analysis/expected.md, and back from those tables."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tests.simulation.backtest import PERIODS, RISES, TOWNS, Found, forecasts, inside, read_panel


@dataclass(frozen=True)
class Row:
    """One line of a table: its name and its cells, percentages or plain numbers."""

    name: str
    cells: tuple[float, ...]

    def text(self) -> str:
        return f"| {self.name} | " + " | ".join(_shown(cell) for cell in self.cells) + " |"


def coverage_row(town: str, hits: list[tuple[int, int]]) -> Row:
    """Share inside per period and over all, and how many forecasts that was."""
    per_period = [100 * held / asked for held, asked in hits]
    held, asked = (sum(part) for part in zip(*hits, strict=True))
    return Row(f"{TOWNS[town]} ({town})", (*per_period, 100 * held / asked, float(asked)))


def coverage_rows(folder: Path) -> list[Row]:
    """The shared panel, town by town."""
    cubes = read_panel(folder)
    return [coverage_row(town, [inside(*answer) for answer in forecasts(cubes[town]).values()]) for town in TOWNS]


def method_row(name: str, alarmed: list[bool], found: Found) -> Row:
    """Quiet towns with an alarm, planted rises found by size, other series flagged per town."""
    shares = tuple(100 * found.share(size) for size in RISES)
    return Row(name, (100 * float(np.mean(alarmed)), *shares, float(np.mean(found.others))))


def coverage_table(rows: list[Row]) -> str:
    return _table(("town", *PERIODS, "all four", "forecasts"), rows)


def method_table(rows: list[Row]) -> str:
    return _table(
        (
            "method",
            "quiet towns with an alarm, %",
            *(f"{size} rises found, %" for size in RISES),
            "other series flagged per town",
        ),
        rows,
    )


def kinds_table(rows: list[Row]) -> str:
    return _table(("kind of quiet town", "towns with an alarm, %"), rows)


def read_rows(document: str) -> dict[str, tuple[float, ...]]:
    """Every table row of the document whose cells are numbers, by name."""
    rows = {}
    for line in document.splitlines():
        name, *cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and cells and all(cell.replace(".", "", 1).isdigit() for cell in cells):
            rows[name] = tuple(float(cell) for cell in cells)
    return rows


def _shown(cell: float) -> str:
    """Numbers of forecasts whole, percentages with one digit, small shares with two."""
    digits = 0 if cell > 100 else 2 if 0 < cell < 1 else 1
    return f"{cell:.{digits}f}"


def _table(heads: tuple[str, ...], rows: list[Row]) -> str:
    rule = "|---|" + "---:|" * (len(heads) - 1)
    return "\n".join(["| " + " | ".join(heads) + " |", rule, *(row.text() for row in rows)])
