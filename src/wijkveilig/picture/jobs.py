"""Jobs of the picture: from the queue to one call."""

from __future__ import annotations

from django_tasks import task

from wijkveilig.picture import services
from wijkveilig.scope.selectors import moment_of
from wijkveilig.scope.types import Actor


@task()
def rebuild(municipality: str, account_id: int | None = None) -> str:
    """Make the picture of a municipality anew; returns the id of the edition. The account is who asked for it."""
    actor = Actor.job(municipality, account_id)
    services.sweep_uploads(actor=actor)
    return services.rebuild(actor=actor, at=moment_of(actor)).id
