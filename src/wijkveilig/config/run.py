"""`wijkveilig run`: one process that looks after the web server, the job worker and, if asked, PostgreSQL.

This parent stays small: standard library only, Django lives in the children. It holds the lock of the store, so that
two never open the same one; the lock passes to the guard of the group and is free only when the last child is gone.
"""

import argparse
import fcntl
import http.client
import os
import socket
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from wijkveilig.config import postgres
from wijkveilig.config.processes import Group, end_on_signals

PORT = 8000
READY_WITHIN = 60.0  # seconds from the start of the server to its first good answer
GUARD_ENDS_WITHIN = 4.0  # seconds that the guard of a killed parent may need before its lock is free
EVERYONE = {"", "0.0.0.0", "::"}  # noqa: S104 - recognised here, never chosen
HERE = {"127.0.0.1", "::1", "localhost"}
DATABASE = "WIJKVEILIG_DATABASE_URL"


class NotStartedError(Exception):
    """The site cannot start; the text is one line for the user."""


@dataclass(frozen=True)
class Plan:
    """What to start: the store, whether it is the demo city's, where to listen, and on which database."""

    store: Path
    demo: bool
    host: str
    port: int
    postgres: bool

    @property
    def whole(self) -> Path:
        """The mark of a finished demo city, written last; its text names the accounts."""
        return self.store / "whole"

    @property
    def first_use(self) -> Path:
        """The one-time code of a store without a municipality; gone once one works there."""
        return self.store / "first-use-code"

    @property
    def reach(self) -> str:
        """The host name by which this machine itself reaches the site."""
        return "localhost" if self.host in EVERYONE | HERE else self.host

    @property
    def address(self) -> str:
        """The address to open."""
        return f"http://{self.reach}:{self.port}/"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `wijkveilig run`; dev.py passes the same ones on."""
    parser.add_argument("--port", type=_port, default=PORT, help=f"poort van de site (standaard {PORT})")
    parser.add_argument("--host", default="127.0.0.1", help="adres om op te luisteren (standaard alleen deze machine)")
    parser.add_argument("--postgres", action="store_true", help="een eigen PostgreSQL in plaats van SQLite")
    parser.add_argument("--empty", action="store_true", help="uw eigen gegevens (var/eigen) in plaats van de demostad")


def _port(text: str) -> int:
    """A port number, or argparse's one line."""
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"'{text}' is geen poort (1 tot en met 65535)")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Start everything and stay until it ends. Returns 0 after Ctrl-C, 1 when something did not start or fell over."""
    plan = Plan(_store(options), not options.empty, options.host, options.port, options.postgres)
    end_on_signals()
    try:
        return _serve(plan)
    except (NotStartedError, postgres.PostgresError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        _say("Gestopt.")
        return 0


def make_demo() -> int:
    """Make the demo city in its own store, or what is lacking of it, and start nothing. Returns 1 when it fails."""
    plan = Plan(Path("var/demo").absolute(), True, "127.0.0.1", PORT, False)
    end_on_signals()
    plan.store.mkdir(parents=True, exist_ok=True)
    try:
        with (plan.store / "run.lock").open("a+") as lock:
            take(lock.fileno(), plan)
            with Group(held=[lock.fileno()]) as group:
                _prepare(group, plan, _environment(plan))
    except NotStartedError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    _tell_accounts(plan)
    return 0


def _store(options: argparse.Namespace) -> Path:
    """The folder to open: the demo city and one's own data never meet, nor do two databases share one store."""
    own = Path(os.environ.get("WIJKVEILIG_VAR") or "var/eigen")
    store = (own if options.empty else Path("var/demo")).absolute()
    return store.with_name(f"{store.name}-postgres") if options.postgres else store


def _serve(plan: Plan) -> int:
    """Lock, look at the port, prepare, start, wait."""
    plan.store.mkdir(parents=True, exist_ok=True)
    with (plan.store / "run.lock").open("a+") as lock:
        take(lock.fileno(), plan)
        refuse_taken_port(plan)
        with Group(held=[lock.fileno()]) as group:
            env = _environment(plan)
            if plan.postgres and not env.get(DATABASE):
                env[DATABASE] = postgres.start(group, plan.store / "postgres")
            _prepare(group, plan, env)
            server = group.start(_server(plan), env=env)
            _wait_until_ready(plan, group)  # both cores for the first page; jobs come after
            worker = group.start([sys.executable, "-m", "django", "db_worker", "--no-startup-delay"], env=env)
            _tell_accounts(plan)
            _say(f"De site staat open op {plan.address} (stoppen: Ctrl-C)")
            group.wait()
            name = "webserver" if server.poll() is not None else "takenverwerker" if worker.poll() is not None else ""
            raise NotStartedError(f"De {name or 'bewaking'} is uitgevallen; alles is afgesloten.")


def take(lock: int, plan: Plan) -> None:
    """Take the lock of the store, or say who has it. A guard that is still clearing up is waited for."""
    deadline = time.monotonic() + GUARD_ENDS_WITHIN
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            holder, address = _holder(lock)
            if _alive(holder) or time.monotonic() > deadline:
                where = f" op {address}" if address else ""
                raise NotStartedError(f"{plan.store} is al geopend{where} (proces {holder}).") from None
            time.sleep(0.1)
    os.ftruncate(lock, 0)
    os.pwrite(lock, f"{os.getpid()} {plan.address}\n".encode(), 0)


def _holder(lock: int) -> tuple[int, str]:
    """The process and the address that the lock file names; 0 where it names none."""
    words = os.pread(lock, 200, 0).decode(errors="replace").split()
    return (int(words[0]), words[1]) if len(words) == 2 and words[0].isdigit() else (0, "")


def _alive(process: int) -> bool:
    """Whether a process exists."""
    if process <= 0:
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def refuse_taken_port(plan: Plan) -> None:
    """Raise when something answers on the port, or when we may not listen there."""
    host = "127.0.0.1" if plan.host in EVERYONE else plan.host
    other = f"Kies een andere met --port, bijvoorbeeld --port {plan.port + 1}."
    try:
        socket.create_connection((host, plan.port), timeout=1).close()
    except OSError:
        pass
    else:
        raise NotStartedError(f"Op poort {plan.port} antwoordt al een ander programma. {other}")
    try:
        family, kind, _, _, address = socket.getaddrinfo(plan.host or None, plan.port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise NotStartedError(f"Luisteren op {plan.host}:{plan.port} kan niet: {error}. {other}") from error


def _environment(plan: Plan) -> dict[str, str]:
    """The children's environment. The demo city never goes into a database that was named for something else."""
    env = dict(os.environ) | {"WIJKVEILIG_VAR": str(plan.store), "DJANGO_SETTINGS_MODULE": "wijkveilig.config.settings"}
    env.setdefault("WIJKVEILIG_LOG", str(plan.store / "wijkveilig.log"))
    if plan.demo and not plan.postgres:
        env.pop(DATABASE, None)
    return env


def _prepare(group: Group, plan: Plan, env: dict[str, str]) -> None:
    """Make the database and the static files and, until it is whole, the demo city: that goes on where it stopped."""
    scripts = [["prepare"] if plan.demo else ["prepare", "first-use"]]
    scripts += [["prepare_demo"]] if plan.demo and not plan.whole.exists() else []
    for script, *words in scripts:
        if group.run([sys.executable, "-m", f"wijkveilig.config.{script}", *words], env=env) != 0:
            raise NotStartedError("De gegevens konden niet worden klaargezet; zie de regels hierboven.")


def _server(plan: Plan) -> list[str]:
    """One worker with four threads: SQLite has one writer, and the caches of a worker are its own."""
    options = ["--interface", "wsgi", "--workers", "1", "--blocking-threads", "4", "--no-access-log", "--no-ws"]
    options += ["--log-level", "error", "--host", plan.host, "--port", str(plan.port)]
    return [sys.executable, "-m", "granian", *options, "wijkveilig.config.wsgi:application"]


def _wait_until_ready(plan: Plan, group: Group) -> None:
    """Ask the site until it says that it can do its work."""
    deadline = time.monotonic() + READY_WITHIN
    answer = "geen antwoord"
    while time.monotonic() < deadline and not group.broken():
        status, answer = _ask(plan)
        if status == http.client.OK:
            return
        time.sleep(0.05)
    raise NotStartedError(f"De site komt niet op gang ({answer}); zie {plan.store / 'wijkveilig.log'}.")


def _ask(plan: Plan) -> tuple[int, str]:
    """The status and the text of one look at /-/ready; 0 where nothing answers."""
    connection = http.client.HTTPConnection("127.0.0.1" if plan.host in EVERYONE else plan.host, plan.port, timeout=5)
    try:
        connection.request("GET", "/-/ready", headers={"Host": f"{plan.reach}:{plan.port}"})
        response = connection.getresponse()
        return response.status, response.read(300).decode(errors="replace")
    except (OSError, http.client.HTTPException) as error:
        return 0, str(error)
    finally:
        connection.close()


def _tell_accounts(plan: Plan) -> None:
    """The accounts of the demo city, and a warning where others can reach them; of an empty store its first page."""
    if plan.first_use.exists():
        _say(f"Nieuwe installatie. Begin op {plan.address}begin/?code={plan.first_use.read_text().strip()}")
    if plan.demo:
        _say(plan.whole.read_text().rstrip())
        if plan.host not in HERE:
            _say(f"Let op: anderen kunnen {plan.address} openen, en de wachtwoorden van de demostad zijn bekend.")


def _say(text: str) -> None:
    """One line for the user, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
