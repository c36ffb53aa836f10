"""From a path to a reading: walk folders, open what is a file, let the source that knows it read it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from wijkveilig.sources.content import content_of
from wijkveilig.sources.periods import LATEST
from wijkveilig.sources.registry import recognise
from wijkveilig.sources.types import Content, RefusedFile
from wijkveilig.warehouse.reading import Reading
from wijkveilig.warehouse.types import AreaCode

UNREADABLE = (ValueError, TypeError, OverflowError, RecursionError)
"""What a reader raises on text that is not what it looked like; any other error is a fault of ours."""


def walk(paths: Iterable[Path | str]) -> Iterator[Path]:
    """Each file once: those named, and those in folders (links followed, sorted by name, hidden ones left out)."""
    seen: set[str] = set()
    for path in map(Path, paths):
        for file in _inside(path) if path.is_dir() else [path]:
            name = os.path.abspath(file)
            if name not in seen:
                seen.add(name)
                yield file


def open_file(path: Path, name: str, last_year: int = LATEST) -> Content:
    """The content of a file; RefusedFile when it is none, or cannot be opened or unpacked.

    last_year: figures of a later year cannot be.
    """
    try:
        if path.exists() and not path.is_file():
            raise RefusedFile("Dit is geen gewoon bestand.")  # a pipe or device might never end
        stored = path.read_bytes()
    except OSError as error:
        raise RefusedFile(f"Het bestand is niet te openen: {error.strerror}.") from error
    try:
        return content_of(stored, name, last_year=last_year)
    except UNREADABLE as error:
        raise _unreadable(error) from error


def read_content(content: Content, only: AreaCode | None) -> Reading:
    """What the source that knows this content makes of it; RefusedFile with the reason."""
    source = recognise(content.head)
    try:
        return source.read(content, only)
    except RefusedFile as refused:
        refused.source = refused.source or source.id
        raise
    except UNREADABLE as error:
        raise _unreadable(error, source.id) from error


def _unreadable(error: Exception, source: str = "") -> RefusedFile:
    said = " ".join(str(error).split())[:120]
    return RefusedFile(f"De inhoud van het bestand is niet te lezen ({type(error).__name__}: {said}).", source=source)


def _inside(folder: Path) -> list[Path]:
    """All files in a folder and its folders, each real folder once."""
    found: list[Path] = []
    been = {os.path.realpath(folder)}
    for here, folders, files in os.walk(folder, followlinks=True):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and _is_new(Path(here, name), been))
        found += (Path(here, name) for name in files if not name.startswith("."))
    return sorted(found)


def _is_new(folder: Path, been: set[str]) -> bool:
    real = os.path.realpath(folder)
    new = real not in been
    been.add(real)
    return new
