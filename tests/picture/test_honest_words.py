"""What pages say of the method and of the sources is what was really done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client
from tests.picture.editions import write_edition
from tests.picture.page_fixtures import put_edition

from wijkveilig.picture import method_page, wording

Pages = Callable[[str], Client]


@pytest.mark.slow
@pytest.mark.parametrize("address", ["/beeld/indicator/woninginbraak/", "/beeld/aandacht/", "/beeld/"])
def test_a_level_is_said_to_be_drawn_to_the_mean_of_the_city(client_as: Pages, address: str) -> None:
    put_edition()

    text = client_as("lezer").get(address).text

    assert "gemiddelde van de stad" in text
    assert "vergelijkbare gebieden" not in text


def test_a_publisher_that_nobody_names_is_not_named_beside_others(tmp_path: Path) -> None:
    edition = write_edition(tmp_path, areas=5)
    origin = edition.made_from[0]
    named = [replace(origin, publisher=name) for name in ("CBS", "niet vermeld", "Politie", "CBS")]

    assert wording.sources_line(replace(edition, made_from=tuple(named))) == "CBS; Politie"


def test_what_a_picture_leaves_aside_stands_on_the_page_that_explains_it(tmp_path: Path) -> None:
    edition = write_edition(tmp_path, areas=5)

    page = method_page.compose(replace(edition, notes=("Dit beeld gaat tot en met 2014-05.",)))

    assert page.notes == ("Dit beeld gaat tot en met 2014-05.",)
