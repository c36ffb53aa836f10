"""The same sums as a picture of The Hague makes, the plain way: pandas on the panel and the key figures.

Counts of the last twelve reported months per neighbourhood and type, the whole years before, rates per
1,000 residents. No files are recognised or checked, nothing is shrunk, expected or ranked.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd


def main(folder: Path, out: Path) -> int:
    """Read, add up, write a CSV; prints the number of crimes in the period."""
    panel = pd.read_csv(next(folder.glob("misdrijven/*maand_buurt_delict*")))
    residents = pd.read_csv(next(folder.glob("kerncijfers/nl_buurten_kwb2017*")))
    panel = panel[panel.bu_code.str.startswith("BU0518")]
    year, month = panel.periode.str[:4].astype(int), panel.periode.str[6:].astype(int)
    panel = panel.assign(month=year * 12 + month - 1)
    last = panel.loc[panel.aantal > 0, "month"].max()
    panel["block"] = (last - panel.month) // 12
    blocks = panel[panel.block >= 0].pivot_table(
        index=["bu_code", "delict_code"], columns="block", values="aantal", aggfunc="sum"
    )
    residents["bu_code"] = residents.WijkenEnBuurten.str.strip()
    found = blocks.reset_index().merge(residents[["bu_code", "AantalInwoners_5"]], on="bu_code", how="left")
    found["rate"] = found[0] / found.AantalInwoners_5 * 1000
    found.to_csv(out, index=False)
    print(int(found[0].sum()))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
