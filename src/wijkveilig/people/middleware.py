"""Who asks: the account of the session in its one chosen role, and the guard before every page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from wijkveilig.people import selectors
from wijkveilig.people.http import PeopleRequest, close_session, session_account
from wijkveilig.people.types import RoleHeld
from wijkveilig.scope import clock
from wijkveilig.scope.types import ActorKind


class AccountMiddleware:
    """Sets request.actor and request.roles from the session, and sends who has no session to the sign-in page.

    Rights are read again for every page: a role that has ended gives nothing from that second on.
    """

    def __init__(self, get_response: Callable[[PeopleRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PeopleRequest) -> HttpResponse:
        """Answer as the account of the session, in its role."""
        request.roles = ()
        if hasattr(request, "municipality") and request.COOKIES:
            self._act_as_account(request)
        return self.get_response(request)

    def process_view(
        self, request: PeopleRequest, view: Callable[..., HttpResponse], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Let pass who has a session, and everyone to a view that is marked `login_not_required`."""
        if not getattr(view, "login_required", True):
            return None
        if hasattr(request, "actor") and request.actor.kind is ActorKind.ACCOUNT:
            return None
        return to_sign_in(request)

    def _act_as_account(self, request: PeopleRequest) -> None:
        now = clock.now()
        account = session_account(request, now)
        if account is None:
            return
        request.roles = selectors.roles_held(request.actor, account.pk, now)
        if not request.roles:
            close_session(request)
            return
        request.actor = selectors.acting_as(request.actor, account.pk, chosen(request))


def chosen(request: PeopleRequest) -> RoleHeld:
    """The role chosen in the bar, or the first when that one has ended."""
    name = request.session.get("role")
    return next((one for one in request.roles if one.role == name), request.roles[0])


def to_sign_in(request: PeopleRequest) -> HttpResponse:
    """To the sign-in page and back afterwards; a fragment asked by htmx makes the whole page go there."""
    page = request.get_full_path() if request.method == "GET" else "/"
    if request.headers.get("HX-Request") == "true":
        answer = HttpResponse(status=401)
        answer["HX-Redirect"] = reverse("people:sign_in")
        return answer
    return redirect(f"{reverse('people:sign_in')}?{urlencode({'verder': page})}")
