"""Makes readings by hand, so that the warehouse is tested without any source."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable

import numpy as np

from wijkveilig.warehouse.batch import Batch
from wijkveilig.warehouse.reading import Areas, Observations, Preview, Reading, no_areas, no_observations, words
from wijkveilig.warehouse.types import Period, level_of

Figure = tuple[str, str, str, int | None]
"""Area, code, period as text, value (None = withheld)."""


def observations(figures: Iterable[Figure], measure: str = "registered_crime") -> Observations:
    """Figures as columns; a negative value stands for missing."""
    listed = list(figures)
    periods = [Period.parse(period) for _, _, period, _ in listed]
    status = ["withheld" if v is None else "missing" if v < 0 else "value" for _, _, _, v in listed]
    values = [float(v) if v is not None and v >= 0 else math.nan for _, _, _, v in listed]
    return Observations(
        area=words([area for area, _, _, _ in listed]),
        measure=words([measure] * len(listed)),
        code=words([code for _, code, _, _ in listed]),
        first=np.array([period.first for period in periods], dtype=np.int32),
        months=np.array([period.months for period in periods], dtype=np.int16),
        value=np.array(values, dtype=np.float64),
        status=words(status),
        row=np.arange(2, len(listed) + 2, dtype=np.int32),
    )


def areas(codes: Iterable[str], *, water: Iterable[str] = (), wkb: bytes | None = None) -> Areas:
    """Areas named after their code, without a point."""
    listed, wet = list(codes), set(water)
    nothing = np.full(len(listed), math.nan)
    return Areas(
        code=words(listed),
        level=words([str(level_of(code)) for code in listed]),
        name=words([f"Naam {code}" for code in listed]),
        parent=words([None] * len(listed)),
        lon=nothing,
        lat=nothing,
        wkb=words([wkb] * len(listed)),  # type: ignore[list-item]  # bytes stand in an object array too
        water=np.array([code in wet for code in listed], dtype=bool),
    )


def reading(
    name: str,
    figures: Observations | None = None,
    places: Areas | None = None,
    *,
    source: str = "police_crime",
    division: int | None = None,
    undated: bool = False,
) -> Reading:
    """A reading whose content is its name."""
    raw = name.encode()
    checksum = hashlib.sha256(raw).hexdigest()
    held = figures if figures is not None else no_observations()
    dated = len(held) and not undated
    batch = Batch(
        id=checksum[:16],
        checksum=checksum,
        file=name,
        source=source,
        title="Proef",
        publisher="Niemand",
        licence="geen",
        division=division,
        first_month=int(held.first.min()) if dated else None,
        last_month=int((held.first + held.months - 1).max()) if dated else None,
        rows_read=len(held),
        rows_kept=len(held),
        undated=undated,
    )
    codes = frozenset(held.area.tolist()) | frozenset(places.code.tolist() if places is not None else [])
    return Reading(batch, held, places if places is not None else no_areas(), Preview((), ()), codes, raw)
