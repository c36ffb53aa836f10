"""A parent with its children in one process group: however the parent ends, nothing of the group is left.

The first child is the guard. It reads from a pipe that only the parent can write to; the pipe closes when the parent
is gone, also after `kill -9`, and then the guard ends the whole group, grandchildren included (granian's workers
outlive granian and would keep the port). Standard library only: the guard must start in milliseconds.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO

GRACE = 1.5  # seconds between the request to end and the end, when the parent is gone
PATIENCE = 8.0  # seconds that children get at an orderly end: a page or a job may finish


class Group:
    """Children that live and end together. Use it as a context: leaving it ends them all."""

    def __init__(self, *, held: Sequence[int] = ()) -> None:
        """Start the guard; `held` are file descriptors (a lock) that stay open until the last of the group is gone."""
        read, self._write = os.pipe()
        command = [sys.executable, "-I", "-S", __file__]
        self._guard = subprocess.Popen(command, stdin=read, pass_fds=tuple(held), process_group=0)
        os.close(read)
        self._children: list[tuple[subprocess.Popen[bytes], signal.Signals]] = []

    def __enter__(self) -> "Group":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def start(
        self,
        command: Sequence[str | Path],
        *,
        env: Mapping[str, str] | None = None,
        user: int | None = None,
        output: IO[bytes] | None = None,
        stop: signal.Signals = signal.SIGTERM,
    ) -> subprocess.Popen[bytes]:
        """Start a child in the group, as user id `user` when given; `stop` is the signal that ends it in order."""
        groups: list[int] | None = None if user is None else []
        child = subprocess.Popen(
            command,
            env=env,
            user=user,
            extra_groups=groups,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            process_group=self._guard.pid,
        )
        self._children.append((child, stop))
        return child

    def run(self, command: Sequence[str | Path], *, env: Mapping[str, str] | None = None) -> int:
        """Start a child and wait for its end; returns its exit code."""
        child = self.start(command, env=env)
        code = child.wait()
        self._children.remove((child, signal.SIGTERM))
        return code

    def broken(self) -> bool:
        """Whether a child or the guard has ended."""
        return self._guard.poll() is not None or any(child.poll() is not None for child, _ in self._children)

    def wait(self) -> None:
        """Wait until any of the group has ended, the guard too."""
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)

    def end(self) -> None:
        """End the children in order, the last started first; what does not listen is killed."""
        try:
            deadline = time.monotonic() + PATIENCE
            for child, stop in reversed(self._children):
                if child.poll() is None:
                    child.send_signal(stop)
                    child.wait(timeout=max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            pass  # the kill below is for these
        finally:
            self._kill()

    def _kill(self) -> None:
        """Kill what is left of the group, the guard last and included."""
        with suppress(ProcessLookupError):  # also when the guard is gone: its group lives on in the others
            os.killpg(self._guard.pid, signal.SIGKILL)
        for child, _ in self._children:
            child.wait()
        self._guard.wait()
        self._wait_for_grandchildren()
        self._children.clear()
        if self._write >= 0:
            os.close(self._write)
            self._write = -1

    def _wait_for_grandchildren(self) -> None:
        """Those that are not ours to bury: wait until the group has nobody left, for a second at most."""
        deadline = time.monotonic() + 1.0
        with suppress(ProcessLookupError):
            while time.monotonic() < deadline:
                os.killpg(self._guard.pid, 0)
                time.sleep(0.01)


def end_on_signals() -> None:
    """Let SIGTERM and SIGHUP end this process as Ctrl-C does: through the context, so that the children end first."""

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)


def guard() -> None:
    """The guard: wait for the parent's end, then end the group that this process leads."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    os.read(0, 1)
    os.killpg(0, signal.SIGTERM)
    time.sleep(GRACE)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    guard()
