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
