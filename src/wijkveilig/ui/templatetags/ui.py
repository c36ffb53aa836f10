"""Template tags of the look: numbers in the reader's language, figures, tables, signs and slots."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from wijkveilig.ui import nav, numbers, panels, signs
from wijkveilig.ui.figures import Figure, Table
from wijkveilig.ui.markup import table_markup
from wijkveilig.ui.preferences import SEARCH_KEY_COOKIE, THEME_COOKIE, THEMES

register = template.Library()


def _language() -> str:
    return (get_language() or "nl")[:2]


def _or_dash(value: Any, show: Callable[[Any], str]) -> str:
    return "–" if value is None or value == "" else show(value)


@register.filter
def number(value: float | None, decimals: int = 0) -> str:
    """1.234,5; an en dash where there is no figure."""
    return _or_dash(value, lambda known: numbers.number(known, decimals, _language()))


@register.filter
def rate(value: float | None) -> str:
    """A rate with the decimals its size deserves."""
    return _or_dash(value, lambda known: numbers.rate(known, _language()))


@register.filter
def percent(value: float | None, decimals: int = 0) -> str:
    """38 % for 0.38."""
    return _or_dash(value, lambda known: numbers.percent(known, decimals, _language()))


@register.filter
def signed_percent(value: float | None, decimals: int = 0) -> str:
    """+5 % for 0.05."""
    return _or_dash(value, lambda known: numbers.signed_percent(known, decimals, _language()))


@register.filter
def day(value: date | None) -> str:
    """20 oktober 2026."""
    return _or_dash(value, lambda known: numbers.day(known, _language()))


@register.filter
def day_short(value: date | None) -> str:
    """20-10-2026."""
    return _or_dash(value, numbers.day_short)


@register.filter
def month(value: int | None) -> str:
    """september 2025 for a month index."""
    return _or_dash(value, lambda known: numbers.month_name(known, _language()))


@register.filter
def month_short(value: int | None) -> str:
    """sep 2025 for a month index."""
    return _or_dash(value, lambda known: numbers.month_short(known, _language()))


@register.filter
def count_word(value: int) -> str:
    """drie for 3."""
    return numbers.count_word(value, _language())


@register.inclusion_tag("ui/figure.html")
def figure(shown: Figure) -> dict[str, Figure]:
    """A chart with its sentence, its table, its source and date."""
    return {"figure": shown}


@register.simple_tag
def table(shown: Table) -> SafeString:
    """A table with headed rows and columns."""
    return table_markup(shown)


@register.simple_tag(takes_context=True, name="panels")
def panels_tag(context: template.Context, slot: str) -> SafeString:
    """What the rooms above put in this slot, one after the other."""
    return mark_safe("\n".join(panels.drawn(slot, context["request"])))  # noqa: S308 - panels give finished markup


@register.simple_tag
def sign(kind: str) -> SafeString:
    """The shape of a state, without its word."""
    return mark_safe(signs.sign(kind))  # noqa: S308 - fixed drawings


@register.simple_tag
def state(kind: str, words: str) -> SafeString:
    """The shape of a state and the word for it."""
    return format_html('<span class="st {}">{}{}</span>', signs.TONES.get(kind, ""), sign(kind), words)


@register.simple_tag(takes_context=True)
def sources_address(context: template.Context) -> str:
    """Where the footer's 'Bronnen' leads; '' for who has no such page among their tasks."""
    shell, address = context.get("shell"), nav.sources()
    return address if any(link.href == address for link in getattr(shell, "nav", ())) else ""


@register.simple_tag(takes_context=True)
def chosen_theme(context: template.Context) -> str:
    """'light' or 'dark' where the reader chose one, else '' (the system decides)."""
    request = context.get("request")
    chosen = request.COOKIES.get(THEME_COOKIE, "") if request else ""
    return chosen if chosen in THEMES else ""


@register.simple_tag(takes_context=True)
def search_key(context: template.Context) -> str:
    """'off' where the reader switched the key `/` off, else 'on'."""
    request = context.get("request")
    return "off" if request and request.COOKIES.get(SEARCH_KEY_COOKIE) == "off" else "on"
