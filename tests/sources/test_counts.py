"""Registered crime and the monthly panel: what is kept, what is refused, and what the check report says."""

from __future__ import annotations

import time

import numpy as np
import pytest
from tests.sources import files

from wijkveilig.sources.content import content_of
from wijkveilig.sources.registry import recognise
from wijkveilig.sources.types import RefusedFile
from wijkveilig.warehouse.batch import Batch, Check
from wijkveilig.warehouse.reading import Reading
from wijkveilig.warehouse.types import AreaCode, Period

Cells = list[tuple[str, str, str, files.Cell]]


def read(raw: bytes, only: str | None = None) -> Reading:
    """Read a file as any other: recognised by its content."""
    content = content_of(raw, "bestand")
    return recognise(content.head).read(content, AreaCode(only) if only else None)


def figure(reading: Reading, area: str, code: str, period: Period) -> tuple[float, str]:
    """Value and status of one key; there must be exactly one."""
    held = reading.observations
    at = np.flatnonzero((held.area == area) & (held.code == code) & (held.first == period.first))
    assert len(at) == 1
    return float(held.value[at[0]]), str(held.status[at[0]])


def check(batch: Batch, name: str) -> Check:
    """The line of the check report with this name."""
    return next(held for held in batch.checks if held.name == name)


def months(count: int) -> list[str]:
    """`count` month codes from January 2011."""
    return [f"{2011 + at // 12}MM{at % 12 + 1:02d}" for at in range(count)]


def test_padded_codes_are_kept_without_their_blanks() -> None:
    reading = read(files.police([("GM9901", "0.0.0", "2016JJ00", 12)]))

    assert figure(reading, "GM9901", "0.0.0", Period.year(2016)) == (12.0, "value")


def test_lost_leading_zeros_come_back_and_are_told() -> None:
    reading = read(files.panel([("BU5050101", "2016MM01", "104", 3), ("BU05050102", "2016MM01", "104", 1)]))

    assert figure(reading, "BU05050101", "104", Period.month(2016, 1)) == (3.0, "value")
    assert any("voorloopnul" in note and "BU05050101" in note for note in reading.batch.notes)


def test_four_levels_and_the_total_row_stay_apart() -> None:
    rows: Cells = [
        ("NL00", "0.0.0", "2016JJ00", 900),
        ("GM9901", "0.0.0", "2016JJ00", 30),
        ("WK990101", "0.0.0", "2016JJ00", 30),
        ("BU99010101", "0.0.0", "2016JJ00", 30),
        ("BU99010101", "1.1.1", "2016JJ00", 10),
    ]

    reading = read(files.police(rows))

    assert reading.batch.rows_kept == 5
    assert figure(reading, "BU99010101", "0.0.0", Period.year(2016)) == (30.0, "value")
    assert figure(reading, "BU99010101", "1.1.1", Period.year(2016)) == (10.0, "value")


def test_months_and_years_in_one_column_stay_apart() -> None:
    reading = read(files.police([("BU99010101", "1.1.1", "2016JJ00", 10), ("BU99010101", "1.1.1", "2016MM01", 2)]))

    assert sorted(zip(reading.observations.first, reading.observations.months, strict=True)) == [
        (2016 * 12, 1),
        (2016 * 12, 12),
    ]


def test_an_empty_police_figure_is_withheld_and_zero_is_a_value() -> None:
    rows: Cells = [
        ("BU99010101", "1.4.1", "2016JJ00", None),
        ("BU99010101", "1.1.1", "2016JJ00", 0),
        ("BU99010102", "1.1.1", "2016JJ00", 4),
        ("BU99010102", "1.4.1", "2016JJ00", 1),
    ]

    for raw in (files.police(rows), files.police_page(rows)):
        reading = read(raw)
        assert figure(reading, "BU99010101", "1.4.1", Period.year(2016))[1] == "withheld"
        assert figure(reading, "BU99010101", "1.1.1", Period.year(2016)) == (0.0, "value")
        assert any("De bron houdt 1 cijfer achter" in note for note in reading.batch.notes)


def test_a_type_that_is_withheld_everywhere_is_withheld_and_not_unrecorded() -> None:
    reading = read(files.police([("BU99010101", "1.4.1", "2016JJ00", None), ("BU99010101", "1.1.1", "2016JJ00", 3)]))

    assert reading.batch.unrecorded_codes == ()
    assert figure(reading, "BU99010101", "1.4.1", Period.year(2016))[1] == "withheld"


def test_an_empty_cell_of_the_panel_is_missing() -> None:
    reading = read(files.panel([("BU99010101", "2016MM01", "104", None), ("BU99010102", "2016MM01", "104", 2)]))

    assert figure(reading, "BU99010101", "104", Period.month(2016, 1))[1] == "missing"


def test_a_type_that_is_zero_in_every_area_and_month_was_not_recorded() -> None:
    rows: Cells = [
        (area, month, kind, 0 if kind == "117" else 2)
        for area in ("BU99010101", "BU99010102")
        for month in months(3)
        for kind in ("104", "117")
    ]

    reading = read(files.panel(rows))

    assert reading.batch.unrecorded_codes == ("117",)
    assert figure(reading, "BU99010101", "117", Period.month(2011, 2))[1] == "missing"
    assert any("117" in note and "niet vastgelegd" in note for note in reading.batch.notes)


def test_a_month_that_is_zero_everywhere_was_not_reported_and_a_zero_elsewhere_counts() -> None:
    rows: Cells = [
        (area, month, "104", 0 if month == "2011MM03" or (area == "BU99010101" and month == "2011MM02") else 2)
        for area in ("BU99010101", "BU99010102")
        for month in months(3)
    ]

    reading = read(files.panel(rows))

    assert reading.batch.unreported_months == (2011 * 12 + 2,)
    assert figure(reading, "BU99010102", "104", Period.month(2011, 3))[1] == "missing"
    assert figure(reading, "BU99010101", "104", Period.month(2011, 2)) == (0.0, "value")
    assert any("Maart 2011" in note and "niet aangeleverd" in note for note in reading.batch.notes)


def test_zero_at_one_level_does_not_hide_a_figure_at_another() -> None:
    rows: Cells = [
        ("GM9901", "1.4.1", "2016JJ00", 3),
        ("BU99010101", "1.4.1", "2016JJ00", 0),
        ("BU99010101", "1.1.1", "2016JJ00", 5),
    ]

    reading = read(files.police(rows))

    assert figure(reading, "GM9901", "1.4.1", Period.year(2016)) == (3.0, "value")
    assert figure(reading, "BU99010101", "1.4.1", Period.year(2016)) == (0.0, "value")
    assert reading.batch.unrecorded_codes == ()
    assert not any("1.4.1" in note for note in reading.batch.notes)


def test_a_last_month_far_below_what_the_batch_expects_is_marked_and_still_counts() -> None:
    rows: Cells = [
        (f"BU9901010{area}", month, "104", 40 if at == 47 else 90 + (at * 7 + area) % 9)
        for at, month in enumerate(months(48))
        for area in range(4)
    ]

    reading = read(files.panel(rows))

    assert reading.batch.incomplete_from == 2014 * 12 + 11
    assert figure(reading, "BU99010101", "104", Period.month(2014, 12)) == (40.0, "value")
    assert any("december 2014" in note and "waarschijnlijk onvolledig" in note for note in reading.batch.notes)


def test_parts_that_differ_from_the_own_total_are_reported_with_figures_and_kept() -> None:
    rows: Cells = [
        ("GM9901", "0.0.0", "2016JJ00", 103),
        ("BU99010101", "0.0.0", "2016JJ00", 60),
        ("BU99010102", "0.0.0", "2016JJ00", 40),
        ("BU99010101", "1.1.1", "2016JJ00", 20),
        ("BU99010101", "1.2.3", "2016JJ00", 30),
        ("BU99010102", "1.1.1", "2016JJ00", 40),
    ]

    batch = read(files.police(rows)).batch

    levels = check(batch, "neighbourhood/municipality")
    assert levels.ok is False
    assert "GM9901 2016: 100 van 103 (verschil 3, 2,9 %)" in levels.text
    assert check(batch, "types").ok is False
    assert "90" in check(batch, "types").text
    assert batch.rows_refused == 0


def test_parts_that_add_up_are_said_to_add_up() -> None:
    rows: Cells = [
        ("WK990101", "0.0.0", "2016JJ00", 100),
        ("BU99010101", "0.0.0", "2016JJ00", 60),
        ("BU99010102", "0.0.0", "2016JJ00", 40),
    ]

    assert check(read(files.police(rows)).batch, "neighbourhood/district").ok is True


def test_a_page_of_exactly_a_thousand_rows_says_that_it_was_cut_and_where() -> None:
    rows: Cells = [
        (f"BU9901{area:04d}", "0.0.0", f"{2012 + year}JJ00", 1 + area % 5) for area in range(101) for year in range(10)
    ][:1000]
    rows[-1:] = [("BU99010100", "0.0.0", "2012JJ00", 2)]

    notes = " ".join(read(files.police(rows)).batch.notes)

    assert "precies 1.000 rijen" in notes
    assert "BU99010100, mist" in notes
    assert "onvolledig" in notes


def test_a_page_with_a_next_link_says_that_it_is_not_all() -> None:
    rows: Cells = [("BU99010101", "0.0.0", "2016JJ00", 3)]

    notes = read(files.police_page(rows, "https://example.org/?$skip=10000")).batch.notes

    assert any("afgekapt" in note for note in notes)
    assert not any("afgekapt" in note for note in read(files.police_page(rows)).batch.notes)


def test_crime_without_a_known_area_is_told_and_belongs_to_no_municipality() -> None:
    rows: Cells = [("BU00000000", "0.0.0", "2016JJ00", 9), ("BU99010101", "0.0.0", "2016JJ00", 1)]

    reading = read(files.police(rows), only="GM9901")

    assert any("BU00000000: 9 misdrijven zonder bekend gebied" in note for note in reading.batch.notes)
    assert set(reading.observations.area) == {"BU99010101"}


def test_areas_that_come_or_go_are_named() -> None:
    rows: Cells = [
        ("BU99010101", "0.0.0", "2015JJ00", 1),
        ("BU99010101", "0.0.0", "2016JJ00", 1),
        ("BU99010102", "0.0.0", "2016JJ00", 2),
    ]

    assert any(
        "niet over alle perioden" in note and "BU99010102" in note for note in read(files.police(rows)).batch.notes
    )


def test_rows_that_cannot_be_read_are_refused_with_row_and_reason_and_the_rest_is_kept() -> None:
    rows: Cells = [
        ("BU99010101", "0.0.0", "2016JJ00", 1),
        ("Onbekend", "0.0.0", "2016JJ00", 1),
        ("BU99010102", "0.0.0", "2016", 1),
        ("BU99010103", "0.0.0", "vorig jaar", 1),
        ("BU99010104", "0.0.0", "2016JJ00", -4),
        ("BU99010105", "", "2016JJ00", 4),
    ]

    batch = read(files.police(rows)).batch

    assert (batch.rows_read, batch.rows_kept, batch.rows_refused) == (6, 2, 4)
    assert [(held.row, held.text) for held in batch.reasons] == [
        (3, "'Onbekend' is geen gebiedscode van het CBS."),
        (5, "'vorig jaar' is geen periode (zoals 2016JJ00 of 2016MM03)."),
        (6, "'-4' is geen aantal: een heel getal van 0 tot en met 100.000.000."),
        (7, "De soort misdrijf is niet ingevuld."),
    ]


def test_a_refused_row_leaves_nothing_behind() -> None:
    rows: Cells = [("BU99010101", "2016MM01", "104", 3), ("bu_code", "periode", "delict_code", "aantal")]

    reading = read(files.panel(rows))

    assert reading.batch.rows_refused == 1
    assert reading.batch.unrecorded_codes == ()
    assert reading.codes == {"BU99010101"}


def test_a_large_table_is_compared_with_its_own_totals_quickly() -> None:
    towns, count = range(40), 8
    rows: Cells = [("NL00", "0.0.0", "2016JJ00", 40 * count * count)]
    for town in towns:
        rows.append((f"GM98{town:02d}", "0.0.0", "2016JJ00", count * count))
        for district in range(count):
            rows.append((f"WK98{town:02d}{district:02d}", "0.0.0", "2016JJ00", count))
            rows += [(f"BU98{town:02d}{district:02d}{at:02d}", "0.0.0", "2016JJ00", 1) for at in range(count)]

    started = time.process_time()
    batch = read(files.police(rows)).batch

    assert time.process_time() - started < 1.0
    assert check(batch, "district/municipality").ok is True
    assert check(batch, "neighbourhood/municipality").ok is True
    assert "320 vergelijkingen" in check(batch, "neighbourhood/district").text


def test_a_row_that_repeats_another_is_refused_and_counted_once() -> None:
    rows: Cells = [("BU99010101", "0.0.0", "2016JJ00", 7), ("BU99010101", "0.0.0", "2016JJ00", 7)]

    reading = read(files.police(rows))

    assert reading.batch.rows_refused == 1
    assert "herhaalt" in reading.batch.reasons[0].text
    assert figure(reading, "BU99010101", "0.0.0", Period.year(2016)) == (7.0, "value")


@pytest.mark.parametrize("other", [8, None])
def test_a_file_that_says_two_things_of_one_key_is_refused_whole(other: int | None) -> None:
    rows: Cells = [("BU99010101", "0.0.0", "2016JJ00", 7), ("BU99010101", "0.0.0", "2016JJ00", other)]

    with pytest.raises(RefusedFile, match=r"spreekt zichzelf tegen: BU99010101, soort 0\.0\.0, 2016") as refused:
        read(files.police(rows))

    assert refused.value.rows_read == 2


def test_the_change_of_counting_of_july_2018_is_marked_where_the_batch_spans_it() -> None:
    spans: Cells = [("BU99010101", "0.0.0", f"{year}JJ00", 1) for year in (2017, 2018, 2019)]
    later: Cells = [("BU99010101", "0.0.0", f"{year}JJ00", 1) for year in (2019, 2020)]

    assert [mark.month for mark in read(files.police(spans)).batch.marks] == [2018 * 12 + 6]
    assert read(files.police(later)).batch.marks == ()


def test_an_unknown_crime_type_is_reported_and_kept() -> None:
    batch = read(files.police([("BU99010101", "9.9.9", "2016JJ00", 1)])).batch

    assert check(batch, "known_types").ok is False
    assert "9.9.9" in check(batch, "known_types").text
    assert batch.rows_kept == 1


def test_only_one_area_is_kept_while_the_report_is_of_the_whole_file() -> None:
    rows: Cells = [
        (area, month, kind, 0 if kind == "117" and area < "BU9902" else 2)
        for area in ("BU99010101", "BU99020101")
        for month in months(2)
        for kind in ("104", "117")
    ]

    reading = read(files.panel(rows), only="GM9901")

    assert set(reading.observations.area) == {"BU99010101"}
    assert reading.batch.rows_kept == 8
    assert reading.batch.unrecorded_codes == ()
    assert figure(reading, "BU99010101", "117", Period.month(2011, 1)) == (0.0, "value")


def test_totals_are_those_of_the_whole_file_at_its_lowest_level() -> None:
    rows: Cells = [
        ("GM9901", "0.0.0", "2016JJ00", 100),
        ("BU99010101", "0.0.0", "2016JJ00", 30),
        ("BU99020101", "0.0.0", "2016JJ00", 40),
        ("BU99020101", "1.1.1", "2018JJ00", 4),
    ]

    totals = read(files.police(rows), only="GM9901").batch.totals

    assert totals is not None
    assert (totals.codes, totals.first, totals.step) == (("0.0.0", "1.1.1"), 2016 * 12, 12)
    assert totals.counts == ((70, -1, -1), (-1, -1, 4))


def test_a_file_without_one_good_row_is_refused_with_why() -> None:
    with pytest.raises(RefusedFile, match="Geen enkele rij is te gebruiken"):
        read(files.police([("Nederland", "0.0.0", "2016JJ00", 1)]))


def test_observations_of_odata_v4_are_read() -> None:
    raw = (
        b'{"@odata.context": "https://example.org/odata/v1/CBS/47018NED/$metadata#Observations", "value": ['
        b'{"Id": 0, "Measure": "M1", "ValueAttribute": "None", "Value": 12.0, "StringValue": null,'
        b' "SoortMisdrijf": "1.1.1", "WijkenEnBuurten": "BU99010101", "Perioden": "2016JJ00"}]}'
    )

    reading = read(raw)

    assert reading.batch.source == "police_crime"
    assert figure(reading, "BU99010101", "1.1.1", Period.year(2016)) == (12.0, "value")
