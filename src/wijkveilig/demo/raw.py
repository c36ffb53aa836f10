"""Writes the invented town in the sources' own shapes: padded keys, all levels in one table, gaps as they give them.

Shapes: police table 47022NED (OData v3, CSV and JSON), CBS key figures (one table a year), the CBS region list and
GeoJSON of CBS areas.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from wijkveilig.demo.figures import FIRST, MONTHS, YEARS, Counts, Figures
from wijkveilig.demo.geography import Geography
from wijkveilig.demo.stories import Stories
from wijkveilig.demo.town import Town, crime_types
from wijkveilig.warehouse.types import AreaCode, parent_of

TOTAL = "0.0.0"
HIDDEN_BELOW_TOWN = frozenset({"1.4.1"})
"""Sexual offences are not published by neighbourhood or district."""
UNREPORTED = 1
"""Months that the last file holds as zeros, because they had not been reported yet."""
RENUMBERED = 2019
"""From 1 January of this year CBS uses the map's codes; the police, and CBS before it, the older ones."""
KEY_FIGURE_TABLES = {2018: "84286NED", 2019: "84583NED", 2020: "84799NED", 2021: "85039NED", 2022: "85318NED",
                     2023: "85618NED", 2024: "85984NED", 2025: "86165NED"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CrimeCube:
    """Counts as the police table holds them: areas of its own division, types with the total first, months.

    `counts` is [area, type, month]; -1 where the table withholds the figure.
    """

    areas: tuple[AreaCode, ...]
    codes: tuple[str, ...]
    counts: Counts


@dataclass(frozen=True, slots=True)
class OlderDivision:
    """The division before the renumbering, which the police still counts in: one code of it is another place now.

    `codes`: per place its code there, in the order of `Town.neighbourhoods`; the place that did not exist yet has
    the code of the neighbourhood that it was split from, its `host`.
    """

    codes: tuple[AreaCode, ...]
    lent: int

    def members(self) -> Iterator[tuple[AreaCode, list[int]]]:
        """Each code, in order, with the places that it covered; the place that gives its name comes first."""
        for code in sorted(set(self.codes)):
            places = [i for i, own in enumerate(self.codes) if own == code]
            yield code, sorted(places, key=lambda i: i == self.lent)


def older_division(town: Town, stories: Stories) -> OlderDivision:
    """The older codes of all places."""
    codes = [place.code for place in town.neighbourhoods]
    codes[stories.moved.place] = town.neighbourhoods[stories.moved.lent].code
    codes[stories.moved.lent] = codes[stories.moved.host]
    return OlderDivision(tuple(codes), stories.moved.lent)


def crime_cube(town: Town, figures: Figures, stories: Stories) -> CrimeCube:
    """The police table: the town, its districts and neighbourhoods, and the total first among the types."""
    total = figures.crime.sum(axis=1) + figures.not_shown
    crime = np.concatenate([total[:, None], figures.crime], axis=1)
    no_place = np.concatenate([figures.no_place.sum(axis=0, keepdims=True), figures.no_place])
    members = list(older_division(town, stories).members())
    district = np.array([place.district for place in town.neighbourhoods])
    below = [crime[district == i].sum(axis=0) for i in range(len(town.districts))]
    below += [crime[places].sum(axis=0) for _code, places in members]
    counts = np.stack([crime.sum(axis=0) + no_place, *below])
    codes = (TOTAL, *(kind.code for kind in crime_types()))
    counts[1:, [codes.index(code) for code in HIDDEN_BELOW_TOWN]] = -1
    areas = (town.code, *(place.code for place in town.districts), *(code for code, _places in members))
    return CrimeCube(areas, codes, counts)


def crime_csv(cube: CrimeCube, year: int) -> bytes:
    """One year as the OData service gives it in CSV; withheld figures are empty."""
    lines = io.StringIO()
    lines.write("ID,SoortMisdrijf,WijkenEnBuurten,Perioden,GeregistreerdeMisdrijven_1\n")
    for number, code, area, period, count in _crime_rows(cube, _months_of(year)):
        lines.write(f"{number},{code:<6},{area:<10},{period},{'' if count < 0 else count}\n")
    return lines.getvalue().encode()


def crime_json(cube: CrimeCube, year: int) -> bytes:
    """One year, with the months after it that were not reported yet, as OData v3 JSON; withheld is null."""
    rows = (
        f'{{"ID":{number},"SoortMisdrijf":"{code:<6}","WijkenEnBuurten":"{area:<10}","Perioden":"{period}",'
        f'"GeregistreerdeMisdrijven_1":{"null" if count < 0 else count}}}'
        for number, code, area, period, count in _crime_rows(
            cube, [*_months_of(year), *range(MONTHS, MONTHS + UNREPORTED)]
        )
    )
    metadata = "https://dataderden.cbs.nl/ODataApi/OData/47022NED/$metadata#Cbs.OData.WebAPI.TypedDataSet"
    return _page(metadata, rows)


def _crime_rows(cube: CrimeCube, months: list[int]) -> Iterator[tuple[int, str, str, str, int]]:
    """ID, type, area, period, count (-1 withheld) in the table's order; months past the last reported are zero."""
    number = 0
    for code_at, code in enumerate(cube.codes):
        for area_at, area in enumerate(cube.areas):
            series = cube.counts[area_at, code_at]
            for month in months:
                at = FIRST + month
                count = int(series[month]) if month < MONTHS else min(0, int(series[-1]))
                yield number, code, area, f"{at // 12}MM{at % 12 + 1:02d}", count
                number += 1


def _months_of(year: int) -> list[int]:
    first = 12 * (year - YEARS[0])
    return list(range(first, first + 12))


def _page(metadata: str, rows: Iterable[str]) -> bytes:
    return ('{"odata.metadata":"' + metadata + '","value":[\n' + ",\n".join(rows) + "\n]}\n").encode()


def key_figures_json(town: Town, figures: Figures, stories: Stories, year: int) -> bytes:
    """The key figures of one year in the CBS table and division of that year; rounded to fives, as CBS does."""
    number = 29 if year >= 2023 else 28
    neighbourhoods = [(place.code, [at]) for at, place in enumerate(town.neighbourhoods)]
    if year < RENUMBERED:
        neighbourhoods = list(older_division(town, stories).members())
    rows = []
    for at, (area, kind, members) in enumerate(_all_areas(town, neighbourhoods)):
        column = YEARS.index(year)
        residents, households, dwellings, businesses = (
            int(of[members, column].sum())
            for of in (figures.residents, figures.households, figures.dwellings, figures.businesses)
        )
        row = {
            "ID": at,
            "WijkenEnBuurten": f"{area:<10}",
            "Gemeentenaam_1": f"{town.name:<40}",
            "SoortRegio_2": f"{kind:<10}",
            "Codering_3": f"{area:<10}",
            "AantalInwoners_5": 5 * round(residents / 5),
            f"HuishoudensTotaal_{number}": 5 * round(households / 5),
            f"Woningvoorraad_{number + 6}": dwellings,
            f"BedrijfsvestigingenTotaal_{number + 62}": 5 * round(businesses / 5),
        }
        rows.append(json.dumps(row, ensure_ascii=False, separators=(",", ":")))
    table = KEY_FIGURE_TABLES[year]
    return _page(f"https://opendata.cbs.nl/ODataApi/OData/{table}/$metadata#Cbs.OData.WebAPI.TypedDataSet", rows)


def _all_areas(
    town: Town, neighbourhoods: list[tuple[AreaCode, list[int]]]
) -> Iterator[tuple[AreaCode, str, list[int]]]:
    """Each area with its level as CBS writes it and the places in it: town, districts, neighbourhoods."""
    places = range(len(town.neighbourhoods))
    yield town.code, "Gemeente", list(places)
    for at, district in enumerate(town.districts):
        yield district.code, "Wijk", [i for i in places if town.neighbourhoods[i].district == at]
    for code, members in neighbourhoods:
        yield code, "Buurt", members


def neighbourhoods_geojson(town: Town, map_: Geography) -> bytes:
    """The map's neighbourhoods, with the river as a neighbourhood of water without a name."""
    land = [
        _feature(shape, bu_code=place.code, wk_code=town.districts[place.district].code, gm_code=town.code,
                 bu_naam=place.name, water="NEE")
        for place, shape in zip(town.neighbourhoods, map_.neighbourhoods, strict=True)
    ]  # fmt: skip
    river = _feature(map_.water, bu_code=town.river_neighbourhood, wk_code=town.river_district, gm_code=town.code,
                     bu_naam=town.river, water="JA")  # fmt: skip
    return _collection([*land, river])


def districts_geojson(town: Town, map_: Geography) -> bytes:
    """The map's districts, in the shape of the CBS file of districts."""
    return _collection(
        _feature(shape, wk_code=district.code, wk_naam=district.name, gm_code=town.code)
        for district, shape in zip(town.districts, map_.districts, strict=True)
    )


def municipality_geojson(town: Town, map_: Geography) -> bytes:
    """The municipality with its water, in the shape of the CBS file of municipalities."""
    whole = shapely.normalize(shapely.coverage_union_all([*map_.neighbourhoods, map_.water]))
    return _collection([_feature(whole, gm_code=town.code, gm_naam=town.name)])


def _feature(shape: BaseGeometry, **properties: str) -> str:
    geometry = json.dumps(shapely.geometry.mapping(shape), separators=(",", ":"))
    said = json.dumps(properties, ensure_ascii=False, separators=(",", ":"))
    return f'{{"type":"Feature","properties":{said},"geometry":{geometry}}}'


def _collection(features: Iterable[str]) -> bytes:
    return ('{"type":"FeatureCollection","features":[\n' + ",\n".join(features) + "\n]}\n").encode()


def region_list_csv(town: Town, stories: Stories) -> bytes:
    """Codes and names of the older division in the shape of the CBS list; keys padded to ten."""
    lines = io.StringIO()
    lines.write('"Key","Title","Description","Municipality","DetailRegionCode"\n')
    table = csv.writer(lines, quoting=csv.QUOTE_ALL, lineterminator="\n")
    table.writerow([f"{town.code:<10}", town.name, f"Gemeente '{town.name}' ({town.code})", town.code, town.code])
    names = {district.code: district.name for district in town.districts}
    for code, name in names.items():
        said = f"Wijk '{name}' ({code}) is een wijk in de gemeente '{town.name}'."
        table.writerow([f"{code:<10}", name, said, town.code, code])
    for code, places in older_division(town, stories).members():
        name, within = town.neighbourhoods[places[0]].name, names[parent_of(code) or code]
        said = f"Buurt '{name}' ({code}) is een buurt in wijk '{within}' in de gemeente '{town.name}'."
        table.writerow([f"{code:<10}", name, said, town.code, code])
    return lines.getvalue().encode()
