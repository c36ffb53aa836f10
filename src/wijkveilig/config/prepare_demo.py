"""Makes the demo city in the store that WIJKVEILIG_VAR names; the mark that it is whole holds its accounts.

A script, run once per store: what it imports needs Django set up, and takes longer than a second start may.
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402  (models need Django set up first)

from wijkveilig.demo import services as demo  # noqa: E402
from wijkveilig.people.types import DEMO_PASSWORD  # noqa: E402

WHOLE = "whole"
QUIET = 4.0  # seconds between two lines in a pipe


def main() -> int:
    """Build what is lacking, then write the mark. Returns the exit code."""
    demo.build(_teller())
    sys.stdout.write("\n" if sys.stdout.isatty() else "")
    told = [f"  {one.email}  ({', '.join(one.roles)})" for one in demo.demo_people()]
    lines = [f"Aanmelden kan als, met wachtwoord {DEMO_PASSWORD}:", *told]
    mark = Path(settings.WIJKVEILIG_VAR) / WHOLE
    fresh = mark.with_name("whole.new")
    fresh.write_text("".join(f"{line}\n" for line in lines))
    os.replace(fresh, mark)
    return 0


def _teller() -> Callable[[str], None]:
    """Tells progress: on a terminal in one line that changes, in a pipe no more than a line per few seconds."""
    terminal = sys.stdout.isatty()
    told = -QUIET

    def tell(text: str) -> None:
        nonlocal told
        now = time.monotonic()
        if terminal:
            sys.stdout.write(f"\r\033[K{text}")
        elif now - told >= QUIET:
            sys.stdout.write(f"{text}\n")
            told = now
        sys.stdout.flush()

    return tell


if __name__ == "__main__":
    sys.exit(main())
