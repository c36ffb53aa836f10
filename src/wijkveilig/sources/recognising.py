"""Which columns a source looks for, and under what spellings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wijkveilig.sources.types import Head, Match, Miss

_NUMBER = re.compile(r"_\d+\Z")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a source needs: its Dutch description for a reader, and its spellings in small letters.

    A trailing number of CBS (GeregistreerdeMisdrijven_1) is no part of a spelling.
    """

    said: str
    spellings: tuple[str, ...]

    def among(self, columns: tuple[str, ...]) -> str | None:
        """The file's own name of this column, or None."""
        known = {plain_name(column): column for column in reversed(columns)}
        return next((known[spelling] for spelling in self.spellings if spelling in known), None)


def plain_name(column: str) -> str:
    """A column's name in small letters without CBS's trailing number."""
    return _NUMBER.sub("", column.strip()).lower()


def find_columns(head: Head, wanted: tuple[Column, ...]) -> Match | Miss:
    """The file's names for all wanted columns, or the descriptions of those that it lacks."""
    found = [column.among(head.columns) for column in wanted]
    missing = tuple(column.said for column, name in zip(wanted, found, strict=True) if name is None)
    return Miss(missing) if missing else Match(tuple(name for name in found if name is not None))
