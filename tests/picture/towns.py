"""Writes small towns as raw files in the sources' own shapes, so that a test goes the whole road."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wijkveilig.picture.road import Made, make_picture
from wijkveilig.warehouse.types import AreaCode, Period

GM = AreaCode("GM9951")
YEAR = 12
Counts = NDArray[np.int64]


def area_code(number: int) -> AreaCode:
    """The code of a neighbourhood of the town; ten in a district."""
    return AreaCode(f"BU9951{number // 10:02d}{number % 10:02d}")


def codes_of(areas: int) -> list[AreaCode]:
    """The codes of the first neighbourhoods."""
    return [area_code(number) for number in range(areas)]


def steady(areas: int, types: int, months: int, *, mean: float = 4.0, seed: int = 7) -> Counts:
    """Poisson counts [areas, types, months] of a town in which nothing happens."""
    size = np.random.default_rng(seed).gamma(4.0, 0.25, size=(areas, types, 1))
    return np.random.default_rng(seed + 1).poisson(np.broadcast_to(mean * size, (areas, types, months)))


def write_panel(
    path: Path,
    counts: Counts,
    *,
    types: Sequence[str] = ("104", "110", "111"),
    first: int = 2012 * 12,
    areas: Sequence[str] | None = None,
) -> Path:
    """A monthly panel file of counts [areas, types, months]; a count of -1 leaves the row out."""
    areas = codes_of(counts.shape[0]) if areas is None else areas
    lines = ["bu_code,periode,delict_code,aantal"]
    for row, area in enumerate(areas):
        for column in range(counts.shape[1]):
            for month in range(counts.shape[2]):
                index, count = first + month, counts[row, column, month]
                if count >= 0:
                    lines.append(f"{area},{index // 12}MM{index % 12 + 1:02d},{types[column]},{count}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def write_years(
    path: Path, counts: Counts, *, types: Sequence[str] = ("0.0.0",), first: int = 2019, areas: Sequence[str] = ()
) -> Path:
    """A yearly police file of counts [areas, types, years] by neighbourhood."""
    lines = ["SoortMisdrijf,WijkenEnBuurten,Perioden,GeregistreerdeMisdrijven_1"]
    for row, area in enumerate(areas or codes_of(counts.shape[0])):
        for column in range(counts.shape[1]):
            years = enumerate(counts[row, column].tolist(), start=first)
            lines += [f"{types[column]:6},{area:10},{year}JJ00,{count}" for year, count in years]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def write_figures(
    path: Path,
    year: int | Sequence[int],
    *,
    areas: Sequence[str],
    residents: Sequence[int] | None = None,
    households: Sequence[int] | None = None,
    dwellings: Sequence[int] | None = None,
) -> Path:
    """Key figures of the given neighbourhoods, each row with its own year."""
    years = [year] if isinstance(year, int) else list(year)
    columns = {"AantalInwoners_5": residents, "HuishoudensTotaal_28": households, "Woningvoorraad_34": dwellings}
    given = {name: values for name, values in columns.items() if values is not None}
    lines = [",".join(("WijkenEnBuurten", "Perioden", *given))]
    for one in years:
        for row, area in enumerate(areas):
            lines.append(",".join((area, f"{one}JJ00", *(str(values[row]) for values in given.values()))))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def write_regions(path: Path, names: Mapping[str, str] | Mapping[AreaCode, str]) -> Path:
    """The CBS list of regions with these names by code."""
    lines = ['"Key","Title","Description","Municipality","DetailRegionCode"']
    lines += [f'"{code:10}","{name}","","{GM}","{code}"' for code, name in names.items()]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def write_points(path: Path, names: Mapping[str, str] | Mapping[AreaCode, str]) -> Path:
    """A list of neighbourhoods with a name and a point, in a numbering of its own."""
    lines = ["bu_code,wk_code,gm_code,buurt_naam,lat,lon"]
    lines += [
        f"{code},WK{code[2:8]},{GM},{name},52.0{row:02d},4.3{row:02d}" for row, (code, name) in enumerate(names.items())
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def square(number: int, *, side: float = 0.01) -> list[list[float]]:
    """The outline of the numbered square in a row of squares, in degrees."""
    left, low = 4.3 + number * side, 52.0
    return [[left, low], [left + side, low], [left + side, low + side], [left, low + side], [left, low]]


def write_shapes(path: Path, outlines: Mapping[AreaCode, list[list[float]]], names: Mapping[AreaCode, str]) -> Path:
    """A file of areas with the outline of each."""
    features = [
        {
            "type": "Feature",
            "properties": {
                "bu_code": code,
                "wk_code": f"WK{code[2:8]}",
                "gm_code": GM,
                "bu_naam": names.get(code, f"Buurt {code[-2:]}"),
            },
            "geometry": {"type": "Polygon", "coordinates": [outline]},
        }
        for code, outline in outlines.items()
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def picture_of_town(folder: Path, period: str | None = None) -> Made:
    """The picture of the town whose files lie in a folder."""
    return make_picture(GM, [folder], Period.parse(period) if period else None)
