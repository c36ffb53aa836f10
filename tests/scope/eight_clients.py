"""Run by test_transactions.py in a process of its own: eight clients that read and then write one SQLite file.

Usage: eight_clients.py house|default FOLDER. Prints JSON: how many writes went well, how many were refused by
the database, and what the counter says afterwards. `house` is the product as it is; `default` is the same work
with Django's default transaction mode and without the gate.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path

CLIENTS, ROUNDS = 8, 15


def main(mode: str, folder: str) -> None:
    """Do the work in this mode and print how it went."""
    os.environ.update(
        WIJKVEILIG_VAR=folder, DJANGO_SETTINGS_MODULE="wijkveilig.config.settings", WIJKVEILIG_LOG=f"{folder}/log"
    )
    import django
    from django.conf import settings

    if mode == "default":
        options = settings.DATABASES["default"]["OPTIONS"]
        del options["transaction_mode"]
        options["timeout"] = 5
    django.setup()
    sys.stdout.write(json.dumps(_run(mode)))


def _run(mode: str) -> dict[str, int]:
    from django.db import OperationalError, connection
    from django.db.transaction import atomic as plain_atomic

    from wijkveilig.people.models import Organisation
    from wijkveilig.scope.gate import gate_of
    from wijkveilig.scope.services import atomic

    write = plain_atomic if mode == "default" else atomic
    ready, counted = threading.Barrier(CLIENTS), {"done": 0, "locked": 0}
    lock = threading.Lock()

    def client() -> None:
        connection.ensure_connection()
        ready.wait()
        for _ in range(ROUNDS):
            try:
                with write():
                    row = Organisation.objects.get(pk=1)
                    row.name = str(int(row.name) + 1)
                    row.save()
                outcome = "done"
            except OperationalError:
                outcome = "locked"
            with lock:
                counted[outcome] += 1
        connection.close()

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    counted["gate"] = int(gate_of(Path(connection.settings_dict["NAME"])).exists())
    counted["counter"] = int(Organisation.objects.get(pk=1).name)
    return counted


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))
    main(sys.argv[1], sys.argv[2])
