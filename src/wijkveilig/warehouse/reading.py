"""What a source makes of one file before it is stored: a batch with its rows as columns."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wijkveilig.warehouse.batch import Batch

Words = npt.NDArray[np.object_]
UNDATED = -1
"""In `first`: the file does not say of which year its figures are."""


@dataclass(frozen=True, slots=True)
class Observations:
    """Figures, one per position; all arrays have the same length.

    area, measure, code, status: text (object arrays). first: month index of the period's first
    month (int32, UNDATED if unknown). months: its length (int16). value: float64, NaN unless the
    status is 'value'. row: line in the file (int32, the header is line 1).
    """

    area: Words
    measure: Words
    code: Words
    first: npt.NDArray[np.int32]
    months: npt.NDArray[np.int16]
    value: npt.NDArray[np.float64]
    status: Words
    row: npt.NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.area)

    def where(self, keep: npt.NDArray[np.bool_]) -> Observations:
        """The figures at the positions where `keep` (bool, same length) is true."""
        return Observations(**{f.name: getattr(self, f.name)[keep] for f in dataclasses.fields(self)})

    def dated(self, year: int) -> Observations:
        """The same figures, the undated ones put in the calendar year `year`."""
        return dataclasses.replace(self, first=np.where(self.first == UNDATED, year * 12, self.first).astype(np.int32))


@dataclass(frozen=True, slots=True)
class Areas:
    """Areas that a file knows, one per position. Unknown is None (text, wkb) or NaN (lon, lat).

    wkb: shape as well-known binary in WGS84 lon/lat; lon, lat: a point of the area, degrees.
    """

    code: Words
    level: Words
    name: Words
    parent: Words
    lon: npt.NDArray[np.float64]
    lat: npt.NDArray[np.float64]
    wkb: Words
    water: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.code)

    def where(self, keep: npt.NDArray[np.bool_]) -> Areas:
        """The areas at the positions where `keep` (bool, same length) is true."""
        return Areas(**{f.name: getattr(self, f.name)[keep] for f in dataclasses.fields(self)})


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of a file as they stood in it, for the page that shows what will be taken.

    lines: where each row stands in the file, as `Observations.row`; empty where that is not known.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One file, read and checked, ready to be committed.

    `codes` are all area codes that the file holds, also those outside the area that was asked for;
    they date a file that does not tell its year. `raw` is its decompressed content.
    """

    batch: Batch
    observations: Observations
    areas: Areas
    preview: Preview
    codes: frozenset[str]
    raw: bytes = b""


def words(values: list[str | None] | list[str]) -> Words:
    """Texts (None = unknown) as an object array of one dimension, also when the list is empty."""
    made = np.empty(len(values), dtype=object)
    made[:] = values
    return made


def no_observations() -> Observations:
    """No figures."""
    empty = words([])
    whole = np.empty(0, dtype=np.int32)
    return Observations(empty, empty, empty, whole, whole.astype(np.int16), np.empty(0), empty, whole)


def no_areas() -> Areas:
    """No areas."""
    empty = words([])
    return Areas(empty, empty, empty, empty, np.empty(0), np.empty(0), empty, np.empty(0, dtype=bool))
