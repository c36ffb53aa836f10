"""The table beside the map as rows of text for a CSV file, one row per area.

In Dutch a semicolon with a decimal comma, in English a comma with a point: as a spreadsheet of that language reads it.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from wijkveilig.picture import sentences, wording
from wijkveilig.picture.edition import Edition
from wijkveilig.picture.facts import Figure
from wijkveilig.picture.queries import MapQuery

Row = tuple[str, ...]

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet runs a cell that begins with one of these (CWE-1236)."""


def separator() -> str:
    """What stands between two cells in the language of the reader."""
    return "," if wording.language() == "en" else ";"


def csv_rows(edition: Edition, query: MapQuery) -> Iterator[Row]:
    """The head and one row per area, then where the figures came from."""
    figures = edition.of_indicator(query.indicator.id, query.level).get(query.period.id, {})
    yield (
        _("code"), _("gebied"), _("onderwerp"), _("periode"), _("aantal"), _("geteld per 1.000"),
        _("geschat per 1.000"), _("ondergrens 95 %"), _("bovengrens 95 %"), _("stad per 1.000"), _("opmerking"),
    )  # fmt: skip
    for area in edition.areas_at(query.level):
        yield _row(area.code, area.name, query, figures.get(area.code))
    yield (_("bron"), wording.sources_line(edition), wording.made_on(edition))


def _row(code: str, name: str, query: MapQuery, figure: Figure | None) -> Row:
    head = (code, safe(name), wording.title(query.indicator), str(query.period.period))
    if figure is None:
        return (*head, "", "", "", "", "", "", _("ontbreekt"))
    numbers = (figure.value, figure.rate, figure.level, figure.low, figure.high, figure.city)
    point = "." if separator() == "," else ","
    cells = ("" if value is None else f"{value:.10g}".replace(".", point) for value in numbers)
    return (*head, *cells, safe(sentences.reason(figure) or ""))


def safe(text: str) -> str:
    """The text, with a quote before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
