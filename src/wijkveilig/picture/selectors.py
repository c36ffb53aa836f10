"""Questions that pages ask about the picture and its data. The actor comes first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from wijkveilig.people.services import require
from wijkveilig.picture.edition import Edition, read_edition
from wijkveilig.picture.models import CurrentEdition
from wijkveilig.picture.progress import Progress, read_progress
from wijkveilig.scope.selectors import store_of
from wijkveilig.scope.types import Actor
from wijkveilig.sources.services import rehearse
from wijkveilig.sources.types import Rehearsal
from wijkveilig.warehouse.batch import Batch
from wijkveilig.warehouse.store import Warehouse

_UPLOAD = re.compile(r"[0-9a-f]{32}\Z")


@dataclass(frozen=True)
class Needs:
    """What a municipality has given so far, for the page that says what comes next."""

    batches: int
    counts: bool
    areas: bool
    names: bool
    denominators: bool

    @property
    def enough(self) -> bool:
        """Whether a picture can be made: counts are all that it cannot do without."""
        return self.counts


def current_edition(actor: Actor) -> Edition | None:
    """The edition that pages read now, or None when there is none yet. One query."""
    require(actor, "picture.read")
    row = CurrentEdition.objects.filter(municipality_id=actor.municipality_id).first()
    if row is None:
        return None
    folder = editions_of(actor) / row.edition
    return read_edition(folder) if folder.exists() else None


def editions_named(actor: Actor) -> tuple[str, ...]:
    """Ids of the editions that stand in the store; their batches may not lose their files. No query."""
    require(actor, "picture.read")
    folder = editions_of(actor)
    found = (entry.name for entry in folder.iterdir()) if folder.exists() else ()
    return tuple(sorted(name for name in found if not name.startswith(".")))


def progress(actor: Actor) -> Progress | None:
    """How far the picture that was ordered last is; None when none was. No query."""
    require(actor, "data.read")
    return read_progress(store_of(actor))


def batches(actor: Actor) -> tuple[Batch, ...]:
    """All batches, also those that were withdrawn, in the order of their content. No query."""
    require(actor, "data.read")
    return warehouse_of(actor).batches(withdrawn=True)


def batch(actor: Actor, batch_id: str) -> Batch | None:
    """One batch with its check report, or None. No query."""
    return next((found for found in batches(actor) if found.id == batch_id), None)


def needs(actor: Actor) -> Needs:
    """What the files that count hold, and what is lacking. No query."""
    held = [found for found in batches(actor) if not found.withdrawn]
    sources = {found.source for found in held}
    return Needs(
        batches=len(held),
        counts=any(found.totals is not None for found in held),
        areas="cbs_areas" in sources,
        names=bool(sources & {"cbs_areas", "area_points"}),
        denominators="key_figures" in sources,
    )


def rehearsal(actor: Actor, paths: Sequence[Path], at: datetime) -> Rehearsal:
    """What would become of these files if they were taken now, all together. No query."""
    require(actor, "data.write")
    return rehearse(warehouse_of(actor), paths, fetched_on=at.date())


def area_names(actor: Actor) -> dict[str, str]:
    """The names of the municipality's areas by code, as the files that count give them, the latest first. No query."""
    require(actor, "data.read")
    warehouse = warehouse_of(actor)
    ids = [found.id for found in warehouse.batches()]
    held = warehouse.columns("areas", batches=ids, digits=actor.municipality_id[2:]) if ids else {}
    latest = {batch: place for place, batch in enumerate(ids)}
    rows = zip(*(held[name].tolist() for name in ("batch", "code", "name")), strict=True) if held else ()
    named = sorted((latest[batch], code, name) for batch, code, name in rows if name)
    return {code: name for _place, code, name in named}


def upload_path(actor: Actor, upload: str) -> Path:
    """The file of a kept upload; FileNotFoundError when it is not there (any more). No query."""
    require(actor, "data.write")
    folder = store_of(actor) / "uploads" / upload
    if not _UPLOAD.match(upload) or not folder.is_dir():
        raise FileNotFoundError(upload)
    return next(iter(sorted(folder.iterdir())))


def warehouse_of(actor: Actor) -> Warehouse:
    """The warehouse of the actor's municipality. No query."""
    return Warehouse(store_of(actor) / "warehouse")


def editions_of(actor: Actor) -> Path:
    """The folder of the editions of the actor's municipality. No query."""
    return store_of(actor) / "editions"
