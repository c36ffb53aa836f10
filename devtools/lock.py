"""The lock files: every package with its checksums, and no address of any registry."""

import os
from pathlib import Path

from devtools.install import LOCKS, ROOT, VENV
from devtools.say import MissingError, call, step

COMMON = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-annotate", "--no-header", "--quiet"]


def make() -> int:
    """Resolve pyproject.toml again; the dev lock holds exactly the versions of the run lock, and more."""
    uv = VENV / "bin" / "uv"
    with step("De lockbestanden maken"):
        _compile(uv, ["--group", "build", "--output-file", str(LOCKS["run"])])
        groups = ["--group", "build", "--group", "dev"]
        _compile(uv, [*groups, "--constraint", str(LOCKS["run"]), "--output-file", str(LOCKS["dev"])])
    return 0


def _compile(uv: Path, arguments: list[str]) -> None:
    """One call of uv."""
    env = os.environ | {"UV_SYSTEM_CERTS": "1"}
    if not call([uv, "pip", "compile", "pyproject.toml", *COMMON, *arguments], env=env, cwd=ROOT):
        raise MissingError("De lockbestanden konden niet worden gemaakt; zie de regels hierboven.")
