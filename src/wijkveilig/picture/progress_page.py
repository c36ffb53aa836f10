"""How far a new picture is, in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from wijkveilig.picture import wording
from wijkveilig.picture.progress import Progress, Stage


@dataclass(frozen=True)
class ProgressPage:
    """Everything that the page of progress shows; `title` says where it is, `again` offers a new try."""

    title: str
    text: str
    busy: bool
    percent: int
    again: bool = False


def compose(progress: Progress | None) -> ProgressPage:
    """Where the picture is that was ordered last; None when none was ordered."""
    if progress is None:
        text = _("Er is nog geen beeld gevraagd. Voeg eerst een bestand toe.")
        return ProgressPage(_("Er wordt niets gemaakt"), text, busy=False, percent=0)
    words = {"done": wording.number(progress.done), "total": wording.number(progress.total)}
    title, text = {
        Stage.ORDERED: (_("Het beeld staat in de rij"), _("Het begint zodra de vorige klus klaar is.")),
        Stage.READING: (_("De bestanden worden gelezen"), _("Daarna worden de perioden gerekend.")),
        Stage.COUNTING: (_("De perioden worden gerekend"), _("%(done)s van %(total)s klaar.") % words),
        Stage.DONE: (_("Het beeld is klaar"), _("Alle pagina’s tonen nu het nieuwe beeld.")),
        Stage.FAILED: (_("Er is geen nieuw beeld"), progress.failed or _("Het oude beeld blijft staan.")),
    }[progress.stage]
    return ProgressPage(title, text, progress.busy, progress.percent, again=progress.stage is Stage.FAILED)
