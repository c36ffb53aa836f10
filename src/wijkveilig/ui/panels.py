"""Slots: a page of a lower room leaves a named place, a higher room fills it from its `apps.py`.

A panel is a function from the request to finished markup; it says nothing ('') when it has nothing
to say, and the page then draws nothing in its place.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

Render = Callable[[HttpRequest], str]


@dataclass(frozen=True, slots=True)
class Panel:
    """One filled place: which slot, in what order (low first), and how to draw it."""

    slot: str
    render: Render
    order: int


_panels: dict[str, list[Panel]] = {}


def register(slot: str, render: Render, order: int = 100) -> Panel:
    """Fill `slot`; the same function in the same slot counts once, whatever Django loads twice."""
    panel = Panel(slot, render, order)
    others = [known for known in _panels.get(slot, []) if known.render is not render]
    _panels[slot] = sorted([*others, panel], key=lambda known: known.order)
    return panel


def withdraw(panel: Panel) -> None:
    """Take a panel out of its slot; for tests that put one in."""
    _panels[panel.slot] = [known for known in _panels.get(panel.slot, []) if known is not panel]


def drawn(slot: str, request: HttpRequest) -> list[str]:
    """The markup of every panel in `slot` that has something to say, in order."""
    texts = (panel.render(request) for panel in _panels.get(slot, []))
    return [text for text in texts if text.strip()]
