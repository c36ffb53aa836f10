"""Municipalities and their host names. A municipality's key is its CBS code: it never changes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length, Lower
from django.db.models.lookups import Exact


class Municipality(models.Model):
    """A municipality (gemeente) that works in this installation."""

    code = models.CharField(primary_key=True, max_length=6)
    name = models.CharField(max_length=80)
    is_demo = models.BooleanField(default=False)
    demo_today = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(code__startswith="GM") & Q(Exact(Length("code"), 6)),
                name="municipality_code_is_gm_and_four_signs",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="municipality_has_a_name"),
            models.CheckConstraint(
                condition=Q(is_demo=True) | Q(demo_today__isnull=True), name="only_a_demo_has_its_own_today"
            ),
        ]


class Hostname(models.Model):
    """A host name of the site; it names exactly one municipality."""

    host = models.CharField(max_length=253)
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="hostnames")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["host"], name="a_host_names_one_municipality"),
            models.UniqueConstraint(fields=["municipality", "id"], name="hostname_is_found_by_municipality_and_id"),
            models.CheckConstraint(condition=Q(host=Lower("host")), name="host_is_written_in_small_letters"),
        ]
