"""Accounts, organisations and roles: who works in the actor's municipality."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from wijkveilig.people.models import Account, Organisation, RoleAssignment
from wijkveilig.people.rules import Role, Verb
from wijkveilig.people.services.rights import require
from wijkveilig.scope.selectors import municipality_of
from wijkveilig.scope.services import atomic
from wijkveilig.scope.types import Actor, Refused, RefusedError


@atomic
def register_account(*, actor: Actor, email: str, name: str, password: str, at: datetime, is_demo: bool = False) -> int:
    """The id of the account with this e-mail address: made now, or the one that was there (left as it was).

    Needs 'people.manage'. The caller's form has put the password through the validators.
    """
    require(actor, Verb.PEOPLE_MANAGE)
    account, _made = Account.objects.get_or_create(
        email=email.strip().lower(),
        defaults={"name": name.strip(), "password": make_password(password), "is_demo": is_demo, "created_at": at},
    )
    return account.pk


@atomic
def change_password(*, actor: Actor, current: str, password: str) -> Account:
    """Give the actor's own account another password; returns the account.

    Raises RefusedError 'wrong_password', or 'demo_password_stays' for an account of the demo.
    """
    account = Account.objects.get(pk=actor.account_id or 0)
    if account.is_demo:
        raise RefusedError(_demo_password_stays())
    if not account.check_password(current):
        raise RefusedError(_wrong_password())
    account.set_password(password)
    account.save(update_fields=["password"])
    return account


@atomic
def welcome_colleague(
    *, actor: Actor, email: str, name: str, password: str, role: str, organisation: str, at: datetime
) -> int:
    """Give a colleague a role here, with a new account when the address has none; returns the assignment's id."""
    account_id = register_account(actor=actor, email=email, name=name, password=password, at=at)
    return assign_role(actor=actor, account_id=account_id, role=role, organisation=organisation, at=at)


@atomic
def found_organisation(*, actor: Actor, name: str) -> int:
    """The id of the organisation with this name in the actor's municipality; made when it is not there."""
    require(actor, Verb.PEOPLE_MANAGE)
    row, _made = Organisation.objects.get_or_create(municipality_id=actor.municipality_id, name=name.strip())
    return row.pk


@atomic
def assign_role(
    *, actor: Actor, account_id: int, role: str, organisation: str, at: datetime, ends_at: datetime | None = None
) -> int:
    """Give an account a role in the actor's municipality from `at` on; returns the assignment's id.

    Needs 'people.manage'. Raises RefusedError 'unknown_role', 'role_is_held' or 'demo_account_stays_in_demo'.
    """
    require(actor, Verb.PEOPLE_MANAGE)
    if role not in set(Role):
        raise RefusedError(_unknown_role(role))
    account = Account.objects.get(pk=account_id)
    if account.is_demo and not municipality_of(actor).is_demo:
        raise RefusedError(_demo_stays_in_demo())
    held = RoleAssignment.objects.filter(municipality_id=actor.municipality_id, account_id=account_id, role=role)
    if held.filter(ends_at__isnull=True).exists():
        raise RefusedError(_role_is_held())
    row = RoleAssignment.objects.create(
        municipality_id=actor.municipality_id,
        account=account,
        organisation_id=found_organisation(actor=actor, name=organisation),
        role=role,
        starts_at=at,
        ends_at=ends_at,
    )
    return row.pk


@atomic
def end_role(*, actor: Actor, assignment_id: int, at: datetime) -> None:
    """End a role now; the next page of whoever held it is refused.

    Needs 'people.manage'. Raises RefusedError 'no_such_role' (also for one of another municipality) or
    'last_administrator': a municipality keeps one administrator.
    """
    require(actor, Verb.PEOPLE_MANAGE)
    open_here = RoleAssignment.objects.filter(municipality_id=actor.municipality_id, ends_at__isnull=True)
    row = open_here.filter(pk=assignment_id).first()
    if row is None:
        raise RefusedError(_no_such_role())
    others = open_here.filter(role=Role.ADMINISTRATOR, account__is_active=True).exclude(account_id=row.account_id)
    if row.role == Role.ADMINISTRATOR and not others.exists():
        raise RefusedError(_last_administrator())
    row.ends_at = max(at, row.starts_at)
    row.save(update_fields=["ends_at"])


def _unknown_role(role: str) -> Refused:
    return Refused(
        code="unknown_role",
        reason=_("De rol %(role)s bestaat niet.") % {"role": role},
        ground=_("Een account krijgt een rol uit de tabel van rollen."),
        next_step=_("Kies een van deze rollen: %(roles)s.") % {"roles": ", ".join(Role)},
    )


def _demo_stays_in_demo() -> Refused:
    return Refused(
        code="demo_account_stays_in_demo",
        reason=_("Dit is een account van de voorbeeldgemeente."),
        ground=_("Het wachtwoord van een voorbeeldaccount is openbaar."),
        next_step=_("Maak voor deze collega een eigen account met een ander e-mailadres."),
    )


def _role_is_held() -> Refused:
    return Refused(
        code="role_is_held",
        reason=_("Deze collega heeft deze rol al."),
        ground=_("Een rol staat bij een account één keer open."),
        next_step=_("Beëindig eerst de rol die er staat."),
    )


def _no_such_role() -> Refused:
    return Refused(
        code="no_such_role",
        reason=_("Deze rol is er niet, of is al beëindigd."),
        ground=_("Een beheerder beëindigt alleen rollen van de eigen gemeente."),
        next_step=_("Open de lijst van collega's opnieuw."),
    )


def _last_administrator() -> Refused:
    return Refused(
        code="last_administrator",
        reason=_("Dit is de laatste beheerder van deze gemeente."),
        ground=_("Een gemeente houdt ten minste één beheerder."),
        next_step=_("Maak eerst een collega beheerder."),
    )


def _wrong_password() -> Refused:
    return Refused(
        code="wrong_password",
        reason=_("Uw huidige wachtwoord klopt niet."),
        ground=_("Alleen wie het oude wachtwoord kent, verandert het."),
        next_step=_("Probeer het opnieuw, of vraag uw beheerder om hulp."),
    )


def _demo_password_stays() -> Refused:
    return Refused(
        code="demo_password_stays",
        reason=_("Het wachtwoord van een voorbeeldaccount blijft zoals het is."),
        ground=_("Iedereen die de voorbeeldstad bekijkt, logt met dit wachtwoord in."),
        next_step=_("Gebruik een eigen account als u een eigen wachtwoord wilt."),
    )
