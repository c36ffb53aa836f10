"""Whether two files say different things about the same area, code and period.

A month that a file itself marks as incomplete or not reported is no contradiction, and neither are a few
small revisions: sources correct their figures. A figure that turns into withheld or missing, or the reverse,
is a change of the whole figure; only a key figure that one of two files lacks says nothing.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wijkveilig.sources.dutch import number
from wijkveilig.warehouse.batch import Batch
from wijkveilig.warehouse.measures import REGISTERED_CRIME
from wijkveilig.warehouse.reading import UNDATED, Observations
from wijkveilig.warehouse.types import Period, Status

SMALL = 5.0  # a figure may change by so much
SMALL_SHARE = 0.1  # or by this share of the larger
SMALL_TOTAL = 0.02  # and all changes together by this share of all figures compared


@dataclass(frozen=True, slots=True)
class Comparison:
    """Figures that two files share: how many, how many differ, and the Dutch sentence about it.

    contradicts: the differences are more than small revisions. seen_back: the sentence as the other file sees it.
    """

    shared: int
    different: int
    contradicts: bool
    text: str = ""
    seen_back: str = ""


NOTHING = Comparison(0, 0, contradicts=False)


Key = tuple[str, str, str, int, int]


class Keyed:
    """The figures of a batch that can be held against another's, by key: those of a known period that it reported.

    They are looked up once, when they are first needed.
    """

    def __init__(self, held: Observations, batch: Batch) -> None:
        self.batch = batch
        self._held = held

    @functools.cached_property
    def figures(self) -> dict[Key, float]:
        """Value by (area, measure, code, first month, months), NaN where the source has none."""
        held = self._held
        keep = (held.first != UNDATED) & _settled(held, self.batch) & _reported(held, self.batch)
        # Key figures of two files meet on their measure, whatever number their column has; counts on their code.
        code = np.where(held.measure == REGISTERED_CRIME, held.code, "")
        keys = zip(*(c[keep].tolist() for c in (held.area, held.measure, code, held.first, held.months)), strict=True)
        return dict(zip(keys, held.value[keep].tolist(), strict=True))


def compare(new: Keyed, old: Keyed) -> Comparison:
    """Hold the figures of `new` against those of `old`."""
    mine, theirs = new.figures, old.figures
    shared = sorted(mine.keys() & theirs.keys())
    if not shared:
        return NOTHING
    a = np.array([mine[key] for key in shared])
    b = np.array([theirs[key] for key in shared])
    gap = np.abs(np.nan_to_num(a) - np.nan_to_num(b))
    changed = (gap > 0) | (np.isnan(a) != np.isnan(b))
    different = int(changed.sum())
    if different == 0:
        return Comparison(len(shared), 0, contradicts=False)
    large = (gap > SMALL) & (gap > SMALL_SHARE * np.fmax(a, b))
    too_much = bool(gap.sum() > max(SMALL, SMALL_TOTAL * min(np.nansum(a), np.nansum(b))))
    worst = int(np.argmax(np.where(changed, gap, -1)))
    area, measure, code, first, months = shared[worst]
    said = (
        f"{number(different)} van {number(len(shared))} cijfers verschillen, "
        f"het meest {area}, {code or measure}, {Period(first, months)}: "
    )
    one, two = _said(a[worst]), _said(b[worst])
    return Comparison(
        shared=len(shared),
        different=different,
        contradicts=bool(large.any()) or too_much,
        text=f"{said}{one} hier tegen {two} daar.",
        seen_back=f"{said}{two} hier tegen {one} daar.",
    )


def _said(value: float) -> str:
    return "geen cijfer" if np.isnan(value) else number(value)


def _reported(held: Observations, batch: Batch) -> npt.NDArray[np.bool_]:
    """False where the figure is missing because the batch never recorded the type or did not report the month.

    Of key figures false wherever one is missing: sources publish them bit by bit.
    """
    missing = held.status == str(Status.MISSING)
    unheld = np.isin(held.code, batch.unrecorded_codes) | np.isin(held.first, batch.unreported_months)
    return np.asarray(~(missing & (unheld | (held.measure != REGISTERED_CRIME))), dtype=bool)


def _settled(held: Observations, batch: Batch) -> npt.NDArray[np.bool_]:
    if batch.incomplete_from is None:
        return np.ones(len(held), dtype=bool)
    return held.first + held.months - 1 < batch.incomplete_from
