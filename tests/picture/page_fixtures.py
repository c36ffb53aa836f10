"""Puts an edition of any size where the pages of the test's municipality read it."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.picture.editions import write_edition

from wijkveilig.picture.edition import Edition
from wijkveilig.picture.models import CurrentEdition
from wijkveilig.picture.selectors import editions_of
from wijkveilig.scope.types import Actor


def put_edition(*, areas: int = 60, lines: int = 1, shapes: bool = True, code: str = "GM9901") -> Edition:
    """An edition of `areas` neighbourhoods as the current one of municipality `code`."""
    name = f"{areas:04d}a{lines:02d}{'drawn' if shapes else 'plain'}"[:16]
    edition = write_edition(editions_of(Actor.command(code)) / name, areas=areas, lines=lines, shapes=shapes)
    CurrentEdition.objects.update_or_create(
        municipality_id=code, defaults={"edition": name, "moved_at": datetime(2026, 1, 20, tzinfo=UTC)}
    )
    return edition
