"""The picture of The Hague from raw files, beside the same sums in plain pandas in the same run."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from benchmarks.measure import DATA, ROOT, Row, run

BUDGET = 4.0
COMMAND = ROOT / "src" / "wijkveilig" / "cli.py"
PANDAS = ROOT / "benchmarks" / "plain_pandas.py"


def rows() -> list[Row]:
    """Time and peak memory of both, and that both count the same; nothing where the shared data are absent."""
    if not DATA.is_dir():
        return []
    with tempfile.TemporaryDirectory() as folder:
        ours = run(COMMAND, "picture", "GM0518", "--from", str(DATA), "--out", folder)
        plain = run(PANDAS, str(DATA), str(Path(folder) / "plain.csv"))
        made = json.loads((Path(folder) / "picture.json").read_text(encoding="utf-8"))
    totals = [one["value"] for area in made["areas"] for one in area["indicators"] if one["id"] == "totaal"]
    if sum(totals) != int(plain.printed):
        raise AssertionError(f"the picture counts {sum(totals)} crimes, pandas {plain.printed.strip()}")
    note = f"{sum(totals)} crimes, the same in both"
    return [
        Row("picture of The Hague, 63 raw files to JSON, CSV and 94 pages", ours.seconds, "s", BUDGET, note),
        Row("its processor time", ours.processor, "s", note="what it would take on a machine that does nothing else"),
        Row("its peak memory", ours.megabytes, "MB"),
        Row("the sums alone in plain pandas, 2 files to CSV", plain.seconds, "s"),
        Row("its peak memory, pandas", plain.megabytes, "MB"),
    ]
