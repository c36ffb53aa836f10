"""The one row that says which edition a municipality's pages read."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class CurrentEdition(models.Model):
    """The edition that pages of a municipality read now; everything else about it stands in its folder."""

    municipality = models.ForeignKey("scope.Municipality", on_delete=models.CASCADE, related_name="+")
    edition = models.CharField(max_length=16)
    moved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality"], name="a_municipality_has_one_current_edition"),
            models.UniqueConstraint(
                fields=["municipality", "id"], name="current_edition_is_found_by_municipality_and_id"
            ),
            models.CheckConstraint(condition=~Q(edition=""), name="current_edition_names_an_edition"),
        ]
