"""Areas by name or code, for the search field in the bar."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wijkveilig.picture import wording
from wijkveilig.picture.edition import AreaRef, Edition
from wijkveilig.ui.figures import Link

MOST = 50
"""How many areas a page of results names."""


@dataclass(frozen=True)
class Found:
    """One area that was found, and where it lies."""

    link: Link
    where: str


@dataclass(frozen=True)
class SearchPage:
    """What was asked and found; `only` is set when there is one answer."""

    asked: str
    title: str
    found: tuple[Found, ...]
    more: int
    only: Link | None


def compose(edition: Edition, asked: str) -> SearchPage:
    """Areas whose name or code holds what is asked; names that begin with it go first."""
    text = plain(asked.strip()[:80])
    areas = [area for area in edition.areas if text and (text in plain(area.name) or text in plain(area.code))]
    areas.sort(key=lambda area: (not plain(area.name).startswith(text), area.name, area.code))
    found = tuple(_found(edition, area) for area in areas)
    return SearchPage(
        asked=asked.strip(),
        title=_title(text, len(found)),
        found=found[:MOST],
        more=max(0, len(found) - MOST),
        only=found[0].link if len(found) == 1 else None,
    )


def plain(text: str) -> str:
    """Text without accents and capitals, so that 'cafe' finds 'Café'."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))


def _found(edition: Edition, area: AreaRef) -> Found:
    parent = edition.area(area.parent or "")
    words = {"level": wording.level_heading(area.level), "parent": parent.name if parent else "", "code": area.code}
    where = _("%(level)s in %(parent)s · %(code)s") if parent else _("%(level)s · %(code)s")
    return Found(Link(area.name, reverse("picture:area", args=[area.code])), where % words)


def _title(text: str, count: int) -> str:
    if not text:
        return _("Zoek een buurt of wijk")
    if not count:
        return _("Geen gebied gevonden")
    return ngettext("%(count)s gebied gevonden", "%(count)s gebieden gevonden", count) % {
        "count": wording.number(count)
    }
