"""From counts to a reading with its check report: what was not reported, what does not add up, what to know."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wijkveilig.sources.adding_up import check_levels, check_months, check_types
from wijkveilig.sources.codes import is_unknown_area
from wijkveilig.sources.counting import Counts
from wijkveilig.sources.dutch import counted, listed, month_name, number
from wijkveilig.sources.table import Table
from wijkveilig.sources.types import Content, RefusedFile
from wijkveilig.sources.unknown_codes import check_types_known
from wijkveilig.warehouse.batch import Batch, Mark, Totals
from wijkveilig.warehouse.reading import Reading, no_areas
from wijkveilig.warehouse.reporting import Reported, judge
from wijkveilig.warehouse.types import AreaCode, Level, Period, level_of, within

MISSING, WITHHELD = 1, 2  # positions in Counts.status
PAGES = frozenset({1_000, 10_000, 100_000})
_LOWEST = (Level.NEIGHBOURHOOD, Level.DISTRICT, Level.MUNICIPALITY, Level.COUNTRY)


@dataclass(frozen=True, slots=True)
class About:
    """What a source says of itself on every batch."""

    source: str
    title: str
    publisher: str
    licence: str
    notes: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()


def count_reading(
    content: Content, table: Table, counts: Counts, about: About, *, next_page: bool, only: AreaCode | None
) -> Reading:
    """The reading of one file of counts. The report is about the whole file, the figures about `only`."""
    if not len(counts.area):
        raise RefusedFile(
            " ".join(["Geen enkele rij is te gebruiken.", *(reason.text for reason in counts.refused[:3])]),
            source=about.source,
            rows_read=table.rows_read,
        )
    totals = _totals(counts)
    reported = judge(totals)
    marked = _not_reported(counts)
    batch = _batch(content, table, counts, about, totals, reported, next_page=next_page)
    inside = np.array([only is None or within(AreaCode(area), only) for area in counts.areas])
    return Reading(
        batch=batch,
        observations=marked.observations(inside[counts.area]),
        areas=no_areas(),
        preview=table.preview(),
        codes=frozenset(counts.areas),
        raw=content.raw,
    )


def _batch(
    content: Content,
    table: Table,
    counts: Counts,
    about: About,
    totals: Totals,
    reported: Reported,
    *,
    next_page: bool,
) -> Batch:
    first = min(period.first for period in counts.periods)
    last = max(period.last for period in counts.periods)
    cut = _cut_page(counts, table.rows_read, next_page=next_page)
    return Batch(
        id=content.checksum[:16],
        checksum=content.checksum,
        file=content.file,
        source=about.source,
        title=about.title,
        publisher=about.publisher,
        licence=about.licence,
        first_month=first,
        last_month=last,
        rows_read=table.rows_read,
        rows_kept=len(counts.area),
        rows_refused=table.rows_read - len(counts.area),
        reasons=counts.refused,
        notes=(*cut, *_notes(counts, reported), *about.notes),
        checks=(
            *check_levels(counts),
            *check_months(counts),
            check_types(counts),
            check_types_known(about.source, counts.codes),
        ),
        marks=tuple(mark for mark in about.marks if first < mark.month <= last),
        totals=totals,
        incomplete_from=reported.incomplete_from,
        unreported_months=reported.unreported,
        unrecorded_codes=reported.unrecorded,
    )


def _totals(counts: Counts) -> Totals:
    """Sums over the areas of the lowest level in the file, by month if it has months, else by year."""
    levels = {level_of(area) for area in counts.areas}
    lowest = next(level for level in _LOWEST if level in levels)
    low = np.array([level_of(area) is lowest for area in counts.areas])
    step = min(period.months for period in counts.periods)
    fits = np.array([period.months == step for period in counts.periods])
    first = min(period.first for period in counts.periods if period.months == step)
    length = (max(period.last for period in counts.periods if period.months == step) + 1 - first) // step
    use = (counts.status == 0) & low[counts.area] & fits[counts.period]
    place = np.array([(period.first - first) // step for period in counts.periods])[counts.period[use]]
    sums = np.zeros((len(counts.codes), length), dtype=np.int64)
    seen = np.zeros(sums.shape, dtype=bool)
    np.add.at(sums, (counts.code[use], place), counts.value[use].astype(np.int64))
    seen[counts.code[use], place] = True
    rows = np.where(seen, sums, -1)
    kept = tuple(tuple(int(count) for count in row) for row in rows)
    silent = _all_zero(counts, counts.period, len(counts.periods))
    steps = [(period.first - first) // step for period in counts.periods]
    quiet = {at for at, held, none in zip(steps, fits, silent, strict=True) if held and none}
    return Totals(
        codes=counts.codes,
        first=first,
        step=step,
        counts=kept,
        zeros=_earliest(counts, counts.value == 0),
        above=_earliest(counts, counts.value > 0),
        silent=tuple(at in quiet for at in range(length)),
    )


def _earliest(counts: Counts, which: npt.NDArray[np.bool_]) -> tuple[int | None, ...]:
    """Per type the last month index of the earliest period in which any area has such a figure; None = never."""
    never = np.iinfo(np.int64).max
    ends = np.array([period.last for period in counts.periods], dtype=np.int64)
    found = np.full(len(counts.codes), never)
    np.minimum.at(found, counts.code[which], ends[counts.period[which]])
    return tuple(None if end == never else int(end) for end in found)


def _all_zero(counts: Counts, column: npt.NDArray[np.int64], size: int) -> npt.NDArray[np.bool_]:
    """Per type or period (positions in `column`): whether areas have figures, and all are zero at every level."""
    has, more = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    has[column[counts.value == 0]] = True
    more[column[counts.value > 0]] = True
    return has & ~more


def _not_reported(counts: Counts) -> Counts:
    """The counts, where zeros of a type or period that is zero in the whole file become missing."""
    value, status = counts.value.copy(), counts.status.copy()
    never = _all_zero(counts, counts.code, len(counts.codes))[counts.code]
    silent = _all_zero(counts, counts.period, len(counts.periods))[counts.period]
    gone = (value == 0) & (never | silent)
    value[gone], status[gone] = np.nan, MISSING
    return dataclasses.replace(counts, value=value, status=status)


def _cut_page(counts: Counts, rows_read: int, *, next_page: bool) -> tuple[str, ...]:
    """Notes on a page that ends in the middle: it says so itself, or it is exactly as long as a page may be."""
    if not next_page and rows_read not in PAGES:
        return ()
    last = int(counts.area[-1])
    has = np.zeros((len(counts.areas), len(counts.periods)), dtype=bool)
    has[counts.area, counts.period] = True
    lacking = [str(counts.periods[at]) for at in np.flatnonzero(has.any(axis=0) & ~has[last])]
    limit = f"Het bestand telt precies {number(rows_read)} rijen, de grens van een pagina"
    why = "De pagina zegt zelf dat er nog een volgt" if next_page else limit
    said = f"{why}: de cijfers zijn waarschijnlijk onvolledig (afgekapt)."
    if not lacking:
        return (said,)
    return (said, f"Het laatste gebied, {counts.areas[last]}, mist {listed(lacking)}: dat is onvolledig.")


def _notes(counts: Counts, reported: Reported) -> tuple[str, ...]:
    notes = []
    if counts.repaired:
        many, first = counted(len(counts.repaired), "gebiedscode", "gebiedscodes"), counts.repaired[0]
        notes.append(f"Aangevuld met een voorloopnul: {many}, zoals {first}.")
    if unknown := [area for area in counts.areas if is_unknown_area(area)]:
        at = np.isin(counts.area, [counts.areas.index(area) for area in unknown]) & (counts.status == 0)
        many = number(counts.value[at].sum())
        notes.append(f"{listed(unknown)}: {many} misdrijven zonder bekend gebied; die staan in geen enkele buurt.")
    if partly := _areas_in_part(counts):
        many = counted(len(partly), "gebied heeft", "gebieden hebben")
        notes.append(f"{many} niet over alle perioden cijfers: {listed(partly)}.")
    if reported.unrecorded:
        one = ", of niet gebeurd in deze ene periode" if len(counts.periods) == 1 else ""
        kinds = listed(reported.unrecorded)
        notes.append(f"Soort {kinds} is overal en altijd 0: niet vastgelegd{one}, dus geen cijfer.")
    if reported.unreported:
        months = listed([_period_name(month, counts) for month in reported.unreported])
        notes.append(f"{months.capitalize()} is overal 0: niet aangeleverd, dus geen cijfer.")
    if reported.incomplete_from is not None:
        notes.append(
            f"Vanaf {month_name(reported.incomplete_from)} zijn de cijfers waarschijnlijk onvolledig: "
            "ze liggen ver onder wat het bestand laat verwachten. Ze tellen wel mee."
        )
    if withheld := int((counts.status == WITHHELD).sum()):
        notes.append(f"De bron houdt {counted(withheld, 'cijfer', 'cijfers')} achter; dat is iets anders dan 0.")
    if missing := int((counts.status == MISSING).sum()):
        many = counted(missing, "cijfer ontbreekt", "cijfers ontbreken")
        notes.append(f"{many} in het bestand; dat is iets anders dan 0.")
    return tuple(notes)


def _areas_in_part(counts: Counts) -> list[str]:
    """Areas that the file gives in some of its periods only: they appear, vanish, or the file was cut."""
    has = np.zeros((len(counts.areas), len(counts.periods)), dtype=bool)
    has[counts.area, counts.period] = True
    return [counts.areas[at] for at in np.flatnonzero(~has.all(axis=1) & has.any(axis=1))]


def _period_name(month: int, counts: Counts) -> str:
    step = min(period.months for period in counts.periods)
    return month_name(month) if step == 1 else str(Period(month, step))
