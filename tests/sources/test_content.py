"""A file is opened by its content: magic bytes, marks of encoding, delimiter, JSON or table."""

from __future__ import annotations

import gzip
import json

import pytest
from tests.sources import files

from wijkveilig.sources.content import content_of, has_next_page, head_of, rows_of, text_of, year_in_address
from wijkveilig.sources.table import table_of
from wijkveilig.sources.types import RefusedFile, Shape

ROWS = files.table(("bu_code", "aantal"), [("BU99010101", 3), ("BU99010102", 4)])


def test_a_gzip_is_opened_by_its_first_bytes_whatever_it_is_called() -> None:
    content = content_of(gzip.compress(ROWS), "foto.png")

    assert content.raw == ROWS
    assert content.checksum == content_of(ROWS, "andere naam").checksum


def test_half_a_gzip_is_refused_with_a_reason() -> None:
    with pytest.raises(RefusedFile, match="beschadigd of niet helemaal opgehaald"):
        content_of(gzip.compress(ROWS)[:-12], "half.gz")


def test_a_small_file_that_unpacks_to_very_much_is_refused() -> None:
    with pytest.raises(RefusedFile, match="na uitpakken groter dan 1 MB"):
        content_of(gzip.compress(b"0" * 1_000_001), "bom", most=1_000_000)


@pytest.mark.parametrize(
    ("start", "said"), [(b"PK\x03\x04", "pak het uit"), (b"%PDF-1.7", "een PDF"), (b"PAR1", "Parquet")]
)
def test_a_file_of_another_kind_says_what_it_is(start: bytes, said: str) -> None:
    head = head_of(start + b"\n1,2\n")

    assert head.shape is Shape.OTHER
    assert said in head.why


def test_an_empty_file_says_that_it_is_empty() -> None:
    assert head_of(b" \n\n").why == "Het bestand is leeg."


def test_a_binary_file_is_no_table() -> None:
    assert head_of(b"\x01\x00\x02,\n\x00").shape is Shape.OTHER


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_of_the_header(mark: str) -> None:
    raw = files.table(("bu_code", "aantal", "soort"), [("BU99010101", 3, "a,b;c")], delimiter=mark)

    content = content_of(raw, "x")

    assert content.head.delimiter == mark
    assert table_of(content).column("soort") == ["a,b;c"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_accents_survive_every_encoding_and_byte_order_mark(encoding: str) -> None:
    raw = "naam,aantal\nSúdwest-Fryslân,3\n".encode(encoding)

    content = content_of(raw, "x")

    assert content.head.columns == ("naam", "aantal")
    assert table_of(content).column("naam") == ["Súdwest-Fryslân"]


def test_a_quoted_cell_may_hold_line_ends_and_delimiters() -> None:
    raw = b'Key,Description,Title\n"1.1.1","A20, in woning\nA30\n",Inbraak\n2.2.1,,Vernieling\n'

    table = table_of(content_of(raw, "x"))

    assert table.column("Title") == ["Inbraak", "Vernieling"]
    assert table.rows_read == 2


def test_the_quick_way_and_the_careful_way_read_the_same_table() -> None:
    quick = files.table(("a", "b", "c"), [(at, at * 2, f" x{at} ") for at in range(50)])
    careful = quick.replace(b" x49 ", b'" x49 "')

    one, two = table_of(content_of(quick, "x")), table_of(content_of(careful, "x"))

    assert one.columns == two.columns
    assert (one.rows, one.rows_read, one.refused) == (two.rows, two.rows_read, two.refused)


def test_windows_line_ends_and_blank_lines_are_no_rows() -> None:
    table = table_of(content_of(b"a,b\r\n1,2\r\n\r\n3,4\r\n", "x"))

    assert table.column("b") == ["2", "4"]
    assert table.rows == [2, 4]
    assert table.rows_read == 2


def test_a_row_with_too_few_cells_is_refused_with_its_line() -> None:
    table = table_of(content_of(b"a,b,c\n1,2,3\n4,5\n6,7,8\n9\n", "x"))

    assert table.column("a") == ["1", "6"]
    assert [(reason.row, reason.count) for reason in table.refused] == [(3, 2)]
    assert table.rows_read == 4


def test_a_column_that_comes_twice_refuses_the_file() -> None:
    with pytest.raises(RefusedFile, match="'aantal' staat er twee keer"):
        table_of(content_of(b"aantal,b,aantal\n1,2,3\n", "x"))


def test_a_json_page_shows_its_records_and_table_number() -> None:
    head = head_of(files.police_page([("BU99010101", "0.0.0", "2016MM03", None)]))

    assert head.shape is Shape.RECORDS
    assert head.table == "47022NED"
    assert head.column("GeregistreerdeMisdrijven_1") == ("",)


def test_a_feature_collection_shows_the_properties_wherever_they_stand() -> None:
    features = [{"geometry": None, "properties": {"bu_code": "BU99010101"}, "type": "Feature"}]
    raw = json.dumps({"features": features, "type": "FeatureCollection"}).encode()

    assert head_of(raw).columns == ("bu_code",)


def test_a_json_object_that_is_no_list_of_rows_says_so() -> None:
    assert "geen lijst van rijen" in head_of(b'{"feit": 1}').why


def test_a_page_without_rows_says_so() -> None:
    assert head_of(b'{"odata.metadata": "x", "value": []}').why == "De pagina heeft geen rijen."


def test_half_a_json_file_is_refused() -> None:
    content = content_of(files.police_page([("BU99010101", "0.0.0", "2016MM03", 1)] * 3)[:-20], "x")

    with pytest.raises(RefusedFile, match="misschien is het afgekapt"):
        table_of(content)


def test_a_page_that_names_a_next_page_is_seen() -> None:
    rows = [("BU99010101", "0.0.0", "2016MM03", 1)]

    assert has_next_page(content_of(files.police_page(rows, "https://example.org/?$skip=1"), "x"))
    assert not has_next_page(content_of(files.police_page(rows), "x"))


def test_the_year_in_the_address_of_a_page_of_areas_is_read() -> None:
    address = b"https://api.example.org/cbs/wijken-en-buurten-2023/ogc/v1/collections/buurten/items"

    assert year_in_address(content_of(b'{"links": [{"href": "' + address + b'"}]}', "x")) == 2023


def test_a_table_with_one_column_is_no_table() -> None:
    assert head_of(b"78\n1 3\n7 3 6\n").shape is Shape.OTHER


def test_lines_that_cannot_be_read_as_a_table_refuse_the_file() -> None:
    content = content_of(b'a,b\n"' + b"x" * 200_000 + b",1\n", "x")

    with pytest.raises(RefusedFile, match="als tabel niet te lezen"):
        rows_of(content)


def test_text_with_a_byte_order_mark_loses_it() -> None:
    assert text_of(b"\xef\xbb\xbfID;x") == "ID;x"
