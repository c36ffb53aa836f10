"""The raw files of the demo city: how large the town is, what shape its files have, and that a seed decides all."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path

import pytest
import shapely

from wijkveilig.demo import raw
from wijkveilig.demo.figures import YEARS
from wijkveilig.demo.files import SEED, make_city, write_files
from wijkveilig.demo.geography import geography
from wijkveilig.demo.town import crime_types, town

SEEDS = (1, 2, 3, SEED)

pytestmark = pytest.mark.slow  # the first test makes the files; most others take milliseconds


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the demo's own seed."""
    folder = tmp_path_factory.mktemp("waardwijk")
    write_files(folder)
    return folder


def read_csv(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def counts_of(folder: Path, year: int) -> dict[tuple[str, str, str], str]:
    """(type, area, period) to the figure as the file spells it, blanks taken off the keys."""
    path = next(folder.glob(f"misdrijven-{year}.*"))
    rows = json.loads(path.read_text())["value"] if path.suffix == ".json" else read_csv(path)
    return {
        (row["SoortMisdrijf"].strip(), row["WijkenEnBuurten"].strip(), row["Perioden"]): str(
            "" if row["GeregistreerdeMisdrijven_1"] is None else row["GeregistreerdeMisdrijven_1"]
        )
        for row in rows
    }


def test_the_town_has_twelve_districts_about_sixty_neighbourhoods_and_eight_years() -> None:
    plan = town()

    assert len(plan.districts) == 12
    assert 57 <= len(plan.neighbourhoods) <= 63
    assert len(YEARS) == 8


@pytest.mark.parametrize("seed", SEEDS)
def test_the_town_has_about_120000_people_and_55000_dwellings_and_150_burglaries_a_year_and_falling(seed: int) -> None:
    figures = make_city(seed).figures

    burglaries = figures.crime[:, [kind.code for kind in crime_types()].index("1.1.1")].sum(axis=0).reshape(-1, 12)

    assert 115_000 <= figures.residents[:, -1].sum() <= 125_000
    assert 52_000 <= figures.dwellings[:, -1].sum() <= 58_000
    assert 115 <= burglaries[-1].sum() <= 200
    assert burglaries[-1].sum() < 0.8 * burglaries[0].sum()
    assert 4_500 <= figures.crime[:, :, -12:].sum() <= 7_000


def test_the_same_seed_gives_the_same_bytes_and_another_seed_another_town(folder: Path, tmp_path: Path) -> None:
    again = write_files(tmp_path / "again")
    other = write_files(tmp_path / "other", seed=1)

    same = [path for path in again if path.read_bytes() == (folder / path.name).read_bytes()]
    differ = [path.name for path in other if path.read_bytes() != (folder / path.name).read_bytes()]

    assert same == again
    assert {f"misdrijven-{YEARS[-1]}.json", f"kerncijfers-{YEARS[0]}.json"} <= set(differ)


@pytest.mark.parametrize("scale", [1, 3])
def test_neighbourhoods_and_water_fit_without_gap_or_overlap(scale: int) -> None:
    map_ = geography(scale)
    pieces = [*map_.neighbourhoods, map_.water]

    whole = shapely.coverage_union_all(pieces)

    assert all(piece.is_valid and not piece.is_empty for piece in pieces)
    assert shapely.coverage_is_valid(pieces)
    assert whole.geom_type == "Polygon"
    assert not whole.interiors
    assert sum(piece.area for piece in pieces) == pytest.approx(whole.area)


def test_a_district_is_the_union_of_its_neighbourhoods_and_each_point_lies_in_its_own_neighbourhood() -> None:
    plan, map_ = town(), geography()

    for index, district in enumerate(map_.districts):
        members = [map_.neighbourhoods[i] for i, place in enumerate(plan.neighbourhoods) if place.district == index]
        assert district.area == pytest.approx(sum(member.area for member in members))
    for place, (lon, lat) in zip(map_.neighbourhoods, map_.points, strict=True):
        assert place.contains(shapely.Point(lon, lat))


def test_the_town_lies_in_open_water_where_no_real_neighbourhood_can_be() -> None:
    west, south, east, north = shapely.total_bounds(list(geography().neighbourhoods))

    # The middle of the IJsselmeer: more than four kilometres from Stavoren, Enkhuizen, Medemblik and Urk.
    assert 5.27 < west < east < 5.46
    assert 52.74 < south < north < 52.84


def test_only_codes_of_the_invented_municipality_occur_and_one_district_has_letters(folder: Path) -> None:
    found = Counter(area for _type, area, _period in counts_of(folder, 2018))
    for year in YEARS:
        page = json.loads((folder / f"kerncijfers-{year}.json").read_text())
        found.update(row["WijkenEnBuurten"].strip() for row in page["value"])
    for name in ("gemeente", "wijken", "buurten"):
        for feature in json.loads((folder / f"{name}.geojson").read_text())["features"]:
            found.update(value for key, value in feature["properties"].items() if key.endswith("_code"))
    found.update(row["Key"].strip() for row in read_csv(folder / "regiolijst.csv"))

    assert {code[2:6] for code in found} == {"9901"}
    assert any(code.startswith("BU9901AA") for code in found)


@pytest.mark.parametrize("year", [2018, 2025])
def test_the_parts_add_up_to_the_districts_and_the_town_holds_about_three_percent_more(folder: Path, year: int) -> None:
    counts = counts_of(folder, year)
    month = f"{year}MM03"

    def figure(code: str, area: str) -> int:
        return int(counts[code, area, month])

    districts = [place.code for place in town().districts]
    buurten = {area for _type, area, _period in counts if area.startswith("BU")}
    for district in districts:
        inside = [area for area in buurten if area[2:8] == district[2:]]
        assert figure("1.2.3", district) == sum(figure("1.2.3", area) for area in inside)
    total = sum(int(counts["0.0.0", "GM9901", f"{year}MM{month:02d}"]) for month in range(1, 13))
    placed = sum(int(counts["0.0.0", d, f"{year}MM{month:02d}"]) for d in districts for month in range(1, 13))
    assert 0.015 <= 1 - placed / total <= 0.045


def test_sexual_offences_are_withheld_below_the_town(folder: Path) -> None:
    counts = counts_of(folder, 2025)

    assert all(figure == "" for (code, area, _), figure in counts.items() if code == "1.4.1" and area[:2] != "GM")
    assert int(counts["1.4.1", "GM9901", "2025MM03"]) >= 0


def test_the_last_month_is_not_reported_and_every_other_is(folder: Path) -> None:
    counts = counts_of(folder, 2025)

    assert {figure for (_, _, period), figure in counts.items() if period == "2026MM01"} == {"0", ""}
    assert all(int(counts["0.0.0", "GM9901", f"2025MM{month:02d}"]) > 100 for month in range(1, 13))


def test_no_crime_type_is_without_a_single_case_in_a_year() -> None:
    for seed in SEEDS:
        years = make_city(seed).figures.crime.sum(axis=0).reshape(len(crime_types()), len(YEARS), 12).sum(axis=2)
        assert years.min() > 0


def test_keys_are_padded_as_the_sources_pad_them(folder: Path) -> None:
    row = read_csv(folder / "misdrijven-2018.csv")[0]
    page = json.loads((folder / "misdrijven-2025.json").read_text())

    assert (row["SoortMisdrijf"], row["WijkenEnBuurten"]) == ("0.0.0 ", "GM9901    ")
    assert page["odata.metadata"].endswith("47022NED/$metadata#Cbs.OData.WebAPI.TypedDataSet")
    assert page["value"][0]["WijkenEnBuurten"] == "GM9901    "


def test_the_moved_code_is_one_place_in_the_older_division_and_another_on_the_map(folder: Path) -> None:
    city = make_city()
    code = city.town.neighbourhoods[city.stories.moved.lent].code
    gone = city.town.neighbourhoods[city.stories.moved.place].code

    older = {row["Key"].strip(): row["Title"] for row in read_csv(folder / "regiolijst.csv")}
    page = json.loads((folder / "buurten.geojson").read_text())
    newer = {one["properties"]["bu_code"]: one for one in page["features"]}

    assert older[code] == newer[gone]["properties"]["bu_naam"] != newer[code]["properties"]["bu_naam"]
    assert gone not in older
    assert ("1.1.1", code, "2025MM01") in counts_of(folder, 2025)
    assert ("1.1.1", gone, "2025MM01") not in counts_of(folder, 2025)


def test_small_numbers_and_places_without_people_occur() -> None:
    city = make_city()
    last = city.figures.residents[:, -1]
    kinds = [place.kind.name for place in city.town.neighbourhoods]

    assert last[kinds.index("park")] == 0
    assert last[kinds.index("industrial")] < 60
    assert city.figures.crime[kinds.index("industrial"), :, -12:].sum() > 30
    assert (city.figures.dwellings[:, -1] < 200).sum() >= 4


def test_the_growing_area_has_its_dwellings_of_each_year_in_the_files(folder: Path) -> None:
    city = make_city()
    code = city.town.neighbourhoods[city.stories.growing].code

    dwellings = []
    for year in YEARS:
        page = json.loads((folder / f"kerncijfers-{year}.json").read_text())
        row = next(row for row in page["value"] if row["WijkenEnBuurten"].strip() == code)
        dwellings.append(next(value for key, value in row.items() if key.startswith("Woningvoorraad_")))
        assert raw.KEY_FIGURE_TABLES[year] in page["odata.metadata"]

    assert dwellings == sorted(dwellings)
    assert dwellings[-1] > 2.5 * dwellings[0]


def test_ten_times_the_town_has_six_hundred_neighbourhoods_with_codes_of_their_own(tmp_path: Path) -> None:
    city = make_city(scale=10)
    codes = {place.code for place in city.town.neighbourhoods}

    assert 570 <= len(codes) == len(city.town.neighbourhoods) <= 630
    assert shapely.coverage_is_valid([*city.map.neighbourhoods, city.map.water])
    assert 1_150_000 <= city.figures.residents[:, -1].sum() <= 1_250_000


def test_a_scale_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="1 or more"):
        town(0)
