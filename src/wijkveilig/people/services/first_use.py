"""First use of an empty installation: its first municipality and its first administrator, with a one-time code.

Whoever can read the installation's folder (or saw it start) has the code; a passer-by on the network does not.
"""

from __future__ import annotations

import os
import secrets
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from wijkveilig.people.rules import Role
from wijkveilig.people.services.accounts import assign_role, register_account
from wijkveilig.scope import services as scope
from wijkveilig.scope.selectors import has_municipality
from wijkveilig.scope.services import atomic
from wijkveilig.scope.types import Actor, Refused, RefusedError


def _code_file() -> Path:
    return Path(settings.WIJKVEILIG_VAR) / "first-use-code"


def first_use_code() -> str | None:
    """The code for the first-use page, made when it is not there; None once a municipality works here."""
    if has_municipality():
        return None
    file = _code_file()
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as text:
            text.write(secrets.token_urlsafe(12))
    return file.read_text(encoding="ascii")


@atomic
def begin_municipality(
    *,
    code: str,
    municipality_code: str,
    municipality: str,
    host: str,
    email: str,
    name: str,
    password: str,
    at: datetime,
) -> int:
    """Found the first municipality with its host name and its first administrator; returns the account's id.

    There is no actor yet: who has the one-time code acts for the installation. Raises RefusedError 'begun_already'
    when a municipality works here, 'wrong_first_use_code', or what `found_municipality` raises.
    """
    expected = first_use_code()
    if expected is None:
        raise RefusedError(_begun_already())
    if not secrets.compare_digest(code.strip().encode(), expected.encode()):
        raise RefusedError(_wrong_code())
    actor = Actor.command(municipality_code)
    scope.found_municipality(actor=actor, name=municipality)
    scope.add_hostname(actor=actor, host=host)
    account_id = register_account(actor=actor, email=email, name=name, password=password, at=at)
    organisation = _("Gemeente %(name)s") % {"name": municipality}
    assign_role(actor=actor, account_id=account_id, role=Role.ADMINISTRATOR, organisation=organisation, at=at)
    _code_file().unlink(missing_ok=True)
    return account_id


def _begun_already() -> Refused:
    return Refused(
        code="begun_already",
        reason=_("In deze installatie werkt al een gemeente."),
        ground=_("De eerste beheerder wordt één keer gemaakt."),
        next_step=_("Log in, of vraag de beheerder om een account."),
    )


def _wrong_code() -> Refused:
    return Refused(
        code="wrong_first_use_code",
        reason=_("Deze begincode klopt niet."),
        ground=_("Wie de installatie heeft gestart, ziet de begincode op het scherm."),
        next_step=_("Neem de code over van het scherm waarop Wijkveilig is gestart."),
    )
