"""The warehouse: batches in a folder or in memory, behind one interface with named queries."""

from __future__ import annotations

import dataclasses
import gzip
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from wijkveilig.warehouse import catalog, tables
from wijkveilig.warehouse.batch import Batch, from_text, to_text
from wijkveilig.warehouse.catalog import BATCHES, Entry
from wijkveilig.warehouse.reading import Reading

Years = dict[str, int | None]
"""The year of batches, by id, that do not tell their own; None = unknown."""
Replaces = dict[str, tuple[str, ...]]
"""A new batch id to the ids of the batches whose place it takes."""


class Warehouse:
    """Observations and areas by batch. `Warehouse(folder)` keeps them; `Warehouse.memory(readings)` does not.

    A warehouse object sees the folder as it was when it was first asked something; after a write
    by itself it looks again, for another's write make a new one.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._alone = False
        self._readings: tuple[Reading, ...] = ()
        self._connection: duckdb.DuckDBPyConnection | None = None

    @classmethod
    def memory(cls, readings: Iterable[Reading]) -> Warehouse:
        """A warehouse of these readings that lives as long as the object."""
        made = cls(None)
        made._readings = tuple(sorted(readings, key=lambda reading: reading.batch.order))
        return made

    def batches(self, *, withdrawn: bool = False) -> tuple[Batch, ...]:
        """The batches that count, in the order of their content; with `withdrawn` also those that do not."""
        if self.folder is None:
            return tuple(reading.batch for reading in self._readings)
        held = (self._batch(entry) for entry in catalog.read_catalog(self.folder) if withdrawn or not entry.withdrawn)
        return tuple(sorted(held, key=lambda batch: batch.order))

    def entries(self) -> tuple[Entry, ...]:
        """The list as it stands on the disk, in the order in which batches came (empty in memory)."""
        return () if self.folder is None else catalog.read_catalog(self.folder)

    def ranks(self) -> dict[str, int]:
        """Batch ids with their rank: of two batches that give the same figure the higher one counts.

        In a folder the one that came later is higher, in memory the one later in the order of content.
        """
        came = [entry.id for entry in self.entries()] or [reading.batch.id for reading in self._readings]
        return {name: at for at, name in enumerate(came)}

    def columns(self, query_name: str, **parameters: tables.Parameter) -> tables.Columns:
        """The answer of a named query as arrays by column; `batches` is filled in with all that count.

        An unknown query raises KeyError with the names that there are.
        """
        if "batches" not in parameters:
            parameters["batches"] = [batch.id for batch in self.batches()]
        return tables.ask(self._tables(), query_name, parameters)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else writes while this lasts, and what is asked is the folder as it stands now.

        StoreError when the folder is no store of ours.
        """
        if self._alone:
            yield
            return
        with catalog.writing(self._own_folder()):
            self._forget()
            self._alone = True
            try:
                yield
            finally:
                self._alone = False

    def commit(
        self, readings: Iterable[Reading], *, replaces: Replaces | None = None, years: Years | None = None
    ) -> tuple[Batch, ...]:
        """Write these readings, all or none, and return their batches.

        replaces: a new batch id to the ids of the batches whose place it takes; those are withdrawn in the
        same step. years: the year that other batches now show for batches that do not tell their own
        (None: unknown). A batch that was withdrawn before counts again.
        """
        folder, taken = self._own_folder(), tuple(readings)
        with self.alone():
            there = {entry.id for entry in catalog.read_catalog(folder)}
            for reading in taken:
                if reading.batch.id not in there:  # a withdrawn batch that comes back has the same content and files
                    _write_batch(folder / BATCHES / reading.batch.id, reading)
            catalog.sync_folder(folder / BATCHES)
            catalog.replace_catalog(
                folder, _dated_entries(_with(catalog.read_catalog(folder), taken, replaces or {}), years)
            )
        self._forget()
        named = {reading.batch.id for reading in taken}
        return tuple(batch for batch in self.batches() if batch.id in named)

    def withdraw(self, batch_id: str, *, named_by: Iterable[str] = (), years: Years | None = None) -> Batch:
        """Take a batch out of the figures. Its files stay while something in `named_by` (editions) names it.

        years: as in `commit`. An id that is not there raises UnknownBatchError (a KeyError).
        """
        folder, keep = self._own_folder(), tuple(named_by)
        with self.alone():
            entries = catalog.read_catalog(folder)
            entry = next((entry for entry in entries if entry.id == batch_id), None)
            if entry is None:
                raise catalog.UnknownBatchError(batch_id)
            batch = dataclasses.replace(self._batch(entry), withdrawn=True)
            gone = dataclasses.replace(entry, withdrawn=True)
            rest = tuple(gone if held is entry else held for held in entries if keep or held is not entry)
            catalog.replace_catalog(folder, _dated_entries(rest, years))
            if not keep:
                shutil.rmtree(folder / BATCHES / batch_id)
        self._forget()
        return batch

    def prune(self, named: Iterable[str]) -> tuple[str, ...]:
        """Remove the files of withdrawn batches that nothing in `named` (batch ids of editions) needs; their ids."""
        folder, needed = self._own_folder(), set(named)
        with self.alone():
            entries = catalog.read_catalog(folder)
            gone = tuple(entry.id for entry in entries if entry.withdrawn and entry.id not in needed)
            if gone:
                catalog.replace_catalog(folder, tuple(entry for entry in entries if entry.id not in gone))
            for name in gone:
                shutil.rmtree(folder / BATCHES / name)
        self._forget()
        return gone

    def raw(self, batch_id: str) -> bytes:
        """The decompressed content of the file that a batch was made of."""
        return gzip.decompress((self._own_folder() / BATCHES / batch_id / "raw").read_bytes())

    def _own_folder(self) -> Path:
        if self.folder is None:
            raise ValueError("a warehouse in memory keeps nothing: make one with a folder")
        return self.folder

    def _forget(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _batch(self, entry: Entry) -> Batch:
        text = (self._own_folder() / BATCHES / entry.id / "manifest.json").read_text(encoding="utf-8")
        batch = dataclasses.replace(from_text(text), withdrawn=entry.withdrawn, replaces=entry.replaces)
        return batch if entry.division is None else dated(batch, entry.division, "de codes zijn die van andere batches")

    def _tables(self) -> duckdb.DuckDBPyConnection:
        if self._connection is None:
            stored = [
                tables.Stored(entry.id, self._own_folder() / BATCHES / entry.id, entry.division)
                for entry in self.entries()
            ]
            self._connection = tables.open_stored(stored) if stored else tables.connect()
            for reading in self._readings:
                tables.fill(self._connection, reading.batch.id, reading.observations, reading.areas)
        return self._connection


def _dated_entries(entries: tuple[Entry, ...], years: Years | None) -> tuple[Entry, ...]:
    given = years or {}
    return tuple(dataclasses.replace(entry, division=given.get(entry.id, entry.division)) for entry in entries)


def dated(batch: Batch, year: int, how: str) -> Batch:
    """The batch with the year of its codes; figures without a year get that year too, and a note says how."""
    if not batch.undated:
        return dataclasses.replace(batch, division=year)
    notes = (*batch.notes, f"Het jaar is {year}: {how}.")
    return dataclasses.replace(
        batch, division=year, first_month=year * 12, last_month=year * 12 + 11, undated=False, notes=notes
    )


def _with(entries: tuple[Entry, ...], taken: tuple[Reading, ...], replaces: Replaces) -> tuple[Entry, ...]:
    fresh = {reading.batch.id for reading in taken}
    gone = {old for new, held in replaces.items() if new in fresh for old in held}
    kept = tuple(
        dataclasses.replace(entry, withdrawn=entry.withdrawn or entry.id in gone)
        for entry in entries
        if entry.id not in fresh
    )
    came = sorted(taken, key=lambda reading: reading.batch.order)  # by content: no order of arguments decides
    return kept + tuple(Entry(reading.batch.id, replaces=replaces.get(reading.batch.id, ())) for reading in came)


def _write_batch(folder: Path, reading: Reading) -> None:
    folder.mkdir(exist_ok=True)
    tables.write(folder, reading.observations, reading.areas)
    (folder / "raw").write_bytes(gzip.compress(reading.raw, 6, mtime=0))
    (folder / "manifest.json").write_text(to_text(reading.batch), encoding="utf-8")
    for path in sorted(folder.iterdir()):
        handle = os.open(path, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)
    catalog.sync_folder(folder)
