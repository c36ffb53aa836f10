"""Questions about municipalities. Those about a request's host come before there is an actor."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.conf import settings

from wijkveilig.scope import clock
from wijkveilig.scope.models import Hostname, Municipality
from wijkveilig.scope.rules import plain_host
from wijkveilig.scope.types import Actor, MunicipalityView


def municipality_at(host: str) -> MunicipalityView | None:
    """The municipality that a host names, or None when no municipality has that host. One query."""
    found = Hostname.objects.select_related("municipality").filter(host=plain_host(host)).first()
    return _view(found.municipality) if found else None


def municipality_of(actor: Actor) -> MunicipalityView:
    """The municipality in which this actor acts. One query; raises Municipality.DoesNotExist for an unknown code."""
    return _view(Municipality.objects.get(code=actor.municipality_id))


def moment_of(actor: Actor) -> datetime:
    """The moment at which a job or command acts: the demo's own day, else now. One query."""
    municipality = municipality_of(actor)
    return at_of(municipality)


def at_of(municipality: MunicipalityView) -> datetime:
    """The moment of a request in this municipality; no query."""
    return clock.moment_on(municipality.today, clock.now()) if municipality.is_demo else clock.now()


def has_municipality() -> bool:
    """Whether anyone works in this installation yet. One query."""
    return Municipality.objects.exists()


def municipalities() -> tuple[MunicipalityView, ...]:
    """All municipalities of this installation by code; for commands and start-up only. One query."""
    return tuple(_view(one) for one in Municipality.objects.order_by("code"))


def store_of(actor: Actor) -> Path:
    """The folder of the actor's municipality, with `warehouse`, `editions` and `uploads` in it; no query."""
    return Path(settings.WIJKVEILIG_VAR) / actor.municipality_id


def _view(row: Municipality) -> MunicipalityView:
    today = row.demo_today if row.is_demo and row.demo_today else clock.today()
    return MunicipalityView(code=row.code, name=row.name, is_demo=row.is_demo, today=today)
