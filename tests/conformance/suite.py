"""What every source must do, as one function. A new source passes it with a file of its own in `samples/<id>/`."""

from __future__ import annotations

import gzip
import tempfile
from pathlib import Path

import numpy as np

from wijkveilig.sources.content import content_of
from wijkveilig.sources.types import Match, Miss, Source
from wijkveilig.warehouse.measures import measure_named
from wijkveilig.warehouse.reading import UNDATED, Observations, Reading
from wijkveilig.warehouse.store import Warehouse
from wijkveilig.warehouse.types import AreaCode, Status, level_of, within

ONLY = AreaCode("GM9901")
"""Samples hold areas of this municipality and of at least one other."""


def check_source(source: Source, sample: bytes) -> None:
    """Put a source through the whole suite with one sample file; AssertionError at the first promise not kept."""
    check_recognition(source, sample)
    content = content_of(sample, "een/willekeurige naam.xyz")
    reading = source.read(content, None)
    check_batch(source, reading, sample)
    check_observations(reading.observations)
    check_areas(reading)
    check_only(source, reading, sample)
    check_storage(reading)


def check_recognition(source: Source, sample: bytes) -> None:
    """Known by content, zipped or not; another file is missed, with what was looked for."""
    for stored in (sample, gzip.compress(sample)):
        assert isinstance(source.recognise(content_of(stored, "x").head), Match)
    other = source.recognise(content_of(b"postcode,datum\n3311,2016-01-01\n", "x").head)
    assert isinstance(other, Miss)
    assert other.missing
    assert all(isinstance(said, str) and said for said in other.missing)


def check_batch(source: Source, reading: Reading, sample: bytes) -> None:
    """The manifest knows where it came from, counts its rows, and has a check report in sentences."""
    batch, content = reading.batch, content_of(sample, "x")
    assert (batch.checksum, batch.id) == (content.checksum, content.checksum[:16])
    assert (batch.source, reading.raw) == (source.id, content.raw)
    assert batch.title
    assert batch.publisher
    assert batch.licence
    assert batch.rows_read == batch.rows_kept + batch.rows_refused
    assert batch.rows_refused == sum(reason.count for reason in batch.reasons)
    assert batch.rows_kept > 0
    assert batch.checks
    for sentence in (*batch.notes, *(check.text for check in batch.checks), *(r.text for r in batch.reasons)):
        assert sentence[0].isupper() or sentence[0].isdigit() or sentence[0] == "'", sentence
        assert sentence.endswith("."), sentence
        assert "!" not in sentence


def check_observations(held: Observations) -> None:
    """Codes are area codes, measures are registered, value and status agree, no key comes twice."""
    assert len({len(column) for column in (held.area, held.measure, held.code, held.first, held.value)}) == 1
    assert all(level_of(code) is not None for code in held.area)
    for name in set(held.measure):
        assert measure_named(name)
    assert set(held.status) <= {str(status) for status in Status}
    assert (np.isnan(held.value) == (held.status != str(Status.VALUE))).all()
    assert (held.months > 0).all()
    assert ((held.first == UNDATED) | (held.first > 1900 * 12)).all()
    assert (held.row > 0).all()
    keys = set(zip(held.area, held.measure, held.code, held.first, held.months, strict=True))
    assert len(keys) == len(held)


def check_areas(reading: Reading) -> None:
    """Areas have a real code of the level that they say, once each, and a point on the globe if any."""
    held = reading.areas
    assert len(set(held.code)) == len(held)
    assert [str(level_of(code)) for code in held.code] == held.level.tolist()
    assert (np.isnan(held.lon) == np.isnan(held.lat)).all()
    assert (np.isnan(held.lat) | (np.abs(held.lat) <= 90)).all()
    assert {*held.code} | {*reading.observations.area} <= reading.codes


def check_only(source: Source, whole: Reading, sample: bytes) -> None:
    """Asked for one area, a source gives exactly the figures and areas in it, and knows all codes of the file."""
    part = source.read(content_of(sample, "x"), ONLY)
    inside = np.array([within(AreaCode(code), ONLY) for code in whole.observations.area], dtype=bool)
    assert 0 < inside.sum() < len(inside) or not len(inside)
    for name in ("area", "code", "first", "status", "row"):
        expected = getattr(whole.observations.where(inside), name) if len(inside) else []
        np.testing.assert_array_equal(getattr(part.observations, name), expected)
    assert set(part.areas.code) == {code for code in whole.areas.code if within(AreaCode(code), ONLY)}
    assert part.codes == whole.codes


def check_storage(reading: Reading) -> None:
    """What is stored comes back: the same batch, the same rows as in memory."""
    with tempfile.TemporaryDirectory() as folder:
        stored = Warehouse(Path(folder) / "warehouse")
        assert stored.commit([reading]) == (reading.batch,)
        memory = Warehouse.memory([reading])
        for query in ("same_figures", "areas", "codes"):
            parameters = {"digits": ""} if query == "areas" else {}
            one, two = stored.columns(query, **parameters), memory.columns(query, **parameters)
            for name in one:
                np.testing.assert_array_equal(one[name], two[name])
