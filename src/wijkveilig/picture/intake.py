"""From chosen files to the warehouse in three steps: keep them apart, look at them, take or leave them.

Between the steps nothing is in the warehouse; kept uploads lie in the municipality's own folder, a day at most.
Files that came together are held against each other and against what is there in one go, so that their order
decides nothing, and a look says what taking them will do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wijkveilig.picture import data_page, preview_page, selectors, services, source_words, wording
from wijkveilig.picture.data_page import BatchRow
from wijkveilig.picture.preview_page import PreviewPart
from wijkveilig.picture.source_words import Names
from wijkveilig.scope.types import Actor
from wijkveilig.sources.types import LeftOut, Outcome, State
from wijkveilig.warehouse.batch import Batch
from wijkveilig.warehouse.reading import Reading


@dataclass(frozen=True)
class Unread:
    """A file that cannot be taken, and why; `may_replace` when it contradicts a file that it may take the place of."""

    file: str
    reason: str
    may_replace: bool = False


@dataclass(frozen=True)
class Look:
    """What was found in the kept uploads.

    `uploads` are those that can be taken now, `with_replacing` those that can when they take the place of the
    batches `replaced`, `all_uploads` those that are kept.
    """

    title: str
    lede: str
    take: str
    parts: tuple[PreviewPart, ...]
    several: bool
    unread: tuple[Unread, ...]
    replaceable: tuple[BatchRow, ...]
    uploads: tuple[str, ...]
    with_replacing: tuple[str, ...]
    replaced: tuple[str, ...]
    all_uploads: tuple[str, ...]


@dataclass(frozen=True)
class Taken:
    """What became of the files: how many were taken, which were refused and why, and that in a sentence."""

    lede: str
    accepted: int
    refused: tuple[Unread, ...]
    with_replacing: tuple[str, ...]
    replaced: tuple[str, ...]


def keep(*, actor: Actor, files: Sequence[UploadedFile[Any]]) -> list[str]:
    """Keep the chosen files apart; the name of each upload, in order."""
    return [services.keep_upload(actor=actor, name=file.name or "", chunks=file.chunks()) for file in files]


def look(actor: Actor, uploads: Sequence[str], at: datetime) -> Look:
    """Read the kept uploads as they would be taken at `at`, all together; nothing is stored."""
    paths, gone = _waiting(actor, uploads)
    upload_of = {str(path): upload for upload, path in paths.items()}
    seen = selectors.rehearsal(actor, list(paths.values()), at)
    readings = (*seen.taken, *seen.already)
    names = _names(actor, (*readings, *seen.twisted))
    unread = (*(_unread(one, names) for one in seen.left_out), *gone)
    contrary = [one for one in seen.left_out if one.against]
    parts = preview_page.compose((*readings, *seen.twisted), names, frozenset(r.batch.id for r in seen.already))
    taken = tuple(upload_of[reading.batch.file] for reading in readings)
    return Look(
        title=_title(parts, unread),
        lede=_lede(parts, bool(seen.twisted)),
        take=_take_words(readings),
        parts=parts,
        several=len(parts) > 1,
        unread=unread,
        replaceable=_replaceable(actor, readings),
        uploads=taken,
        with_replacing=(*taken, *(upload_of[one.file] for one in contrary)) if contrary else (),
        replaced=_ids(contrary),
        all_uploads=tuple(uploads),
    )


def _waiting(actor: Actor, uploads: Sequence[str]) -> tuple[dict[str, Path], list[Unread]]:
    """The kept files by upload, and a line for each that waits no more."""
    paths: dict[str, Path] = {}
    gone: list[Unread] = []
    for upload in uploads:
        try:
            paths[upload] = selectors.upload_path(actor, upload)
        except FileNotFoundError:
            gone.append(Unread(_("Dit bestand"), _("Het wacht niet meer. Kies het opnieuw.")))
    return paths, gone


def take(*, actor: Actor, uploads: Sequence[str], replace: Sequence[str] = (), at: datetime | None = None) -> Taken:
    """Take the kept uploads into the warehouse, as got at `at`, and order a new picture when anything was taken.

    `replace` names batches that a file takes the place of. An upload or batch that is gone, such as after pressing the
    button twice or on a page that stood open, is passed by.
    """
    paths, _gone = _waiting(actor, uploads)
    known = {batch.id for batch in selectors.batches(actor) if not batch.withdrawn}
    there = [batch for batch in replace if batch in known]
    outcomes = services.accept_uploads(actor=actor, uploads=list(paths), replace=there, at=at) if paths else []
    accepted = sum(1 for outcome in outcomes if outcome.state is State.ACCEPTED)
    if accepted:
        services.order_rebuild(actor=actor)
    refused = [one for one in outcomes if one.state is State.REFUSED]
    words = {"accepted": wording.number(accepted), "refused": wording.number(len(refused))}
    lede = _("Overgenomen: %(accepted)s. Geweigerd: %(refused)s. Wat geweigerd is, telt nergens mee.") % words
    names = selectors.area_names(actor) if refused else {}
    upload_of = {str(path): upload for upload, path in paths.items()}
    return Taken(
        lede=lede,
        accepted=accepted,
        refused=tuple(_unread(one, names) for one in refused),
        with_replacing=tuple(upload_of[one.file] for one in refused if one.against),
        replaced=_ids(refused),
    )


def leave(*, actor: Actor, uploads: Sequence[str]) -> None:
    """Throw the kept uploads away."""
    for upload in uploads:
        services.drop_upload(actor=actor, upload=upload)


def _unread(one: LeftOut | Outcome, names: Names) -> Unread:
    reason = one.why if isinstance(one, Outcome) else one.reason
    return Unread(wording.file_name(one.file), source_words.readable(reason, names), bool(one.against))


def _ids(contrary: Iterable[LeftOut | Outcome]) -> tuple[str, ...]:
    """The batches that these files contradict, each once."""
    return tuple(dict.fromkeys(batch for one in contrary for batch in one.against))


def _names(actor: Actor, readings: Iterable[Reading]) -> Names:
    """Names of areas: those that the files that count give, and those that these files bring."""
    fresh = {
        str(code): str(name)
        for reading in readings
        for code, name in zip(reading.areas.code, reading.areas.name, strict=True)
        if name
    }
    return selectors.area_names(actor) | fresh


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


def _title(parts: tuple[PreviewPart, ...], unread: Sequence[Unread]) -> str:
    if len(parts) == 1 and all(one.file == parts[0].file for one in unread):
        return parts[0].heading
    if not parts:
        return ngettext("Ik herken dit bestand niet", "Ik herken deze bestanden niet", len(unread))
    text = ngettext("Ik herken %(count)s bestand", "Ik herken %(count)s bestanden", len(parts))
    return text % {"count": wording.count_word(len(parts))}


def _lede(parts: tuple[PreviewPart, ...], contrary: bool) -> str:
    nothing = _("Er is nog niets overgenomen. Wat u niet overneemt, wordt binnen een dag verwijderd.")
    if len(parts) != 1:
        return nothing
    return f"{parts[0].lede} {nothing}" if not contrary else f"{parts[0].counted} {nothing}"


def _take_words(readings: Sequence[Reading]) -> str:
    count = sum(reading.batch.rows_kept for reading in readings)
    return ngettext("%(rows)s rij overnemen", "%(rows)s rijen overnemen", count) % {"rows": wording.number(count)}
