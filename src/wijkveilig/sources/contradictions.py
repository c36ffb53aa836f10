"""Whether two files say different things about the same area, code and period.

A month that a file itself marks as incomplete or not reported is no contradiction, and neither are a few
small revisions: sources correct their figures.
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

    contradicts: the differences are more than small revisions.
    """

    shared: int
    different: int
    contradicts: bool
    text: str


NOTHING = Comparison(0, 0, contradicts=False, text="")


Key = tuple[str, str, str, int, int]


class Keyed:
    """The figures of a batch that can be held against another's: those with a value and a known period, by key.

    They are looked up once, when they are first needed.
    """

    def __init__(self, held: Observations, batch: Batch) -> None:
        self.batch = batch
        self._held = held

    @functools.cached_property
    def figures(self) -> dict[Key, float]:
        """Value by (area, measure, code, first month, months)."""
        held = self._held
        keep = (held.status == str(Status.VALUE)) & (held.first != UNDATED) & _settled(held, self.batch)
        # Key figures of two files meet on their measure, whatever number their column has; counts on their code.
        code = np.where(held.measure == REGISTERED_CRIME, held.code, "")
        keys = zip(*(c[keep].tolist() for c in (held.area, held.measure, code, held.first, held.months)), strict=True)
        return dict(zip(keys, held.value[keep].tolist(), strict=True))


def compare(new: Keyed, old: Keyed) -> Comparison:
    """Hold the figures of `new` against those of `old`."""
    mine, theirs, old_batch = new.figures, old.figures, old.batch
    shared = sorted(mine.keys() & theirs.keys())
    if not shared:
        return NOTHING
    a = np.array([mine[key] for key in shared])
    b = np.array([theirs[key] for key in shared])
    gap = np.abs(a - b)
    different = int((gap > 0).sum())
    if different == 0:
        return Comparison(len(shared), 0, contradicts=False, text="")
    large = (gap > SMALL) & (gap > SMALL_SHARE * np.maximum(a, b))
    too_much = bool(gap.sum() > max(SMALL, SMALL_TOTAL * b.sum()))
    worst = int(np.argmax(gap))
    area, measure, code, first, months = shared[worst]
    many, other = f"{number(different)} van {number(len(shared))}", f"'{old_batch.file}' (batch {old_batch.id})"
    most = f"{area}, {code or measure}, {Period(first, months)}: {number(a[worst])} tegen {number(b[worst])}"
    said = f"{many} cijfers verschillen van {other}, het meest {most}."
    return Comparison(len(shared), different, contradicts=bool(large.any()) or too_much, text=said)


def _settled(held: Observations, batch: Batch) -> npt.NDArray[np.bool_]:
    if batch.incomplete_from is None:
        return np.ones(len(held), dtype=bool)
    return held.first + held.months - 1 < batch.incomplete_from
