"""What the shell of every page shows: whose house, who I am, in which role, what I can go to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import get_language

import wijkveilig
from wijkveilig.people.rules import actor_may
from wijkveilig.people.words import role_label
from wijkveilig.scope.types import Actor, ActorKind
from wijkveilig.ui import nav, numbers


@dataclass(frozen=True, slots=True)
class RoleChoice:
    """A role in the menu of the bar."""

    value: str
    label: str
    current: bool


@dataclass(frozen=True, slots=True)
class Shell:
    """The frame around every page. Without a session `me`, `role_label`, `roles` and `nav` are empty."""

    municipality: str
    is_demo: bool
    demo_today: str
    me: str
    role_label: str
    roles: tuple[RoleChoice, ...]
    nav: tuple[nav.NavLink, ...]
    search: tuple[str, str] | None
    version: str
    language: str

    @property
    def signed_in(self) -> bool:
        """Whether someone is signed in here."""
        return bool(self.me)


def shell(request: HttpRequest) -> Mapping[str, Shell]:
    """The context processor: `shell` for every template; asks the database nothing that is not there yet."""
    return {"shell": shell_of(request)}


def shell_of(request: HttpRequest) -> Shell:
    """The shell of this request; also for pages without municipality, such as an unknown host's."""
    language = get_language() or "nl"
    municipality = getattr(request, "municipality", None)
    actor: Actor | None = getattr(request, "actor", None)
    signed_in = actor is not None and actor.kind is ActorKind.ACCOUNT
    return Shell(
        municipality=municipality.name if municipality else "",
        is_demo=bool(municipality and municipality.is_demo),
        demo_today=numbers.day(municipality.today, language) if municipality and municipality.is_demo else "",
        me=str(getattr(request.user, "name", "")) if signed_in else "",
        role_label=role_label(actor.role) if actor and signed_in else "",
        roles=_roles(request, actor) if actor and signed_in else (),
        nav=tuple(nav.links(lambda verb: actor_may(actor, verb), request.path)) if actor and signed_in else (),
        search=nav.search(lambda verb: actor_may(actor, verb)) if actor and signed_in else None,
        version=wijkveilig.__version__,
        language=language,
    )


def _roles(request: HttpRequest, actor: Actor) -> tuple[RoleChoice, ...]:
    return tuple(RoleChoice(one.role, one.label, one.role == actor.role) for one in getattr(request, "roles", ()))
