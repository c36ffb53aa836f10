"""The room `people` as Django sees it, and its entries in the bar."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from wijkveilig.ui import nav


class PeopleConfig(AppConfig):
    """Accounts, organisations and roles."""

    name = "wijkveilig.people"
    verbose_name = _("Mensen en rollen")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put 'Beheer' in the bar for who manages people."""
        nav.register(
            nav.NavItem(label=_("Beheer"), url_name="people:people", verb="people.manage", order=90, prefix="/beheer/")
        )
