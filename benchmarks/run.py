"""All benchmarks in one go: `python -m benchmarks.run [--json FILE]` prints a table and writes JSON.

A benchmark is a module of this folder with a function `rows() -> list[Row]`. Exit code 1 when one is over its budget.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

from benchmarks.measure import Row, as_json, table

HERE = Path(__file__).resolve().parent


def found() -> list[str]:
    """The names of the benchmarks, in order."""
    return sorted(
        path.stem
        for path in HERE.glob("*.py")
        if "def rows() -> list[Row]" in path.read_text() and path != Path(__file__)
    )


def main() -> int:
    """Run all benchmarks, or those that are named."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of: {', '.join(found())} (default: all)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the rows as JSON too")
    options = parser.parse_args()
    unknown = set(options.names) - set(found())
    if unknown:
        parser.error(f"no benchmark {', '.join(sorted(unknown))}")
    rows: list[Row] = []
    for name in options.names or found():
        print(f"{name} ...", file=sys.stderr, flush=True)
        rows += importlib.import_module(f"benchmarks.{name}").rows()
    print(table(rows))
    if options.json:
        options.json.write_text(as_json(rows), encoding="utf-8")
    return 0 if all(row.fits for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
