"""Builds the demo city: municipality, addresses, accounts, and raw files that are ingested like any other.

Every step may be repeated and leaves what is there, so that a build that was killed goes on at the next start.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import yaml
from django.utils.translation import gettext as _

from wijkveilig.demo.files import SEED, write_files
from wijkveilig.demo.town import DATA, Town, town
from wijkveilig.people import services as people
from wijkveilig.people.types import DEMO_PASSWORD
from wijkveilig.picture import services as picture
from wijkveilig.picture.selectors import current_edition, warehouse_of
from wijkveilig.scope import clock
from wijkveilig.scope import services as scope
from wijkveilig.scope.selectors import moment_of, municipalities, store_of
from wijkveilig.scope.types import Actor, RefusedError
from wijkveilig.sources.services import ingest
from wijkveilig.sources.types import State

TODAY = date(2026, 2, 6)
"""The demo's own day: five weeks after the last month that its files report."""

JOINED = date(2025, 9, 1)
"""The day on which the demo's colleagues got their roles: before its own day, as their pages tell it."""

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """An invented colleague with the roles that she has in the demo city."""

    name: str
    email: str
    organisation: str
    roles: tuple[str, ...]


class DemoRefusedError(Exception):
    """A raw file of the demo was refused: the generator and the sources no longer agree. Says which file and why."""


def build(progress: Progress, seed: int = SEED) -> None:
    """Make the demo city, or what is still lacking of it; `progress` gets one Dutch line per step.

    Accounts, files and picture are made only until the first picture stands: what a visitor of the demo does
    afterwards stays. Raises DemoRefusedError.
    """
    plan = town()
    actor = Actor.command(plan.code)
    _found(actor, plan, progress)
    if current_edition(actor) is None:
        for person in demo_people():
            _welcome(actor, person)
        _ingest(actor, seed, progress)
        picture.rebuild(actor=actor, at=moment_of(actor), progress=progress)
    progress(_("De voorbeeldstad %(name)s staat klaar.") % {"name": plan.name})


def demo_people() -> tuple[DemoPerson, ...]:
    """The colleagues of the demo city, in the order in which the sign-in page shows them."""
    said = yaml.safe_load((DATA / "accounts.yaml").read_text(encoding="utf-8"))
    return tuple(DemoPerson(one["name"], one["email"], one["organisation"], tuple(one["roles"])) for one in said)


def _found(actor: Actor, plan: Town, progress: Progress) -> None:
    if all(known.code != plan.code for known in municipalities()):
        progress(_("De voorbeeldstad %(name)s maken.") % {"name": plan.name})
        scope.found_municipality(actor=actor, name=plan.name, demo_today=TODAY)
    for host in plan.hosts:
        scope.add_hostname(actor=actor, host=host)


def _welcome(actor: Actor, person: DemoPerson) -> None:
    at = min(clock.now(), clock.moment_on(JOINED, clock.now()))
    account = people.register_account(
        actor=actor, email=person.email, name=person.name, password=DEMO_PASSWORD, at=at, is_demo=True
    )
    for role in person.roles:
        try:
            people.assign_role(actor=actor, account_id=account, role=role, organisation=person.organisation, at=at)
        except RefusedError as refusal:
            if refusal.refused.code != "role_is_held":
                raise


def _ingest(actor: Actor, seed: int, progress: Progress) -> None:
    progress(_("Bestanden schrijven in de vorm van de bronnen."))
    paths = write_files(store_of(actor) / "raw", seed)
    progress(_("%(count)d bestanden lezen en controleren.") % {"count": len(paths)})
    outcomes = ingest(warehouse_of(actor), paths, fetched_on=TODAY)
    refused = [outcome for outcome in outcomes if outcome.state is State.REFUSED]
    if refused:
        raise DemoRefusedError("; ".join(f"{outcome.file}: {outcome.reasons}" for outcome in refused))
