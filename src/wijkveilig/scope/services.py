"""Verbs about municipalities: found one, give it a host name, move a demo's own today."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from wijkveilig.scope.models import Hostname, Municipality
from wijkveilig.scope.rules import is_municipality_code, names_of
from wijkveilig.scope.selectors import municipality_of
from wijkveilig.scope.transactions import atomic
from wijkveilig.scope.types import Actor, MunicipalityView, Refused, RefusedError

__all__ = ["add_hostname", "atomic", "found_municipality", "move_demo_today"]


@atomic
def found_municipality(*, actor: Actor, name: str, demo_today: date | None = None) -> MunicipalityView:
    """Make the municipality whose code the actor carries; with `demo_today` it is a demo.

    Raises RefusedError 'no_municipality_code' or 'municipality_exists'.
    """
    code = actor.municipality_id
    if not is_municipality_code(code):
        raise RefusedError(
            Refused(
                code="no_municipality_code",
                reason=_("%(code)s is geen gemeentecode.") % {"code": code},
                ground=_("Een gemeentecode is GM met vier tekens, zoals het CBS die geeft."),
                next_step=_("Zoek de code van uw gemeente op bij het CBS."),
            )
        )
    if Municipality.objects.filter(code=code).exists():
        raise RefusedError(
            Refused(
                code="municipality_exists",
                reason=_("Gemeente %(code)s werkt al in deze installatie.") % {"code": code},
                ground=_("Een gemeente staat één keer in een installatie."),
                next_step=_("Vraag de beheerder van deze gemeente om een account."),
            )
        )
    Municipality.objects.create(code=code, name=name, is_demo=demo_today is not None, demo_today=demo_today)
    return municipality_of(actor)


@atomic
def add_hostname(*, actor: Actor, host: str) -> tuple[str, ...]:
    """Let a host name the actor's municipality; the same again changes nothing. Returns the names as stored.

    'localhost' brings the machine's other names along. Raises RefusedError 'host_taken' when one of them names
    another municipality.
    """
    for name in names_of(host):
        row, _made = Hostname.objects.get_or_create(host=name, defaults={"municipality_id": actor.municipality_id})
        if row.municipality_id != actor.municipality_id:
            raise RefusedError(_host_taken(name))
    return names_of(host)


@atomic
def move_demo_today(*, actor: Actor, to: date) -> MunicipalityView:
    """Move the own day of a demo municipality. Who may do so is asked by `people.services.move_demo_today`.

    Raises RefusedError 'not_a_demo' for a real municipality.
    """
    moved = Municipality.objects.filter(code=actor.municipality_id, is_demo=True).update(demo_today=to)
    if not moved:
        raise RefusedError(
            Refused(
                code="not_a_demo",
                reason=_("Alleen een voorbeeldgemeente heeft een eigen dag."),
                ground=_("In een echte gemeente geldt de echte datum."),
                next_step=_("Open de voorbeeldgemeente als u de dag wilt verzetten."),
            )
        )
    return municipality_of(actor)


def _host_taken(host: str) -> Refused:
    return Refused(
        code="host_taken",
        reason=_("Het adres %(host)s is al van een andere gemeente.") % {"host": host},
        ground=_("Een adres wijst naar één gemeente."),
        next_step=_("Kies een ander adres."),
    )
