"""Accounts and roles: who works in a municipality, from when until when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests import factories

from wijkveilig.people import selectors, services
from wijkveilig.people.models import Account, Organisation, RoleAssignment
from wijkveilig.people.types import DEMO_PASSWORD
from wijkveilig.scope.types import Actor, MunicipalityView, RefusedError

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def refusal(act: Callable[[], object]) -> str:
    """The code of the refusal that this act meets."""
    with pytest.raises(RefusedError) as no:
        act()
    return no.value.refused.code


def test_who_lacks_the_verb_is_refused_with_who_can_help(actor_as: Callable[[str], Actor]) -> None:
    with pytest.raises(RefusedError) as no:
        services.require(actor_as("lezer"), "data.write")

    refused = no.value.refused
    assert refused.code == "not_your_role"
    assert "lezer" in refused.reason
    assert "beheerder, analist" in refused.next_step


def test_who_has_the_verb_passes(actor_as: Callable[[str], Actor]) -> None:
    assert services.require(actor_as("analist"), "data.write") is None  # type: ignore[func-returns-value]


def test_only_an_administrator_manages_people(actor_as: Callable[[str], Actor]) -> None:
    analyst = actor_as("analist")
    mine = RoleAssignment.objects.get()

    acts: list[Callable[[], object]] = [
        lambda: services.register_account(actor=analyst, email="a@b.example", name="A", password="x", at=NOW),
        lambda: services.found_organisation(actor=analyst, name="Eigen clubje"),
        lambda: services.assign_role(
            actor=analyst, account_id=mine.account_id, role="beheerder", organisation="Gemeente", at=NOW
        ),
        lambda: services.end_role(actor=analyst, assignment_id=mine.pk, at=NOW),
        lambda: services.move_demo_today(actor=analyst, to=date(2026, 1, 1)),
    ]

    assert [refusal(act) for act in acts] == ["not_your_role"] * len(acts)


def test_an_e_mail_address_is_one_account_however_it_is_written(town: MunicipalityView) -> None:
    first = factories.make_account(town.code, email="Marijke@Proefstad.example")
    second = factories.make_account(town.code, email=" marijke@PROEFSTAD.example ")

    assert first == second
    assert Account.objects.get().email == "marijke@proefstad.example"


def test_an_account_that_is_there_keeps_its_password(town: MunicipalityView) -> None:
    factories.make_account(town.code, email="marijke@proefstad.example")

    services.register_account(
        actor=Actor.command(town.code), email="marijke@proefstad.example", name="Iemand", password="anders", at=NOW
    )

    assert Account.objects.get().check_password(factories.PASSWORD)


def test_a_role_counts_from_its_start_until_its_end(town: MunicipalityView) -> None:
    actor, account = Actor.command(town.code), factories.make_account(town.code)
    end = NOW + timedelta(days=2)
    services.assign_role(actor=actor, account_id=account, role="lezer", organisation="Pers", at=NOW, ends_at=end)

    held = [bool(selectors.roles_held(actor, account, NOW + timedelta(days=days))) for days in (-1, 0, 1, 2, 3)]

    assert held == [False, True, True, False, False]


def test_a_role_is_held_here_and_not_elsewhere(town: MunicipalityView, other_town: MunicipalityView) -> None:
    account = factories.make_account(town.code, "analist")

    assert selectors.roles_held(Actor.public(town.code), account, NOW)
    assert not selectors.roles_held(Actor.public(other_town.code), account, NOW)


def test_a_role_that_does_not_exist_is_not_given(town: MunicipalityView) -> None:
    actor, account = Actor.command(town.code), factories.make_account(town.code)

    given = lambda: services.assign_role(  # noqa: E731 - an act to be refused
        actor=actor, account_id=account, role="directeur", organisation="Gemeente", at=NOW
    )

    assert refusal(given) == "unknown_role"


def test_a_role_stands_open_once(town: MunicipalityView) -> None:
    actor, account = Actor.command(town.code), factories.make_account(town.code, "lezer")

    again = lambda: services.assign_role(  # noqa: E731 - idem
        actor=actor, account_id=account, role="lezer", organisation="Gemeente", at=NOW
    )

    assert refusal(again) == "role_is_held"


def test_a_demo_account_stays_in_the_demo(town: MunicipalityView) -> None:
    actor, account = Actor.command(town.code), factories.make_account(town.code, is_demo=True)

    given = lambda: services.assign_role(  # noqa: E731 - idem
        actor=actor, account_id=account, role="lezer", organisation="Gemeente", at=NOW
    )

    assert refusal(given) == "demo_account_stays_in_demo"


def test_an_administrator_ends_no_role_of_another_municipality(
    town: MunicipalityView, other_town: MunicipalityView, actor_as: Callable[[str], Actor]
) -> None:
    administrator = actor_as("beheerder")
    factories.make_account(other_town.code, "lezer")
    theirs = RoleAssignment.objects.get(municipality_id=other_town.code)

    assert refusal(lambda: services.end_role(actor=administrator, assignment_id=theirs.pk, at=NOW)) == "no_such_role"
    theirs.refresh_from_db()
    assert theirs.ends_at is None


def test_a_municipality_keeps_one_administrator(actor_as: Callable[[str], Actor]) -> None:
    administrator = actor_as("beheerder")
    mine = RoleAssignment.objects.get()

    last = lambda: services.end_role(actor=administrator, assignment_id=mine.pk, at=NOW)  # noqa: E731 - idem

    assert refusal(last) == "last_administrator"
    factories.make_account(administrator.municipality_id, "beheerder", email="twee@proefstad.example")
    last()
    mine.refresh_from_db()
    assert mine.ends_at == NOW


def test_a_command_acts_as_the_account_it_names(town: MunicipalityView) -> None:
    account = factories.make_account(town.code, "analist")
    command = Actor.command(town.code)

    actor = selectors.account_named(command, "ANALIST@gm9901.example", NOW)

    assert actor is not None
    assert (actor.kind, actor.account_id, actor.role) == ("account", account, "analist")
    assert selectors.account_named(command, "niemand@gm9901.example", NOW) is None


def test_demo_accounts_are_told_in_a_demo_only(town: MunicipalityView) -> None:
    demo = factories.make_town("GM9903", "Waardwijk", "demo.example", demo_today=date(2026, 2, 3))
    factories.make_account(demo.code, "analist", "lezer", name="Ada Voorbeeld", is_demo=True)
    factories.make_account(demo.code, "beheerder", email="echt@demo.example", name="Echt Mens")
    factories.make_account(town.code, "lezer")

    told = selectors.demo_accounts(Actor.public(demo.code), NOW)

    assert [(one.name, one.roles) for one in told] == [("Ada Voorbeeld", ("analist", "lezer"))]
    assert selectors.demo_accounts(Actor.public(town.code), NOW) == ()


def test_the_demo_password_passes_the_rules_of_the_house(settings: object) -> None:
    from django.contrib.auth.password_validation import validate_password

    assert validate_password(DEMO_PASSWORD) is None  # type: ignore[func-returns-value]


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"role": "directeur"}, "role_is_a_known_role"),
        ({"ends_at": NOW - timedelta(days=1)}, "role_assignment_does_not_end_before_it_starts"),
    ],
)
def test_the_database_forbids_a_role_that_cannot_be(
    town: MunicipalityView, facts: dict[str, object], sentence: str
) -> None:
    account = factories.make_account(town.code)
    organisation = Organisation.objects.create(municipality_id=town.code, name="Gemeente")
    row = {"municipality_id": town.code, "account_id": account, "organisation": organisation, "role": "lezer"}

    with pytest.raises(IntegrityError, match=sentence), transaction.atomic():
        RoleAssignment.objects.create(**{**row, "starts_at": NOW, **facts})


@pytest.mark.django_db
def test_the_database_forbids_an_address_in_capitals() -> None:
    with pytest.raises(IntegrityError, match="account_email_is_written_in_small_letters"), transaction.atomic():
        Account.objects.create(email="A@b.example", name="A", password="x", created_at=NOW)


def test_every_table_of_a_municipality_is_found_by_municipality_and_id() -> None:
    for model in (Organisation, RoleAssignment):
        pairs = [tuple(one.fields) for one in model._meta.constraints if hasattr(one, "fields")]
        assert ("municipality", "id") in pairs
