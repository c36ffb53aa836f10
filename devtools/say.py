"""What dev.py tells its user: one line per step, and one line when something is missing."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class MissingError(Exception):
    """Something that this machine lacks or that did not work; the text is the whole line, with the remedy."""


def on_terminal() -> bool:
    """Whether a person looks at the output as it comes."""
    return sys.stdout.isatty()


@contextmanager
def step(text: str) -> Iterator[None]:
    """Announce a step, and tell afterwards how long it took (seconds)."""
    begin = time.monotonic()
    print(f"{text} ...", flush=True)
    yield
    if on_terminal():
        print(f"{text}: klaar in {time.monotonic() - begin:.1f} s", flush=True)


def failed(text: str, *, code: int = 1) -> int:
    """Say on stderr what went wrong; returns the exit code to leave with."""
    sys.stdout.flush()
    print(text, file=sys.stderr, flush=True)
    return code


def call(command: list[str | Path], *, env: dict[str, str] | None = None, cwd: Path | None = None) -> bool:
    """Run a command: on a terminal its own progress shows, in a pipe only its last words when it fails.

    Returns whether it ended well.
    """
    if on_terminal():
        return subprocess.run(command, env=env, cwd=cwd).returncode == 0
    done = subprocess.run(command, env=env, cwd=cwd, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode != 0:
        print("\n".join(done.stdout.splitlines()[-15:]), file=sys.stderr, flush=True)
    return done.returncode == 0
