"""Progress of a new picture: work that nobody does any more is not busy for ever."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from wijkveilig.picture import progress_page
from wijkveilig.picture.progress import Progress, Stage, alone, read_progress, write_progress
from wijkveilig.scope import clock


def written(store: Path, stage: Stage, *, ago: timedelta) -> Path:
    """A store whose progress was last written so long ago."""
    write_progress(store, Progress(stage, 1, 4))
    then = (clock.now() - ago).timestamp()
    os.utime(store / "progress.json", (then, then))
    return store


def stage_of(store: Path) -> Stage:
    found = read_progress(store)
    assert found is not None
    return found.stage


@pytest.mark.parametrize("stage", [Stage.READING, Stage.COUNTING])
def test_work_whose_process_is_gone_counts_as_broken_off_and_says_what_to_do(tmp_path: Path, stage: Stage) -> None:
    with alone(tmp_path):
        pass

    page = progress_page.compose(read_progress(written(tmp_path, stage, ago=timedelta(minutes=5))))

    assert not page.busy
    assert page.again
    assert page.text == "Het maken van het beeld is afgebroken voordat het klaar was. Maak het beeld opnieuw."


def test_work_that_a_process_still_does_is_busy_however_silent(tmp_path: Path) -> None:
    with alone(tmp_path):
        assert stage_of(written(tmp_path, Stage.COUNTING, ago=timedelta(hours=3))) is Stage.COUNTING
        assert stage_of(written(tmp_path, Stage.ORDERED, ago=timedelta(hours=3))) is Stage.ORDERED


def test_work_that_spoke_a_moment_ago_is_busy(tmp_path: Path) -> None:
    assert stage_of(written(tmp_path, Stage.COUNTING, ago=timedelta(seconds=5))) is Stage.COUNTING
    assert stage_of(written(tmp_path, Stage.ORDERED, ago=timedelta(minutes=5))) is Stage.ORDERED


def test_an_order_that_nobody_takes_is_said(tmp_path: Path) -> None:
    page = progress_page.compose(read_progress(written(tmp_path, Stage.ORDERED, ago=timedelta(minutes=11))))

    assert not page.busy
    assert page.text.startswith("Niemand neemt het werk op")


def test_what_is_done_stays_done(tmp_path: Path) -> None:
    page = progress_page.compose(read_progress(written(tmp_path, Stage.DONE, ago=timedelta(days=9))))

    assert (page.busy, page.again, page.percent) == (False, False, 100)
    assert read_progress(tmp_path / "elsewhere") is None


@pytest.mark.slow
def test_a_picture_that_failed_can_be_asked_again_by_who_may(client_as: Callable[[str], Client]) -> None:
    analyst, adviser = client_as("analist"), client_as("beleidsadviseur")
    analyst.post("/gegevens/beeld-maken/")  # there is nothing to make it of

    theirs, other = (client.get("/gegevens/voortgang/").text for client in (analyst, adviser))

    assert "Er is geen nieuw beeld" in theirs
    assert "Er is geen nieuw beeld" in other
    assert 'action="/gegevens/beeld-maken/"' in theirs
    assert 'action="/gegevens/beeld-maken/"' not in other
