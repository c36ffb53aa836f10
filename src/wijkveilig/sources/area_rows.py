"""Areas gathered row by row, checked for codes that come twice, and turned into columns."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from wijkveilig.sources.codes import is_unknown_area
from wijkveilig.sources.types import RefusedFile
from wijkveilig.warehouse.reading import Areas, words
from wijkveilig.warehouse.types import AreaCode, level_of


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area as a file tells it; row is its line or place in the file."""

    row: int
    code: AreaCode
    name: str | None = None
    parent: str | None = None
    lon: float = math.nan
    lat: float = math.nan
    wkb: bytes | None = None
    water: bool = False


def settle(rows: list[AreaRow], source: str) -> tuple[list[AreaRow], list[tuple[int, str]]]:
    """The areas to keep, and (row, why) of those that are not.

    Left out are rows for 'no area known' and repeats; water beside land of the same code is left out
    too. The same code with two names or shapes raises RefusedFile.
    """
    kept: dict[AreaCode, AreaRow] = {}
    refused: list[tuple[int, str]] = []
    for row in sorted(rows, key=lambda held: (held.water, held.row)):
        earlier = kept.get(row.code)
        if is_unknown_area(row.code):
            refused.append((row.row, "De code staat voor 'onbekend', niet voor een gebied."))
        elif earlier is None:
            kept[row.code] = row
        elif row.water and not earlier.water:
            refused.append((row.row, "Het is het water bij een gebied dat al is gelezen."))
        elif _same(row, earlier):
            refused.append((row.row, "De rij herhaalt een eerdere rij."))
        else:
            raise RefusedFile(
                f"Het bestand spreekt zichzelf tegen: {row.code} staat er in rij {earlier.row} en in rij {row.row} "
                "met verschillende gegevens.",
                source=source,
                rows_read=len(rows),
            )
    return sorted(kept.values(), key=lambda held: held.code), refused


def as_columns(rows: list[AreaRow]) -> Areas:
    """The areas as columns of the warehouse."""
    return Areas(
        code=words([str(row.code) for row in rows]),
        level=words([str(level_of(row.code)) for row in rows]),
        name=words([row.name for row in rows]),
        parent=words([row.parent for row in rows]),
        lon=np.array([row.lon for row in rows], dtype=np.float64),
        lat=np.array([row.lat for row in rows], dtype=np.float64),
        wkb=words([row.wkb for row in rows]),  # type: ignore[arg-type]  # bytes stand in an object array too
        water=np.array([row.water for row in rows], dtype=bool),
    )


def _same(one: AreaRow, two: AreaRow) -> bool:
    points = [(row.name, row.parent, row.wkb, repr(row.lon), repr(row.lat)) for row in (one, two)]
    return points[0] == points[1]
