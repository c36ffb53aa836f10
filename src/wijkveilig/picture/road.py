"""The whole road in one go, without database or server: raw files in, the picture of a municipality out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from wijkveilig.picture.build import build, columns_of
from wijkveilig.picture.facts import LeftOut, Origin, Picture
from wijkveilig.picture.left_out import why_unused
from wijkveilig.picture.town import NothingCountedError, Town, read_town
from wijkveilig.sources.services import read_files
from wijkveilig.warehouse.batch import Batch
from wijkveilig.warehouse.store import Warehouse
from wijkveilig.warehouse.types import AreaCode, Level, Period


class NoPictureError(Exception):
    """No picture can be made; the text says why (Dutch), `left_out` which files were not used and why."""

    def __init__(self, reason: str, left_out: tuple[LeftOut, ...]) -> None:
        super().__init__(reason)
        self.left_out = left_out


@dataclass(frozen=True)
class Made:
    """A picture, and the town that it was made of (for the pages beside it)."""

    picture: Picture
    town: Town


def make_picture(code: AreaCode, paths: Sequence[Path], period: Period | None = None) -> Made:
    """The safety picture of a municipality from files and folders; without a period the last 12 reported months.

    Files that are not used are listed with the reason. Raises NoPictureError when no file counts crime by
    neighbourhood for the municipality (in that period).
    """
    readings = read_files(paths, only=code)
    warehouse = Warehouse.memory(readings.taken)
    left_out = tuple(LeftOut(file.file, file.reason) for file in readings.left_out)
    try:
        town = read_town(warehouse, code, period)
        chosen = period or town.last_period()
    except NothingCountedError as nothing:
        unused = tuple(
            LeftOut(reading.batch.file, why_unused(reading, code, period, None)) for reading in readings.taken
        )
        raise NoPictureError(str(nothing), left_out + unused) from nothing
    used = batches_used(town, chosen)
    unused = tuple(
        LeftOut(reading.batch.file, why_unused(reading, code, period, town))
        for reading in readings.taken
        if reading.batch.id not in used
    )
    return Made(picture_of(town, chosen, used, left_out + unused), town)


def picture_of(town: Town, period: Period, used: frozenset[str], left_out: tuple[LeftOut, ...]) -> Picture:
    """The facts of one period: neighbourhoods, the city, and what asks for attention."""
    columns = columns_of(town, period.last)
    layer = build(town, Level.NEIGHBOURHOOD, period, columns)
    city = build(town, Level.MUNICIPALITY, period, columns)
    seen = town.areas_until(period.last)
    return Picture(
        area=town.municipality,
        name=town.name,
        period=period,
        made_from=origins(town, used, period),
        left_out=left_out,
        areas=tuple(area for area in layer.areas if area.code in seen),
        city=city.areas[0],
        attention=layer.attention,
        incomplete_from=town.incomplete_from(period.last),
        notes=tuple(text for _batch, text in town.notes(period)),
    )


def batches_used(town: Town, period: Period) -> frozenset[str]:
    """The batches that a picture rests on: its counts, the denominators of its period, and all files of areas."""
    per = town.per[Level.NEIGHBOURHOOD]
    chosen = {per.choose(column.indicator.denominators, period) for column in columns_of(town, period.last)}
    denominators = {batch for choice in chosen if choice for batch in per.origins.get(choice, ())}
    divisions = {division.batch for division in town.known_of.divisions}
    return frozenset({*town.counts.batches, *denominators, *divisions})


def origins(town: Town, used: frozenset[str], period: Period) -> tuple[Origin, ...]:
    """The files behind a picture, in the order of their content, each with what the picture leaves aside of it."""
    said = town.notes(period)
    return tuple(
        _origin(batch, tuple(text for name, text in said if name == batch.id))
        for batch in town.batches.values()
        if batch.id in used
    )


def _origin(batch: Batch, aside: tuple[str, ...]) -> Origin:
    return Origin(
        file=batch.file,
        source=batch.source,
        title=batch.title,
        publisher=batch.publisher,
        licence=batch.licence,
        batch=batch.id,
        fetched_on=batch.fetched_on,
        division=batch.division,
        notes=(*aside, *batch.notes, *(check.text for check in batch.checks if check.ok is False)),
    )
