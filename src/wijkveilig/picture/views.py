"""Pages of the picture: read the request, ask the edition, choose a page."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wijkveilig.picture import area_page, indicator_page, map_page, method_page, search_page, selectors
from wijkveilig.picture.csv_table import csv_rows, separator
from wijkveilig.picture.edition import Edition
from wijkveilig.picture.queries import MapQuery, read_map_query
from wijkveilig.scope.http import Request

View = Callable[..., HttpResponse]


def needs_edition(view: View) -> View:
    """Give the view the current edition; without one the page that says what is needed first."""

    @wraps(view)
    def asked(request: Request, **parts: Any) -> HttpResponse:
        edition = selectors.current_edition(request.actor)
        if edition is None:
            return render(request, "picture/begin.html", {"needs": selectors.needs(request.actor)})
        return view(request, edition, **parts)

    return asked


@require_safe
@needs_edition
def map_view(request: Request, edition: Edition) -> HttpResponse:
    """The map by indicator and period with its table beside it."""
    page = map_page.compose(edition, _asked(request, edition))
    return render(request, "picture/map.html", {"page": page})


@require_safe
@needs_edition
def map_csv(request: Request, edition: Edition) -> HttpResponse:
    """The table beside the map as a file."""
    query = _asked(request, edition)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"{query.indicator.id}-{query.period.id}-{query.level}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    csv.writer(response, delimiter=separator()).writerows(csv_rows(edition, query))
    return response


def _asked(request: Request, edition: Edition, indicator: str = "") -> MapQuery:
    """The map that the address asks for; 404 for an indicator or period that the edition does not know."""
    asked = request.GET.dict()
    if indicator:
        asked["indicator"] = indicator
    _must_know(edition, asked.get("indicator", ""), asked.get("periode", ""))
    return read_map_query(edition, asked)


def _must_know(edition: Edition, indicator: str, period: str) -> None:
    """Figures under the name of something else would mislead: what is unknown is not found."""
    if indicator and edition.indicator(indicator) is None:
        raise Http404(_("Dit onderwerp staat niet in het beeld."))
    if period and edition.period(period) is None:
        raise Http404(_("Deze periode staat niet in het beeld."))


@require_safe
@needs_edition
def area(request: Request, edition: Edition, code: str) -> HttpResponse:
    """The profile of one area."""
    return render(request, "picture/area.html", {"page": _area(request, edition, code, area_page.SCREEN)})


@require_safe
@needs_edition
def area_print(request: Request, edition: Edition, code: str) -> HttpResponse:
    """The profile of one area on one sheet of A4."""
    return render(request, "picture/area_print.html", {"page": _area(request, edition, code, area_page.SHEET)})


def _area(request: Request, edition: Edition, code: str, room: area_page.Room) -> area_page.AreaPage:
    """The profile that the address asks for; 404 for an area that the edition does not know."""
    found = edition.area(code.upper())
    if found is None:
        raise Http404(_("Dit gebied staat niet in het beeld."))
    period, indicator = request.GET.get("periode", ""), request.GET.get("onderwerp", "")
    _must_know(edition, indicator, period)
    return area_page.compose(edition, found, period=period, indicator=indicator, room=room)


@require_safe
@needs_edition
def indicator(request: Request, edition: Edition, indicator: str) -> HttpResponse:
    """All areas of one indicator with their intervals."""
    page = indicator_page.compose(
        edition, _asked(request, edition, indicator), everything=bool(request.GET.get("alle"))
    )
    return render(request, "picture/indicator.html", {"page": page})


@require_safe
@needs_edition
def method(request: Request, edition: Edition) -> HttpResponse:
    """How it is decided what asks for attention."""
    return render(request, "picture/method.html", {"page": method_page.compose(edition)})


@require_safe
@needs_edition
def search(request: Request, edition: Edition) -> HttpResponse:
    """Areas by name or code; the only one that is found opens at once."""
    page = search_page.compose(edition, request.GET.get("q", ""))
    if page.only is not None:
        return redirect(page.only.href)
    return render(request, "picture/search.html", {"page": page})
