"""The frame of the home page, the pages about this site, and the reader's preferences."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import set_language

from wijkveilig.ui.preferences import SEARCH_KEY_COOKIE, THEME_COOKIE, THEMES, YEAR


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Vandaag: a frame; the rooms fill its slots."""
    return render(request, "ui/home.html")


@login_not_required
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """What works for whom, and where to complain."""
    return render(request, "ui/accessibility.html")


@login_not_required
@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """Which data this site keeps about its visitors, and that it holds no residents."""
    return render(request, "ui/privacy.html")


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language in a cookie, and go back to the page one came from."""
    return set_language(request)


@login_not_required
@require_POST
def appearance(request: HttpRequest) -> HttpResponse:
    """Keep the theme or the search key in a cookie, and go back to the page one came from."""
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    response = redirect(back if safe else "/")
    theme, key = request.POST.get("theme"), request.POST.get("search_key")
    if theme is not None:
        _keep(response, request, THEME_COOKIE, theme if theme in THEMES else "")
    if key in ("on", "off"):
        _keep(response, request, SEARCH_KEY_COOKIE, key)
    return response


def _keep(response: HttpResponse, request: HttpRequest, name: str, value: str) -> None:
    if not value:
        response.delete_cookie(name)
        return
    response.set_cookie(name, value, max_age=YEAR, secure=request.is_secure(), httponly=True, samesite="Lax")
