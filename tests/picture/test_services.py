"""Verbs of the picture: making an edition and pointing to it; keeping, taking and withdrawing files."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from tests import factories
from tests.picture.towns import steady, write_figures, write_panel

from wijkveilig.picture import selectors, services
from wijkveilig.picture.jobs import rebuild
from wijkveilig.picture.progress import Stage
from wijkveilig.scope import clock
from wijkveilig.scope.selectors import store_of
from wijkveilig.scope.types import Actor, MunicipalityView, RefusedError
from wijkveilig.sources.services import ingest
from wijkveilig.sources.types import State
from wijkveilig.warehouse.store import Warehouse

pytestmark = pytest.mark.slow  # goes the whole road, from raw files to facts

AT = datetime(2026, 2, 6, 12, 0, tzinfo=UTC)
AREAS = [f"BU9901{number // 10:02d}{number % 10:02d}" for number in range(12)]
OTHERS = [f"BU9902{number // 10:02d}{number % 10:02d}" for number in range(12)]
ActorAs = Callable[[str], Actor]


def panel(folder: Path, areas: list[str], *, months: int = 48, seed: int = 1) -> Path:
    return write_panel(folder / f"panel-{seed}-{months}.csv", steady(12, 2, months, seed=seed), areas=areas)


def fill(actor: Actor, folder: Path, areas: list[str]) -> None:
    ingest(Warehouse(store_of(actor) / "warehouse"), [panel(folder, areas)])


def test_a_rebuild_makes_an_edition_that_pages_then_read(actor_as: ActorAs, tmp_path: Path) -> None:
    analyst = actor_as("analist")
    fill(analyst, tmp_path, AREAS)
    told: list[str] = []

    made = services.rebuild(actor=analyst, at=AT, progress=told.append)
    edition = selectors.current_edition(analyst)

    assert edition is not None
    assert edition.id == made.id
    assert [area.code for area in edition.areas[:2]] == AREAS[:2]
    assert told[0] == "De bestanden lezen."
    assert told[-1] == "Het beeld is klaar."
    progress = selectors.progress(analyst)
    assert progress is not None
    assert (progress.stage, progress.busy, progress.percent, progress.edition) == (Stage.DONE, False, 100, made.id)


def test_where_no_file_names_the_municipality_it_has_the_name_that_it_has_here(
    actor_as: ActorAs, town: MunicipalityView, tmp_path: Path
) -> None:
    analyst = actor_as("analist")
    fill(analyst, tmp_path, AREAS)

    edition = services.rebuild(actor=analyst, at=AT)

    assert edition.name == town.name
    assert [area.name for area in edition.areas if area.code == town.code] == [town.name]


def test_there_is_no_edition_before_the_first_rebuild(actor_as: ActorAs) -> None:
    reader = actor_as("lezer")

    assert selectors.current_edition(reader) is None
    assert selectors.progress(reader) is None
    assert not selectors.needs(reader).enough


@pytest.mark.parametrize("role", ["lezer", "gebiedsmanager", "beleidsadviseur"])
def test_a_role_without_the_right_makes_no_picture_and_takes_no_files(
    actor_as: ActorAs, tmp_path: Path, role: str
) -> None:
    actor = actor_as(role)
    fill(actor, tmp_path, AREAS)

    for refused in (
        lambda: services.rebuild(actor=actor, at=AT),
        lambda: services.order_rebuild(actor=actor),
        lambda: services.keep_upload(actor=actor, name="a.csv", chunks=[b"x"]),
        lambda: services.withdraw_batch(actor=actor, batch=selectors.batches(actor)[0].id),
    ):
        with pytest.raises(RefusedError) as no:
            refused()
        assert no.value.refused.code == "not_your_role"
    assert selectors.current_edition(actor) is None
    assert not selectors.batches(actor)[0].withdrawn


def test_a_rebuild_can_be_ordered_and_runs_as_a_job(actor_as: ActorAs, tmp_path: Path) -> None:
    analyst = actor_as("analist")
    fill(analyst, tmp_path, AREAS)

    services.order_rebuild(actor=analyst)

    assert selectors.current_edition(analyst) is not None


def test_without_counts_the_rebuild_says_what_is_lacking_and_the_old_edition_stays(
    actor_as: ActorAs, tmp_path: Path
) -> None:
    analyst = actor_as("analist")
    fill(analyst, tmp_path, AREAS)
    before = services.rebuild(actor=analyst, at=AT)
    batch = selectors.batches(analyst)[0]
    selectors.warehouse_of(analyst).withdraw(batch.id, named_by=[before.id])

    with pytest.raises(RefusedError) as no:
        services.rebuild(actor=analyst, at=AT)

    assert no.value.refused.code == "nothing_counted"
    now = selectors.current_edition(analyst)
    assert now is not None
    assert now.id == before.id
    progress = selectors.progress(analyst)
    assert progress is not None
    assert progress.stage is Stage.FAILED
    assert progress.failed


def test_a_rebuild_that_breaks_off_says_so_and_can_be_done_again(actor_as: ActorAs, tmp_path: Path) -> None:
    analyst = actor_as("analist")
    fill(analyst, tmp_path, AREAS)

    def stop(line: str) -> None:
        if line.startswith("Periode 1"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        services.rebuild(actor=analyst, at=AT, progress=stop)
    broken = selectors.progress(analyst)
    services.rebuild(actor=analyst, at=AT)

    assert broken is not None
    assert (broken.stage, broken.busy) == (Stage.FAILED, False)
    assert selectors.current_edition(analyst) is not None
    assert [name for name in selectors.editions_of(analyst).iterdir() if name.name.startswith(".")] == []


def test_new_files_give_a_new_edition_and_the_one_before_stays_for_its_readers(
    actor_as: ActorAs, tmp_path: Path
) -> None:
    analyst = actor_as("analist")
    fill(analyst, tmp_path, AREAS)
    ids = [services.rebuild(actor=analyst, at=AT).id]
    for year in (2014, 2015):
        figures = write_figures(tmp_path / f"{year}.csv", year, areas=AREAS, residents=[1000 + year] * 12)
        ingest(selectors.warehouse_of(analyst), [figures])
        ids.append(services.rebuild(actor=analyst, at=AT).id)

    assert len(set(ids)) == 3
    assert selectors.editions_named(analyst) == tuple(sorted(ids[1:]))


def test_the_files_of_an_undone_batch_go_with_the_last_edition_that_names_them(
    actor_as: ActorAs, tmp_path: Path
) -> None:
    analyst = actor_as("analist")
    fill(analyst, tmp_path, AREAS)
    figures = write_figures(tmp_path / "2015.csv", 2015, areas=AREAS, residents=[2000] * 12)
    (outcome,) = ingest(selectors.warehouse_of(analyst), [figures])
    services.rebuild(actor=analyst, at=AT)
    files = selectors.warehouse_of(analyst).folder / "batches" / str(outcome.batch)

    selectors.warehouse_of(analyst).withdraw(str(outcome.batch), named_by=selectors.editions_named(analyst))
    services.rebuild(actor=analyst, at=AT)
    named = files.exists()
    more = write_figures(tmp_path / "2014.csv", 2014, areas=AREAS, residents=[2100] * 12)
    ingest(selectors.warehouse_of(analyst), [more])
    services.rebuild(actor=analyst, at=AT)

    assert named
    assert not files.exists()


def test_two_municipalities_on_one_server_do_not_see_each_others_picture(
    town: MunicipalityView, other_town: MunicipalityView, tmp_path: Path
) -> None:
    here, there = (factories.make_actor(one.code, "analist") for one in (town, other_town))
    fill(here, tmp_path / "here", AREAS)
    fill(there, tmp_path / "there", OTHERS)

    services.rebuild(actor=here, at=AT)

    assert selectors.current_edition(here) is not None
    assert selectors.current_edition(there) is None
    assert [batch.id for batch in selectors.batches(here)] != [batch.id for batch in selectors.batches(there)]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MemoryError(), "Het geheugen van de server is vol."),
        (OSError(28, "no space"), "De schijf van de server is vol of niet te lezen."),
        (ZeroDivisionError("geheim"), "een fout in het programma (ZeroDivisionError)"),
    ],
)
def test_a_rebuild_that_breaks_says_why_and_can_be_ordered_again(
    client_as: Callable[[str], Client],
    town: MunicipalityView,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    said: str,
) -> None:
    client = client_as("analist")

    def broken(*_parts: object) -> None:
        raise error

    monkeypatch.setattr(services, "read_town", broken)
    with pytest.raises(type(error)):
        services.rebuild(actor=Actor.command(town.code), at=AT)

    page = client.get("/gegevens/voortgang/").text
    assert said in page
    assert "geheim" not in page
    assert 'action="/gegevens/beeld-maken/"' in page


def test_an_upload_is_looked_at_before_it_is_taken(actor_as: ActorAs, tmp_path: Path) -> None:
    analyst = actor_as("analist")
    content = panel(tmp_path, AREAS).read_bytes()

    upload = services.keep_upload(actor=analyst, name="C:\\map\\panel.csv", chunks=[content[:100], content[100:]])
    (seen,) = selectors.rehearsal(analyst, [selectors.upload_path(analyst, upload)], AT).taken
    before = selectors.batches(analyst)
    outcomes = services.accept_uploads(actor=analyst, uploads=[upload], at=AT)

    assert seen.batch.rows_kept == 12 * 2 * 48
    assert before == ()
    assert [outcome.state for outcome in outcomes] == [State.ACCEPTED]
    assert [batch.id for batch in selectors.batches(analyst)] == [seen.batch.id]
    assert Path(selectors.batches(analyst)[0].file).name == "panel.csv"
    with pytest.raises(FileNotFoundError):
        selectors.upload_path(analyst, upload)


def test_an_upload_that_nothing_recognises_is_refused_with_the_reason_and_can_be_dropped(actor_as: ActorAs) -> None:
    analyst = actor_as("analist")
    upload = services.keep_upload(actor=analyst, name="brief.txt", chunks=[b"beste buren\nhallo\n"])

    (left_out,) = selectors.rehearsal(analyst, [selectors.upload_path(analyst, upload)], AT).left_out
    assert left_out.reason
    services.drop_upload(actor=analyst, upload=upload)
    services.drop_upload(actor=analyst, upload=upload)

    with pytest.raises(FileNotFoundError):
        selectors.upload_path(analyst, upload)


@pytest.mark.parametrize("name", ["../../etc/passwd", "..", "", "a/b\\c.csv", "." * 300])
def test_an_upload_stays_in_its_own_folder_whatever_it_is_called(actor_as: ActorAs, name: str) -> None:
    analyst = actor_as("analist")

    upload = services.keep_upload(actor=analyst, name=name, chunks=[b"x"])

    assert selectors.upload_path(analyst, upload).parent == store_of(analyst) / "uploads" / upload


def test_an_upload_that_nobody_takes_is_removed_after_a_day(actor_as: ActorAs, monkeypatch: pytest.MonkeyPatch) -> None:
    analyst = actor_as("analist")
    old = services.keep_upload(actor=analyst, name="a.csv", chunks=[b"x"])
    real = clock.now()

    monkeypatch.setattr(clock, "now", lambda: real + timedelta(hours=23))
    fresh = services.keep_upload(actor=analyst, name="b.csv", chunks=[b"x"])
    assert selectors.upload_path(analyst, old).exists()
    monkeypatch.setattr(clock, "now", lambda: real + timedelta(hours=24, minutes=1))
    os.utime(selectors.upload_path(analyst, fresh).parent, (real.timestamp() + 82800, real.timestamp() + 82800))
    services.keep_upload(actor=analyst, name="c.csv", chunks=[b"x"])

    assert selectors.upload_path(analyst, fresh).exists()
    with pytest.raises(FileNotFoundError):
        selectors.upload_path(analyst, old)


def test_the_job_sweeps_uploads_too(actor_as: ActorAs, tmp_path: Path) -> None:
    analyst = actor_as("analist")
    ingest(selectors.warehouse_of(analyst), [panel(tmp_path, AREAS)])
    upload = services.keep_upload(actor=analyst, name="a.csv", chunks=[b"x"])
    os.utime(selectors.upload_path(analyst, upload).parent, (0, 0))

    rebuild.call(analyst.municipality_id, analyst.account_id)

    with pytest.raises(FileNotFoundError):
        selectors.upload_path(analyst, upload)


@pytest.mark.parametrize("upload", ["", "..", "../warehouse", "0" * 31, "g" * 32])
def test_only_the_name_of_an_upload_opens_one(actor_as: ActorAs, upload: str) -> None:
    with pytest.raises(FileNotFoundError):
        selectors.upload_path(actor_as("analist"), upload)


def test_a_withdrawn_batch_no_longer_counts_and_its_files_stay_while_an_edition_names_it(
    actor_as: ActorAs, tmp_path: Path
) -> None:
    analyst = actor_as("analist")
    fill(analyst, tmp_path, AREAS)
    figures = write_figures(tmp_path / "figures.csv", 2015, areas=AREAS, residents=[1500] * 12)
    ingest(selectors.warehouse_of(analyst), [figures])
    before = services.rebuild(actor=analyst, at=AT)
    batch = next(batch for batch in selectors.batches(analyst) if batch.source == "key_figures")

    services.withdraw_batch(actor=analyst, batch=batch.id)

    kept = selectors.batch(analyst, batch.id)
    now = selectors.current_edition(analyst)
    assert kept is not None
    assert kept.withdrawn
    assert selectors.warehouse_of(analyst).raw(batch.id) == figures.read_bytes()
    assert now is not None
    assert now.id != before.id
    assert now.areas[0].residents is None


def test_what_a_municipality_has_and_lacks_is_known(actor_as: ActorAs, tmp_path: Path) -> None:
    analyst = actor_as("analist")
    fill(analyst, tmp_path, AREAS)

    found = selectors.needs(analyst)

    assert (found.batches, found.counts, found.areas, found.names, found.denominators) == (1, True, False, False, False)
