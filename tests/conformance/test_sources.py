"""Every source through the same suite, each with its own samples."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.conformance.suite import check_source

from wijkveilig.sources import registry
from wijkveilig.sources.content import content_of
from wijkveilig.sources.types import Match, RefusedFile

SAMPLES = Path(__file__).parent / "samples"
FILES = sorted(path for path in SAMPLES.glob("*/*") if path.is_file())


@pytest.mark.parametrize("source", registry.sources(), ids=lambda source: source.id)
def test_every_source_brings_a_sample(source: registry.Source) -> None:
    assert [path for path in FILES if path.parent.name == source.id]


@pytest.mark.slow
@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_source_keeps_every_promise(path: Path) -> None:
    source = next(held for held in registry.sources() if held.id == path.parent.name)

    check_source(source, path.read_bytes())


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_sample_is_recognised_as_its_own_source(path: Path) -> None:
    assert registry.recognise(content_of(path.read_bytes(), "x").head).id == path.parent.name


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_sample_that_lacks_a_column_is_refused_and_the_reason_names_it(path: Path) -> None:
    raw = path.read_bytes()
    head = content_of(raw, "x").head
    match = registry.recognise(head).recognise(head)
    assert isinstance(match, Match)

    for column in match.columns:
        without = re.sub(rf"(?<![A-Za-z_]){column}(?![A-Za-z_])".encode(), b"iets_anders", raw)
        with pytest.raises(RefusedFile) as refused:
            registry.recognise(content_of(without, "x").head)
        assert column.split("_")[0].lower() in refused.value.reason.lower()
