"""No cell, whatever stands in it, brings a call down: its row or its file is refused, or it is a figure."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from wijkveilig.sources.content import content_of
from wijkveilig.sources.opening import read_content
from wijkveilig.sources.types import RefusedFile

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*/*"))
TEXTS = ("1e999", "-1e999", "NaN", "", "9" * 5000, "\x00", "2999JJ00", "BU", "GM0000", "-0", "٣", "²", '"', "1" * 30)
VALUES: tuple[Any, ...] = (None, [], {}, [[]], [None], "x", "1e999", 10**400, 1e308, -1, True, float("nan"), [[[1]]])


def leaves(held: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The places of all values in JSON, the first of each list only."""
    if path:
        yield path
    if isinstance(held, dict):
        for key in held:
            yield from leaves(held[key], (*path, key))
    elif isinstance(held, list) and held:
        yield from leaves(held[0], (*path, 0))


def spoilt_json(raw: bytes) -> Iterator[bytes]:
    """The page with each of its values in turn replaced by each strange value."""
    whole = json.loads(raw)
    for path in leaves(whole):
        for value in VALUES:
            held = copy.deepcopy(whole)
            at = held
            for step in path[:-1]:
                at = at[step]
            at[path[-1]] = value
            yield json.dumps(held).encode()


def spoilt_table(raw: bytes) -> Iterator[bytes]:
    """The table with each cell of its second row in turn replaced by each strange text."""
    lines = raw.decode().splitlines()
    mark = max(",;", key=lines[0].count)
    for at in range(lines[0].count(mark) + 1):
        for text in TEXTS:
            cells = lines[2].split(mark)
            cells[at] = text
            yield "\n".join([*lines[:2], mark.join(cells), *lines[3:]]).encode()


def refusal(raw: bytes) -> str:
    """Why the file is refused; '' when it is read, and its rows add up."""
    try:
        batch = read_content(content_of(raw, "x"), None).batch
    except RefusedFile as refused:
        return refused.reason
    assert batch.rows_read == batch.rows_kept + batch.rows_refused
    return ""


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_strange_value_in_any_place_is_read_or_refused(path: Path) -> None:
    raw = path.read_bytes()

    whys = [refusal(spoilt) for spoilt in (spoilt_table(raw) if path.suffix == ".csv" else spoilt_json(raw))]

    assert "" in whys
    assert any(whys)
    assert not [why for why in whys if "Error" in why]  # a reader said why, not the net below it
