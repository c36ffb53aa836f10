"""What `/.well-known/security.txt` must hold (RFC 9116), checked before it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

LONGEST = timedelta(days=366)
"""RFC 9116, 2.5.5 asks for less than a year ahead."""
WARN_BEFORE = timedelta(days=30)


def expiry(text: str) -> datetime | None:
    """When it ends, or None for a text that is no moment with a time zone (RFC 3339)."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def faults(contacts: Sequence[str], expires: str, policy: str, now: datetime) -> tuple[str, ...]:
    """What is wrong with these settings; none when they are right, or when nothing was set up at all."""
    if not contacts and not expires:
        return ()
    found = [
        f"security.txt contact is no mailto:, tel: or https: address: {number}"
        for number, contact in enumerate(contacts, start=1)
        if not contact.startswith(("mailto:", "tel:", "https://"))
    ]
    if not contacts:
        found.append("security.txt has no contact")
    if policy and not policy.startswith("https://"):
        found.append("security.txt policy is no https: address")
    moment = expiry(expires)
    if moment is None:
        found.append("security.txt expires is no RFC 3339 moment")
    elif moment <= now:
        found.append("security.txt has expired")
    elif moment - now > LONGEST:
        found.append("security.txt expires more than a year ahead")
    return tuple(found)
