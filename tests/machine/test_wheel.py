"""The built wheel works in an environment of its own, without the repository."""

import json
import re
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.machine.conftest import Site, get

from wijkveilig.demo.files import write_files

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.slow, pytest.mark.processes]


def call(*command: str | Path, cwd: Path) -> "subprocess.CompletedProcess[str]":
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`wijkveilig` of a new environment that holds the wheel; the packages that it needs are lent by this one."""
    folder = tmp_path_factory.mktemp("wheel")
    call(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder, cwd=ROOT)
    (wheel,) = folder.glob("*.whl")
    call(sys.executable, "-m", "venv", "--without-pip", folder / "env", cwd=folder)
    (packages,) = folder.glob("env/lib/python*/site-packages")
    (packages / "lent.pth").write_text(sysconfig.get_path("purelib"))
    uv = Path(sys.executable).with_name("uv")
    python = folder / "env" / "bin" / "python"
    call(uv, "pip", "install", "--offline", "--no-deps", "--quiet", "--python", python, wheel, cwd=folder)
    return folder / "env" / "bin" / "wijkveilig"


def test_the_wheel_is_what_runs_and_not_the_repository(command: Path, tmp_path: Path) -> None:
    python = command.with_name("python")

    done = call(python, "-c", "import wijkveilig; print(wijkveilig.__file__)", cwd=tmp_path)

    assert Path(done.stdout.strip()).is_relative_to(command.parent.parent)


def test_the_wheel_makes_a_picture_with_its_pages(command: Path, tmp_path: Path) -> None:
    write_files(tmp_path / "raw")

    call(command, "picture", "GM9901", "--from", tmp_path / "raw", "--out", tmp_path / "out", cwd=tmp_path)

    picture = json.loads((tmp_path / "out" / "picture.json").read_text())
    assert len(picture["areas"]) > 50
    assert "intern gebruik" in (tmp_path / "out" / "index.html").read_text().lower()
    assert (tmp_path / "out" / "picture.csv").stat().st_size > 1000


def test_the_wheel_serves_pages_with_their_style_in_both_languages(
    command: Path, start: Callable[..., Site], free_port: int
) -> None:
    site = start("--empty", "--port", str(free_port), program=(str(command),))
    assert site.opens(within=120), site.lines

    dutch = get(free_port, "/inloggen/")[1]
    english = get(free_port, "/inloggen/", Cookie="language=en")[1]

    assert "Wachtwoord" in dutch
    assert "Password" in english
    styles = re.findall(r'<link[^>]+href="(/static/[^"]+\.css[^"]*)"', dutch)
    assert styles
    assert [path for path in styles if get(free_port, path)[0] != 200] == []
