"""HEAD on every page that can be read, and a page that helps for an address that only a button may ask for."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class MethodMiddleware:
    """Answers HEAD as GET without its content (RFC 9110, 9.3.2), and gives an empty 405 its page.

    Innermost: views see GET or POST only, and the page has all that the other middleware found.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer to this method."""
        asked = request.method
        if asked == "HEAD":
            request.method = "GET"
        response = self._told(request, self.get_response(request))
        if asked == "HEAD":
            request.method = asked
            if not response.streaming:
                length = len(response.content)
                response.content = b""
                response.headers["Content-Length"] = str(length)
        return response

    def _told(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.status_code != 405 or response.streaming or response.content:
            return response
        page = render(request, "ui/405.html", status=405)
        page.headers["Allow"] = response.headers["Allow"]
        return page
