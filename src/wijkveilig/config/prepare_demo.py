"""Makes the demo city in the store that WIJKVEILIG_VAR names; the mark that it is whole holds its accounts.

A script, run once per store: what it imports needs Django set up, and takes longer than a second start may.
"""

import os
import sys
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402  (models need Django set up first)

from wijkveilig.demo import services as demo  # noqa: E402
from wijkveilig.people.types import DEMO_PASSWORD  # noqa: E402

WHOLE = "whole"


def main() -> int:
    """Build what is lacking, then write the mark. Returns the exit code."""
    demo.build(_tell)
    told = [f"  {one.email}  ({', '.join(one.roles)})" for one in demo.demo_people()]
    lines = [f"Aanmelden kan als, met wachtwoord {DEMO_PASSWORD}:", *told]
    mark = Path(settings.WIJKVEILIG_VAR) / WHOLE
    fresh = mark.with_name("whole.new")
    fresh.write_text("".join(f"{line}\n" for line in lines))
    os.replace(fresh, mark)
    return 0


def _tell(text: str) -> None:
    """One line of progress, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
