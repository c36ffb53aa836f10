"""The question that every service of every room asks first: may this actor do this?"""

from __future__ import annotations

from django.utils.translation import gettext as _

from wijkveilig.people.rules import RIGHTS, Role, Verb, actor_may
from wijkveilig.people.words import ROLE_LABELS, role_label
from wijkveilig.scope.types import Actor, ActorKind, Refused, RefusedError


def require(actor: Actor, verb: str) -> None:
    """Return when the actor has the verb, else raise RefusedError 'not_your_role' with who does have it."""
    if actor_may(actor, verb):
        return
    holders = [str(ROLE_LABELS[role]) for role in Role if verb in RIGHTS[role]]
    raise RefusedError(
        Refused(
            code="not_your_role",
            reason=_reason(actor),
            ground=_("Wat een rol mag, staat in de tabel van rollen (%(verb)s).") % {"verb": verb},
            next_step=_next_step(holders, verb),
        )
    )


def _reason(actor: Actor) -> str:
    if actor.kind is ActorKind.ACCOUNT:
        return _("Dit hoort niet bij de rol %(role)s.") % {"role": role_label(actor.role)}
    return _("Hiervoor moet u zijn ingelogd.")


def _next_step(holders: list[str], verb: str) -> str:
    if verb not in set(Verb) or not holders:
        return _("Vraag uw beheerder wie dit mag.")
    return _("Dit mag wel met de rol: %(roles)s. Kies die rol als u hem hebt, of vraag uw beheerder.") % {
        "roles": ", ".join(holders)
    }
