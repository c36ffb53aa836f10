"""Whose and when for every request, and the one place where a refusal becomes a page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse

from wijkveilig.scope import refusals, selectors
from wijkveilig.scope.http import Handler, Request
from wijkveilig.scope.types import Actor, RefusedError

OPEN_EVERYWHERE = ("/-/",)
"""Paths that a probe asks by any host name: they show nothing of a municipality."""


class MunicipalityMiddleware:
    """The host name names the municipality: sets request.municipality, request.at and a public request.actor.

    An unknown host gets a page that says so (404) and learns nothing of any municipality. In an installation
    without municipalities every page leads to the first-use page.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        """Answer for the municipality of the host, or say that there is none."""
        if request.path_info.startswith(OPEN_EVERYWHERE):
            return self.get_response(request)
        municipality = selectors.municipality_at(request.get_host())
        if municipality is None:
            return self._without_municipality(request)
        request.municipality = municipality
        request.actor = Actor.public(municipality.code)
        request.at = selectors.at_of(municipality)
        return self.get_response(request)

    def _without_municipality(self, request: Request) -> HttpResponse:
        if not selectors.has_municipality():
            begin = first_use_address()
            if request.path_info == begin or request.path_info == reverse("ui:language"):
                return self.get_response(request)
            return redirect(begin)
        return render(request, "scope/unknown_host.html", status=404)


def first_use_address() -> str:
    """The address of the first-use page; it is the room above that has it."""
    try:
        return reverse("people:begin")
    except NoReverseMatch:
        return "/"


class RefusalMiddleware:
    """Turns a RefusedError, after its transaction was rolled back, into a page with reason, ground and who can help."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        """Pass on; refusals come by `process_exception`."""
        return self.get_response(request)

    def process_exception(self, request: Request, exception: Exception) -> HttpResponse | None:
        """The refusal page (403), or None for anything else: that must crash."""
        if not isinstance(exception, RefusedError):
            return None
        refusals.note(exception.refused, getattr(request, "actor", None))
        return render(request, "scope/refused.html", {"refused": exception.refused}, status=403)
