"""Verbs of the picture and its data: keep, take and withdraw files; make a new edition and point to it."""

from __future__ import annotations

import re
import secrets
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from wijkveilig.people.services import require
from wijkveilig.picture import selectors
from wijkveilig.picture.edition import Edition, read_edition
from wijkveilig.picture.models import CurrentEdition
from wijkveilig.picture.progress import Progress, Stage, alone, write_progress
from wijkveilig.picture.publishing import keep_only, plan_periods, publish
from wijkveilig.picture.town import NothingCountedError, read_town
from wijkveilig.scope import clock
from wijkveilig.scope.selectors import municipality_of, store_of
from wijkveilig.scope.services import atomic
from wijkveilig.scope.types import Actor, Refused, RefusedError
from wijkveilig.sources import services as sources
from wijkveilig.sources.types import Outcome
from wijkveilig.warehouse.batch import Batch
from wijkveilig.warehouse.types import AreaCode

Tell = Callable[[str], None]
UPLOAD_WAITS = timedelta(days=1)
"""How long a kept upload waits for someone to take it."""


def order_rebuild(*, actor: Actor) -> None:
    """Put a new picture in the queue; a page can follow it. Raises RefusedError 'not_your_role'."""
    require(actor, "picture.rebuild")
    write_progress(store_of(actor), Progress(Stage.ORDERED))
    # The job stands on the floor above; the queue itself knows it by this name too.
    job = import_string("wijkveilig.picture.jobs.rebuild")
    with atomic():
        job.enqueue(municipality=actor.municipality_id, account_id=actor.account_id)


def rebuild(*, actor: Actor, at: datetime, progress: Tell | None = None) -> Edition:
    """Make the edition of the files that count now, and let the pages read it.

    `progress` hears one Dutch line per step. Raises RefusedError 'not_your_role' or 'nothing_counted'.
    """
    require(actor, "picture.rebuild")
    tell = progress or (lambda _line: None)
    store = store_of(actor)
    end = Progress(Stage.FAILED, finished_on=at.isoformat())
    try:
        with alone(store):
            edition = _make_until_settled(actor, tell)
            _point(actor, edition, at)
        end = Progress(Stage.DONE, 1, 1, finished_on=at.isoformat(), edition=edition.id)
    except NothingCountedError as nothing:
        end = replace(end, failed=str(nothing))
        raise RefusedError(_nothing_counted(str(nothing))) from nothing
    finally:
        if end.stage is Stage.FAILED and not end.failed:
            end = replace(end, failed=_why_broken(sys.exc_info()[0]))
        write_progress(store, end)
    tell(_("Het beeld is klaar."))
    return edition


def _why_broken(kind: type[BaseException] | None) -> str:
    """Why a picture could not be made, for who ordered it: what can be done, or with which word to ask."""
    if kind is not None and issubclass(kind, MemoryError):
        return _("Het geheugen van de server is vol. Het oude beeld blijft staan. Probeer het straks opnieuw.")
    if kind is not None and issubclass(kind, OSError):
        return _("De schijf van de server is vol of niet te lezen. Het oude beeld blijft staan. Vraag uw beheerder.")
    text = _("Het rekenen is afgebroken door een fout in het programma (%(kind)s). Het oude beeld blijft staan.")
    return text % {"kind": kind.__name__ if kind else "?"}


def _make_until_settled(actor: Actor, tell: Tell) -> Edition:
    """Files that come in meanwhile are taken along: the warehouse must still be as it was read."""
    while True:
        edition, seen = _make(actor, tell)
        if seen == _held(actor):
            return edition


def _make(actor: Actor, tell: Tell) -> tuple[Edition, tuple[str, ...]]:
    """Read the warehouse and publish; also the batches that it was made from."""
    store = store_of(actor)
    write_progress(store, Progress(Stage.READING))
    tell(_("De bestanden lezen."))
    seen = _held(actor)
    town = read_town(selectors.warehouse_of(actor), AreaCode(actor.municipality_id))
    town = town if town.name else replace(town, name=municipality_of(actor).name)
    plan = plan_periods(town, town.last_period())

    def report(done: int, total: int) -> None:
        write_progress(store, Progress(Stage.COUNTING, done, total))
        if done < len(plan.periods):
            tell(_("Periode %(number)s van %(total)s rekenen.") % {"number": done + 1, "total": len(plan.periods)})

    return publish(town, plan, selectors.editions_of(actor), report), seen


def _held(actor: Actor) -> tuple[str, ...]:
    return tuple(batch.id for batch in selectors.warehouse_of(actor).batches())


@atomic
def _point(actor: Actor, edition: Edition, at: datetime) -> None:
    """Move the pointer; the edition before it stays for readers who are half-way, older ones go."""
    known = CurrentEdition.objects.select_for_update().filter(municipality_id=actor.municipality_id).first()
    before = [known.edition] if known is not None else []
    CurrentEdition.objects.update_or_create(
        municipality_id=actor.municipality_id, defaults={"edition": edition.id, "moved_at": at}
    )
    keep_only(selectors.editions_of(actor), [edition.id, *before])
    _drop_files_of_undone_batches(actor)


def _drop_files_of_undone_batches(actor: Actor) -> None:
    """The files of a batch that was undone stay while an edition names it, and go with the last one."""
    folder = selectors.editions_of(actor)
    standing = (read_edition(folder / name) for name in selectors.editions_named(actor))
    selectors.warehouse_of(actor).prune({origin.batch for edition in standing for origin in edition.made_from})


def _nothing_counted(reason: str) -> Refused:
    return Refused(
        code="nothing_counted",
        reason=_("Er is nog geen beeld te maken: %(reason)s") % {"reason": reason},
        ground=_("Een beeld rust op misdrijven, geteld per buurt en per maand of jaar."),
        next_step=_("Voeg een bestand met misdrijven per buurt toe bij Gegevens."),
    )


def keep_upload(*, actor: Actor, name: str, chunks: Iterable[bytes]) -> str:
    """Keep an uploaded file apart until someone accepts or drops it; returns the name of the upload."""
    require(actor, "data.write")
    sweep_uploads(actor=actor)
    upload = secrets.token_hex(16)
    folder = store_of(actor) / "uploads" / upload
    folder.mkdir(parents=True)
    with (folder / _plain(name)).open("wb") as file:
        for chunk in chunks:
            file.write(chunk)
    return upload


def _plain(name: str) -> str:
    """A file's own name without folders and odd signs, so that it can lie on any disk."""
    kept = re.sub(r"[^\w. ()-]", "_", PurePosixPath(name.replace("\\", "/")).name).strip(". ")
    return kept[:120] or "bestand"


def accept_uploads(
    *, actor: Actor, uploads: Sequence[str], replace: Sequence[str] = (), at: datetime | None = None
) -> list[Outcome]:
    """Take kept uploads into the warehouse in one call, as got at `at`; one outcome per upload, in their order.

    The kept files go; only one that may replace a batch waits on, for who wants that. Raises RefusedError
    'not_your_role', FileNotFoundError for an upload that is not there, and KeyError for a batch to replace that
    is not there.
    """
    require(actor, "data.write")
    paths = [selectors.upload_path(actor, upload) for upload in uploads]
    day = at.date() if at else None
    outcomes = sources.ingest(selectors.warehouse_of(actor), paths, replace, fetched_on=day)
    for path, outcome in zip(paths, outcomes, strict=True):
        if not outcome.against:
            shutil.rmtree(path.parent, ignore_errors=True)
    return outcomes


def sweep_uploads(*, actor: Actor) -> int:
    """Remove the kept uploads that have waited for a day without anyone taking them; how many those were.

    By the real clock, also in a demo: what someone gave by mistake must not stay.
    """
    require(actor, "data.read")
    until = (clock.now() - UPLOAD_WAITS).timestamp()
    folder = store_of(actor) / "uploads"
    old = [one for one in folder.iterdir() if one.stat().st_mtime < until] if folder.is_dir() else []
    for upload in old:
        shutil.rmtree(upload, ignore_errors=True)
    return len(old)


def drop_upload(*, actor: Actor, upload: str) -> None:
    """Throw a kept upload away; one that is gone already is fine."""
    require(actor, "data.write")
    try:
        path = selectors.upload_path(actor, upload)
    except FileNotFoundError:
        return
    shutil.rmtree(path.parent)


def withdraw_batch(*, actor: Actor, batch: str) -> Batch:
    """Take a batch out of the count and order a new picture. Its files stay while an edition stands.

    Raises RefusedError 'not_your_role' and KeyError for a batch that is not there.
    """
    require(actor, "data.write")
    gone = sources.withdraw(selectors.warehouse_of(actor), batch, named_by=selectors.editions_named(actor))
    order_rebuild(actor=actor)
    return gone
