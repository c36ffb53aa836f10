"""The tasks in the bar: each room registers its own, the shell shows what the role has a right to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class NavItem:
    """A task in the bar.

    `label` is a lazy translation; `verb` is what the role must be allowed (None: everyone who is
    signed in); `prefix` is the start of the paths that belong to it ('/beeld/'); an empty prefix
    means the page itself only.
    """

    label: str | Promise
    url_name: str
    verb: str | None
    order: int
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class NavLink:
    """A task as one role sees it on one page."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class SearchBox:
    """Where the search field of the bar sends its `q`, and what it promises to find."""

    url_name: str
    label: str | Promise
    verb: str | None = None


_items: dict[str, NavItem] = {}
_searches: dict[str, SearchBox] = {}
_sources: list[str] = []


def register(item: NavItem) -> NavItem:
    """Put a task in the bar; a second one for the same page takes the place of the first."""
    _items[item.url_name] = item
    return item


def register_search(box: SearchBox) -> SearchBox:
    """Give the bar its search field; the last room that registers one has it."""
    _searches.clear()
    _searches[box.url_name] = box
    return box


def register_sources(url_name: str) -> None:
    """The page that 'Bronnen' in the footer leads to."""
    _sources[:] = [url_name]


def sources() -> str:
    """The address of the page about sources, or '' while no room has one."""
    return reverse(_sources[0]) if _sources else ""


def links(may: Callable[[str], bool], path: str) -> list[NavLink]:
    """The tasks that `may` allows, in order, with the one that `path` belongs to marked."""
    seen = [item for item in _items.values() if item.verb is None or may(item.verb)]
    ordered = sorted(seen, key=lambda item: item.order)
    hrefs = [reverse(item.url_name) for item in ordered]
    here = max((item.prefix for item in ordered if item.prefix and path.startswith(item.prefix)), key=len, default=None)
    return [
        NavLink(str(item.label), href, item.prefix == here if item.prefix else path == href)
        for item, href in zip(ordered, hrefs, strict=True)
    ]


def search(may: Callable[[str], bool]) -> tuple[str, str] | None:
    """(address, label) of the search field for this role, or None."""
    for box in _searches.values():
        if box.verb is None or may(box.verb):
            return reverse(box.url_name), str(box.label)
    return None
