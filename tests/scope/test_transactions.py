"""Many clients on one SQLite file, on real connections and real commits; and the gate itself."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper
from pytest_django import DjangoDbBlocker

from wijkveilig.config.environment import SQLITE_OPTIONS
from wijkveilig.scope.gate import gate, gate_of
from wijkveilig.scope.models import Municipality
from wijkveilig.scope.services import atomic

HERE = Path(__file__).parent
WRITES = 8 * 15


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file with one municipality and one organisation that counts; copied by each test."""
    folder = tmp_path_factory.mktemp("eight-clients")
    environment = {**os.environ, "WIJKVEILIG_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "wijkveilig.config.settings"}
    environment.pop("WIJKVEILIG_DATABASE_URL", None)
    make = (
        "import django; django.setup(); from django.core.management import call_command as c;"
        "c('migrate', verbosity=0);"
        "from wijkveilig.people.models import Organisation as O; from wijkveilig.scope.models import Municipality as M;"
        "O.objects.create(pk=1, name='0', municipality=M.objects.create(code='GM9901', name='Proefstad'))"
    )
    subprocess.run([sys.executable, "-c", make], env=environment, check=True, timeout=60)
    return folder


def eight_clients(template: Path, folder: Path, mode: str) -> dict[str, int]:
    """What happened when eight clients each read and then wrote fifteen times."""
    shutil.copytree(template, folder)
    environment = {name: value for name, value in os.environ.items() if name != "WIJKVEILIG_DATABASE_URL"}
    call = [sys.executable, str(HERE / "eight_clients.py"), mode, str(folder)]
    done = subprocess.run(call, env=environment, check=True, timeout=120, capture_output=True, text=True)
    counted: dict[str, int] = json.loads(done.stdout)
    return counted


@pytest.mark.slow
@pytest.mark.processes
def test_eight_clients_read_then_write_and_none_is_locked_out(template: Path, tmp_path: Path) -> None:
    counted = eight_clients(template, tmp_path / "copy", "house")

    assert counted == {"done": WRITES, "locked": 0, "gate": 1, "counter": WRITES}


@pytest.mark.slow
@pytest.mark.processes
def test_the_same_work_in_the_default_mode_is_locked_out(template: Path, tmp_path: Path) -> None:
    """Shows that the test above can fail: without IMMEDIATE and the gate SQLite refuses who read before it wrote."""
    counted = eight_clients(template, tmp_path / "copy", "default")

    assert counted["locked"] > 0
    assert counted["gate"] == 0


def test_sqlite_keeps_what_it_was_given_and_forgets_what_was_removed(
    tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    database = {**connection.settings_dict, "NAME": str(tmp_path / "one.sqlite3"), "OPTIONS": dict(SQLITE_OPTIONS)}
    with django_db_blocker.unblock():
        wrapper = DatabaseWrapper(database, "one")
        with wrapper.cursor() as cursor:
            told = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in _PRAGMAS}
        wrapper.close()

    assert told == _PRAGMAS
    assert wrapper.transaction_mode == "IMMEDIATE"


_PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}
"""Write-ahead log, synchronous FULL, secure delete on, foreign keys on."""


def test_no_transaction_is_opened_for_a_whole_request() -> None:
    assert not settings.DATABASES["default"].get("ATOMIC_REQUESTS", False)


def test_the_gate_lets_one_writer_in_at_a_time(tmp_path: Path) -> None:
    seen: list[str] = []
    first_is_in, second_waits = threading.Event(), threading.Event()

    def second() -> None:
        first_is_in.wait(5)
        second_waits.set()
        with gate(tmp_path / "db"):
            seen.append("second")

    thread = threading.Thread(target=second)
    thread.start()
    with gate(tmp_path / "db"):
        first_is_in.set()
        second_waits.wait(5)
        thread.join(0.05)
        seen.append("first")
    thread.join(5)

    assert seen == ["first", "second"]


def test_who_holds_the_gate_passes_it_again(tmp_path: Path) -> None:
    with gate(tmp_path / "db"):
        with gate(tmp_path / "db"):
            pass
        with gate(tmp_path / "db"):
            seen = gate_of(tmp_path / "db").exists()

    assert seen


@pytest.mark.slow
@pytest.mark.processes
def test_the_gate_opens_when_its_holder_is_killed(tmp_path: Path) -> None:
    hold = (
        "import sys, time; from pathlib import Path; from wijkveilig.scope.gate import gate\n"
        "with gate(Path(sys.argv[1])): print('in', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", hold, str(tmp_path / "db")], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        holder.kill()
        holder.wait(5)

    with gate(tmp_path / "db"):
        passed = True

    assert passed


@pytest.mark.django_db
def test_a_write_happens_whole_or_not_at_all() -> None:
    @atomic
    def half(code: str) -> None:
        Municipality.objects.create(code=code, name="Half")
        raise ValueError(code)

    with pytest.raises(ValueError, match="GM9904"):
        half("GM9904")

    assert not Municipality.objects.filter(code="GM9904").exists()


@pytest.mark.django_db
def test_a_nested_write_that_fails_leaves_the_outer_one() -> None:
    @atomic
    def inner() -> None:
        Municipality.objects.create(code="GM9905", name="Binnen")
        raise ValueError("binnen")

    with atomic():
        Municipality.objects.create(code="GM9904", name="Buiten")
        with pytest.raises(ValueError, match="binnen"):
            inner()

    assert list(Municipality.objects.values_list("code", flat=True)) == ["GM9904"]
