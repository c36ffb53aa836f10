"""Where the pages of areas and indicators lie: at a server, or as files in a folder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django.urls import reverse


class Addresses(Protocol):
    """What a page links to; '' where there is no such page."""

    def area(self, code: str) -> str:
        """The profile of an area."""

    def indicator(self, name: str) -> str:
        """All areas of one indicator."""

    def method(self) -> str:
        """How it is decided what asks for attention."""


@dataclass(frozen=True)
class AtServer:
    """The addresses of the site."""

    def area(self, code: str) -> str:
        """The profile of an area."""
        return reverse("picture:area", args=[code])

    def indicator(self, name: str) -> str:
        """All areas of one indicator."""
        return reverse("picture:indicator", args=[name])

    def method(self) -> str:
        """How it is decided what asks for attention."""
        return reverse("picture:method")


@dataclass(frozen=True)
class InFolder:
    """Relative addresses of the files that `wijkveilig picture` writes; `areas` is the way to their folder."""

    areas: str

    def area(self, code: str) -> str:
        """The file of an area."""
        return f"{self.areas}{code}.html"

    def indicator(self, name: str) -> str:  # noqa: ARG002 - there is no such page in a folder
        """Nothing: a folder has no page per indicator."""
        return ""

    def method(self) -> str:
        """Nothing: a folder does not explain the method; the manual does."""
        return ""


AT_SERVER = AtServer()
