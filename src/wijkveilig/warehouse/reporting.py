"""What a batch of counts did not report: types never recorded, months without a report, a last month cut short.

Pure functions on `counts[area, code, month]` (int64) with `known` (bool, same shape: the batch has a
figure there). Nothing after position `until` (a month's position, inclusive; None = the last) is looked
at, so that a picture of a past period does not depend on later counts. `judge` does the same on
the totals that a batch carries; those look at every level that the batch holds: a town without a
robbery in a table where the country has five hundred has a real zero.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wijkveilig.warehouse.batch import Totals

Counts = npt.NDArray[np.int64]
Known = npt.NDArray[np.bool_]

YEAR = 12
MOST_BACK = 3  # a report that is late is late by a few months at most
EDGE = 2.5  # standard deviations below the usual course of the year
LEAST_FALL = 0.08  # and at least so far below it (log scale): smaller is no news for a reader


@dataclass(frozen=True, slots=True)
class Reported:
    """Types that were never recorded, month indexes without a report, the first month that looks incomplete."""

    unrecorded: tuple[str, ...]
    unreported: tuple[int, ...]
    incomplete_from: int | None


def unrecorded_codes(counts: Counts, known: Known, until: int | None = None) -> Known:
    """Per code: whether it has figures up to `until` and all of them are zero.

    A code without figures (all withheld, or not in the file yet) is not said to be zero.
    """
    ever = (_seen(counts, known, until) > 0).any(axis=(0, 2))
    stop = counts.shape[2] if until is None else until + 1
    return np.asarray(known[:, :, : max(stop, 0)].any(axis=(0, 2)) & ~ever)


def unreported_months(counts: Counts, known: Known, until: int | None = None) -> Known:
    """Per month up to `until`: whether it has figures and all of them are zero; later months are false."""
    seen = _seen(counts, known, until)
    had = known[:, :, : seen.shape[2]].any(axis=(0, 1))
    made = np.zeros(counts.shape[2], dtype=bool)
    made[: seen.shape[2]] = had & ~(seen > 0).any(axis=(0, 1))
    return made


def likely_incomplete(counts: Counts, known: Known, until: int | None = None) -> int | None:
    """The first of the last months that stand far below what the batch leads to expect, or None.

    Each month is held against the mean of the twelve before it, and that share against the same
    calendar month of earlier years. At least thirteen reported months are needed.
    """
    seen = _seen(counts, known, until)
    whole = np.where(unreported_months(counts, known, until)[: seen.shape[2]], 0, seen.sum(axis=(0, 1)))
    last = len(whole) - 1
    while last >= 0 and whole[last] == 0:
        last -= 1
    first_cut: int | None = None
    for month in range(last, max(last - MOST_BACK, YEAR - 1), -1):
        if not _is_low(whole, month):
            break
        first_cut = month
    return first_cut


def judge(totals: Totals, until: int | None = None) -> Reported:
    """The same three answers for a batch; `until` is a month index (inclusive, None = the whole batch)."""
    counts = np.array(totals.counts, dtype=np.int64).reshape(1, len(totals.codes), -1)
    known = counts >= 0
    stop = counts.shape[2] - 1 if until is None else (until + 1 - totals.first) // totals.step - 1
    stop = min(stop, counts.shape[2] - 1)
    last = totals.first + (counts.shape[2]) * totals.step - 1 if until is None else until
    never = _never(totals, last) if totals.above else unrecorded_codes(counts, known, stop)
    quiet = np.array(totals.silent[: stop + 1]) if totals.silent else unreported_months(counts, known, stop)
    silent = np.flatnonzero(quiet) * totals.step + totals.first
    cut = likely_incomplete(counts, known, stop) if totals.step == 1 else None
    return Reported(
        unrecorded=tuple(code for code, gone in zip(totals.codes, never, strict=True) if gone),
        unreported=tuple(int(month) for month in silent),
        incomplete_from=None if cut is None else cut + totals.first,
    )


def _never(totals: Totals, last: int) -> Known:
    """Per code: whether areas of any level have figures up to month index `last`, and all of them are zero."""
    pairs = zip(totals.zeros, totals.above, strict=True)
    return np.array([z is not None and z <= last and (a is None or a > last) for z, a in pairs], dtype=bool)


def _seen(counts: Counts, known: Known, until: int | None) -> Counts:
    stop = counts.shape[2] if until is None else until + 1
    return np.where(known, counts, 0)[:, :, : max(stop, 0)]


def _share(whole: Counts, month: int) -> float:
    """A month against the mean of the twelve before it; NaN when one of them was not reported."""
    before = whole[month - YEAR : month]
    return float(whole[month] / before.mean()) if (before > 0).all() and whole[month] > 0 else float("nan")


def _is_low(whole: Counts, month: int) -> bool:
    """Whether `month` stands far below its usual share, given the spread of earlier months around theirs."""
    past = np.array([np.nan if m < YEAR else _share(whole, m) for m in range(month)])
    share = _share(whole, month)
    if np.isnan(share):
        return False
    same = past[month % YEAR :: YEAR]
    same = same[~np.isnan(same)]
    usual = float(same.mean()) if len(same) else 1.0
    spread = np.hypot(_usual_spread(past), 1 / np.sqrt(usual * whole[month - YEAR : month].mean()))
    if len(same) < 2:
        spread = max(spread, 0.1)  # the season of this month is not known yet
    return bool(np.log(share / usual) < -max(LEAST_FALL, EDGE * spread))


def _usual_spread(past: npt.NDArray[np.float64]) -> float:
    """Standard deviation (log scale) of the shares around the mean of their own calendar month."""
    left: list[float] = []
    for calendar_month in range(YEAR):
        same = past[calendar_month::YEAR]
        same = np.log(same[~np.isnan(same)])
        if len(same) > 1:
            left.extend((same - same.mean()) * np.sqrt(len(same) / (len(same) - 1)))
    return float(np.sqrt(np.mean(np.square(left)))) if left else 0.0
