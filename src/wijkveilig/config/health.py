"""`/-/health` (the process answers), `/-/ready` (it can do its work) and `/.well-known/security.txt`."""

from __future__ import annotations

import os
import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from wijkveilig.config import security_txt as security_txt_rules
from wijkveilig.scope import clock


@login_not_required
@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """The process answers; asks nothing of the database."""
    return JsonResponse({"status": "ok"})


@login_not_required
@require_safe
def ready(_request: HttpRequest) -> HttpResponse:
    """Whether this installation can work: 200 with all checks true, else 503. Warnings do not make it fail."""
    checks = {"database": _database_answers(), "migrations": False, "store": _store_is_writable()}
    if checks["database"]:
        checks["migrations"] = _migrations_are_applied()
    good = all(checks.values())
    answer = {"status": "ok" if good else "fail", "checks": checks, "warnings": _warnings(clock.now())}
    return JsonResponse(answer, status=200 if good else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone())
    except DatabaseError:
        return False


def _migrations_are_applied() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _store_is_writable() -> bool:
    """Write and remove a file in the store: a full disk and a lost mount both fail here."""
    folder = Path(settings.WIJKVEILIG_VAR)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".ready-", dir=folder)
        os.close(handle)
        Path(name).unlink()
    except OSError:
        return False
    return True


def _warnings(now: datetime) -> list[str]:
    found = list(_security_faults(now))
    expires = security_txt_rules.expiry(settings.WIJKVEILIG_SECURITY_EXPIRES)
    if not found and expires is not None and expires - now < security_txt_rules.WARN_BEFORE:
        found.append("security.txt expires within 30 days")
    return found


def _security_faults(now: datetime) -> tuple[str, ...]:
    return security_txt_rules.faults(
        settings.WIJKVEILIG_SECURITY_CONTACTS,
        settings.WIJKVEILIG_SECURITY_EXPIRES,
        settings.WIJKVEILIG_SECURITY_POLICY,
        now,
    )


@login_not_required
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116: how to report a weakness (SEC-01..04). 404 when the installation names no contact, or a wrong one."""
    expires = security_txt_rules.expiry(settings.WIJKVEILIG_SECURITY_EXPIRES)
    if expires is None or not settings.WIJKVEILIG_SECURITY_CONTACTS or _security_faults(clock.now()):
        raise Http404
    lines = [f"Contact: {contact}" for contact in settings.WIJKVEILIG_SECURITY_CONTACTS]
    lines += [f"Expires: {expires.isoformat(timespec='seconds')}", "Preferred-Languages: nl, en"]
    lines.append(f"Canonical: https://{request.get_host()}{request.path}")
    if settings.WIJKVEILIG_SECURITY_POLICY:
        lines.append(f"Policy: {settings.WIJKVEILIG_SECURITY_POLICY}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
