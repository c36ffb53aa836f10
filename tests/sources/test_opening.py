"""Which files are read, and that no file, whatever is in it, brings a call down."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest
from tests.sources import files
from tests.sources.test_services import crime, residents

from wijkveilig.sources.content import content_of, has_next_page
from wijkveilig.sources.services import files_in, ingest, preview
from wijkveilig.sources.types import RefusedFile, State
from wijkveilig.warehouse.store import Warehouse

DEEP = b'{"type": "FeatureCollection", "features": [' + b"[" * 100_000 + b"]" * 100_000 + b"]}"
LONG = files.table(("WijkenEnBuurten", "AantalInwoners_5"), [("BU99010101", "9" * 6000)])
HUGE = files.table(("WijkenEnBuurten", "AantalInwoners_5"), [("BU99010101", "1e400")])
NO_TEXT = json.dumps({"value": [{"WijkenEnBuurten": ["BU99010101"], "AantalInwoners_5": {"x": 1}}]}).encode()


@pytest.mark.parametrize("raw", [DEEP, LONG, HUGE, NO_TEXT])
def test_a_file_that_cannot_be_read_is_refused_and_the_others_go_in(tmp_path: Path, raw: bytes) -> None:
    bad, good = files.put(tmp_path, "a", raw), files.put(tmp_path, "b", crime())

    outcomes = ingest(Warehouse(tmp_path / "opslag"), [bad, good])

    assert [outcome.state for outcome in outcomes] == [State.REFUSED, State.ACCEPTED]
    assert outcomes[0].reasons[0]


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pijp")

    with pytest.raises(RefusedFile, match="geen gewoon bestand"):
        preview(tmp_path / "pijp")


def test_linked_folders_are_walked_once_and_a_dead_link_is_named(tmp_path: Path) -> None:
    folder, other = tmp_path / "map", tmp_path / "elders"
    folder.mkdir()
    other.mkdir()
    files.put(other, "a", crime())
    (folder / "link").symlink_to(other)
    (folder / "rond").symlink_to(folder)
    (folder / "dood").symlink_to(tmp_path / "weg")

    assert [path.relative_to(folder).as_posix() for path in files_in([folder])] == ["dood", "link/a"]


def test_figures_of_later_than_next_year_cannot_be(tmp_path: Path) -> None:
    rows = [("BU99010101", "0.0.0", f"{year}JJ00", 3) for year in (2026, 2027, 2028)]

    (outcome,) = ingest(
        Warehouse(tmp_path / "opslag"), [files.put(tmp_path, "a", files.police(rows))], fetched_on=date(2026, 11, 24)
    )

    assert (outcome.rows_kept, outcome.rows_refused) == (2, 1)
    assert "2028JJ00" in outcome.reasons[0]
    assert "1990 tot en met 2027" in outcome.reasons[0]


def test_an_empty_next_link_is_no_next_page() -> None:
    page = files.police_page([("BU99010101", "0.0.0", "2016JJ00", 3)])

    assert not has_next_page(content_of(page[:-1] + b', "odata.nextLink": null}', "x"))
    assert has_next_page(content_of(page[:-1] + b', "odata.nextLink": "https://example.org/?$skip=1"}', "x"))


def test_figures_of_an_unknown_year_say_so_when_they_are_taken(tmp_path: Path) -> None:
    (outcome,) = ingest(Warehouse(tmp_path / "opslag"), [files.put(tmp_path, "a", residents())])

    assert "Het jaar van deze cijfers is onbekend." in outcome.notes
