"""What each role may do: one table role by verb, bounded by the permission matrix of the personas. Pure."""

from __future__ import annotations

from enum import StrEnum

from wijkveilig.scope.types import Actor, ActorKind


class Role(StrEnum):
    """The roles of now; the value is the Dutch word that stands in the database and on the command line."""

    ADMINISTRATOR = "beheerder"
    ANALYST = "analist"
    POLICY_ADVISER = "beleidsadviseur"
    AREA_MANAGER = "gebiedsmanager"
    READER = "lezer"


class Verb(StrEnum):
    """What can be asked for; a service names its verb, a role has it or not."""

    PICTURE_READ = "picture.read"
    PICTURE_REBUILD = "picture.rebuild"
    DATA_READ = "data.read"
    DATA_WRITE = "data.write"
    ROLES_READ = "roles.read"
    PEOPLE_MANAGE = "people.manage"


_READING = frozenset({Verb.PICTURE_READ, Verb.DATA_READ, Verb.ROLES_READ})
_FIGURES = frozenset({Verb.DATA_WRITE, Verb.PICTURE_REBUILD})

RIGHTS: dict[Role, frozenset[Verb]] = {
    Role.ADMINISTRATOR: _READING | _FIGURES | {Verb.PEOPLE_MANAGE},
    Role.ANALYST: _READING | _FIGURES,
    Role.POLICY_ADVISER: _READING,
    Role.AREA_MANAGER: _READING,
    Role.READER: _READING,
}
"""The table. Everyone who may see a figure may follow it to its source, so `data.read` goes with `picture.read`;
everyone may see what roles may do. An administrator manages data and roles; files about persons, which come with
later rooms, are not the administrator's (personas, 9)."""

INSTALLATION = frozenset(Verb)
"""What a command of the installation may do: whoever holds the machine holds the files."""

WORKER = _READING | _FIGURES
"""What a job may do: work on figures, never change who may what."""


def may(role: str | None, verb: str) -> bool:
    """Whether a role has a verb; False for a role or a verb that does not exist."""
    try:
        return Verb(verb) in RIGHTS[Role(role or "")]
    except ValueError:
        return False


def actor_may(actor: Actor, verb: str) -> bool:
    """Whether this actor has a verb, by its kind and its one chosen role; never for a link or the public."""
    match actor.kind:
        case ActorKind.ACCOUNT:
            return may(actor.role, verb)
        case ActorKind.COMMAND:
            return verb in INSTALLATION
        case ActorKind.JOB:
            return verb in WORKER
        case _:
            return False
