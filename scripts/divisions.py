"""Adds a year to the register of divisions: `python scripts/divisions.py YEAR FILE...`.

The files are lists of areas of that year (the CBS list of regions, or GeoJSON) with every municipality of the
country. Per level and municipality the register keeps the number of codes and a fingerprint of them, so that a
file that does not tell its year can be dated by the codes that it holds. Prints the lines to add to
src/wijkveilig/sources/data/divisions.csv; the lists of 2019, 2022 and 2024 that are in it came from CBS.
"""

from __future__ import annotations

import csv
import sys

from wijkveilig.sources.dating import codes_by_municipality, fingerprint
from wijkveilig.sources.services import read_files
from wijkveilig.warehouse.types import Level

LEVELS = {Level.NEIGHBOURHOOD: "BU", Level.DISTRICT: "WK", Level.MUNICIPALITY: "GM"}


def main(year: int, paths: list[str]) -> None:
    """Write the lines for one year, in the order of level and municipality."""
    lines = csv.writer(sys.stdout, lineterminator="\n")
    taken = read_files(paths).taken
    for prefix in sorted(LEVELS.values()):
        codes = frozenset(code for reading in taken for code in reading.codes if code.startswith(prefix))
        for municipality, held in sorted(codes_by_municipality(codes, prefix).items()):
            lines.writerow([year, prefix, municipality, len(held), fingerprint(held)])


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
