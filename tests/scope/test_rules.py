"""Host names and municipality codes as the tables hold them."""

from __future__ import annotations

import pytest

from wijkveilig.scope.rules import is_municipality_code, plain_host


@pytest.mark.parametrize(
    ("host", "plain"),
    [
        ("Proefstad.Example:8000", "proefstad.example"),
        ("proefstad.example.", "proefstad.example"),
        ("127.0.0.1:8000", "127.0.0.1"),
        ("[::1]:8000", "[::1]"),
        ("localhost", "localhost"),
    ],
)
def test_a_host_is_known_without_port_capitals_and_closing_dot(host: str, plain: str) -> None:
    assert plain_host(host) == plain


@pytest.mark.parametrize("code", ["GM0518", "GM9901"])
def test_a_municipality_code_is_gm_and_four_signs(code: str) -> None:
    assert is_municipality_code(code)


@pytest.mark.parametrize("code", ["GM518", "BU05180101", "gm0518", "GM0518 ", "GM0518\n", "../GM"])
def test_anything_else_is_no_municipality_code(code: str) -> None:
    assert not is_municipality_code(code)
