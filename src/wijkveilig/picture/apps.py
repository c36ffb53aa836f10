"""The room `picture` as Django sees it: its entries in the bar and its panels on the home page."""

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from wijkveilig.ui import nav, panels


class PictureConfig(AppConfig):
    """The safety picture and the data that it is made from."""

    name = "wijkveilig.picture"
    verbose_name = _("Veiligheidsbeeld")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the bar, the search field and the home page."""
        nav.register(nav.NavItem(_("Vandaag"), "ui:home", None, 10))
        nav.register(nav.NavItem(_("Veiligheidsbeeld"), "picture:map", "picture.read", 20, "/beeld/"))
        nav.register(nav.NavItem(_("Gegevens"), "picture:data", "data.read", 30, "/gegevens/"))
        nav.register_search(nav.SearchBox("picture:search", _("Zoek buurt of wijk"), "picture.read"))
        nav.register_sources("picture:data")
        for slot in ("head", "main", "aside"):
            # by name: the panels ask selectors, and tables may only be imported when all rooms are known
            panels.register(f"home.{slot}", import_string(f"wijkveilig.picture.panels.home_{slot}"))
