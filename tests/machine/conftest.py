"""Sites that are started and ended, free ports, and what is left of processes."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest


def wait_for(happens: Callable[[], bool], *, within: float) -> bool:
    """Whether something happens within a number of seconds."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if happens():
            return True
        time.sleep(0.05)
    return happens()


def alive(process: int) -> bool:
    """Whether a process runs; a dead one that nobody has buried does not."""
    try:
        return psutil.Process(process).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def answers(port: int) -> bool:
    """Whether anything listens on a port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def family() -> Iterator[Callable[[int], set[int]]]:
    """Gives a process and all its descendants, and kills at the end what a failing test left behind."""
    seen: set[int] = set()

    def gather(process: int) -> set[int]:
        found = {process, *(child.pid for child in psutil.Process(process).children(recursive=True))}
        seen.update(found)
        return found

    yield gather
    for left in filter(alive, seen):
        psutil.Process(left).kill()


def get(port: int, path: str, **headers: str) -> tuple[int, str]:
    """The status and the text of a page."""
    request = urllib.request.Request(f"http://localhost:{port}{path}", headers=headers)
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - our own address
        return int(answer.status), answer.read().decode()


class Site:
    """A `wijkveilig run` in a folder, with what it has said."""

    def __init__(self, folder: Path, command: list[str]) -> None:
        self.said = folder / f"said-{time.monotonic_ns()}"
        env = {key: value for key, value in os.environ.items() if not key.startswith(("WIJKVEILIG_", "DJANGO_"))}
        with self.said.open("wb") as output:
            self.process = subprocess.Popen(
                command, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
            )

    @property
    def lines(self) -> list[str]:
        return self.said.read_text().splitlines()

    def opens(self, within: float) -> bool:
        """Whether it says in time that the site is open."""
        wait_for(lambda: self.process.poll() is not None or "staat open" in self.said.read_text(), within=within)
        return "staat open" in self.said.read_text()


@pytest.fixture
def start(tmp_path: Path, family: Callable[[int], set[int]]) -> Iterator[Callable[..., Site]]:
    """Starts sites in the folder of the test and ends them; `program` is the command of another environment."""
    sites: list[Site] = []

    def begin(*arguments: str, program: tuple[str, ...] = (sys.executable, "-m", "wijkveilig")) -> Site:
        sites.append(Site(tmp_path, [*program, "run", *arguments]))
        return sites[-1]

    yield begin
    for site in sites:
        if site.process.poll() is None:
            family(site.process.pid)
            site.process.send_signal(signal.SIGINT)
            site.process.wait(timeout=60)
