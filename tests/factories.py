"""Makes things by calling services, so that no test stands on a state that cannot exist."""

from __future__ import annotations

from datetime import UTC, date, datetime

from wijkveilig.people import services as people
from wijkveilig.people.selectors import account_named
from wijkveilig.scope import services as scope
from wijkveilig.scope.types import Actor, MunicipalityView

BEGIN = datetime(2020, 1, 1, tzinfo=UTC)
"""Since when accounts and roles of the tests stand."""
PASSWORD = "vier losse woorden hier"


def make_town(code: str, name: str, host: str, *, demo_today: date | None = None) -> MunicipalityView:
    """A municipality with one host name."""
    actor = Actor.command(code)
    view = scope.found_municipality(actor=actor, name=name, demo_today=demo_today)
    scope.add_hostname(actor=actor, host=host)
    return view


def make_account(
    code: str, *roles: str, email: str | None = None, name: str = "Rolf Voorbeeld", is_demo: bool = False
) -> int:
    """An account with these roles in a municipality; its address is `<first role>@<code>.example` unless given."""
    actor = Actor.command(code)
    address = email or f"{roles[0] if roles else 'niemand'}@{code.lower()}.example"
    account_id = people.register_account(
        actor=actor, email=address, name=name, password=PASSWORD, at=BEGIN, is_demo=is_demo
    )
    for role in roles:
        people.assign_role(actor=actor, account_id=account_id, role=role, organisation=f"Gemeente {code}", at=BEGIN)
    return account_id


def make_actor(code: str, role: str) -> Actor:
    """The actor of a new account in one role."""
    make_account(code, role)
    actor = account_named(Actor.command(code), f"{role}@{code.lower()}.example", datetime.now(UTC))
    assert actor is not None
    return actor
