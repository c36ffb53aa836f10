"""A request after the account is known: what people adds to the house's request, and the session's own keys."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth import login, logout, update_session_auth_hash

from wijkveilig.people.models import Account
from wijkveilig.people.types import RoleHeld
from wijkveilig.scope.http import Request

IDLE = timedelta(hours=1)
"""A session without any page for so long has ended (NCSC: end after inactivity)."""
WHOLE = timedelta(hours=12)
"""A session lasts a working day, however busy."""
REMEMBER_EVERY = timedelta(minutes=5)
"""How often a page writes down that the session is in use: a write on each page would cost one."""


class PeopleRequest(Request):
    """A request with the roles that its account holds here; empty without a session."""

    roles: tuple[RoleHeld, ...]


def open_session(request: Request, account: Account, role: str, now: datetime) -> None:
    """Sign an account in, here and in this role; the session is a new one with a new key.

    Sessions of anyone that have run out are removed on the way.
    """
    request.session.clear_expired()
    request.session.flush()
    login(request, account)
    request.session["municipality"] = request.municipality.code
    request.session["role"] = role
    request.session["began"] = request.session["seen"] = now.timestamp()


def session_account(request: Request, now: datetime) -> Account | None:
    """The account of a live session of this municipality, or None. A dead session is emptied."""
    account = request.user
    if not isinstance(account, Account) or request.session.get("municipality") != request.municipality.code:
        return None
    moment, seen, began = now.timestamp(), request.session.get("seen", 0), request.session.get("began", 0)
    if moment - seen > IDLE.total_seconds() or moment - began > WHOLE.total_seconds():
        logout(request)
        return None
    if moment - seen > REMEMBER_EVERY.total_seconds():
        request.session["seen"] = moment
    return account


def keep_session(request: Request, account: Account) -> None:
    """Let this session go on after the account's password changed; its other sessions end by themselves."""
    update_session_auth_hash(request, account)


def close_session(request: Request) -> None:
    """Sign out; the session's data is gone."""
    logout(request)


def address_of(request: Request) -> str:
    """The network address that the server saw; behind a proxy that is the proxy's."""
    return str(request.META.get("REMOTE_ADDR", ""))
