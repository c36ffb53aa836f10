"""What holds for every file: order, names and the way of writing change nothing; nothing is lost or made up."""

from __future__ import annotations

import json
import random

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources import files

from wijkveilig.sources.codes import read_code
from wijkveilig.sources.content import content_of
from wijkveilig.sources.figures import MISSING, read_count, read_figure
from wijkveilig.sources.registry import recognise
from wijkveilig.sources.table import table_of
from wijkveilig.warehouse.reading import Reading
from wijkveilig.warehouse.types import level_of

quick = settings(derandomize=True, max_examples=40, deadline=None)

areas = st.integers(1, 12).map(lambda at: f"BU990101{at:02d}")
periods = st.sampled_from(["2014JJ00", "2015JJ00", "2016JJ00"])
kinds = st.sampled_from(["0.0.0", "1.1.1", "2.2.1"])
keys = st.tuples(areas, kinds, periods)
counts = st.one_of(st.none(), st.integers(0, 500))
cells = st.text(st.characters(codec="ascii", exclude_characters='"\r\n,\x00'), max_size=8)


def read(raw: bytes) -> Reading:
    """Read a file as any other."""
    content = content_of(raw, "x")
    return recognise(content.head).read(content, None)


def figures(reading: Reading) -> dict[tuple[str, str, int], str]:
    """Key to what is said there."""
    held = reading.observations
    said = [f"{status} {value}" for status, value in zip(held.status, held.value, strict=True)]
    return dict(zip(zip(held.area, held.code, held.first.tolist(), strict=True), said, strict=True))


@quick
@given(st.dictionaries(keys, counts, min_size=1, max_size=60), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_and_the_way_of_writing_change_nothing(
    held: dict[tuple[str, str, str], int | None], rng: random.Random
) -> None:
    rows = [(area, kind, period, count) for (area, kind, period), count in held.items()]
    mixed = rng.sample(rows, len(rows))

    first = figures(read(files.police(rows)))

    assert figures(read(files.police(mixed))) == first
    assert figures(read(files.police_page(rows))) == first
    assert len(first) == len(held)


@quick
@given(st.dictionaries(keys, st.integers(1, 500), min_size=1, max_size=60))
def test_no_crime_is_lost_and_none_is_made(held: dict[tuple[str, str, str], int]) -> None:
    reading = read(files.police([(*key, count) for key, count in held.items()]))

    assert reading.observations.value.sum() == sum(held.values())
    assert reading.batch.rows_kept == len(held)


@quick
@given(st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=30))
def test_the_quick_and_the_careful_way_of_reading_a_table_agree(rows: list[tuple[str, str, str]]) -> None:
    plain = "a,b,c\n" + "".join(f"{','.join(row)}\n" for row in rows)
    quoted = "a,b,c\n" + "".join('"{}","{}","{}"\n'.format(*row) for row in rows)

    one, two = (table_of(content_of(text.encode(), "x")) for text in (plain, quoted))

    assert one.columns == two.columns
    assert one.rows_read == two.rows_read


@quick
@given(st.text(max_size=12))
def test_what_is_read_as_a_code_is_a_code(text: str) -> None:
    read_one = read_code(text)

    assert read_one is None or level_of(read_one.code) is not None


@quick
@given(st.text(max_size=10))
def test_a_figure_is_read_or_refused_but_never_invented(text: str) -> None:
    for figure in (read_figure(text, comma=False), read_count(text, empty=MISSING)):
        if figure is not None and figure.status == "value":
            assert figure.value == float(text.strip())


@quick
@given(st.lists(areas, min_size=1, max_size=12, unique=True), st.booleans())
def test_areas_are_the_same_however_the_json_is_laid_out(codes: list[str], spread: bool) -> None:
    raw = files.features([{"bu_code": code} for code in codes])
    other = json.dumps(json.loads(raw), indent=2 if spread else None, separators=None if spread else (",", ":"))

    one, two = read(raw).areas, read(other.encode()).areas

    assert one.code.tolist() == two.code.tolist() == sorted(codes)
    assert one.wkb.tolist() == two.wkb.tolist()
