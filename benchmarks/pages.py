"""Server time and size of the pages of the demo city, as a signed-in analyst asks for them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile

from benchmarks.measure import ROOT, Row

TIME, SIZE = 200.0, 150.0


def rows() -> list[Row]:
    """Warm time (ms) and size (kB) of every page, and the time of a rebuild; in a store of its own."""
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "wijkveilig.config.settings",
            "WIJKVEILIG_VAR": folder,
            "WIJKVEILIG_LOG": f"{folder}/log.jsonl",
            "WIJKVEILIG_SECRET_KEY": "only-for-the-benchmark",
            "PYTHONPATH": str(ROOT),
        }
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.page_times"],
            env=env,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise RuntimeError(done.stderr.strip())
    found = json.loads(done.stdout.splitlines()[-1])
    made = [Row("rebuild of the demo city's picture", found["rebuild"], "s")]
    for page in found["pages"]:
        made.append(Row(f"page {page['path']}", page["milliseconds"], "ms", TIME))
        made.append(Row(f"size {page['path']}", page["kilobytes"], "kB", SIZE))
    return made
