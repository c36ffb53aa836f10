"""From areas (with the key figures that stand beside them) to a reading with its check report."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from wijkveilig.sources.area_rows import AreaRow, as_columns, settle
from wijkveilig.sources.codes import ReadCode, read_code
from wijkveilig.sources.content import has_next_page
from wijkveilig.sources.dutch import counted, listed, number
from wijkveilig.sources.figure_columns import read_measures
from wijkveilig.sources.reasons import gather
from wijkveilig.sources.table import Table
from wijkveilig.sources.types import Content, RefusedFile
from wijkveilig.warehouse.batch import Batch, Check
from wijkveilig.warehouse.reading import UNDATED, Observations, Reading
from wijkveilig.warehouse.types import AreaCode, Level, level_of

PAGES = frozenset({1_000, 10_000, 100_000})
_SAID = {
    Level.COUNTRY: ("land", "landen"),
    Level.MUNICIPALITY: ("gemeente", "gemeenten"),
    Level.DISTRICT: ("wijk", "wijken"),
    Level.NEIGHBOURHOOD: ("buurt", "buurten"),
}


@dataclass(frozen=True, slots=True)
class AreaFile:
    """What a source says of a file of areas: who it is, its table, the codes of the whole file as written.

    prefix: the level that the column of the codes names (BU, WK, GM; '' for any), as `read_code` wants it.
    year: that of the division and its figures, where the file tells it.
    """

    source: str
    title: str
    publisher: str
    licence: str
    table: Table
    written: tuple[str, ...]
    prefix: str
    only: AreaCode | None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class ReadAreas:
    """The areas of a file, (row, why) of what was refused, (area, why) of those without shape or point, and the
    areas whose shape was repaired.
    """

    rows: list[AreaRow]
    refused: list[tuple[int, str]]
    shapeless: list[tuple[AreaCode, str]]
    repaired: list[AreaCode] = field(default_factory=list)


def area_reading(content: Content, file: AreaFile, read: ReadAreas) -> Reading:
    """The reading of one file of areas. The figures of the areas are read from the same table."""
    kept, dropped = settle(read.rows, file.source)
    reasons = (*file.table.refused, *gather([*read.refused, *dropped]))
    if not kept and (file.only is None or read.refused):
        said = ["Geen enkele rij is een gebied.", *(reason.text for reason in reasons[:3])]
        raise RefusedFile(" ".join(said), source=file.source, rows_read=file.table.rows_read)
    figures, unread = _figures(file.table, kept)
    written = [code for text in set(file.written) if (code := read_code(text, file.prefix))]
    year = file.year
    rows_read = len(kept) + sum(reason.count for reason in reasons)
    batch = Batch(
        id=content.checksum[:16],
        checksum=content.checksum,
        file=content.file,
        source=file.source,
        title=file.title,
        publisher=file.publisher,
        licence=file.licence,
        division=year,
        first_month=year * 12 if year and len(figures) else None,
        last_month=year * 12 + 11 if year and len(figures) else None,
        rows_read=rows_read,
        rows_kept=len(kept),
        rows_refused=rows_read - len(kept),
        reasons=reasons,
        notes=(*_cut(content, file), *_repaired(written), *_notes(kept, read, unread, figures)),
        checks=(_named(kept), _within_parents(kept)),
        undated=bool(len(figures)) and year is None,
    )
    dated = figures.dated(year) if year and len(figures) else figures
    return Reading(
        batch, dated, as_columns(kept), file.table.preview(), frozenset(str(code.code) for code in written), content.raw
    )


def _figures(table: Table, kept: list[AreaRow]) -> tuple[Observations, list[tuple[int, str]]]:
    """The key figures of land areas in the same table, and the cells that could not be read."""
    by_row = {row.row: str(row.code) for row in kept if not row.water}
    areas: list[str | None] = [by_row.get(line) for line in table.rows]
    firsts: list[int | None] = [UNDATED] * len(areas)
    figures, _, unread = read_measures(table, areas, firsts, comma=False)
    return figures, unread


def _repaired(written: list[ReadCode]) -> tuple[str, ...]:
    repaired = sorted(str(read.code) for read in written if read.repaired)
    if not repaired:
        return ()
    many = counted(len(repaired), "gebiedscode", "gebiedscodes")
    return (f"Aangevuld met een voorloopnul: {many}, zoals {repaired[0]}.",)


def _cut(content: Content, file: AreaFile) -> tuple[str, ...]:
    if has_next_page(content):
        return ("De pagina zegt zelf dat er nog een volgt: de lijst van gebieden is onvolledig (afgekapt).",)
    if len(file.written) in PAGES:
        limit = f"Het bestand telt precies {number(len(file.written))} gebieden, de grens van een pagina"
        return (f"{limit}: de lijst is waarschijnlijk onvolledig (afgekapt).",)
    return ()


def _notes(
    kept: list[AreaRow],
    read: ReadAreas,
    unread: list[tuple[int, str]],
    figures: Observations,
) -> tuple[str, ...]:
    notes = []
    counts = {level: sum(level_of(row.code) is level for row in kept) for level in _SAID}
    said = [counted(count, *_SAID[level]) for level, count in counts.items() if count]
    if said:
        notes.append(f"Het bestand kent {listed(said)}.")
    if read.shapeless:
        code, why = read.shapeless[0]
        notes.append(f"{counted(len(read.shapeless), 'gebied', 'gebieden')} zonder vorm of punt, zoals {code}: {why}.")
    if read.repaired:
        many = counted(len(read.repaired), "gebied", "gebieden")
        notes.append(f"Vorm hersteld, omdat een rand zichzelf kruiste: {many}, zoals {read.repaired[0]}.")
    if water := sum(row.water for row in kept):
        notes.append(f"Water, dat niet meetelt: {counted(water, 'gebied', 'gebieden')}.")
    if unread:
        notes.append(
            f"Van {counted(len(unread), 'gebied', 'gebieden')} is een kerncijfer niet te lezen: {unread[0][1]}"
        )
    if len(figures):
        names = sorted({str(name) for name in np.unique(figures.measure)})
        notes.append(f"Het bestand heeft ook kerncijfers ({counted(len(names), 'soort', 'soorten')}).")
    return tuple(notes)


def _named(kept: list[AreaRow]) -> Check:
    nameless = sum(row.name is None for row in kept)
    if nameless == 0:
        return Check("names", True, "Alle gebieden hebben een naam.")
    return Check(
        "names", False, f"{number(nameless)} van {number(len(kept))} gebieden hebben geen naam in dit bestand."
    )


def _within_parents(kept: list[AreaRow]) -> Check:
    """Whether the district that a file names is the one in the neighbourhood's own code."""
    told = [row for row in kept if row.parent is not None]
    other = [row for row in told if not row.code[2:].startswith((row.parent or "")[2:])]
    if not told:
        return Check("parents", None, "Het bestand noemt geen hoger gebied; dat volgt uit de code.")
    if not other:
        return Check("parents", True, f"Bij alle {number(len(told))} gebieden past het hogere gebied bij de code.")
    return Check(
        "parents",
        False,
        f"Bij {number(len(other))} gebieden hoort een ander hoger gebied dan de code zegt, zoals {other[0].code}.",
    )
