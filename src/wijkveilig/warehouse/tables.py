"""Batches as DuckDB tables, in memory or over Parquet files, and the named queries that read them."""

from __future__ import annotations

import errno
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

from wijkveilig.warehouse.reading import UNDATED, Areas, Observations

QUERIES = Path(__file__).parent / "queries"
Columns = dict[str, npt.NDArray[Any]]  # only the query knows the types of its columns
Parameter = str | int | list[str]

_OBSERVATIONS = """area VARCHAR, measure VARCHAR, code VARCHAR, first INTEGER, months SMALLINT,
    value DOUBLE, status VARCHAR, row INTEGER"""
_AREAS = """code VARCHAR, level VARCHAR, name VARCHAR, parent VARCHAR, lon DOUBLE, lat DOUBLE,
    wkb BLOB, water BOOLEAN"""


def connect() -> duckdb.DuckDBPyConnection:
    """An empty warehouse in memory: the tables `observations` and `areas`, each with a column batch."""
    connection = duckdb.connect(":memory:", config={"threads": 2, "preserve_insertion_order": True})
    connection.execute(f"CREATE TABLE observations (batch VARCHAR, {_OBSERVATIONS})")
    connection.execute(f"CREATE TABLE areas (batch VARCHAR, {_AREAS})")
    return connection


def fill(connection: duckdb.DuckDBPyConnection, batch: str, observations: Observations, areas: Areas) -> None:
    """Add the rows of one batch to the tables of `connect`."""
    for count, columns, statement in (
        (len(observations), _figures(observations), "_add_observations"),
        (len(areas), _places(areas), "_add_areas"),
    ):
        if count:
            connection.register("_read", columns)
            connection.execute(query_text(statement), [batch])
            connection.unregister("_read")


def write(folder: Path, observations: Observations, areas: Areas) -> None:
    """Write observations.parquet and areas.parquet in `folder`; a file without rows is not written.

    OSError when the disk is full or fails.
    """
    connection = connect()
    fill(connection, "", observations, areas)
    try:
        if len(observations):
            connection.sql(query_text("_write_observations")).write_parquet(str(folder / "observations.parquet"))
        if len(areas):
            connection.sql(query_text("_write_areas")).write_parquet(str(folder / "areas.parquet"))
    except duckdb.IOException as failed:
        told = re.search(r'"errno":"(\d+)"', str(failed))
        full = errno.ENOSPC if "space" in str(failed).lower() else errno.EIO
        raise OSError(int(told[1]) if told else full, str(failed), str(folder)) from failed
    finally:
        connection.close()


@dataclass(frozen=True, slots=True)
class Stored:
    """A batch on disk: its id, its folder, and the year that its undated figures get (None: they stay undated)."""

    batch: str
    folder: Path
    year: int | None


def open_stored(stored: list[Stored]) -> duckdb.DuckDBPyConnection:
    """The tables of `connect` as views over what lies in these folders; nothing is read until a query asks."""
    connection = connect()
    connection.execute("CREATE TABLE _stored (batch VARCHAR, figures VARCHAR, places VARCHAR, first INTEGER)")
    for held in stored:
        files = (str(held.folder / "observations.parquet"), str(held.folder / "areas.parquet"))
        first = UNDATED if held.year is None else held.year * 12
        connection.execute("INSERT INTO _stored VALUES ($1, $2, $3, $4)", [held.batch, *files, first])
    for table, column, name in (("observations", "figures", "observations"), ("areas", "places", "areas")):
        there = tuple(_literal(path) for held in stored if (path := held.folder / f"{name}.parquet").exists())
        if there:
            connection.execute(f"DROP TABLE {table}")
            connection.execute(f"SET VARIABLE {column} = $1", [list(there)])
            connection.execute(query_text(f"_open_{name}"))
    return connection


def _literal(path: Path) -> str:
    """A path that DuckDB reads as it stands: what it would take for a pattern is put between brackets."""
    return re.sub(r"([\[*?])", r"[\1]", str(path))


def query_text(name: str) -> str:
    """The SQL of a named query; an unknown name raises KeyError with the names that there are."""
    path = QUERIES / f"{name}.sql"
    if not path.exists():
        raise KeyError(f"no query '{name}'; there are: {', '.join(sorted(p.stem for p in QUERIES.glob('[a-z]*.sql')))}")
    return path.read_text(encoding="utf-8")


def ask(connection: duckdb.DuckDBPyConnection, name: str, parameters: dict[str, Parameter]) -> Columns:
    """The columns of a named query as plain arrays: text and bytes as objects (None = NULL), numbers with NaN."""
    fetched = connection.execute(query_text(name), parameters).fetchnumpy()
    return {column: _plain(values) for column, values in fetched.items()}


def _plain(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    if not isinstance(values, np.ma.MaskedArray):
        return values
    if values.dtype.kind == "f":
        return np.asarray(values.filled(np.nan))
    if values.dtype.kind == "O":
        plain = np.array(values.data, dtype=object)
        plain[np.ma.getmaskarray(values)] = None  # filled(None) would put numpy's own '?' there
        return plain
    return np.asarray(values.data)


def _figures(held: Observations) -> Columns:
    return {
        "area": held.area,
        "measure": held.measure,
        "code": held.code,
        "first": held.first,
        "months": held.months,
        "value": held.value,
        "status": held.status,
        "row": held.row,
    }


def _places(held: Areas) -> Columns:
    wkb = np.empty(len(held), dtype=object)
    wkb[:] = [shape or b"" for shape in held.wkb]
    return {
        "code": held.code,
        "level": held.level,
        "name": _filled(held.name),
        "parent": _filled(held.parent),
        "lon": held.lon,
        "lat": held.lat,
        "wkb": wkb,
        "water": held.water,
    }


def _filled(texts: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    # A column that holds nothing but None has no type of text in DuckDB's eyes.
    made = np.empty(len(texts), dtype=object)
    made[:] = [text or "" for text in texts]
    return made
