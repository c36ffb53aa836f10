"""How far counts really reach: a stray row of a far month or year neither stretches a picture nor ends it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from wijkveilig.warehouse.tables import Columns
from wijkveilig.warehouse.types import Period, month_text

YEAR = 12
FAIR = 0.2
"""A last step that holds counts for a smaller share of the areas is no step that the file reports."""
HALF = 0.5
"""What lies more than a year from the rest must hold counts for more than this share of the areas."""
FURTHEST = 50 * YEAR
"""No picture looks further back than this many months."""

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Span:
    """Month indexes of the first and the last month that counts reach, inclusive."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Aside:
    """Rows of a batch that lie outside the span of its counts: where, and how many. `step` 1 months, 12 years."""

    batch: str
    steps: tuple[int, ...]
    step: int
    rows: int


def span_of(start: Ints, area: Ints, step: int, period: Period | None = None) -> Span:
    """The span of rows with a first month `start` and an area's number; steps at the far ends that are stray go.

    With a period the span ends with it, and what is later does not take part. ValueError without any row in time.
    """
    if period is not None:
        in_time = start + step - 1 <= period.last
        start, area = start[in_time], area[in_time]
    if not start.size:
        raise ValueError("no row lies in time")
    steps, at = np.unique(start, return_inverse=True)
    held = np.zeros((steps.size, int(area.max()) + 1), dtype=bool)
    held[at, area] = True
    share = held.sum(axis=1) / max(1, int(held.sum(axis=1).max()))
    begin, end = 0, steps.size - 1
    while period is None and end > 0 and _stray(share[end], steps[end] - steps[end - 1]):
        end -= 1
    while begin < end and steps[begin + 1] - steps[begin] > YEAR and share[begin] <= HALF:
        begin += 1
    last = int(steps[end]) + step - 1 if period is None else period.last
    oldest = last + 1 - FURTHEST
    first = next((int(one) for one in steps[begin : end + 1] if one >= oldest), int(steps[end]))
    return Span(first, last)


def _stray(share: float, gap: int) -> bool:
    """Whether a last step is no step that the file as a whole reports."""
    return share < FAIR or (gap > YEAR and share <= HALF)


def asides_of(parts: Iterable[Columns], step: int, span: Span, batches: Iterable[str]) -> tuple[Aside, ...]:
    """Per batch the rows of this step that lie outside the span, over all levels."""
    found: dict[str, list[int]] = defaultdict(list)
    for part in parts:
        start = part["first"].astype(np.int64)
        out = (part["months"] == step) & ((start < span.first) | (start + step - 1 > span.last))
        for batch, one in zip(part["batch"][out].tolist(), start[out].tolist(), strict=True):
            found[batch].append(one)
    return tuple(
        Aside(batch, tuple(sorted(set(found[batch]))), step, len(found[batch])) for batch in batches if batch in found
    )


def aside_text(aside: Aside) -> str:
    """What was left aside of a file, for whoever reads the picture (Dutch)."""
    rows = "1 rij telt" if aside.rows == 1 else f"{aside.rows} rijen tellen"
    return (
        f"{rows} niet mee: over {months_in_words(aside.steps, aside.step)} "
        "heeft het bestand voor te weinig gebieden een cijfer, of het ligt te ver van de rest."
    )


def gap_note(period: Period, step: int, reported: list[int]) -> str:
    """What a picture of the last reported months leaves aside of the months that are reported (Dutch); '' nothing."""
    later = tuple(month for month in reported if month > period.last)
    if step == 1 and later:
        holes = tuple(sorted(set(range(period.last + 1, later[-1] + 1)) - set(later)))
        return (
            f"Dit beeld gaat tot en met {month_text(period.last)}. Ook gemeld, maar niet meegeteld: "
            f"{months_in_words(later, 1)}. Een beeld telt twaalf maanden achter elkaar, en niet gemeld is: "
            f"{months_in_words(holes, 1)}."
        )
    if step == 1 and period.months == 1:
        earlier = tuple(month for month in reported if month < period.first)
        also = f" Ook gemeld, maar niet meegeteld: {months_in_words(earlier, 1)}." if earlier else ""
        return (
            "Er zijn geen twaalf gemelde maanden achter elkaar. "
            f"Daarom gaat dit beeld alleen over de laatste gemelde maand, {month_text(period.first)}.{also}"
        )
    return ""


def too_few_months_note(months: tuple[int, ...]) -> str:
    """That the same source also has counts by month, but not of a whole year (Dutch)."""
    return (
        f"De maandcijfers ({months_in_words(months, 1)}) tellen niet mee: "
        "het zijn minder dan twaalf maanden. Dit beeld rust op de cijfers per jaar."
    )


def months_in_words(steps: tuple[int, ...], step: int) -> str:
    """'2023-01 tot en met 2023-05, 2023-07' for months; '2998, 2999' for years."""
    runs: list[list[int]] = [[steps[0], steps[0]]]
    for before, month in pairwise(steps):
        if month - before == step:
            runs[-1][1] = month
        else:
            runs.append([month, month])
    name = month_text if step == 1 else _year_text
    return ", ".join(name(a) if a == b else f"{name(a)} tot en met {name(b)}" for a, b in runs)


def _year_text(first: int) -> str:
    return str(first // YEAR) if first % YEAR == 0 else str(Period(first, YEAR))
