"""Writes docs/analysis/expected.md: the method in words, and the figures of the back-test as they are today.

python scripts/make_expected_doc.py            # two minutes; needs the shared panel beside the repository
"""

import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tests.realdata.shared import DATA  # noqa: E402 - the paths above come first
from tests.simulation import backtest, competitors, report  # noqa: E402

WORDS = ROOT / "scripts" / "expected.words.md"
DOCUMENT = ROOT / "docs" / "analysis" / "expected.md"
# Quiet towns in the table per kind: enough to tell 2 % from 8.
MANY = 960
METHODS = {
    "this method": backtest.ours,
    "never alarm": competitors.never_alarm,
    "plain Poisson": competitors.plain_poisson,
    "z-score": competitors.z_score,
}


def main() -> int:
    """Run the back-test and write the document."""
    many, risen = backtest.quiet_towns(MANY), backtest.towns_with_rises(backtest.RISEN)
    quiet = many[: backtest.QUIET]
    alarmed = {name: backtest.alarms(method, quiet) for name, method in METHODS.items()}
    methods = [
        report.method_row(name, alarmed[name], backtest.finds(method, risen)) for name, method in METHODS.items()
    ]
    kinds = np.array([kind for kind, _ in many])
    ours = np.array(backtest.alarms(backtest.ours, many))
    by_kind = [report.Row(kind, (100 * float(ours[kinds == kind].mean()),)) for kind in backtest.KINDS]
    tables = {
        "COVERAGE": report.coverage_table(report.coverage_rows(DATA)),
        "METHODS": report.method_table(methods),
        "KINDS": report.kinds_table(by_kind),
    }
    text = WORDS.read_text(encoding="utf-8")
    for name, table in tables.items():
        text = text.replace(f"<!-- {name} -->", table)
    DOCUMENT.write_text(text, encoding="utf-8")
    print(f"{DOCUMENT.relative_to(ROOT)}: written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
