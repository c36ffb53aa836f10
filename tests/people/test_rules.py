"""The table role by verb, against the permission matrix of the personas."""

from __future__ import annotations

import pytest

from wijkveilig.people.rules import RIGHTS, Role, Verb, actor_may, may
from wijkveilig.scope.types import Actor, ActorKind

UPPER_BOUNDS = {
    Verb.PICTURE_READ: set(Role),  # 'area picture': R for the municipality's own roles
    Verb.DATA_READ: set(Role),  # each figure leads to its source, for who may see the figure
    Verb.ROLES_READ: set(Role),  # what a role may do is no secret; who has it is
    Verb.DATA_WRITE: {Role.ADMINISTRATOR, Role.ANALYST},
    Verb.PICTURE_REBUILD: {Role.ADMINISTRATOR, Role.ANALYST},
    Verb.PEOPLE_MANAGE: {Role.ADMINISTRATOR},  # 'roles': the administrator alone
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("verb", Verb)
def test_a_role_has_exactly_the_verbs_of_the_matrix(role: Role, verb: Verb) -> None:
    assert may(role.value, verb.value) == (role in UPPER_BOUNDS[verb])


def test_every_role_has_its_line_in_the_table() -> None:
    assert set(RIGHTS) == set(Role)


@pytest.mark.parametrize(("role", "verb"), [("directeur", "data.read"), (None, "data.read"), ("analist", "data.eat")])
def test_a_role_or_verb_that_does_not_exist_gives_nothing(role: str | None, verb: str) -> None:
    assert not may(role, verb)


@pytest.mark.parametrize("kind", [ActorKind.PUBLIC, ActorKind.LINK])
@pytest.mark.parametrize("verb", Verb)
def test_the_public_and_a_link_may_nothing_even_with_a_role_in_hand(kind: ActorKind, verb: Verb) -> None:
    assert not actor_may(Actor(kind, "GM9901", role="beheerder"), verb)


def test_a_job_works_on_figures_and_never_on_rights() -> None:
    job = Actor.job("GM9901")

    assert actor_may(job, "picture.rebuild")
    assert not actor_may(job, "people.manage")
    assert not actor_may(job, "data.eat")


def test_a_command_may_what_the_installation_may() -> None:
    assert all(actor_may(Actor.command("GM9901"), verb) for verb in Verb)
    assert not actor_may(Actor.command("GM9901"), "data.eat")
