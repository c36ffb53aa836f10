"""Residents and key figures of CBS per area: 83765NED-86165NED with their numbered columns, and selections.

The year stands in the numbers of the columns, in a column of its own, in the address of the page, or nowhere:
then the codes date the file (see dating), else the year is unknown. Empty, '.', and -99997 and the like are missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress

import numpy as np

from wijkveilig.sources.area_rows import AreaRow, as_columns
from wijkveilig.sources.codes import is_unknown_area, prefix_of, read_code
from wijkveilig.sources.content import has_next_page
from wijkveilig.sources.dating import year_by_columns
from wijkveilig.sources.dutch import counted, listed, number
from wijkveilig.sources.figure_columns import figure_spellings, measure_columns, read_measures, read_years, year_column
from wijkveilig.sources.reasons import gather
from wijkveilig.sources.recognising import Column, plain_name
from wijkveilig.sources.table import Cells, Table, table_of
from wijkveilig.sources.types import Content, Head, Match, Miss, RefusedFile, Shape
from wijkveilig.warehouse.batch import Batch, Check
from wijkveilig.warehouse.reading import UNDATED, Observations, Reading
from wijkveilig.warehouse.types import AreaCode, within

AREA = Column(
    "een gebied (WijkenEnBuurten, bu_code, wk_code of gm_code)",
    ("wijkenenbuurten", "codering", "bu_code", "buurtcode", "wk_code", "wijkcode", "gm_code", "gemeentecode", "regios"),
)
ANY = "een kerncijfer zoals AantalInwoners_5"
NAMES = {"bu_code": "bu_naam", "wk_code": "wk_naam", "gm_code": "gm_naam"}
Firsts = list[int | None]


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """The source; see the module."""

    id: str = "key_figures"
    title: str = "Inwoners en kerncijfers per gebied"

    def recognise(self, head: Head) -> Match | Miss:
        """A table or JSON page with area codes and at least one key figure that we know."""
        if head.shape is Shape.FEATURES:
            return Miss((AREA.said, ANY))
        area = AREA.among(head.columns)
        known = bool(measure_columns(head.columns)) or bool(_codes_v4(head))
        missing = [said for said, there in ((AREA.said, area), (ANY, known)) if not there]
        if area and known and head.sample and not any(read_code(cell, prefix_of(area)) for cell in head.column(area)):
            missing.append(f"{AREA.said} met waarden als BU05050101")
        return Miss(tuple(missing)) if missing else Match((area or "",))

    def read(self, content: Content, only: AreaCode | None) -> Reading:
        """All rows (with `only` those of that area); RefusedFile when an area has two figures for one year."""
        rows = _read_rows(content, only)
        comma = content.head.delimiter != ","
        figures, keep, unread = read_measures(rows.table, rows.codes, rows.firsts, comma=comma)
        if not any(keep) and only is None:
            raise RefusedFile("Geen enkele rij is te gebruiken.", source=self.id, rows_read=rows.table.rows_read)
        return Reading(
            batch=self._batch(content, rows, figures, keep, unread),
            observations=figures,
            areas=as_columns(_named_areas(rows, keep)),
            preview=rows.table.preview(),
            codes=rows.known,
            raw=content.raw,
        )

    def _batch(
        self, content: Content, rows: _Rows, figures: Observations, keep: list[bool], unread: list[tuple[int, str]]
    ) -> Batch:
        parts = rows.table.parts()
        kept = sum(part for part, used in zip(parts, keep, strict=True) if used)
        per_line = dict(zip(rows.table.rows, parts, strict=True))
        refused = [pair for pair in sorted([*rows.refused, *unread]) for _ in range(per_line[pair[0]])]
        dates = [first for first, kept in zip(rows.firsts, keep, strict=True) if kept and first is not None]
        undated = UNDATED in dates
        return Batch(
            id=content.checksum[:16],
            checksum=content.checksum,
            file=content.file,
            source=self.id,
            title=self.title,
            publisher="CBS",
            licence="CC BY 4.0",
            first_month=None if undated or not dates else min(dates),
            last_month=None if undated or not dates else max(dates) + 11,
            rows_read=rows.table.rows_read,
            rows_kept=kept,
            rows_refused=rows.table.rows_read - kept,
            reasons=(*rows.table.refused, *gather(refused)),
            notes=_notes(content, rows, figures),
            checks=(_check_ages(figures),),
            undated=undated,
        )


@dataclass(frozen=True, slots=True)
class _Rows:
    """A file as a table with, per row, its area code and the first month of its year (None: the row is refused).

    area: the column of the codes; known: the codes of the whole file; repaired: how many codes had lost zeros;
    dated_by: what told the year ('' = nothing).
    """

    table: Table
    area: str
    known: frozenset[str]
    codes: list[str | None]
    repaired: int
    firsts: Firsts
    dated_by: str
    refused: list[tuple[int, str]]


def _read_rows(content: Content, only: AreaCode | None) -> _Rows:
    area = AREA.among(content.head.columns)
    if area is None:
        raise RefusedFile("Het bestand mist kolommen.", source="key_figures")
    table = _wide(table_of(content)) if _codes_v4(content.head) else table_of(content)
    codes, repaired, refused = _areas(table, area)
    known = frozenset(code for code in codes if code)
    if only is not None:
        inside = [code is not None and within(AreaCode(code), only) for code in codes]
        table, codes, refused = table.where(inside), list(compress(codes, inside)), []
    firsts, dated_by, yearless = _years(content, table)
    repeats = _without_repeats(table, codes, firsts)
    return _Rows(table, area, known, codes, repaired, firsts, dated_by, [*refused, *yearless, *repeats])


def _codes_v4(head: Head) -> tuple[str, ...]:
    """The measure codes of an OData v4 page that we know, in its first rows."""
    if "Measure" not in head.columns or "Value" not in head.columns or "SoortMisdrijf" in head.columns:
        return ()
    known = {code for measure in figure_spellings() for code in measure.codes}
    return tuple(code for code in dict.fromkeys(cell.strip() for cell in head.column("Measure")) if code in known)


def _wide(table: Table) -> Table:
    """The cells of an OData v4 page, one record each, as a table with a column per measure; other codes are refused.

    RefusedFile when one cell has two figures.
    """
    spelling = {code: measure.spellings[0] for measure in figure_spellings() for code in measure.codes}
    area = AREA.among(table.header) or ""
    cells: dict[str, dict[str, str | None]] = {}
    lines: dict[str, list[int]] = {}
    other: list[tuple[int, str]] = []
    columns = (table.column(name) for name in (area, "Measure", "Value"))
    for line, code, measure, value in zip(table.rows, *columns, strict=True):
        name = spelling.get((measure or "").strip())
        if name is None:
            other.append((line, f"Het onderwerp '{(measure or '').strip()}' kennen we niet."))
            continue
        lines.setdefault(code or "", []).append(line)
        if cells.setdefault(code or "", {}).setdefault(name, value) != value:
            raise RefusedFile(
                f"Het bestand spreekt zichzelf tegen: {code} heeft twee cijfers voor {measure}.",
                source="key_figures",
                rows_read=table.rows_read,
            )
    names = tuple(sorted({name for held in cells.values() for name in held}))
    wide: list[Cells] = [[*cells], *([held.get(name) for held in cells.values()] for name in names)]
    return Table(
        header=(area, *names),
        columns=tuple(wide),
        rows=[lines[code][0] for code in cells],
        rows_read=table.rows_read,
        refused=(*table.refused, *gather(other)),
        made_of=tuple(len(lines[code]) for code in cells),
    )


def _areas(table: Table, area: str) -> tuple[list[str | None], int, list[tuple[int, str]]]:
    """Per row its area code (None: refused), how many had lost zeros, and why rows were refused."""
    codes: list[str | None] = []
    refused = []
    repaired = 0
    prefix = prefix_of(area)
    for line, cell in zip(table.rows, table.column(area), strict=True):
        read = read_code(cell or "", prefix)
        if read is None:
            refused.append((line, f"'{(cell or '').strip()}' is geen gebiedscode van het CBS."))
        elif is_unknown_area(read.code):
            refused.append((line, "De code staat voor 'onbekend', niet voor een gebied."))
        codes.append(None if read is None or is_unknown_area(read.code) else str(read.code))
        repaired += read is not None and read.repaired
    return codes, repaired, refused


def _years(content: Content, table: Table) -> tuple[Firsts, str, list[tuple[int, str]]]:
    """Per row the month index of its year's first month; how the file was dated ('' if not); refused rows."""
    column = year_column(table.header)
    if column is not None:
        firsts, refused = read_years(table.column(column), table.rows, content.last_year)
        return firsts, f"de kolom {column}", refused
    dated = year_by_columns(content.head.columns, content.head.table)
    first = UNDATED if dated is None else dated.year * 12
    return [first] * len(table.rows), dated.how if dated else "", []


def _without_repeats(table: Table, codes: list[str | None], firsts: Firsts) -> list[tuple[int, str]]:
    """Strike out (in `codes`) rows that repeat an earlier row, and say so; RefusedFile when they say something else."""
    seen: dict[tuple[str, int], int] = {}
    refused = []
    for at, (code, first) in enumerate(zip(codes, firsts, strict=True)):
        if code is None or first is None:
            continue
        earlier = seen.setdefault((code, first), at)
        if earlier == at:
            continue
        if any(cells[at] != cells[earlier] for cells in table.columns):
            raise RefusedFile(
                f"Het bestand spreekt zichzelf tegen: {code} staat er voor hetzelfde jaar met andere cijfers "
                f"in rij {table.rows[earlier]} en in rij {table.rows[at]}.",
                source="key_figures",
                rows_read=table.rows_read,
            )
        codes[at] = None
        refused.append((table.rows[at], "De rij herhaalt een eerdere rij."))
    return refused


def _named_areas(rows: _Rows, keep: list[bool]) -> list[AreaRow]:
    """The names that the file gives its own areas; none where it only names the municipality."""
    column = NAMES.get(plain_name(rows.area))
    name = next((held for held in rows.table.header if plain_name(held) == column), None)
    if name is None:
        return []
    found: dict[str, AreaRow] = {}
    for line, code, said, kept in zip(rows.table.rows, rows.codes, rows.table.column(name), keep, strict=True):
        if code and kept:
            found.setdefault(code, AreaRow(line, AreaCode(code), (said or "").strip() or None))
    return sorted(found.values(), key=lambda row: row.code)


def _notes(content: Content, rows: _Rows, figures: Observations) -> tuple[str, ...]:
    known = {column for column, _ in measure_columns(rows.table.header)}
    other = [name for name in rows.table.header if name not in known and plain_name(name) not in _PLAIN]
    notes = []
    if has_next_page(content):
        notes.append("De pagina zegt zelf dat er nog een volgt: de cijfers zijn onvolledig (afgekapt).")
    if rows.repaired:
        notes.append(f"Aangevuld met een voorloopnul: {counted(rows.repaired, 'gebiedscode', 'gebiedscodes')}.")
    if rows.dated_by:
        notes.append(f"Het jaar blijkt uit {rows.dated_by}.")
    if missing := int((figures.status == "missing").sum()):
        notes.append(f"Niet gepubliceerd: {counted(missing, 'cijfer', 'cijfers')}; dat is iets anders dan 0.")
    notes.append("Het CBS rondt af op vijftallen: delen tellen niet altijd op tot het geheel.")
    if other:
        notes.append(f"Niet gebruikte kolommen: {listed(other)}.")
    return tuple(notes)


_PLAIN = frozenset(
    {"id", "measure", "value", *AREA.spellings, *NAMES.values(), "gemeentenaam", "soortregio", "perioden", "jaar"}
)


def _check_ages(figures: Observations) -> Check:
    """Whether the five age groups add up to the residents, within CBS's rounding."""
    names = ("age_0_14", "age_15_24", "age_25_44", "age_45_64", "age_65_plus")
    held = {name: figures.value[figures.measure == name] for name in ("residents", *names)}
    if not all(len(column) for column in held.values()):
        return Check("ages", None, "Het bestand heeft geen leeftijdsgroepen om tegen het aantal inwoners te houden.")
    gaps = np.abs(sum(held[name] for name in names) - held["residents"])  # every measure lists the same areas
    known = gaps[~np.isnan(gaps)]
    far = int((known > 20).sum())
    said = f"De leeftijdsgroepen tegen het aantal inwoners: {counted(len(known), 'gebied', 'gebieden')}"
    if far:
        return Check("ages", False, f"{said}, bij {number(far)} is het verschil groter dan afronding (20).")
    return Check("ages", True, f"{said}, alle binnen de afronding.")


SOURCE = KeyFigures()
