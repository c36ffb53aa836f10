"""All sources: every module of this room that has a `SOURCE`. A new source is a new file, nothing else."""

from __future__ import annotations

import functools
import importlib
import pkgutil

import wijkveilig.sources as room
from wijkveilig.sources.dutch import listed
from wijkveilig.sources.types import Head, Match, Miss, RefusedFile, Source


@functools.cache
def sources() -> tuple[Source, ...]:
    """The sources in the order of their ids."""
    names = sorted(module.name for module in pkgutil.iter_modules(room.__path__))
    modules = (importlib.import_module(f"{room.__name__}.{name}") for name in names if name not in _NO_SOURCES)
    return tuple(sorted((m.SOURCE for m in modules if hasattr(m, "SOURCE")), key=lambda source: source.id))


_NO_SOURCES = frozenset({"registry", "services"})  # they import this module


def recognise(head: Head) -> Source:
    """The source that knows most columns of this head; RefusedFile with what was looked for when none knows it."""
    answers = [(source, source.recognise(head)) for source in sources()] if not head.why else []
    known = [(source, answer) for source, answer in answers if isinstance(answer, Match)]
    if known:
        return max(known, key=lambda pair: (len(pair[1].columns), pair[0].id))[0]
    if head.why:
        titles = "; ".join(source.title for source in sources())
        raise RefusedFile(f"{head.why} Gezocht is naar: {titles}.")
    raise RefusedFile(_nobody([(s, a) for s, a in answers if isinstance(a, Miss)]))


def _nobody(misses: list[tuple[Source, Miss]]) -> str:
    """The refusal: what was looked for, the nearest first, and which columns are missing for each."""
    nearest = sorted(misses, key=lambda pair: (len(pair[1].missing), pair[0].id))
    looked = "; ".join(f"{source.title} (mist {listed(miss.missing)})" for source, miss in nearest)
    return f"Geen bron herkent dit bestand aan zijn inhoud. Gezocht is naar: {looked}."
