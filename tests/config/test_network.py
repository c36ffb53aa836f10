"""Tests use no network: one that tries says so."""

from __future__ import annotations

import socket

import pytest


def test_a_test_that_reaches_for_the_network_fails() -> None:
    with pytest.raises(RuntimeError, match="may not use the network"):
        socket.create_connection(("9.9.9.9", 443), timeout=1)


def test_a_server_on_this_machine_can_be_reached() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=1) as client,
    ):
        assert client.getpeername() == server.getsockname()
