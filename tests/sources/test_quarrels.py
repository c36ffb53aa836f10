"""Files that contradict another, in the same call or in the warehouse, and files that take the place of a batch."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from tests.sources import files
from tests.sources.test_services import crime, residents

from wijkveilig.sources.services import ingest, read_files
from wijkveilig.sources.types import Outcome, State
from wijkveilig.warehouse.observations import Question, observations
from wijkveilig.warehouse.store import Warehouse
from wijkveilig.warehouse.types import AreaCode


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    """An empty warehouse in a folder."""
    return Warehouse(tmp_path / "warehouse")


def counts(count: files.Cell, code: str = "1.1.1") -> bytes:
    """Five neighbourhoods with the same figure for 2023, and another type that is always there."""
    rows = [(f"BU9901010{at}", code, "2023JJ00", count) for at in range(5)]
    return files.police([*rows, *((f"BU9901010{at}", "0.0.0", "2023JJ00", 400) for at in range(5))])


def states(outcomes: list[Outcome]) -> list[str]:
    """What became of each file."""
    return [outcome.state.value for outcome in outcomes]


@pytest.mark.parametrize(("before", "after"), [(50, None), (None, 50), (50, "x")])
def test_a_figure_that_turns_into_none_contradicts_in_either_direction(
    warehouse: Warehouse, tmp_path: Path, before: files.Cell, after: files.Cell
) -> None:
    ingest(warehouse, [files.put(tmp_path, "a", counts(before))])

    (outcome,) = ingest(warehouse, [files.put(tmp_path, "b", counts(after))])

    assert outcome.state is State.REFUSED
    assert "5 van 10 cijfers verschillen" in outcome.reasons[0]
    assert "geen cijfer" in outcome.reasons[0]


def test_of_a_figure_and_a_withheld_one_in_one_call_both_are_left_out_in_any_order(tmp_path: Path) -> None:
    one, two = files.put(tmp_path, "a", counts(50)), files.put(tmp_path, "b", counts(None))

    for at, paths in enumerate(([one, two], [two, one])):
        assert states(ingest(Warehouse(tmp_path / f"opslag{at}"), paths)) == ["refused", "refused"]


def test_a_type_that_one_file_never_recorded_is_no_contradiction(warehouse: Warehouse, tmp_path: Path) -> None:
    ingest(warehouse, [files.put(tmp_path, "a", counts(0))])

    assert states(ingest(warehouse, [files.put(tmp_path, "b", counts(40))])) == ["accepted"]


def test_each_of_two_that_contradict_names_the_other_with_its_own_figure_first(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    one, two = files.put(tmp_path, "a", counts(50)), files.put(tmp_path, "b", counts(90))

    first, second = ingest(warehouse, [one, two])

    assert f"'{two}'" in first.reasons[0]
    assert f"'{one}'" not in first.reasons[0]
    assert "50 hier tegen 90 daar" in first.reasons[0]
    assert "90 hier tegen 50 daar" in second.reasons[0]


def test_a_small_revision_names_the_file_that_it_revises(warehouse: Warehouse, tmp_path: Path) -> None:
    old = files.put(tmp_path, "a", counts(50))
    ingest(warehouse, [old])

    (outcome,) = ingest(warehouse, [files.put(tmp_path, "b", counts(51))])

    assert any(f"Kleine herziening van '{old}'" in note and "5 van 10" in note for note in outcome.notes)


def test_the_figure_that_counts_does_not_depend_on_the_order_of_the_arguments(tmp_path: Path) -> None:
    paths = [files.put(tmp_path, name, counts(count)) for name, count in (("a", 50), ("b", 51))]
    values = set()
    for at, order in enumerate((paths, paths[::-1])):
        store = Warehouse(tmp_path / f"opslag{at}")
        ingest(store, order)
        values |= {row.value for row in observations(store, Question(AreaCode("GM9901"), codes=frozenset({"1.1.1"})))}
    picture = observations(
        Warehouse.memory(read_files(paths).taken), Question(AreaCode("GM9901"), codes=frozenset({"1.1.1"}))
    )

    assert values == {row.value for row in picture}
    assert len(values) == 1


def test_a_copy_of_a_refused_file_is_refused_as_well(warehouse: Warehouse, tmp_path: Path) -> None:
    ingest(warehouse, [files.put(tmp_path, "a", counts(50))])

    outcomes = ingest(warehouse, [files.put(tmp_path, name, counts(500)) for name in ("b", "c")])

    assert states(outcomes) == ["refused", "refused"]
    assert [outcome.batch for outcome in outcomes] == [None, None]
    assert outcomes[0].reasons == outcomes[1].reasons


def test_a_copy_has_the_same_numbers_in_one_call_as_in_a_later_call(warehouse: Warehouse, tmp_path: Path) -> None:
    first, copy = ingest(warehouse, [files.put(tmp_path, name, counts(50)) for name in ("a", "b")])
    (later,) = ingest(warehouse, [tmp_path / "b"])

    assert (copy.state, later.state) == (State.ALREADY, State.ALREADY)
    numbers = [(held.rows_read, held.rows_kept, held.rows_refused, held.batch) for held in (first, copy, later)]
    assert numbers == [numbers[0]] * 3


def test_one_path_given_twice_is_one_file(warehouse: Warehouse, tmp_path: Path) -> None:
    folder = tmp_path / "map"
    folder.mkdir()
    path = files.put(folder, "a", counts(50))

    assert states(ingest(warehouse, [path, path, folder])) == ["accepted"]


@pytest.mark.parametrize("other", [residents(), counts(50)])
def test_a_batch_that_no_file_can_take_the_place_of_refuses_the_whole_call(
    warehouse: Warehouse, tmp_path: Path, other: bytes
) -> None:
    (old,) = ingest(warehouse, [files.put(tmp_path, "a", crime())])
    ingest(warehouse, [files.put(tmp_path, "eerder", counts(50))])
    before = warehouse.batches(withdrawn=True)
    assert old.batch is not None

    outcomes = ingest(warehouse, [files.put(tmp_path, "b", other)], replace=[old.batch])

    assert states(outcomes) == ["refused"]
    assert "er is niets overgenomen" in outcomes[0].reasons[0]
    assert warehouse.batches(withdrawn=True) == before


def test_one_file_may_take_the_place_of_several_batches(warehouse: Warehouse, tmp_path: Path) -> None:
    old = [
        ingest(warehouse, [files.put(tmp_path, f"{year}", files.police([("BU99010101", "0.0.0", f"{year}JJ00", 90)]))])[
            0
        ].batch
        for year in (2022, 2023)
    ]
    both = files.police([("BU99010101", "0.0.0", f"{year}JJ00", 10) for year in (2022, 2023)])

    (outcome,) = ingest(warehouse, [files.put(tmp_path, "b", both)], replace=[held for held in old if held])

    assert outcome.state is State.ACCEPTED
    assert [batch.id for batch in warehouse.batches()] == [outcome.batch]
    assert sorted(warehouse.batches()[0].replaces) == sorted(held for held in old if held)


def test_of_two_calls_at_once_that_contradict_each_other_one_is_refused(tmp_path: Path) -> None:
    paths = [files.put(tmp_path, f"{count}", counts(count)) for count in (50, 500, 5000)]
    found: list[str] = []
    start = threading.Barrier(len(paths))

    def take(path: Path) -> None:
        start.wait()
        found.extend(states(ingest(Warehouse(tmp_path / "opslag"), [path])))

    threads = [threading.Thread(target=take, args=(path,)) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(found) == ["accepted", "refused", "refused"]
