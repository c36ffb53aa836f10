"""The Dutch words for roles and verbs, as the pages show them."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wijkveilig.people.rules import Role, Verb

ROLE_LABELS: dict[Role, str | Promise] = {
    Role.ADMINISTRATOR: _("beheerder"),
    Role.ANALYST: _("analist"),
    Role.POLICY_ADVISER: _("beleidsadviseur"),
    Role.AREA_MANAGER: _("gebiedsmanager"),
    Role.READER: _("lezer"),
}

VERB_MEANINGS: dict[Verb, str | Promise] = {
    Verb.PICTURE_READ: _("Het veiligheidsbeeld lezen: kaart, gebieden, indicatoren en wat aandacht vraagt."),
    Verb.DATA_READ: _("Zien uit welke bestanden de cijfers komen en wat erin is geweigerd."),
    Verb.DATA_WRITE: _("Bestanden toevoegen, overnemen en terugnemen."),
    Verb.PICTURE_REBUILD: _("Het veiligheidsbeeld opnieuw laten maken."),
    Verb.ROLES_READ: _("Zien wat elke rol mag."),
    Verb.PEOPLE_MANAGE: _(
        "Collega's toevoegen, rollen geven en beëindigen, en de dag van de voorbeeldgemeente verzetten."
    ),
}


def role_label(role: str | None) -> str:
    """The word for a role in the reader's language; '' for no role or one that does not exist."""
    return str(ROLE_LABELS[Role(role)]) if role in set(Role) else ""
