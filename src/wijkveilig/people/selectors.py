"""Questions about people. The actor comes first; each docstring says what the question costs."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from wijkveilig.people.models import Account, Organisation, RoleAssignment
from wijkveilig.people.rules import RIGHTS, Role, Verb
from wijkveilig.people.types import Colleague, DemoAccount, RightsRow, RightsTable, RoleHeld, RoleTerm
from wijkveilig.people.words import ROLE_LABELS, VERB_MEANINGS, role_label
from wijkveilig.scope.types import Actor, ActorKind


def _open_at(at: datetime) -> QuerySet[RoleAssignment]:
    return RoleAssignment.objects.filter(starts_at__lte=at).filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at))


def roles_held(actor: Actor, account_id: int, at: datetime) -> tuple[RoleHeld, ...]:
    """The roles that an account has at this moment in the actor's municipality, in the order of the table.

    One query. `at` is the real moment: an ended role gives nothing from that second on.
    """
    rows = _open_at(at).filter(municipality_id=actor.municipality_id, account_id=account_id)
    held = [
        RoleHeld(row.pk, row.role, role_label(row.role), row.organisation_id, row.organisation.name)
        for row in rows.select_related("organisation")
    ]
    return tuple(sorted(held, key=lambda one: list(Role).index(Role(one.role))))


def account_named(actor: Actor, email: str, at: datetime) -> Actor | None:
    """Who acts when a command is given `--as EMAIL`: the first role of that account here, or None. Two queries."""
    account = Account.objects.filter(email=email.strip().lower(), is_active=True).first()
    held = roles_held(actor, account.pk, at) if account else ()
    if account is None or not held:
        return None
    return acting_as(actor, account.pk, held[0])


def acting_as(actor: Actor, account_id: int, held: RoleHeld) -> Actor:
    """The actor of an account in one of its roles; no query."""
    return Actor(
        kind=ActorKind.ACCOUNT,
        municipality_id=actor.municipality_id,
        account_id=account_id,
        role=held.role,
        organisation_id=held.organisation_id,
    )


def demo_accounts(actor: Actor, at: datetime) -> tuple[DemoAccount, ...]:
    """Whom a visitor of a demo municipality may sign in as; always empty for a real municipality. One query."""
    rows = _open_at(at).filter(municipality_id=actor.municipality_id, municipality__is_demo=True)
    rows = rows.filter(account__is_demo=True, account__is_active=True)
    accounts: dict[str, tuple[Account, list[str]]] = {}
    for row in rows.select_related("account").order_by("account_id", "id"):
        accounts.setdefault(row.account.email, (row.account, []))[1].append(role_label(row.role))
    return tuple(DemoAccount(account.name, email, tuple(roles)) for email, (account, roles) in accounts.items())


def colleagues(actor: Actor, at: datetime) -> tuple[Colleague, ...]:
    """Everyone who has or had a role in the actor's municipality, by name. One query."""
    rows = RoleAssignment.objects.filter(municipality_id=actor.municipality_id)
    by_account: dict[int, tuple[Account, list[RoleTerm]]] = {}
    for row in rows.select_related("account", "organisation").order_by("account__name", "account_id", "starts_at"):
        by_account.setdefault(row.account_id, (row.account, []))[1].append(_term(row, at))
    return tuple(
        Colleague(account.pk, account.name, account.email, account.is_active, tuple(terms))
        for account, terms in by_account.values()
    )


def _term(row: RoleAssignment, at: datetime) -> RoleTerm:
    return RoleTerm(
        assignment_id=row.pk,
        role=row.role,
        label=role_label(row.role),
        organisation=row.organisation.name,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        is_open=row.ends_at is None or row.ends_at > at,
    )


def organisations(actor: Actor) -> tuple[str, ...]:
    """The names of the organisations of the actor's municipality. One query."""
    rows = Organisation.objects.filter(municipality_id=actor.municipality_id).order_by("name")
    return tuple(rows.values_list("name", flat=True))


def rights_table(actor: Actor, at: datetime) -> RightsTable:
    """The table role by verb, and how many accounts hold each role in the actor's municipality now. One query."""
    held = _open_at(at).filter(municipality_id=actor.municipality_id).values_list("role", "account_id")
    holders = {role: {account for name, account in held if name == role} for role in Role}
    labels = tuple(str(ROLE_LABELS[role]) for role in Role)
    rows = tuple(
        RightsRow(verb.value, str(VERB_MEANINGS[verb]), tuple(verb in RIGHTS[role] for role in Role), labels)
        for verb in Verb
    )
    return RightsTable(
        roles=labels,
        holders=tuple(len(holders[role]) for role in Role),
        rows=rows,
    )
