"""The expectation on trial: on real towns, on quiet made-up towns, and on towns with rises in them."""

import time
from pathlib import Path

import numpy as np
import pytest
from tests.realdata.shared import DATA, needs_data
from tests.simulation import competitors, report
from tests.simulation.backtest import (
    QUIET,
    RISEN,
    TOWNS,
    Found,
    alarms,
    finds,
    forecasts,
    inside,
    ours,
    quiet_towns,
    read_panel,
    towns_with_rises,
)
from tests.simulation.towns import Town

pytestmark = pytest.mark.slow

MOST_ALARMS, LEAST_FOUND = 0.08, 0.75


@pytest.fixture(scope="module")
def quiet() -> list[tuple[str, Town]]:
    return quiet_towns(QUIET)


@pytest.fixture(scope="module")
def risen() -> list[tuple[Town, Town]]:
    return towns_with_rises(RISEN)


@pytest.fixture(scope="module")
def found(risen: list[tuple[Town, Town]]) -> Found:
    return finds(ours, risen)


@pytest.fixture(scope="module")
def alarmed(quiet: list[tuple[str, Town]]) -> list[bool]:
    return alarms(ours, quiet)


@pytest.fixture(scope="module")
def document() -> dict[str, tuple[float, ...]]:
    return report.read_rows((Path(__file__).parents[2] / "docs" / "analysis" / "expected.md").read_text("utf-8"))


def test_an_alarm_comes_in_at_most_8_of_100_quiet_towns(alarmed: list[bool]) -> None:
    assert np.mean(alarmed) <= MOST_ALARMS


def test_the_document_tells_what_this_run_found(
    document: dict[str, tuple[float, ...]], alarmed: list[bool], found: Found
) -> None:
    assert document["this method"] == pytest.approx(report.method_row("", alarmed, found).cells, abs=1.01)


@pytest.mark.parametrize("size", ["large", "middling"])
def test_three_quarters_of_the_planted_rises_are_found_with_at_most_one_other(found: Found, size: str) -> None:
    assert found.planted[size] > 0.9 * RISEN

    assert found.share(size) >= LEAST_FOUND


def test_a_town_with_rises_seldom_has_anything_else_flagged(found: Found) -> None:
    assert np.mean(found.others) <= 0.2
    assert np.mean(np.array(found.others) <= 1) >= 0.98


def test_never_alarming_finds_nothing(risen: list[tuple[Town, Town]]) -> None:
    lazy = finds(competitors.never_alarm, risen)

    assert lazy.share("large") < LEAST_FOUND
    assert lazy.share("middling") < LEAST_FOUND


@pytest.mark.parametrize("method", [competitors.plain_poisson, competitors.z_score])
def test_plain_poisson_and_a_z_score_alarm_in_quiet_towns(quiet: list[tuple[str, Town]], method) -> None:
    assert np.mean(alarms(method, quiet)) > MOST_ALARMS


@needs_data
@pytest.mark.realdata
@pytest.mark.parametrize("town", TOWNS)
def test_forecasts_of_real_years_lie_inside_their_interval_as_often_as_they_say(
    town: str, document: dict[str, tuple[float, ...]]
) -> None:
    answers = forecasts(read_panel(DATA)[town])

    row = report.coverage_row(town, [inside(seen, came) for seen, came in answers.values()])
    *periods, together, asked = row.cells

    assert len(periods) == 4
    assert asked >= 150
    assert 91 <= together <= 98
    assert all(90 <= share <= 98.5 for share in periods)
    assert document[row.name] == pytest.approx(row.cells, abs=1.01)


@needs_data
@pytest.mark.realdata
def test_of_the_hagues_thousand_series_a_handful_is_out_of_line_where_plain_poisson_names_dozens() -> None:
    cube = read_panel(DATA)["GM0518"]
    years = cube[:, :, 11:83].reshape(*cube.shape[:2], 6, 12).sum(axis=3)

    named = ours(years[:, :, :-1], years[:, :, -1])
    poisson = competitors.plain_poisson(years[:, :, :-1], years[:, :, -1])

    assert years.shape[0] * years.shape[1] == 1023
    assert 1 <= named.sum() <= 10
    assert poisson.sum() > 50


def test_a_forecast_of_a_town_the_size_of_the_hague_takes_under_a_second() -> None:
    years = np.random.default_rng(3).poisson(20.0, size=(93, 11, 7)).astype(float)
    ours(years[:, :, :-1], years[:, :, -1])

    start = time.process_time()
    ours(years[:, :, :-1], years[:, :, -1])

    assert time.process_time() - start < 1.0
