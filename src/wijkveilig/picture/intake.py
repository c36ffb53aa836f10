"""From chosen files to the warehouse in three steps: keep them apart, look at them, take or leave them.

Between the steps nothing is in the warehouse; kept uploads lie in the municipality's own folder.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wijkveilig.picture import data_page, selectors, services, wording
from wijkveilig.picture.data_page import BatchRow, PreviewPart
from wijkveilig.scope.types import Actor
from wijkveilig.sources.types import Outcome, RefusedFile, State
from wijkveilig.warehouse.batch import Batch
from wijkveilig.warehouse.reading import Reading


@dataclass(frozen=True)
class Unread:
    """A file that nothing recognised or that contradicts itself, and why."""

    file: str
    reason: str


@dataclass(frozen=True)
class Look:
    """What was found in the kept uploads; `uploads` are those that can be taken, `all_uploads` those that are kept."""

    title: str
    lede: str
    take: str
    parts: tuple[PreviewPart, ...]
    several: bool
    unread: tuple[Unread, ...]
    replaceable: tuple[BatchRow, ...]
    uploads: tuple[str, ...]
    all_uploads: tuple[str, ...]


@dataclass(frozen=True)
class Taken:
    """What became of the files: how many were taken, which were refused, and that in a sentence."""

    lede: str
    accepted: int
    refused: tuple[Outcome, ...]


def keep(*, actor: Actor, files: Sequence[UploadedFile[Any]]) -> list[str]:
    """Keep the chosen files apart; the name of each upload, in order."""
    return [services.keep_upload(actor=actor, name=file.name or "", chunks=file.chunks()) for file in files]


def look(actor: Actor, uploads: Sequence[str]) -> Look:
    """Read the kept uploads as they would be taken; nothing is stored."""
    readings: list[Reading] = []
    unread: list[Unread] = []
    good: list[str] = []
    for upload in uploads:
        try:
            readings.append(selectors.preview(actor, upload))
            good.append(upload)
        except RefusedFile as no:
            unread.append(Unread(selectors.upload_path(actor, upload).name, no.reason))
        except FileNotFoundError:
            unread.append(Unread(_("Dit bestand"), _("Het wacht niet meer. Kies het opnieuw.")))
    parts = data_page.compose_preview(readings)
    words = {"rows": wording.number(sum(reading.batch.rows_kept for reading in readings))}
    return Look(
        title=_title(parts, unread),
        lede=_lede(parts),
        take=_("%(rows)s rijen overnemen") % words,
        parts=parts,
        several=len(parts) > 1,
        unread=tuple(unread),
        replaceable=_replaceable(actor, readings),
        uploads=tuple(good),
        all_uploads=tuple(uploads),
    )


def take(*, actor: Actor, uploads: Sequence[str], replace: Sequence[str] = (), at: datetime | None = None) -> Taken:
    """Take the kept uploads into the warehouse, as got at `at`, and order a new picture when anything was taken.

    `replace` names batches that a file takes the place of.
    """
    outcomes = [one for name in uploads for one in _accepted(actor, name, replace, at)]
    accepted = sum(1 for outcome in outcomes if outcome.state is State.ACCEPTED)
    if accepted:
        services.order_rebuild(actor=actor)
    refused = tuple(one for one in outcomes if one.state is State.REFUSED)
    words = {"accepted": wording.number(accepted), "refused": wording.number(len(refused))}
    lede = _("Overgenomen: %(accepted)s. Geweigerd: %(refused)s. Wat geweigerd is, telt nergens mee.") % words
    return Taken(lede, accepted, refused)


def _accepted(actor: Actor, upload: str, replace: Sequence[str], at: datetime | None) -> Sequence[Outcome]:
    """What became of one upload; nothing for one that is gone, such as after pressing the button twice."""
    try:
        return services.accept_upload(actor=actor, upload=upload, replace=replace, at=at)
    except FileNotFoundError:
        return ()


def leave(*, actor: Actor, uploads: Sequence[str]) -> None:
    """Throw the kept uploads away."""
    for upload in uploads:
        services.drop_upload(actor=actor, upload=upload)


def _replaceable(actor: Actor, readings: Sequence[Reading]) -> tuple[BatchRow, ...]:
    """The files of the same source and the same months that one of these may take the place of."""
    fresh = [reading.batch for reading in readings]
    known = [
        one for one in selectors.batches(actor) if not one.withdrawn and any(_alike(one, other) for other in fresh)
    ]
    return data_page.compose_rows(known)


def _alike(known: Batch, fresh: Batch) -> bool:
    """Whether two files are of one source and share a month (files without months share them all)."""
    if known.source != fresh.source or known.id == fresh.id:
        return False
    spans = (known.first_month, known.last_month, fresh.first_month, fresh.last_month)
    if None in spans:
        return True
    return (known.first_month or 0) <= (fresh.last_month or 0) and (fresh.first_month or 0) <= (known.last_month or 0)


def _title(parts: tuple[PreviewPart, ...], unread: list[Unread]) -> str:
    if len(parts) == 1 and not unread:
        return parts[0].heading
    if not parts:
        return ngettext("Ik herken dit bestand niet", "Ik herken deze bestanden niet", len(unread))
    text = ngettext("Ik herken %(count)s bestand", "Ik herken %(count)s bestanden", len(parts))
    return text % {"count": wording.count_word(len(parts))}


def _lede(parts: tuple[PreviewPart, ...]) -> str:
    nothing = _("Er is nog niets opgeslagen.")
    return f"{parts[0].lede} {nothing}" if len(parts) == 1 else nothing
