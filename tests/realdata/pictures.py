"""Pictures of real towns from the shared folder of raw open data, each made once for all tests."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from wijkveilig.picture.export import as_json
from wijkveilig.picture.road import Made, make_picture
from wijkveilig.warehouse.types import AreaCode, Period

DATA = Path(os.environ.get("WIJKVEILIG_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data"))
NEEDS_DATA = [
    pytest.mark.realdata,
    pytest.mark.slow,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"the shared data folder is absent: {DATA}"),
]
Json = dict[str, Any]


@cache
def made(code: AreaCode, period: str | None = None) -> Made:
    """The picture of a town and what it was made of."""
    return make_picture(code, [DATA], Period.parse(period) if period else None)


def picture(code: AreaCode, period: str | None = None) -> Json:
    """What picture.json holds."""
    return as_json(made(code, period).picture)


def figures(found: Json, indicator: str) -> dict[str, Json]:
    """One indicator by area code."""
    return {area["code"]: one for area in found["areas"] for one in area["indicators"] if one["id"] == indicator}
