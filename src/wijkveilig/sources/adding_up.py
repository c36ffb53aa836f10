"""Parts against the total that the source itself gives: levels of areas, and types of crime.

A difference is reported with its figures and never refused: some crime has no neighbourhood, some
types are hidden at a low level, and a cut page lacks its last rows.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from wijkveilig.sources.counting import Counts
from wijkveilig.sources.dutch import number
from wijkveilig.warehouse.batch import Check
from wijkveilig.warehouse.types import Level, level_of

TOTAL = "0.0.0"
MOST_SHOWN = 5
_NAMES = {
    Level.COUNTRY: "Nederland",
    Level.MUNICIPALITY: "gemeenten",
    Level.DISTRICT: "wijken",
    Level.NEIGHBOURHOOD: "buurten",
}
_ORDER = (Level.COUNTRY, Level.MUNICIPALITY, Level.DISTRICT, Level.NEIGHBOURHOOD)


def check_levels(counts: Counts) -> tuple[Check, ...]:
    """For each pair of levels in the batch: do the lower areas add up to the source's own row of the higher one?

    Only for higher areas of which the file holds parts at the lower level: a page that ends inside the
    second municipality says nothing about the country.
    """
    levels = _levels(counts)
    present = [level for level in _ORDER if (levels == level).any()]
    checks = []
    for at, upper in enumerate(present):
        for lower in present[at + 1 :]:
            if upper is Level.COUNTRY and (lower is not Level.MUNICIPALITY or _is_part(levels)):
                continue
            checks.append(_compare_levels(counts, levels, upper, lower))
    return tuple(checks) or (Check("levels", None, "Het bestand geeft geen eigen totaal per hoger gebied."),)


def check_months(counts: Counts) -> tuple[Check, ...]:
    """Whether twelve months add up to the source's own figure for their year; nothing where there are not both."""
    months = np.array([period.months for period in counts.periods])
    years = {period.first: at for at, period in enumerate(counts.periods) if period.is_year}
    above = np.array([years.get(period.first // 12 * 12, -1) for period in counts.periods])
    part = (counts.status == 0) & (months == 1)[counts.period] & (above >= 0)[counts.period]
    own = (counts.status == 0) & np.isin(counts.period, list(years.values()))
    if not part.any() or not own.any():
        return ()
    wanted = _keys(counts, counts.area, counts.period, own)
    keys = _keys(counts, counts.area, above[counts.period], part)
    whole = _sums(wanted, keys, np.ones(len(keys))) == 12
    sums = _sums(wanted, keys, counts.value[part])[whole].tolist()
    rows = list(_lines(counts, np.flatnonzero(own)[whole], sums))
    return (_check("months/year", "De maanden tegen de eigen cijfers voor het jaar", rows),)


def check_types(counts: Counts) -> Check:
    """Whether the types of crime add up to the source's own total, over all areas of the lowest level."""
    leaves = [at for at, code in enumerate(counts.codes) if code != TOTAL and not _has_parts(code, counts.codes)]
    if TOTAL not in counts.codes or len(leaves) < 2:
        return Check("types", None, "Het bestand geeft geen eigen totaal met daarnaast de soorten misdrijf.")
    levels = _levels(counts)
    lowest = next(level for level in reversed(_ORDER) if (levels == level).any())
    here = (counts.status == 0) & (levels == lowest)[counts.area]
    parts = int(counts.value[here & np.isin(counts.code, leaves)].sum())
    total = int(counts.value[here & (counts.code == counts.codes.index(TOTAL))].sum())
    said = f"De {len(leaves)} soorten tellen over de {_NAMES[lowest]} op tot {number(parts)}"
    if parts == total:
        return Check("types", True, f"{said}, gelijk aan het eigen totaal van de bron.")
    return Check("types", False, f"{said}; het eigen totaal van de bron is {number(total)} ({_gap(parts, total)}).")


def _levels(counts: Counts) -> npt.NDArray[np.object_]:
    made = np.empty(len(counts.areas), dtype=object)
    made[:] = [level_of(area) for area in counts.areas]
    return made


def _is_part(levels: npt.NDArray[np.object_]) -> bool:
    """Whether the file holds so few municipalities that they cannot be the country."""
    return int((levels == Level.MUNICIPALITY).sum()) < 300


def _has_parts(code: str, codes: tuple[str, ...]) -> bool:
    return any(other.startswith(f"{code}.") for other in codes)


def _compare_levels(counts: Counts, levels: npt.NDArray[np.object_], upper: Level, lower: Level) -> Check:
    said = f"De {_NAMES[lower]} tegen de eigen cijfers voor {_NAMES[upper]}"
    return _check(f"{lower}/{upper}", said, list(_differences(counts, levels, upper, lower)))


def _check(name: str, said: str, rows: list[tuple[str, bool]]) -> Check:
    """The check of parts against totals; rows: per total the sentence, and whether it is equal."""
    wrong = [text for text, same in rows if not same]
    if not rows:
        return Check(name, None, f"{said}: niets om te vergelijken.")
    if not wrong:
        return Check(name, True, f"{said}: {number(len(rows))} vergelijkingen, alle gelijk.")
    more = f"; en nog {number(len(wrong) - MOST_SHOWN)}" if len(wrong) > MOST_SHOWN else ""
    shown = "; ".join(wrong[:MOST_SHOWN])
    return Check(name, False, f"{said}: {number(len(wrong))} van {number(len(rows))} verschillen: {shown}{more}.")


def _differences(
    counts: Counts, levels: npt.NDArray[np.object_], upper: Level, lower: Level
) -> Iterator[tuple[str, bool]]:
    """Per area of the upper level with parts, per type and period: the sentence, and whether the sums are equal."""
    places = {counts.areas[at]: int(at) for at in np.flatnonzero(levels == upper)}
    above = np.array([places.get(_at_level(area, upper), -1) for area in counts.areas])
    above[levels != lower] = -1
    part = (counts.status == 0) & (above >= 0)[counts.area]
    own = (counts.status == 0) & np.isin(counts.area, above[above >= 0])
    wanted = _keys(counts, counts.area, counts.period, own)
    sums = _sums(wanted, _keys(counts, above[counts.area], counts.period, part), counts.value[part])
    yield from _lines(counts, np.flatnonzero(own), sums.tolist())


def _lines(counts: Counts, own: npt.NDArray[np.int64], sums: list[int]) -> Iterator[tuple[str, bool]]:
    """Per total (its position in `own`) and the sum of its parts: the sentence, and whether they are equal."""
    totals = counts.value[own].astype(np.int64)
    for at, total, summed in zip(own.tolist(), totals.tolist(), sums, strict=True):
        code = counts.codes[counts.code[at]]
        name = f"{counts.areas[counts.area[at]]} {counts.periods[counts.period[at]]}"
        said = name if code == TOTAL else f"{name} {code}"
        yield f"{said}: {number(summed)} van {number(total)} ({_gap(summed, total)})", summed == total


def _sums(
    wanted: npt.NDArray[np.int64], keys: npt.NDArray[np.int64], values: npt.NDArray[np.float64]
) -> npt.NDArray[np.int64]:
    """For each wanted key (all different) the sum of the values that stand under it."""
    order = np.argsort(wanted)
    place = np.searchsorted(wanted[order], keys)
    hit = place < len(wanted)
    hit[hit] = wanted[order[place[hit]]] == keys[hit]
    sums = np.zeros(len(wanted), dtype=np.int64)
    np.add.at(sums, order[place[hit]], values[hit].astype(np.int64))
    return sums


def _keys(
    counts: Counts, area: npt.NDArray[np.int64], period: npt.NDArray[np.int64], keep: npt.NDArray[np.bool_]
) -> npt.NDArray[np.int64]:
    """One number per row for (area, type, period)."""
    return np.asarray(((area * len(counts.codes) + counts.code) * len(counts.periods) + period)[keep])


def _at_level(area: str, level: Level) -> str:
    """The code of the area of this level that an area lies in, by the build-up of CBS codes."""
    prefix, digits = {Level.MUNICIPALITY: ("GM", 4), Level.DISTRICT: ("WK", 6)}.get(level, ("NL", 0))
    return f"{prefix}{area[2 : 2 + digits]}" if digits else "NL00"


def _gap(parts: int, total: int) -> str:
    share = f", {number(100 * abs(parts - total) / total, 1)} %" if total else ""
    return f"verschil {number(total - parts)}{share}"
