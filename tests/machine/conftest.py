"""Free ports, and what is left of processes."""

import socket
import time
from collections.abc import Callable, Iterator

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
