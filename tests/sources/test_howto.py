"""The page 'add a source' is true: its example is found by itself and passes the suite."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conformance.suite import check_source

import wijkveilig.sources as room
from wijkveilig.sources import registry
from wijkveilig.sources.content import content_of
from wijkveilig.sources.services import preview

PAGE = Path(__file__).parents[2] / "docs" / "howto" / "add-a-source.md"


def block(language: str) -> str:
    """The page's one code block in this language."""
    (found,) = re.findall(rf"```{language}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return str(found)


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The page's source as one more file of the room."""
    (tmp_path / "own_export.py").write_text(block("python"), encoding="utf-8")
    monkeypatch.setattr(room, "__path__", [*room.__path__, str(tmp_path)])
    registry.sources.cache_clear()
    yield
    registry.sources.cache_clear()


@pytest.mark.usefixtures("added")
def test_the_example_is_found_because_its_file_is_there() -> None:
    assert registry.recognise(content_of(block("csv").encode(), "x").head).id == "own_export"


@pytest.mark.usefixtures("added")
def test_the_example_passes_the_suite_of_all_sources() -> None:
    source = next(held for held in registry.sources() if held.id == "own_export")

    check_source(source, block("csv").encode())


@pytest.mark.usefixtures("added")
def test_an_empty_cell_of_the_example_is_missing_and_a_zero_is_a_value(tmp_path: Path) -> None:
    path = tmp_path / "telling"
    path.write_text(block("csv"), encoding="utf-8")

    held = preview(path).observations

    status = dict(zip(zip(held.area, held.first // 12, strict=True), held.status, strict=True))
    assert status["BU99010102", 2017] == "missing"
    assert status["BU99010101", 2017] == "value"


def test_every_file_that_the_page_names_is_there() -> None:
    named = re.findall(r"`((?:src|tests)/[\w./]+)`", PAGE.read_text(encoding="utf-8"))

    assert named
    assert [name for name in named if not (PAGE.parents[2] / name).exists()] == []
