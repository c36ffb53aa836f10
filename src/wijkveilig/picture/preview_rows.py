"""The first rows of a file as they will be read, with what stood in the file beside them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from wijkveilig.picture import source_words, wording
from wijkveilig.picture.indicators import register
from wijkveilig.picture.source_words import Names
from wijkveilig.ui import numbers
from wijkveilig.ui.figures import Cell, Column, Table
from wijkveilig.warehouse.measures import REGISTERED_CRIME, measures
from wijkveilig.warehouse.reading import UNDATED, Observations, Reading
from wijkveilig.warehouse.types import Level, Status

PREVIEWED = 10
"""How many rows a preview shows."""
LONGEST = 90
"""How many characters of a row in the file are shown."""
PER_LINE = 3
"""Of a line with many figures only so many are shown: the next line says more than the hundredth column."""


def as_read(reading: Reading, names: Names) -> Table:
    """At most ten rows: figures with their area, subject, period and number, or areas with what they are."""
    return _figures(reading, names) if len(reading.observations) else _areas(reading, names)


def _figures(reading: Reading, names: Names) -> Table:
    held = reading.observations
    raw = dict(zip(reading.preview.lines, reading.preview.rows, strict=False))
    rows = [
        (
            source_words.with_code(str(held.area[at]), names),
            _subject(held, at),
            _period(held, at),
            _count(held, at),
            Cell("", small=_as_in_the_file(raw.get(int(held.row[at]), ()))),
        )
        for at in _shown(held, raw)
    ]
    return Table(
        (
            Column(_("Gebied")), Column(_("Onderwerp")), Column(_("Periode")), Column(_("Aantal"), numeric=True),
            Column(_("In het bestand stond")),
        ),
        rows,
    )  # fmt: skip


def _shown(held: Observations, raw: dict[int, tuple[str, ...]]) -> list[int]:
    """Positions of the figures to show: those of the lines that are known as they stood, else the first."""
    near = np.flatnonzero(np.isin(held.row, list(raw))) if raw else np.arange(0)
    near = near if len(near) else np.arange(min(len(held), PREVIEWED * PER_LINE))
    ordered = near[np.argsort(held.row[near], kind="stable")].tolist()
    return list(_few_of_a_line(held, ordered))[:PREVIEWED]


def _few_of_a_line(held: Observations, positions: list[int]) -> Iterator[int]:
    seen: dict[int, int] = {}
    for at in positions:
        line = int(held.row[at])
        seen[line] = seen.get(line, 0) + 1
        if seen[line] <= PER_LINE:
            yield at


def _subject(held: Observations, at: int) -> str:
    """'Woninginbraak', or what a key figure measures."""
    if held.measure[at] == REGISTERED_CRIME:
        return capfirst(str(register().of_code(str(held.code[at])).name))
    said = {one.measure: one.said for one in measures()}
    return capfirst(said.get(str(held.measure[at]), str(held.measure[at])))


def _period(held: Observations, at: int) -> str:
    first = int(held.first[at])
    if first == UNDATED:
        return _("jaar onbekend")
    return numbers.period_name(first, int(held.months[at]), wording.language())


def _count(held: Observations, at: int) -> str:
    status = str(held.status[at])
    if status != str(Status.VALUE):
        return _("ontbreekt") if status == str(Status.MISSING) else _("niet gegeven")
    value = float(held.value[at])
    return wording.number(value, 0 if value.is_integer() else 1)


def _areas(reading: Reading, names: Names) -> Table:
    held = reading.areas
    rows = []
    for at in range(min(len(held), PREVIEWED)):
        code = str(held.code[at])
        parent = str(held.parent[at]) if held.parent[at] else ""
        raw = next((row for row in reading.preview.rows if code in row), ())
        rows.append(
            (
                str(held.name[at] or _("zonder naam")),
                code,
                _kind(Level(held.level[at])),
                source_words.with_code(parent, names) if parent else "–",
                _place(reading, at),
                Cell("", small=_as_in_the_file(raw)),
            )
        )
    return Table(
        (
            Column(_("Gebied")), Column(_("Code")), Column(_("Soort gebied")), Column(_("Hoort bij")),
            Column(_("Op de kaart")), Column(_("In het bestand stond")),
        ),
        rows,
    )  # fmt: skip


def _kind(level: Level) -> str:
    return _("land") if level is Level.COUNTRY else wording.level_name(level)


def _place(reading: Reading, at: int) -> str:
    if reading.areas.wkb[at] is not None:
        return _("omtrek")
    return _("niet") if np.isnan(reading.areas.lon[at]) else _("punt")


def _as_in_the_file(row: tuple[str, ...]) -> str:
    text = "; ".join(f"“{cell}”" for cell in row)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
