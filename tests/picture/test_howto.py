"""The page that tells how to add an indicator: its example is added and seen in a picture."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.picture.towns import GM, steady, write_panel

from wijkveilig.picture import build, indicators
from wijkveilig.picture.town import read_town
from wijkveilig.sources.services import read_files
from wijkveilig.warehouse.store import Warehouse
from wijkveilig.warehouse.types import Level

PAGE = Path(__file__).parents[2] / "docs" / "howto" / "add-an-indicator.md"
REGISTER = Path(indicators.__file__).parent / "data" / "indicators.yaml"


def example() -> str:
    """The entry that the page shows."""
    found = re.search(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
    assert found is not None
    return found[1]


def test_the_example_of_the_page_is_an_indicator_in_the_picture(tmp_path: Path) -> None:
    added = indicators.read_register(REGISTER.read_text(encoding="utf-8") + example())
    write_panel(tmp_path / "panel.csv", steady(12, 2, 48), types=("104", "211"))
    town = read_town(Warehouse.memory(read_files([tmp_path], only=GM).taken), GM)

    before = [column.indicator.id for column in build.columns_of(town, town.counts.last)]
    after = build.columns_of(town, town.counts.last, added)
    layer = build.build(town, Level.NEIGHBOURHOOD, town.last_period(), after)

    assert "soort-211" in before
    assert [figure.indicator for figure in layer.areas[0].figures] == ["woninginbraak", "fietsvandalisme", "totaal"]
    assert all(area.figures[1].value is not None for area in layer.areas)


def test_the_page_explains_every_key_that_an_entry_may_have() -> None:
    told = set(re.findall(r"^\| `(\w+)` \|", PAGE.read_text(encoding="utf-8"), re.M))

    assert told == indicators.KEYS


@pytest.mark.parametrize("line", ["minimum", "cell"])
def test_the_page_tells_the_defaults_as_they_are(line: str) -> None:
    row = next(row for row in PAGE.read_text(encoding="utf-8").splitlines() if row.startswith(f"| `{line}`"))
    default = {"minimum": indicators.MINIMUM_DENOMINATOR, "cell": indicators.MINIMUM_CELL}[line]

    assert row.rstrip(" |").endswith(f"| {default}")
