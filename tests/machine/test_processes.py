"""A group of processes ends with its parent, whatever ends the parent."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
from tests.machine.conftest import alive, answers, wait_for

pytestmark = [pytest.mark.processes, pytest.mark.slow]

# The child ignores every request to end, as does its own child, which holds the port: granian's worker at its worst.
STUBBORN = """
import signal, socket, subprocess, sys, time
for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
    signal.signal(number, signal.SIG_IGN)
if sys.argv[2] == "child":
    subprocess.Popen([sys.executable, __file__, sys.argv[1], "grandchild"])
else:
    listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
time.sleep(600)
"""
PARENT = """
import sys
from wijkveilig.config import processes
processes.PATIENCE = 0.3
processes.end_on_signals()
with processes.Group() as group:
    group.start([sys.executable, sys.argv[1], sys.argv[2], "child"])
    group.wait()
"""


@pytest.fixture
def parent(tmp_path: Path, free_port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """A parent with a stubborn child and grandchild, the last of which listens on the free port."""
    (tmp_path / "stubborn.py").write_text(STUBBORN)
    process = subprocess.Popen([sys.executable, "-c", PARENT, str(tmp_path / "stubborn.py"), str(free_port)])
    assert wait_for(lambda: answers(free_port), within=10)
    yield process
    process.kill()
    process.wait()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_nothing_is_left_of_a_group_when_a_signal_ends_its_parent(
    parent: "subprocess.Popen[bytes]", number: signal.Signals, free_port: int, family: Callable[[int], set[int]]
) -> None:
    everyone = family(parent.pid)
    assert len(everyone) == 4  # parent, guard, child, grandchild

    parent.send_signal(number)
    parent.wait(timeout=10)

    assert wait_for(lambda: not any(map(alive, everyone)), within=5)
    assert not answers(free_port)


def test_the_group_ends_when_its_guard_is_killed(
    parent: "subprocess.Popen[bytes]", free_port: int, family: Callable[[int], set[int]]
) -> None:
    everyone = family(parent.pid)
    guard = next(child for child in psutil.Process(parent.pid).children() if "processes.py" in child.cmdline()[-1])

    os.kill(guard.pid, signal.SIGKILL)
    parent.wait(timeout=10)

    assert wait_for(lambda: not any(map(alive, everyone)), within=5)
    assert not answers(free_port)


POSTGRES = """
import sys
from pathlib import Path
from wijkveilig.config.postgres import start
from wijkveilig.config.processes import Group
with Group() as group:
    print(start(group, Path(sys.argv[1])), flush=True)
    group.wait()
"""


def _postgres(folder: Path) -> "tuple[subprocess.Popen[str], str]":
    """A parent with a server on `folder`, and the server's address."""
    process = subprocess.Popen([sys.executable, "-c", POSTGRES, str(folder)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    with process.stdout:
        return process, process.stdout.readline().strip()


def test_a_killed_parent_takes_postgresql_along_and_the_next_start_finds_its_data(
    closed_folder: Path, family: Callable[[int], set[int]]
) -> None:
    process, address = _postgres(closed_folder)
    with psycopg.connect(address) as connection:
        connection.execute("create table kept (number int)")
        connection.execute("insert into kept values (7)")
    everyone = family(process.pid)

    process.kill()
    process.wait()
    assert wait_for(lambda: not any(map(alive, everyone)), within=8)
    again, address = _postgres(closed_folder)
    family(again.pid)
    with psycopg.connect(address) as connection:
        kept = connection.execute("select number from kept").fetchall()
    again.kill()
    again.wait()

    assert kept == [(7,)]


@pytest.fixture
def closed_folder() -> Iterator[Path]:
    """A data folder that the server's own user may reach also when the tests run as root."""
    with tempfile.TemporaryDirectory(prefix="wijkveilig-test-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def test_a_command_run_around_a_server_gets_its_address_and_gives_its_exit_code() -> None:
    script = "import os, psycopg, sys; psycopg.connect(os.environ['WIJKVEILIG_DATABASE_URL']); sys.exit(7)"
    command = [sys.executable, "-m", "wijkveilig.config.postgres", "--", sys.executable, "-c", script]

    done = subprocess.run(command, capture_output=True, text=True, timeout=60)

    assert (done.returncode, done.stderr) == (7, "")
