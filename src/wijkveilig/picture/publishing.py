"""Making an edition: every level and period of a town, written as small files in a new folder.

The folder is written beside its place and renamed at the end, so an edition is there whole or not at all.
Its name comes from its content's origin: batches, code version and parameters.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from wijkveilig import __version__
from wijkveilig.picture import packing
from wijkveilig.picture.build import Layer, build, columns_of
from wijkveilig.picture.columns import YEAR, Column
from wijkveilig.picture.edition import Edition, EditionPeriod, Shapes, Span, read_edition
from wijkveilig.picture.outlines import blanks, outlines, water
from wijkveilig.picture.refs import area_refs, indicator_refs
from wijkveilig.picture.road import batches_used, origins
from wijkveilig.picture.runs import runs_of
from wijkveilig.picture.town import Town
from wijkveilig.warehouse.types import Level, Period

LEVELS = (Level.NEIGHBOURHOOD, Level.DISTRICT, Level.MUNICIPALITY)
Report = Callable[[int, int], None]


@dataclass(frozen=True)
class Plan:
    """The periods of an edition; the first is the one that attention is about."""

    periods: tuple[EditionPeriod, ...]


def plan_periods(town: Town, last: Period) -> Plan:
    """The last 12 reported months, the last 36, and every complete calendar year."""
    cut = town.incomplete_from(last.last)
    marked = cut is not None and cut <= last.last
    yearly = last.months == YEAR
    periods = [
        EditionPeriod("laatste-12" if yearly else str(last), last, Span.LAST_YEAR if yearly else Span.MONTH, marked)
    ]
    reported = set(town.reported(last.last))
    three = Period.ending(last.last, 3 * YEAR)
    if all(month in reported for month in range(three.first, three.last + 1, town.step)):
        periods.append(EditionPeriod("laatste-36", three, Span.THREE_YEARS, marked))
    for year in range(last.last // YEAR, town.counts.first // YEAR - 1, -1):
        whole = Period.year(year)
        if whole != last and all(month in reported for month in range(whole.first, whole.last + 1, town.step)):
            periods.append(EditionPeriod(str(year), whole, Span.CALENDAR_YEAR, cut is not None and cut <= whole.last))
    return Plan(tuple(periods))


@cache
def code_version() -> str:
    """The version of the package with eight signs of the code that makes figures: other code, other edition."""
    made = hashlib.sha256()
    package = Path(__file__).resolve().parent.parent
    for room in ("analysis", "areas", "picture"):
        for path in sorted((package / room).rglob("*")):
            if path.suffix in (".py", ".yaml"):
                made.update(path.relative_to(package).as_posix().encode() + path.read_bytes())
    return f"{__version__}+{made.hexdigest()[:8]}"


def edition_id(town: Town, plan: Plan) -> str:
    """Sixteen signs that follow from batches, code version and parameters."""
    last = plan.periods[0].period
    parts = [
        code_version(),
        town.municipality,
        *sorted(batches_used(town, last)),
        *sorted(town.batches),
        *town.counts.batches,
    ]
    parts += [f"{one.id}:{one.period}" for one in plan.periods]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def publish(town: Town, plan: Plan, editions: Path, report: Report | None = None) -> Edition:
    """Write the edition of a plan in the folder `editions` and return its reader; one that is there is kept.

    `report(done, of)` hears how far it is.
    """
    name = edition_id(town, plan)
    place = editions / name
    if not place.exists():
        editions.mkdir(parents=True, exist_ok=True)
        draft = editions / f".{name}.{os.getpid()}"
        shutil.rmtree(draft, ignore_errors=True)
        _write(town, plan, draft, name, report or (lambda _done, _of: None))
        _settle(draft, place)
    return read_edition(place)


def _settle(draft: Path, place: Path) -> None:
    """Give the finished draft its name; when another process was first, its edition is the same one."""
    try:
        draft.rename(place)
    except OSError:
        if not place.exists():
            raise
        shutil.rmtree(draft)


def _write(town: Town, plan: Plan, folder: Path, name: str, report: Report) -> None:
    last = plan.periods[0].period
    columns = columns_of(town, last.last)
    layers: dict[str, dict[Level, Layer]] = {}
    steps = len(plan.periods) + 1
    for done, one in enumerate(plan.periods):
        report(done, steps)
        layers[one.id] = {level: build(town, level, one.period, columns) for level in LEVELS}
    report(len(plan.periods), steps)
    main = layers[plan.periods[0].id]
    edition = Edition(
        folder=folder,
        id=name,
        municipality=town.municipality,
        name=town.name or town.municipality,
        code_version=code_version(),
        dated_on=max((batch.fetched_on for batch in town.batches.values() if batch.fetched_on), default=None),
        reported_until=last.last,
        incomplete_from=town.incomplete_from(last.last),
        step=town.step,
        made_from=origins(town, batches_used(town, last), last),
        areas=area_refs(town, main, last),
        indicators=indicator_refs(town, columns, main, layers),
        periods=plan.periods,
        attention=main[Level.NEIGHBOURHOOD].attention,
        notes=tuple(text for _batch, text in town.notes(last)),
    )
    _write_files(edition, town, columns, layers, folder)
    report(steps, steps)


def _write_files(
    edition: Edition, town: Town, columns: tuple[Column, ...], layers: dict[str, dict[Level, Layer]], folder: Path
) -> None:
    raw = packing.pack(edition)
    raw.pop("folder")
    _put(folder / "edition.json", raw)
    _put(folder / "shapes.json", packing.pack(Shapes(outlines(town), water(town), blanks(town))))
    first = edition.periods[0]
    for level in LEVELS:
        packed = {period: _pack_figures(found[level]) for period, found in layers.items()}
        runs = runs_of(town, level, columns, first.period, layers[first.id][level])
        for area, series in zip(layers[first.id][level].areas, runs, strict=True):
            figures = {period: table[area.code] for period, table in packed.items()}
            _put(folder / "area" / f"{area.code}.json", {"figures": figures, "series": packing.pack(series)})
        for item in columns:
            name = item.indicator.id
            by_area = {period: {code: row[name] for code, row in table.items()} for period, table in packed.items()}
            _put(folder / "indicator" / level.value / f"{name}.json", by_area)


def _pack_figures(layer: Layer) -> dict[str, dict[str, object]]:
    """Area code → indicator id → the packed figure."""
    return {area.code: {figure.indicator: packing.pack(figure) for figure in area.figures} for area in layer.areas}


def _put(path: Path, packed: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(packing.to_bytes(packed))


def keep_only(editions: Path, keep: Sequence[str]) -> None:
    """Throw away drafts of builds that were cut off, and editions that nothing names any more."""
    for folder in editions.iterdir() if editions.exists() else ():
        if folder.is_dir() and folder.name not in keep:
            shutil.rmtree(folder, ignore_errors=True)
