"""Behind TLS: cookies that no other host and no plain connection can touch."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ASK = (
    "import json; from wijkveilig.config import settings as s;"
    "print(json.dumps([s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME,"
    " s.SECURE_PROXY_SSL_HEADER]))"
)


def settings_with(https: str, var: Path) -> list[object]:
    """What the settings say about cookies, in a process of its own: settings are read once."""
    environment = {**os.environ, "WIJKVEILIG_HTTPS": https, "WIJKVEILIG_VAR": str(var)}
    done = subprocess.run([sys.executable, "-c", ASK], env=environment, check=True, capture_output=True, text=True)
    told: list[object] = json.loads(done.stdout)
    return told


@pytest.mark.slow
@pytest.mark.processes
def test_behind_tls_cookies_are_secure_and_bound_to_the_host(tmp_path: Path) -> None:
    told = settings_with("1", tmp_path)

    assert told == [True, True, "__Host-session", "__Host-csrf", ["HTTP_X_FORWARDED_PROTO", "https"]]


@pytest.mark.slow
@pytest.mark.processes
def test_without_tls_a_forwarded_header_of_a_visitor_means_nothing(tmp_path: Path) -> None:
    assert settings_with("", tmp_path) == [False, False, "session", "csrf", None]
