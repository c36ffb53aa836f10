"""Reasons for refused rows, gathered: one line per reason, with the first row and how many."""

from __future__ import annotations

from collections.abc import Iterable

from wijkveilig.warehouse.batch import Reason

MOST_REASONS = 20


def gather(found: Iterable[tuple[int, str]]) -> tuple[Reason, ...]:
    """(row, sentence) pairs as reasons by first row; beyond twenty sentences the rest is one line."""
    first: dict[str, int] = {}
    count: dict[str, int] = {}
    for row, text in found:
        first[text] = min(first.get(text, row), row)
        count[text] = count.get(text, 0) + 1
    made = sorted((Reason(first[text], text, count[text]) for text in first), key=lambda r: (r.row or 0, r.text))
    if len(made) <= MOST_REASONS:
        return tuple(made)
    rest = made[MOST_REASONS - 1 :]
    other = Reason(rest[0].row, f"Nog {len(rest)} andere redenen.", sum(reason.count for reason in rest))
    return (*made[: MOST_REASONS - 1], other)


def sentence(reason: Reason) -> str:
    """A reason as one line of text, with its row and how many rows it holds for."""
    if reason.row is None:
        return reason.text
    if reason.count == 1:
        return f"Rij {reason.row}: {reason.text}"
    return f"Rij {reason.row} en nog {reason.count - 1}: {reason.text}"
