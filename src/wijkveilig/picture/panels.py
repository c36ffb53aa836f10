"""What the picture puts on the home page: the first sentence, the attention list, the newest data."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from wijkveilig.picture import home_page, selectors


def home_head(request: HttpRequest) -> str:
    """How many things ask for attention, or that there is no picture yet."""
    edition = selectors.current_edition(request.actor)  # type: ignore[attr-defined]  # set by scope's middleware
    if edition is None:
        return render_to_string("picture/home_begin_head.html", request=request)
    return render_to_string("picture/home_head.html", {"head": home_page.compose_head(edition)}, request=request)


def home_main(request: HttpRequest) -> str:
    """The attention list, or what is needed before there can be one."""
    actor = request.actor  # type: ignore[attr-defined]  # set by scope's middleware
    edition = selectors.current_edition(actor)
    if edition is None:
        return render_to_string("picture/begin_steps.html", {"needs": selectors.needs(actor)}, request=request)
    page = {
        "cards": home_page.compose_cards(edition),
        "calm": home_page.can_expect(edition),
        "more": home_page.compose_more(edition),
    }
    return render_to_string("picture/home_main.html", page, request=request)


def home_aside(request: HttpRequest) -> str:
    """The newest files; nothing where there are none."""
    lines = home_page.newest(selectors.batches(request.actor))  # type: ignore[attr-defined]  # idem
    if not lines:
        return ""
    return render_to_string("picture/home_aside.html", {"lines": lines}, request=request)
