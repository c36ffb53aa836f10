"""Time of the main sums of `analysis` at the size of The Hague, and of importing what they need.

python benchmarks/analysis_expected.py [--json]
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from wijkveilig.analysis import expected, expected_month, rank_intervals, shrink, trend

AREAS, TYPES, YEARS = 93, 11, 7


def best_of(repeats: int, run: Callable[[], object]) -> float:
    """Shortest time in seconds."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def importing(module: str) -> float:
    """Seconds that a fresh interpreter takes to import it, numpy already there."""
    code = f"import time, numpy; t = time.perf_counter(); import {module}; print(time.perf_counter() - t)"
    outcome = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    return float(outcome.stdout or "nan")


def main() -> None:
    """Measure and print."""
    rng = np.random.default_rng(7)
    size = 16 * np.exp(rng.standard_normal((AREAS, TYPES, 1)))
    path = np.cumsum(0.1 * rng.standard_normal((AREAS, TYPES, YEARS)), axis=2)
    months = rng.poisson(np.repeat(size / 12 * np.exp(path), 12, axis=2)).astype(float)
    years = months.reshape(AREAS, TYPES, YEARS, 12).sum(axis=3)
    base = np.exp(rng.normal(7.5, 0.8, AREAS))
    level = shrink(years[:, 0, -1], base)
    figures = {
        "import scipy.special": importing("scipy.special"),
        "import numba (not used)": importing("numba"),
        "expected, all series": best_of(5, lambda: expected(years[:, :, :-1], years[:, :, -1])),
        "expected_month, all series": best_of(3, lambda: expected_month(months, 12 * YEARS - 1)),
        "shrink, all types": best_of(5, lambda: [shrink(years[:, kind, -1], base) for kind in range(TYPES)]),
        "trend, all types": best_of(5, lambda: [trend(years[:, kind]) for kind in range(TYPES)]),
        "rank_intervals, all types": best_of(
            5, lambda: [rank_intervals(level.shape, level.rate) for _ in range(TYPES)]
        ),
    }
    if "--json" in sys.argv:
        print(json.dumps(figures))
        return
    for name, seconds in figures.items():
        print(f"{name:30s} {seconds:8.3f} s")


if __name__ == "__main__":
    main()
