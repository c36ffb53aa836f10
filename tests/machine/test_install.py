"""dev.py installs on a bare machine: repeatable, interruptible, and clear about what is missing."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from devtools import install
from devtools.say import MissingError
from tests.machine.conftest import wait_for

ROOT = Path(__file__).resolve().parents[2]
# Stands in for uv: notes its calls, does what a test asks for, and makes the command as an installation does.
FAKE_UV = """#!{python}
import os, pathlib, sys, time
here = pathlib.Path(__file__).parent
with (here / "calls").open("a") as calls:
    calls.write(" ".join(sys.argv[1:]) + "\\n")
if (here / "fail").exists():
    sys.exit("no route to host")
if (here / "hang").exists():
    time.sleep(600)
if "--editable" in sys.argv:
    (pathlib.Path(sys.argv[-1]) / ".venv/bin/wijkveilig").write_text("made")
"""


class Machine:
    """A copy of the repository's scripts with a uv that installs nothing."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "repository"
        self.tools = folder / "tools"
        self.tools.mkdir()
        self.root.mkdir()
        for name in ("dev.py", "pyproject.toml", "requirements.lock", "requirements-dev.lock", "devtools"):
            source = ROOT / name
            (shutil.copytree if source.is_dir() else shutil.copy)(source, self.root / name)
        (self.tools / "uv").write_text(FAKE_UV.format(python=sys.executable))
        (self.tools / "uv").chmod(0o755)

    @property
    def stamp(self) -> Path:
        return self.root / ".venv" / "wijkveilig.stamp"

    @property
    def calls(self) -> list[str]:
        file = self.tools / "calls"
        return file.read_text().splitlines() if file.exists() else []

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        env = os.environ | {"PATH": f"{self.tools}:{os.environ['PATH']}", "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": ""}
        command = [sys.executable, "dev.py", *arguments]
        return subprocess.Popen(
            command, cwd=self.root, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )

    def run(self, *arguments: str) -> tuple[int, str, str]:
        process = self.start(*arguments)
        out, err = process.communicate(timeout=120)
        return process.returncode, out, err


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.fixture
def quick_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The functions of devtools.install on a folder of the test."""
    monkeypatch.setattr(install, "ROOT", tmp_path)
    monkeypatch.setattr(install, "VENV", tmp_path / ".venv")
    monkeypatch.setenv(install.FORCE, "pip")


@pytest.mark.slow
def test_a_second_setup_has_nothing_to_do(machine: Machine) -> None:
    first = machine.run("setup")
    done = len(machine.calls)

    second = machine.run("setup")

    assert (first[0], second[0]) == (0, 0)
    assert done == 2  # the packages, and the project itself
    assert len(machine.calls) == done
    assert second[1] == "Klaar: .venv/bin/wijkveilig\n"


@pytest.mark.slow
def test_an_installation_that_was_killed_is_made_anew(machine: Machine) -> None:
    (machine.tools / "hang").touch()
    killed = machine.start("setup")
    assert wait_for(lambda: bool(machine.calls), within=120)
    killed.kill()
    killed.communicate()
    (machine.root / ".venv" / "half-made").touch()
    (machine.tools / "hang").unlink()
    assert not machine.stamp.exists()

    code, _, _ = machine.run("setup")

    assert code == 0
    assert machine.stamp.exists()
    assert not (machine.root / ".venv" / "half-made").exists()


@pytest.mark.slow
def test_a_changed_lock_file_is_installed_and_the_environment_stays(machine: Machine) -> None:
    machine.run("setup")
    (machine.root / ".venv" / "kept").touch()
    lock = machine.root / "requirements.lock"
    lock.write_text(lock.read_text() + "\n# changed\n")
    before = len(machine.calls)

    code, _, _ = machine.run("setup")

    assert code == 0
    assert len(machine.calls) == before + 2
    assert (machine.root / ".venv" / "kept").exists()


@pytest.mark.slow
def test_packages_that_cannot_be_fetched_are_told_in_one_last_line(machine: Machine) -> None:
    (machine.tools / "fail").touch()

    code, out, err = machine.run("setup")

    assert code == 1
    assert "no route to host" in err
    assert "nu met pip" in out
    assert err.splitlines()[-1].startswith("Installeren is niet gelukt.")
    assert "Traceback" not in err
    assert not machine.stamp.exists()


@pytest.mark.slow
def test_ctrl_c_during_an_installation_gives_one_line_and_leaves_no_stamp(machine: Machine) -> None:
    (machine.tools / "hang").touch()
    process = machine.start("setup")
    assert wait_for(lambda: bool(machine.calls), within=120)

    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=120)

    assert process.returncode == 130
    assert err.splitlines()[-1].startswith("Onderbroken.")
    assert "Traceback" not in err
    assert not machine.stamp.exists()


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_python_without_venv_names_the_debian_package(
    module: str, monkeypatch: pytest.MonkeyPatch, quick_environment: None
) -> None:
    real: Callable[..., object] = install.importlib.util.find_spec
    monkeypatch.setattr(install.importlib.util, "find_spec", lambda name: None if name == module else real(name))

    with pytest.raises(MissingError, match=r"apt-get install python3-venv$") as caught:
        install._make_environment()

    assert "\n" not in str(caught.value)


def test_an_older_python_gets_one_line() -> None:
    script = "import sys; sys.version_info = (3, 10); exec(open('dev.py').read())"

    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "Python 3.11" in done.stderr


def test_pip_installs_when_the_environment_asks_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(install.FORCE, "pip")

    assert install._find_uv() is None
