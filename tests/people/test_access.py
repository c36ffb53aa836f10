"""Role by page: who lacks the verb of a page gets nothing from it, neither by reading nor by sending."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.config.test_headers import OPEN, ROUTES

from wijkveilig.people.rules import Role, Verb, may

VERBS: dict[str, Verb | None] = {
    "ui:home": None,
    "people:choose_role": None,
    "people:password": None,
    "people:roles": Verb.ROLES_READ,
    "people:people": Verb.PEOPLE_MANAGE,
    "people:end_role": Verb.PEOPLE_MANAGE,
    "people:demo_day": Verb.PEOPLE_MANAGE,
    "picture:map": Verb.PICTURE_READ,
    "picture:csv": Verb.PICTURE_READ,
    "picture:search": Verb.PICTURE_READ,
    "picture:method": Verb.PICTURE_READ,
    "picture:area": Verb.PICTURE_READ,
    "picture:area_print": Verb.PICTURE_READ,
    "picture:indicator": Verb.PICTURE_READ,
    "picture:data": Verb.DATA_READ,
    "picture:batch": Verb.DATA_READ,
    "picture:progress": Verb.DATA_READ,
    "picture:add": Verb.DATA_WRITE,
    "picture:accept": Verb.DATA_WRITE,
    "picture:drop": Verb.DATA_WRITE,
    "picture:withdraw": Verb.DATA_WRITE,
    "picture:rebuild": Verb.PICTURE_REBUILD,
}
"""What each route that needs a session asks of a role (None: everyone who is signed in)."""

FORBIDDEN = [
    (name, address, role)
    for name, address in ROUTES
    for role in Role
    if (verb := VERBS.get(name)) and not may(role, verb)
]


def test_every_route_with_a_session_has_its_verb_in_this_table() -> None:
    assert {name for name, _ in ROUTES} - OPEN == set(VERBS)


@pytest.mark.parametrize(("name", "address", "role"), FORBIDDEN, ids=[f"{name}-{role}" for name, _, role in FORBIDDEN])
def test_who_lacks_the_verb_gets_nothing(
    client_as: Callable[[str], Client], name: str, address: str, role: Role
) -> None:
    client = client_as(role)

    statuses = {client.get(address).status_code, client.post(address).status_code}

    assert statuses <= {403, 405}
    assert 403 in statuses
