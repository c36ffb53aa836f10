"""The request as every view of the house holds it: with a municipality, an actor and a moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

from django.http import HttpRequest, HttpResponse

from wijkveilig.scope.types import Actor, MunicipalityView


class Request(HttpRequest):
    """An HttpRequest after the middleware; only `/-/` comes without these."""

    municipality: MunicipalityView
    actor: Actor
    at: datetime


Handler: TypeAlias = Callable[[Request], HttpResponse]
