"""Signing in, and choosing the one role in which one works."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth import authenticate
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from wijkveilig.people.models import Account, SignInAttempt
from wijkveilig.people.selectors import roles_held
from wijkveilig.people.types import RoleHeld
from wijkveilig.scope.services import atomic
from wijkveilig.scope.types import Actor, Refused, RefusedError

ATTEMPTS = 5
"""Wrong tries of one e-mail address from one network address before a wait."""
WINDOW = timedelta(minutes=15)
"""How long a wrong try counts."""


def check_sign_in(*, actor: Actor, email: str, password: str, address: str, at: datetime) -> Account:
    """The account with this e-mail and password that has a role in the actor's municipality now.

    Raises RefusedError 'sign_in_failed' (the same words and about the same time for an unknown address, a wrong
    password, a closed account and an account without a role here) or 'too_many_attempts'. The try is written
    down before the password is looked at, so that many tries at once count as many.
    """
    key = _key(actor, email, address)
    if _count_attempt(key, at) > ATTEMPTS:
        raise RefusedError(_too_many())
    account = authenticate(None, username=email.strip().lower(), password=password)
    if not isinstance(account, Account) or not roles_held(actor, account.pk, at):
        raise RefusedError(_failed())
    _forget(key)
    return account


def choose_role(*, actor: Actor, role: str, at: datetime) -> RoleHeld:
    """The role with this name that the actor's account holds now. Raises RefusedError 'role_not_held'."""
    for one in roles_held(actor, actor.account_id or 0, at):
        if one.role == role:
            return one
    raise RefusedError(
        Refused(
            code="role_not_held",
            reason=_("U hebt deze rol niet in deze gemeente."),
            ground=_("U werkt in een rol die de beheerder u heeft gegeven."),
            next_step=_("Vraag uw beheerder om de rol."),
        )
    )


def _key(actor: Actor, email: str, address: str) -> str:
    text = f"{actor.municipality_id}|{email.strip().lower()}|{address}"
    return salted_hmac("wijkveilig.people.sign_in", text, algorithm="sha256").hexdigest()


@atomic
def _count_attempt(key: str, at: datetime) -> int:
    """Write this try down and return how many there are in the window; old ones of everyone go."""
    SignInAttempt.objects.filter(at__lt=at - WINDOW).delete()
    tries = SignInAttempt.objects.filter(key=key)
    if (count := tries.count()) > ATTEMPTS:
        return count
    SignInAttempt.objects.create(key=key, at=at)
    return count + 1


@atomic
def _forget(key: str) -> None:
    SignInAttempt.objects.filter(key=key).delete()


def _failed() -> Refused:
    return Refused(
        code="sign_in_failed",
        reason=_("Dit e-mailadres en wachtwoord horen niet bij elkaar, of u hebt hier geen rol."),
        ground=_("Inloggen kan met een account dat in deze gemeente een rol heeft."),
        next_step=_("Probeer het opnieuw, of vraag uw beheerder om hulp."),
    )


def _too_many() -> Refused:
    return Refused(
        code="too_many_attempts",
        reason=_("Er is te vaak een verkeerd wachtwoord ingevuld."),
        ground=_("Na vijf keer wacht u een kwartier, zodat niemand wachtwoorden kan raden."),
        next_step=_("Probeer het over een kwartier opnieuw, of vraag uw beheerder om hulp."),
    )
