"""From the batches of a warehouse to places: which batches know areas, and which codes each batch uses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from wijkveilig.areas.divisions import Division, Figures, Place
from wijkveilig.areas.places import Places
from wijkveilig.warehouse.batch import Batch
from wijkveilig.warehouse.store import Warehouse
from wijkveilig.warehouse.types import AreaCode, Level, level_of, within

# Sources whose codes are those of CBS; the others number areas in their own way.
NATIONAL = frozenset({"cbs_areas", "key_figures", "police_crime"})


@dataclass(frozen=True)
class Atlas:
    """All that the batches know of one municipality's areas: two queries, then everything in memory."""

    divisions: tuple[Division, ...]
    figures: dict[str, Figures]

    def seen_from(self, batch_id: str) -> Places:
        """The places as the counts of one batch mean them.

        A batch without a code in the municipality raises KeyError.
        """
        return Places(self.figures[batch_id], self.divisions)


def atlas(warehouse: Warehouse, municipality: AreaCode) -> Atlas:
    """Read the areas and codes of one municipality (GM…) from every batch that counts."""
    batches = {batch.id: batch for batch in warehouse.batches()}
    return Atlas(
        divisions=tuple(_divisions(warehouse, batches, municipality)),
        figures={figures.batch: figures for figures in _figures(warehouse, batches, municipality)},
    )


def _divisions(warehouse: Warehouse, batches: dict[str, Batch], municipality: AreaCode) -> Iterable[Division]:
    columns = warehouse.columns("areas", digits=municipality[2:])
    known: dict[str, dict[AreaCode, Place]] = defaultdict(dict)
    for batch, code, name, parent, lon, lat, wkb, water in zip(
        *(columns[key].tolist() for key in ("batch", "code", "name", "parent", "lon", "lat", "wkb", "water")),
        strict=True,
    ):
        place = Place(
            AreaCode(code),
            name=name or None,
            parent=AreaCode(parent) if parent else None,
            lon=None if lon != lon else lon,  # NaN is the one number that is not itself
            lat=None if lat != lat else lat,
            wkb=bytes(wkb) if wkb is not None else None,
            water=bool(water),
        )
        known[batch][place.code] = place
    for batch, places in known.items():
        yield Division(batch, batches[batch].division, batches[batch].source in NATIONAL, places)


def _figures(warehouse: Warehouse, batches: dict[str, Batch], municipality: AreaCode) -> Iterable[Figures]:
    columns = warehouse.columns("codes")
    codes: dict[str, set[AreaCode]] = defaultdict(set)
    for batch, code in zip(columns["batch"].tolist(), columns["code"].tolist(), strict=True):
        if level_of(code) is Level.NEIGHBOURHOOD and within(AreaCode(code), municipality):
            codes[batch].add(AreaCode(code))
    for batch_id, found in codes.items():
        batch = batches[batch_id]
        last = None if batch.last_month is None else batch.last_month // 12
        yield Figures(batch_id, batch.division or last, batch.source in NATIONAL, frozenset(found))
