"""One line per request: what was asked for by route name, how it went, how long it took; never who or which row."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

log = logging.getLogger("wijkveilig.request")


class RequestLogMiddleware:
    """Writes the line and gives every answer its `X-Request-ID`, with which a user can ask about an error."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, after its line is written."""
        start = time.perf_counter()
        request_id = secrets.token_hex(8)
        request.request_id = request_id  # type: ignore[attr-defined]  # error pages show it
        response = self.get_response(request)
        response.headers["X-Request-ID"] = request_id
        elapsed = round((time.perf_counter() - start) * 1000, 1)
        facts = {"request": request_id, **_facts(request), "status": response.status_code, "ms": elapsed}
        log.info("request", extra={"facts": facts})
        return response


def _facts(request: HttpRequest) -> dict[str, Any]:
    match = request.resolver_match
    municipality, actor = getattr(request, "municipality", None), getattr(request, "actor", None)
    return {
        "method": request.method,
        "route": match.view_name if match else None,
        "municipality": municipality.code if municipality else None,
        "actor": actor.kind.value if actor else None,
        "role": actor.role if actor else None,
    }
