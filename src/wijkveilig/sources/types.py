"""What the sources say to each other: the head of a file, match or miss, refusal, outcome."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from wijkveilig.sources.periods import LATEST
from wijkveilig.warehouse.batch import Json
from wijkveilig.warehouse.reading import Reading
from wijkveilig.warehouse.types import AreaCode


class Shape(StrEnum):
    """How a file is built."""

    TABLE = "table"
    RECORDS = "records"
    FEATURES = "features"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a file: how it is built, its column names and its first rows (at most 20).

    columns: as written, without quotes, blanks and byte order mark. sample: texts in the order of
    the columns. table: the table number in the address that an OData page carries ('47018NED').
    why: for a file that is no table at all, the Dutch sentence that says what it is.
    """

    shape: Shape
    columns: tuple[str, ...] = ()
    sample: tuple[tuple[str, ...], ...] = ()
    delimiter: str = ","
    table: str = ""
    why: str = ""

    def column(self, name: str) -> tuple[str, ...]:
        """The sample of one column; none where there is no such column."""
        if name not in self.columns:
            return ()
        place = self.columns.index(name)
        return tuple(row[place] for row in self.sample if place < len(row))


@dataclass(frozen=True, slots=True)
class Content:
    """A file's bytes, decompressed, with their checksum (sha256 in hex) and head.

    last_year: the last year of which there can be figures.
    """

    file: str
    raw: bytes
    checksum: str
    head: Head
    last_year: int = LATEST


@dataclass(frozen=True, slots=True)
class Match:
    """The source knows this file. `columns` are the file's names for what the source looks for."""

    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Miss:
    """The source does not know this file: the Dutch names of what it looked for and did not find."""

    missing: tuple[str, ...]


class Source(Protocol):
    """One outside source. Each module of this room with a `SOURCE` is found by itself."""

    @property
    def id(self) -> str:
        """The id that batches carry."""

    @property
    def title(self) -> str:
        """What it is, in Dutch."""

    def recognise(self, head: Head) -> Match | Miss:
        """Whether a file is of this source, by its content only."""

    def read(self, content: Content, only: AreaCode | None) -> Reading:
        """Read a file that was recognised; RefusedFile when it contradicts itself."""


class RefusedFile(Exception):  # noqa: N818 - the house's word: refused, with a reason for the user
    """A file that is not taken, with the Dutch reason and the rows that were read before it was refused."""

    def __init__(self, reason: str, *, source: str = "", rows_read: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.source = source
        self.rows_read = rows_read


class State(StrEnum):
    """What became of a file."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    ALREADY = "already"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What `ingest` did with one file. `batch` is None for a refused file.

    against: of a file that is refused because it contradicts batches, the ids of those that it may replace.
    why: the reason of a refusal without what to type on the command line.
    """

    file: str
    source: str | None
    state: State
    rows_read: int
    rows_kept: int
    rows_refused: int
    reasons: tuple[str, ...]
    notes: tuple[str, ...]
    batch: str | None
    against: tuple[str, ...] = ()
    why: str = ""

    def as_json(self) -> Json:
        """The object that `wijkveilig ingest --json` prints for this file."""
        return {
            "file": self.file,
            "source": self.source,
            "state": self.state.value,
            "rows_read": self.rows_read,
            "rows_kept": self.rows_kept,
            "rows_refused": self.rows_refused,
            "reasons": list(self.reasons),
            "notes": list(self.notes),
            "batch": self.batch,
        }


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that was not taken, with the Dutch reason. `rows_read` where it was recognised at all.

    batch: the id that it would have had, where it was read. against: the batches that it contradicts, and may
    replace when a person says so.
    """

    file: str
    reason: str
    source: str | None = None
    rows_read: int = 0
    batch: str | None = None
    against: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """The reason, and for a file that may replace a batch the command that does so."""
        how = (f"Vervangt het die batch, neem het dan met 'ingest --replace {batch}'." for batch in self.against)
        return " ".join((self.reason, *how))


@dataclass(frozen=True, slots=True)
class Readings:
    """Files that were read and belong together, in the order of their content, and those left out."""

    taken: tuple[Reading, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What `ingest` would do with files, without doing it.

    taken: files that would be accepted, with the notes that they would get. already: files that are there.
    twisted: files that were read and would be refused; `left_out` has the reason of each, by file, and of those
    that could not be read. Readings are in the order of the files.
    """

    taken: tuple[Reading, ...]
    already: tuple[Reading, ...]
    twisted: tuple[Reading, ...]
    left_out: tuple[LeftOut, ...]
