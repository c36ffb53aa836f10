"""The look: shell, components, charts. A room without tables and without rules."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    """Names the room; nothing is registered here, the rooms above fill the shell."""

    name = "wijkveilig.ui"
    verbose_name = _("Vormgeving")
