"""The virtual environment: made once, known by a stamp that is written last, so that a half-made one is seen.

Without a stamp the folder is made anew. uv does the work where it can be had, pip where not.
"""

import fcntl
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from devtools.say import MissingError, call, on_terminal, step

Kind = Literal["run", "dev"]

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
COMMAND = VENV / "bin" / "wijkveilig"
STAMP = VENV / "wijkveilig.stamp"
LOCKS: dict[Kind, Path] = {"run": ROOT / "requirements.lock", "dev": ROOT / "requirements-dev.lock"}
FORCE = "WIJKVEILIG_INSTALLER"  # 'pip' or 'uv': for whoever wants one of them, and for the test of both roads


def ensure(kind: Kind) -> None:
    """See to it that everything for `kind` is installed. Costs a few milliseconds when it is.

    Raises MissingError with the line to show when this machine lacks something.
    """
    if not _ready(kind):
        with _alone():
            if not _ready(kind):
                _install(kind)
    if _stale_translations():
        _compile_translations()


def _ready(kind: Kind) -> bool:
    """The stamp tells that this lock file, project and place are installed; 'dev' holds all of 'run'."""
    stamp = _read_stamp()
    if not PYTHON.exists() or not COMMAND.exists():
        return False
    return any(stamp.get(had) == _fingerprint(had) for had in ({kind, "dev"}))


def _read_stamp() -> dict[str, str]:
    """What was installed last, per kind; empty where nothing was or the text makes no sense."""
    try:
        found = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _fingerprint(kind: str) -> str:
    """Everything that asks for another installation when it changes."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    parts = [project["project"], project["build-system"], str(ROOT), sys.version]
    lock = LOCKS["dev" if kind == "dev" else "run"].read_bytes()
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode() + lock).hexdigest()


@contextmanager
def _alone() -> Iterator[None]:
    """Only one dev.py at a time installs; a second one waits for the first."""
    folder = ROOT / "var"
    folder.mkdir(exist_ok=True)
    with (folder / "setup.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Een andere dev.py is bezig met installeren; even wachten ...", flush=True)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _install(kind: Kind) -> None:
    """Make or bring up to date; the stamp goes first and comes back last."""
    kept = bool(_read_stamp()) and PYTHON.exists()
    STAMP.unlink(missing_ok=True)
    if not kept:
        _make_environment()
    uv = _find_uv()
    packages = sum(1 for line in LOCKS[kind].read_text().splitlines() if "==" in line)
    with step(f"{packages} pakketten installeren met {'uv' if uv else 'pip'}"):
        done = _install_packages(uv, LOCKS[kind])
    if uv and not done:  # pip knows settings that uv does not read, such as a mirror in pip.conf
        with step("Met uv lukt het niet; nu met pip"):
            done = _install_packages(None, LOCKS[kind])
    if not done:
        raise MissingError("Installeren is niet gelukt. Is er een verbinding met een pakketregister (PyPI)?")
    if _stale_translations():
        _compile_translations()
    if not COMMAND.exists():
        raise MissingError(f"{COMMAND} is niet gemaakt; geef de opdracht nog eens.")
    fingerprints = {"run": _fingerprint("run")} | ({"dev": _fingerprint("dev")} if kind == "dev" else {})
    fresh = STAMP.with_suffix(".new")
    fresh.write_text(json.dumps(fingerprints))
    os.replace(fresh, STAMP)


def _make_environment() -> None:
    """A new .venv, with pip in it unless there is a uv to do without; what is left of an older one goes."""
    with_pip = _uv_of_the_system() is None
    for module in ("venv", "ensurepip") if with_pip else ("venv",):
        if importlib.util.find_spec(module) is None:
            raise MissingError(
                f"Er ontbreekt iets: de module {module} van Python. Installeer het met: apt-get install python3-venv"
            )
    if VENV.exists():
        shutil.rmtree(VENV)
    with step("Omgeving maken in .venv"):
        if not call([sys.executable, "-m", "venv", *([] if with_pip else ["--without-pip"]), VENV]):
            raise MissingError(
                "Een omgeving maken is niet gelukt. Installeer wat ontbreekt met: apt-get install python3-venv"
            )


def _uv_of_the_system() -> Path | None:
    """The uv on the path, unless pip is wanted."""
    found = shutil.which("uv") if os.environ.get(FORCE) != "pip" else None
    return Path(found) if found else None


def _find_uv() -> Path | None:
    """The uv to use: the one on the path, else the one of the lock file put in .venv; None where pip must do."""
    if os.environ.get(FORCE) == "pip":
        return None
    if found := _uv_of_the_system():
        return found
    own = VENV / "bin" / "uv"
    if not own.exists():
        _fetch_uv()
    return own if own.exists() else None


def _fetch_uv() -> None:
    """Put uv in the environment, in the version and with the checksums that the lock file names."""
    block = re.search(r"^uv==.*\n(?:    --hash.*\n)+", LOCKS["dev"].read_text(), re.M)
    if block is None:
        return
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as wanted:
        wanted.write(block.group())
        wanted.flush()
        subprocess.run(
            [PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "--requirement", wanted.name],
            capture_output=True,
        )


def _add_pip() -> bool:
    """Put pip in the environment, where it is not there yet."""
    return bool(list(VENV.glob("lib/*/site-packages/pip"))) or call([PYTHON, "-m", "ensurepip"])


def _install_packages(uv: Path | None, lock: Path) -> bool:
    """Install the lock file, then this project in place, built by the build tool from the lock file."""
    quiet = [] if on_terminal() else ["--quiet"]
    if uv:
        # Compiled once, here: every command then starts 0.7 s sooner, also where Python may not write beside code.
        base: list[str | Path] = [uv, "pip", "install", *quiet, "--compile-bytecode", "--python", PYTHON]
    elif not _add_pip():
        return False
    else:
        base = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", *quiet]
    env = os.environ | {"UV_SYSTEM_CERTS": "1"}
    return (
        call([*base, "--require-hashes", "--requirement", lock], env=env)
        and call([*base, "--no-deps", "--no-build-isolation", "--editable", ROOT], env=env)
        and call([PYTHON, "-m", "compileall", "-q", ROOT / "src"], env=env)
    )


def _stale_translations() -> bool:
    """Whether a catalogue was changed after it was last compiled."""
    for source in (ROOT / "src").glob("**/locale/*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns:
            return True
    return False


def _compile_translations() -> None:
    """Compile the catalogues with Babel: gettext need not be on the machine."""
    if not call([PYTHON, ROOT / "hatch_build.py"]):
        raise MissingError("De vertalingen konden niet worden gemaakt; zie de regels hierboven.")
