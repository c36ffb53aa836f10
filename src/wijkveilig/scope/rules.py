"""What a host name and a municipality code look like; pure, without Django."""

from __future__ import annotations

import re

MUNICIPALITY_CODE = re.compile(r"GM[0-9A-Z]{4}\Z")
"""CBS code of a municipality: GM and four signs (Gemeentelijke indeling, CBS)."""


def is_municipality_code(text: str) -> bool:
    """Whether the text is a municipality code as CBS writes it."""
    return MUNICIPALITY_CODE.match(text) is not None


def plain_host(host: str) -> str:
    """A host as it stands in the table: small letters, without port and without the closing dot.

    '[::1]:8000' gives '[::1]'.
    """
    host = host.strip().lower()
    if host.startswith("["):
        return host[: host.find("]") + 1]
    return host.partition(":")[0].rstrip(".")


LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
"""The names of the machine itself."""


def names_of(host: str) -> tuple[str, ...]:
    """The names by which a visitor may come back: who came by one name of the machine itself may use another."""
    plain = plain_host(host)
    return LOOPBACK if plain in LOOPBACK else (plain,)
