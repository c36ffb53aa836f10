"""Residents and key figures of CBS per area: 83765NED-86165NED with their numbered columns, and selections.

The year stands in the numbers of the columns, in a column of its own, in the address of the page, or nowhere:
then the codes date the file (see dating), else the year is unknown. Empty, '.', and -99997 and the like are missing.
"""

from __future__ import annotations

from dataclasses import dataclass

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
from wijkveilig.warehouse.reading import UNDATED, Observations, Reading, is_inside
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
        """All rows; RefusedFile when an area has two figures for one year."""
        area = AREA.among(content.head.columns)
        if area is None:
            raise RefusedFile("Het bestand mist kolommen.", source=self.id)
        table = _wide(table_of(content)) if _codes_v4(content.head) else table_of(content)
        codes, refused = _areas(table, area)
        firsts, dated_by, yearless = _years(content, table)
        _refuse_twice(table, codes, firsts)
        comma = content.head.delimiter != ","
        figures, keep, unread = read_measures(table, codes, firsts, comma=comma)
        if not any(keep):
            raise RefusedFile("Geen enkele rij is te gebruiken.", source=self.id, rows_read=table.rows_read)
        inside = is_inside(figures.area, only)
        kept = sum(keep)
        reasons = (*table.refused, *gather(sorted([*refused, *yearless, *unread])))
        dates = [first for first, kept_row in zip(firsts, keep, strict=True) if kept_row and first is not None]
        undated = UNDATED in dates
        batch = Batch(
            id=content.checksum[:16],
            checksum=content.checksum,
            file=content.file,
            source=self.id,
            title=self.title,
            publisher="CBS",
            licence="CC BY 4.0",
            first_month=None if undated else min(dates),
            last_month=None if undated else max(dates) + 11,
            rows_read=table.rows_read,
            rows_kept=kept,
            rows_refused=table.rows_read - kept,
            reasons=reasons,
            notes=_notes(content, table, figures, dated_by),
            checks=(_check_ages(figures),),
            undated=undated,
        )
        areas = as_columns(_named_areas(table, area, codes, keep, only))
        return Reading(
            batch, figures.where(inside), areas, table.preview(), frozenset(c for c in codes if c), content.raw
        )


def _codes_v4(head: Head) -> tuple[str, ...]:
    """The measure codes of an OData v4 page that we know, in its first rows."""
    if "Measure" not in head.columns or "Value" not in head.columns or "SoortMisdrijf" in head.columns:
        return ()
    known = {code for measure in figure_spellings() for code in measure.codes}
    return tuple(code for code in dict.fromkeys(cell.strip() for cell in head.column("Measure")) if code in known)


def _wide(table: Table) -> Table:
    """The cells of an OData v4 page, one record each, as a table with a column per measure; other codes are dropped."""
    spelling = {code: measure.spellings[0] for measure in figure_spellings() for code in measure.codes}
    area = AREA.among(table.header) or ""
    cells: dict[str, dict[str, str | None]] = {}
    lines: dict[str, int] = {}
    for line, code, measure, value in zip(
        table.rows, table.column(area), table.column("Measure"), table.column("Value"), strict=True
    ):
        name = spelling.get((measure or "").strip())
        lines.setdefault(code or "", line)
        if name is not None:
            cells.setdefault(code or "", {})[name] = value
    names = tuple(sorted({name for held in cells.values() for name in held}))
    columns: list[Cells] = [[*cells], *([held.get(name) for held in cells.values()] for name in names)]
    return Table((area, *names), tuple(columns), [lines[code] for code in cells], len(cells), ())


def _areas(table: Table, area: str) -> tuple[list[str | None], list[tuple[int, str]]]:
    codes: list[str | None] = []
    refused = []
    prefix = prefix_of(area)
    for line, cell in zip(table.rows, table.column(area), strict=True):
        read = read_code(cell or "", prefix)
        if read is None:
            refused.append((line, f"'{(cell or '').strip()}' is geen gebiedscode van het CBS."))
        elif is_unknown_area(read.code):
            refused.append((line, "De code staat voor 'onbekend', niet voor een gebied."))
        codes.append(None if read is None or is_unknown_area(read.code) else str(read.code))
    return codes, refused


def _years(content: Content, table: Table) -> tuple[Firsts, str, list[tuple[int, str]]]:
    """Per row the month index of its year's first month; how the file was dated ('' if not); refused rows."""
    column = year_column(table.header)
    if column is not None:
        firsts, refused = read_years(table.column(column), table.rows)
        return firsts, f"de kolom {column}", refused
    dated = year_by_columns(content.head.columns, content.head.table)
    first = UNDATED if dated is None else dated.year * 12
    return [first] * len(table.rows), dated.how if dated else "", []


def _refuse_twice(table: Table, codes: list[str | None], firsts: Firsts) -> None:
    """RefusedFile when an area comes twice for one year: whether the rows are equal or not, one of them is not true."""
    seen: dict[tuple[str, int], int] = {}
    for line, code, first in zip(table.rows, codes, firsts, strict=True):
        if code is None or first is None:
            continue
        earlier = seen.setdefault((code, first), line)
        if earlier != line:
            raise RefusedFile(
                f"Het bestand spreekt zichzelf tegen: {code} staat er voor hetzelfde jaar in rij {earlier} "
                f"en in rij {line}.",
                source="key_figures",
                rows_read=table.rows_read,
            )


def _named_areas(
    table: Table, area: str, codes: list[str | None], keep: list[bool], only: AreaCode | None
) -> list[AreaRow]:
    """The names that the file gives its own areas; none where it only names the municipality."""
    column = NAMES.get(plain_name(area))
    name = next((held for held in table.header if plain_name(held) == column), None)
    if name is None:
        return []
    found: dict[str, AreaRow] = {}
    for line, code, said, kept in zip(table.rows, codes, table.column(name), keep, strict=True):
        if code and kept and (only is None or within(AreaCode(code), only)):
            found.setdefault(code, AreaRow(line, AreaCode(code), (said or "").strip() or None))
    return sorted(found.values(), key=lambda row: row.code)


def _notes(content: Content, table: Table, figures: Observations, dated_by: str) -> tuple[str, ...]:
    known = {column for column, _ in measure_columns(table.header)}
    other = [name for name in table.header if name not in known and plain_name(name) not in _PLAIN]
    notes = []
    if has_next_page(content):
        notes.append("De pagina zegt zelf dat er nog een volgt: de cijfers zijn onvolledig (afgekapt).")
    if dated_by:
        notes.append(f"Het jaar blijkt uit {dated_by}.")
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
