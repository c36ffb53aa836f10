"""Moving the own day of a demo municipality."""

from __future__ import annotations

from datetime import date

from wijkveilig.people.rules import Verb
from wijkveilig.people.services.rights import require
from wijkveilig.scope import services as scope
from wijkveilig.scope.types import Actor, MunicipalityView


def move_demo_today(*, actor: Actor, to: date) -> MunicipalityView:
    """Move the demo's day; needs 'people.manage'. Raises RefusedError 'not_a_demo' in a real municipality."""
    require(actor, Verb.PEOPLE_MANAGE)
    return scope.move_demo_today(actor=actor, to=to)
