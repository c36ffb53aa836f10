"""For every test: no network, a store of its own, two municipalities on request, and clients that are signed in."""

from __future__ import annotations

import errno
import ipaddress
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from tests import factories

from wijkveilig.scope.types import Actor, MunicipalityView


def _is_near(address: object) -> bool:
    """Whether a socket address is on this machine: a unix socket, loopback or 'localhost'."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in {"localhost", ""}


def _is_nowhere(address: object) -> bool:
    """Whether this is an address for examples (RFC 5737), with which a test asks for what cannot be reached."""
    return isinstance(address, tuple) and str(address[0]).startswith(("192.0.2.", "198.51.100.", "203.0.113."))


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that reaches for the network fails, and says where it wanted to go."""
    connect = socket.socket.connect

    def connect_near(self: socket.socket, address: object) -> None:
        if _is_nowhere(address):
            raise OSError(errno.ENETUNREACH, "an address for examples reaches nothing")
        if not _is_near(address):
            self.close()
            raise RuntimeError(f"a test may not use the network: {address!r}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", connect_near)


@pytest.fixture(autouse=True)
def store(settings: LazySettings, tmp_path: Path) -> Path:
    """The store of this test alone (settings.WIJKVEILIG_VAR)."""
    settings.WIJKVEILIG_VAR = tmp_path / "var"
    settings.WIJKVEILIG_VAR.mkdir()
    return settings.WIJKVEILIG_VAR


@pytest.fixture
def town(db: None) -> MunicipalityView:
    """Municipality GM9901 at host `testserver`, which the test client asks for."""
    return factories.make_town("GM9901", "Proefstad", "testserver")


@pytest.fixture
def other_town(db: None) -> MunicipalityView:
    """Municipality GM9902 at host `other.example`, on the same server."""
    return factories.make_town("GM9902", "Andersdam", "other.example")


@pytest.fixture
def actor_as(town: MunicipalityView) -> Callable[[str], Actor]:
    """`actor_as('analist')`: the actor of a new account of `town` in that role."""
    return lambda role: factories.make_actor(town.code, role)


@pytest.fixture
def client_as(town: MunicipalityView) -> Callable[[str], Client]:
    """`client_as('analist')`: a client that signed in at `town` in that role, by the sign-in page itself."""

    def signed_in(role: str) -> Client:
        factories.make_account(town.code, role)
        client = Client()
        facts = {"email": f"{role}@{town.code.lower()}.example", "password": factories.PASSWORD}
        assert client.post("/inloggen/", facts).status_code == 302
        return client

    return signed_in
