"""`{% load people %}{% may "data.write" as can %}`: the only question about rights that a template asks."""

from __future__ import annotations

from django import template
from django.template import Context

from wijkveilig.people.rules import actor_may

register = template.Library()


@register.simple_tag(takes_context=True)
def may(context: Context, verb: str) -> bool:
    """Whether the actor of this page has the verb; without a request or an actor the answer is no."""
    actor = getattr(context.get("request"), "actor", None)
    return actor is not None and actor_may(actor, verb)
