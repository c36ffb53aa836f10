"""A batch: what one file brought, its check report, and where it came from.

A batch is immutable; `catalog.json` only says whether it counts (withdrawn, replaced, dated).
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]  # the one place where text from disk has no type yet


@dataclass(frozen=True, slots=True)
class Reason:
    """Why rows were refused: the first row (line in the file, None for the whole file), the Dutch text, how many."""

    row: int | None
    text: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the check report; `ok` is None where there was nothing to compare with."""

    name: str
    ok: bool | None
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A month index from which the source counts in another way, with the Dutch sentence that says how."""

    month: int
    text: str


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts of the whole batch, over all areas of its most detailed level.

    counts[code][period]: integers, -1 where the batch has no figure at all; period p covers the
    `step` months from month index first + p * step. What was not recorded or reported is judged over every
    level that the batch holds: zeros[code] is the last month index of the earliest period in which any area
    has a zero, above[code] that of the earliest in which any area has more (None = never); silent[period]
    says that areas have figures and all are zero. Empty: they follow from counts.
    """

    codes: tuple[str, ...]
    first: int
    step: int
    counts: tuple[tuple[int, ...], ...]
    zeros: tuple[int | None, ...] = ()
    above: tuple[int | None, ...] = ()
    silent: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """The manifest of one batch. Months are month indexes; `division` is the year of the area codes.

    undated: the batch has figures, and nothing in the file says of which year.
    """

    id: str
    checksum: str
    file: str
    source: str
    title: str
    publisher: str
    licence: str
    fetched_on: str | None = None
    division: int | None = None
    first_month: int | None = None
    last_month: int | None = None
    rows_read: int = 0
    rows_kept: int = 0
    rows_refused: int = 0
    reasons: tuple[Reason, ...] = ()
    notes: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    marks: tuple[Mark, ...] = ()
    totals: Totals | None = None
    withdrawn: bool = False
    replaces: tuple[str, ...] = ()
    incomplete_from: int | None = None
    unreported_months: tuple[int, ...] = ()
    unrecorded_codes: tuple[str, ...] = ()
    undated: bool = False

    @property
    def order(self) -> tuple[int, int, str]:
        """Where the batch stands among others: by its content, never by its file's name."""
        return (self.division or 0, self.last_month or 0, self.checksum)


def to_text(batch: Batch) -> str:
    """The manifest as JSON text, the same bytes for the same batch."""
    return json.dumps(dataclasses.asdict(batch), ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def from_text(text: str) -> Batch:
    """Read a manifest that `to_text` wrote; a file that is none raises ValueError, KeyError or TypeError."""
    held: Json = json.loads(text)
    totals = held["totals"]
    held["reasons"] = tuple(Reason(**reason) for reason in held["reasons"])
    held["checks"] = tuple(Check(**check) for check in held["checks"])
    held["marks"] = tuple(Mark(**mark) for mark in held["marks"])
    held["totals"] = totals and Totals(
        codes=tuple(totals["codes"]),
        first=totals["first"],
        step=totals["step"],
        counts=tuple(tuple(row) for row in totals["counts"]),
        **{name: tuple(totals.get(name, ())) for name in ("zeros", "above", "silent")},
    )
    held["replaces"] = tuple(held["replaces"] or ())
    for name in ("notes", "unreported_months", "unrecorded_codes"):
        held[name] = tuple(held[name])
    return Batch(**held)
