"""What security.txt must hold is checked before it is shown (RFC 9116)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.conf import LazySettings
from django.test import Client

from wijkveilig.config.security_txt import faults
from wijkveilig.scope.types import MunicipalityView

NOW = datetime(2026, 3, 1, tzinfo=UTC)
MAIL, POLICY, SOON = ["mailto:veilig@proefstad.example"], "https://proefstad.example/cvd", "2026-09-01T00:00:00+00:00"


def test_good_settings_have_no_fault() -> None:
    assert faults(MAIL, SOON, POLICY, NOW) == ()
    assert faults(["tel:+31-78-0000000", "https://proefstad.example/"], SOON, "", NOW) == ()
    assert faults([], "", "", NOW) == ()


@pytest.mark.parametrize(
    ("contacts", "expires", "policy", "fault"),
    [
        (["veilig@proefstad.example"], SOON, POLICY, "contact is no"),
        (["http://proefstad.example"], SOON, POLICY, "contact is no"),
        ([], SOON, POLICY, "has no contact"),
        (MAIL, SOON, "http://proefstad.example/cvd", "policy is no https"),
        (MAIL, "", POLICY, "no RFC 3339 moment"),
        (MAIL, "2026-09-01", POLICY, "no RFC 3339 moment"),
        (MAIL, "volgend jaar", POLICY, "no RFC 3339 moment"),
        (MAIL, "2026-02-28T00:00:00Z", POLICY, "has expired"),
        (MAIL, "2027-04-01T00:00:00Z", POLICY, "more than a year"),
    ],
)
def test_each_fault_is_named(contacts: list[str], expires: str, policy: str, fault: str) -> None:
    (found,) = faults(contacts, expires, policy, NOW)

    assert fault in found


def test_settings_with_a_fault_are_not_shown_and_are_a_warning(town: MunicipalityView, settings: LazySettings) -> None:
    settings.WIJKVEILIG_SECURITY_CONTACTS = MAIL
    settings.WIJKVEILIG_SECURITY_EXPIRES = "2020-01-01T00:00:00Z"

    assert Client().get("/.well-known/security.txt").status_code == 404
    assert Client().get("/-/ready").json()["warnings"] == ["security.txt has expired"]
