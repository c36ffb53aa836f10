"""Write the documents that are made from the product itself; with --check, say which are stale and exit 1."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from wijkveilig import capabilities  # noqa: E402  (the source tree is put on the path first)


def documents() -> dict[Path, str]:
    """Each generated document with its text."""
    return {ROOT / "docs" / "capabilities.md": capabilities.as_markdown()}


def main() -> int:
    """Write or check; returns the exit code."""
    stale = [path for path, text in documents().items() if not path.exists() or path.read_text() != text]
    if "--check" in sys.argv:
        for path in stale:
            print(f"{path.relative_to(ROOT)} is stale: run python3 scripts/docs.py")
        return 1 if stale else 0
    for path in stale:
        path.write_text(documents()[path])
    return 0


if __name__ == "__main__":
    sys.exit(main())
