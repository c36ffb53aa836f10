"""What other rooms may hold of people: small frozen values, and the demo's published password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

DEMO_PASSWORD = "waardwijk-voorbeeld"  # noqa: S105 - published on purpose: see DemoAccount
"""The password of every demo account. A demo account has a role in a demo municipality only, never elsewhere."""


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role that an account has now in a municipality; `label` is Dutch, or the language of the reader."""

    assignment_id: int
    role: str
    label: str
    organisation_id: int
    organisation: str


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account of the demo as the sign-in page shows it to everyone."""

    name: str
    email: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Colleague:
    """Someone with a role, now or before, in the actor's municipality."""

    account_id: int
    name: str
    email: str
    is_active: bool
    roles: tuple[RoleTerm, ...]


@dataclass(frozen=True, slots=True)
class RoleTerm:
    """A role from a start until an end (None: until further notice)."""

    assignment_id: int
    role: str
    label: str
    organisation: str
    starts_at: datetime
    ends_at: datetime | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class RightsRow:
    """One line of the table role by verb: what the verb means here, and which roles have it."""

    verb: str
    meaning: str
    allowed: tuple[bool, ...]
    roles: tuple[str, ...] = ()

    @property
    def cells(self) -> tuple[tuple[str, bool], ...]:
        """The name of each role with whether it has the verb."""
        return tuple(zip(self.roles, self.allowed, strict=True))


@dataclass(frozen=True, slots=True)
class RightsTable:
    """The whole table role by verb, with the names of the roles above it and how many hold each now."""

    roles: tuple[str, ...]
    holders: tuple[int, ...]
    rows: tuple[RightsRow, ...]

    @property
    def holding(self) -> tuple[tuple[str, int], ...]:
        """The name of each role with how many hold it now."""
        return tuple(zip(self.roles, self.holders, strict=True))
