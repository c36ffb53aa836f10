"""The list of a store: what it does not name and we did not make stays, and without it nothing is done."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.warehouse import making

from wijkveilig.warehouse import catalog
from wijkveilig.warehouse.store import Warehouse

FIGURES: list[making.Figure] = [("BU99010102", "1.1.1", "2016", 4)]


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    """An empty warehouse in a folder."""
    return Warehouse(tmp_path / "warehouse")


@pytest.mark.parametrize(
    ("folder", "file"),
    [("mijn_werk", "verslag.txt"), ("0123456789abcdef", "verslag.txt"), ("0123456789abcdef", "raw/diep.txt")],
)
def test_what_we_did_not_make_is_never_removed(warehouse: Warehouse, tmp_path: Path, folder: str, file: str) -> None:
    foreign = tmp_path / "warehouse" / "batches" / folder / file
    foreign.parent.mkdir(parents=True)
    foreign.write_text("van een ander", encoding="utf-8")
    loose = tmp_path / "warehouse" / "batches" / "los.txt"
    loose.write_text("van een ander", encoding="utf-8")

    warehouse.commit([making.reading("een", making.observations(FIGURES))])
    warehouse.commit([making.reading("twee", making.observations(FIGURES))])

    assert (foreign.read_text(encoding="utf-8"), loose.exists()) == ("van een ander", True)
    assert len(Warehouse(warehouse.folder).batches()) == 2


def test_a_store_that_lost_its_list_is_refused_and_keeps_its_batches(warehouse: Warehouse, tmp_path: Path) -> None:
    (batch,) = warehouse.commit([making.reading("een", making.observations(FIGURES))])
    (tmp_path / "warehouse" / "catalog.json").unlink()
    raw = tmp_path / "warehouse" / "batches" / batch.id / "raw"

    with pytest.raises(catalog.StoreError, match=f"zoals {batch.id}"):
        Warehouse(warehouse.folder).batches()
    with pytest.raises(catalog.StoreError, match=r"catalog\.json ontbreekt"):
        Warehouse(warehouse.folder).commit([making.reading("twee", making.observations(FIGURES))])

    assert raw.exists()


@pytest.mark.parametrize("text", ["{}", "[]", "geen json", '{"batches": [{"id": "../../x"}]}', '{"batches": [{}]}'])
def test_a_list_that_is_not_ours_is_refused(warehouse: Warehouse, tmp_path: Path, text: str) -> None:
    (tmp_path / "warehouse").mkdir()
    (tmp_path / "warehouse" / "catalog.json").write_text(text, encoding="utf-8")

    with pytest.raises(catalog.StoreError, match="geen opslag van wijkveilig"):
        warehouse.commit([making.reading("een", making.observations(FIGURES))])
