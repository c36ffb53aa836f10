"""The environment variables of the product, read once and checked: everything else takes settings."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


class SettingError(ValueError):
    """A variable of the environment that cannot be used; the text says which one and what it should be."""


def var_folder() -> Path:
    """WIJKVEILIG_VAR: the folder of this installation's store (default ./var/eigen), absolute."""
    return Path(os.environ.get("WIJKVEILIG_VAR") or "var/eigen").absolute()


def switch(name: str) -> bool:
    """A yes-or-no variable: '1', 'true', 'ja', 'yes' or 'on' is yes, empty or '0' is no; else SettingError."""
    value = os.environ.get(name, "").strip().lower()
    if value in {"1", "true", "ja", "yes", "on"}:
        return True
    if value in {"", "0", "false", "nee", "no", "off"}:
        return False
    raise SettingError(f"{name} is '{value}': use 1 or 0")


def words(name: str) -> list[str]:
    """A variable with words between commas or spaces."""
    return os.environ.get(name, "").replace(",", " ").split()


def text(name: str, default: str = "") -> str:
    """A variable with text, without spaces around it."""
    return os.environ.get(name, default).strip()


def secret_key(var: Path) -> str:
    """WIJKVEILIG_SECRET_KEY, or the key of the embedded store: made once, readable by its owner only."""
    if key := text("WIJKVEILIG_SECRET_KEY"):
        return key
    file = var / "secret-key"
    try:
        return file.read_text(encoding="ascii")
    except FileNotFoundError:
        return _new_key(file)


def _new_key(file: Path) -> str:
    """Write a new key under a name of its own and link it into place: of two starts at once, one key stays."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"secret-key.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(secrets.token_urlsafe(64))
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return file.read_text(encoding="ascii")


SQLITE_OPTIONS: dict[str, Any] = {
    # With the default mode 88 % of read-then-write requests failed with 'database is locked' at eight clients.
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
}


def database(var: Path) -> dict[str, Any]:
    """WIJKVEILIG_DATABASE_URL (postgresql://user:password@host:port/name?key=value), or SQLite in the store.

    A host may be a socket folder: postgresql:///name?host=/run/postgresql.
    """
    address = text("WIJKVEILIG_DATABASE_URL")
    if not address:
        name = var / "wijkveilig.sqlite3"
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(name), "OPTIONS": dict(SQLITE_OPTIONS)}
    parts = urlsplit(address)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise SettingError("WIJKVEILIG_DATABASE_URL must begin with postgresql://")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or parts.hostname or "",
        "PORT": str(parts.port or options.pop("port", "")),
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
