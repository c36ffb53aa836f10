"""Error pages that help: what happened, what one can do, and the number with which one can ask."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django hands it over by name
    """400: the request cannot be read."""
    return render(request, "ui/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - idem
    """403 without a reason of our own."""
    return render(request, "ui/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - idem
    """404: no such page, or not for you."""
    return render(request, "ui/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500: something of ours is wrong."""
    return render(request, "ui/500.html", status=500)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - idem
    """403: a form came without its token; mostly a page that stood open for too long."""
    return render(request, "ui/form_expired.html", status=403)
