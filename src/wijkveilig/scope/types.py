"""Who acts, in which municipality, and how a refusal reads: small frozen values for every room above."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ActorKind(StrEnum):
    """The five ways in which something acts in the house."""

    ACCOUNT = "account"
    LINK = "link"
    JOB = "job"
    COMMAND = "command"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: ids only, never a name.

    `municipality_id` is the municipality's CBS code ('GM9901'); `role` is the one role chosen in the bar.
    """

    kind: ActorKind
    municipality_id: str
    account_id: int | None = None
    role: str | None = None
    organisation_id: int | None = None
    link_id: int | None = None

    @classmethod
    def public(cls, municipality_id: str) -> Actor:
        """A visitor without a session."""
        return cls(ActorKind.PUBLIC, municipality_id)

    @classmethod
    def job(cls, municipality_id: str, account_id: int | None = None) -> Actor:
        """The job worker; `account_id` is who asked for the job, for the record only."""
        return cls(ActorKind.JOB, municipality_id, account_id=account_id)

    @classmethod
    def command(cls, municipality_id: str) -> Actor:
        """Someone at the command line of the installation."""
        return cls(ActorKind.COMMAND, municipality_id)


@dataclass(frozen=True, slots=True)
class MunicipalityView:
    """A municipality as pages hold it; `today` is the demo's own day, or the real one."""

    code: str
    name: str
    is_demo: bool
    today: date


@dataclass(frozen=True, slots=True)
class Refused:
    """An expected no, in whole sentences for the reader.

    `code` is for tests and logs; `ground` names the rule or article; `next_step` says who can help and how.
    """

    code: str
    reason: str
    ground: str
    next_step: str


class RefusedError(Exception):
    """Raised by a service that may not or cannot do what was asked; the page shows `refused`."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.code)
        self.refused = refused
