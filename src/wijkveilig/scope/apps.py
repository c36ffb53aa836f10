"""The room `scope` as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScopeConfig(AppConfig):
    """Municipalities and the host names that name them."""

    name = "wijkveilig.scope"
    verbose_name = _("Gemeenten")
    default_auto_field = "django.db.models.BigAutoField"
