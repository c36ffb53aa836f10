"""Builds the demo city in the store that the environment names and times its pages; prints one line of JSON."""

from __future__ import annotations

import json
import statistics
import sys
import time

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - Django first
from django.test import Client  # noqa: E402
from django.utils.translation import gettext  # noqa: E402

from wijkveilig.demo import services as demo  # noqa: E402
from wijkveilig.people.types import DEMO_PASSWORD  # noqa: E402
from wijkveilig.picture import selectors  # noqa: E402
from wijkveilig.scope.selectors import municipalities  # noqa: E402
from wijkveilig.scope.types import Actor  # noqa: E402

HOST = "localhost"
TIMES = 7


def main() -> int:
    """Time every page of an analyst."""
    call_command("migrate", verbosity=0)
    told: list[tuple[float, str]] = []
    demo.build(lambda line: told.append((time.perf_counter(), line)))
    client = Client(headers={"host": HOST})
    analyst = next(one for one in demo.demo_people() if "analist" in one.roles)
    client.post("/inloggen/", {"email": analyst.email, "password": DEMO_PASSWORD})
    print(json.dumps({"rebuild": _rebuild(told), "pages": [_time(client, path) for path in _paths()]}))
    return 0


def _rebuild(told: list[tuple[float, str]]) -> float:
    """Seconds from the first line of the rebuild to its last."""
    moments = {line: moment for moment, line in told}
    return moments[gettext("Het beeld is klaar.")] - moments[gettext("De bestanden lezen.")]


def _paths() -> list[str]:
    actor = Actor.command(municipalities()[0].code)
    edition = selectors.current_edition(actor)
    if edition is None:
        raise RuntimeError("the demo city has no picture")
    area = edition.attention[0].area if edition.attention else edition.areas[0].code
    return [
        "/", "/beeld/", "/beeld/?indicator=totaal&niveau=buurt", f"/beeld/gebied/{area}/",
        f"/beeld/gebied/{area}/afdruk/", "/beeld/indicator/woninginbraak/", "/gegevens/",
    ]  # fmt: skip


def _time(client: Client, path: str) -> dict[str, object]:
    """Median of a few warm requests; the first one is not counted."""
    client.get(path)
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        answer = client.get(path)
        taken.append(time.perf_counter() - began)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answers {answer.status_code}")
    return {
        "path": path,
        "milliseconds": statistics.median(taken) * 1000,
        "kilobytes": len(answer.content) / 1024,
    }


if __name__ == "__main__":
    sys.exit(main())
