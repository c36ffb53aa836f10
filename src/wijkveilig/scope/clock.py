"""The only place that reads the clock. A demo municipality has its own day, at the real time of day."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """The real moment, aware: for sessions, rights and anything that must not follow a demo's day."""
    return timezone.now()


def today() -> date:
    """The real day in the Netherlands."""
    return timezone.localdate()


def moment_on(day: date, moment: datetime) -> datetime:
    """The time of day of `moment`, in the Netherlands, on `day`: how a demo's own today becomes a time."""
    local = timezone.localtime(moment)
    return timezone.make_aware(datetime.combine(day, local.time().replace(tzinfo=None)))
