"""Makes small files in the shapes of the sources. Names say nothing of the content, on purpose."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

Cell = str | int | float | None
SQUARE = [[[4.0, 52.0], [4.1, 52.0], [4.1, 52.1], [4.0, 52.1], [4.0, 52.0]]]


def table(header: Sequence[str], rows: Iterable[Sequence[Cell]], delimiter: str = ",") -> bytes:
    """A delimited text with a header line; None is an empty cell."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([["" if cell is None else cell for cell in row] for row in rows])
    return text.getvalue().encode()


def police(rows: Iterable[tuple[str, str, str, Cell]]) -> bytes:
    """An OData CSV of registered crime: (area, type, period, number), codes padded as the source pads them."""
    header = ("ID", "SoortMisdrijf", "WijkenEnBuurten", "Perioden", "GeregistreerdeMisdrijven_1")
    padded = [(at, f"{kind:<6}", f"{area:<10}", period, count) for at, (area, kind, period, count) in enumerate(rows)]
    return table(header, padded)


def police_page(rows: Iterable[tuple[str, str, str, Cell]], next_link: str = "") -> bytes:
    """The same as a JSON page of OData v3."""
    value = [
        {"ID": at, "SoortMisdrijf": f"{kind:<6}", "WijkenEnBuurten": f"{area:<10}", "Perioden": period,
         "GeregistreerdeMisdrijven_1": count}
        for at, (area, kind, period, count) in enumerate(rows)
    ]  # fmt: skip
    page = {"odata.metadata": "https://example.org/ODataApi/OData/47022NED/$metadata#TypedDataSet", "value": value}
    return json.dumps(page | ({"odata.nextLink": next_link} if next_link else {})).encode()


def panel(rows: Iterable[tuple[str, str, str, Cell]]) -> bytes:
    """The monthly panel: (neighbourhood, month, type, number)."""
    return table(("bu_code", "periode", "delict_code", "aantal"), rows)


def features(properties: Iterable[dict[str, Cell]], rings: object = None) -> bytes:
    """A FeatureCollection, every area with the same square."""
    geometry = {"type": "Polygon", "coordinates": SQUARE if rings is None else rings}
    listed = [{"type": "Feature", "properties": held, "geometry": geometry} for held in properties]
    return json.dumps({"type": "FeatureCollection", "features": listed}).encode()


def put(folder: Path, name: str, content: bytes, *, zipped: bool = False) -> Path:
    """Write a file and return its path."""
    path = folder / name
    path.write_bytes(gzip.compress(content, mtime=0) if zipped else content)
    return path
