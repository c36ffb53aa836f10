"""Makes a store ready for the server: tables and static files.

A child process of `wijkveilig run`, so that the parent needs no Django and no numbers in memory.
"""

import hashlib
import shutil
import sys
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.utils.module_loading import import_string

from wijkveilig import __version__


def main() -> int:
    """Prepare the store that WIJKVEILIG_VAR names. Returns the exit code."""
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    _for_its_owner_only()
    _collect_static(Path(settings.STATIC_ROOT))
    if "first-use" in sys.argv[1:]:
        import_string("wijkveilig.people.services.first_use_code")()  # makes the file that `run` reads
    return 0


def _for_its_owner_only() -> None:
    """Accounts and sessions can be read by their owner alone; SQLite gives its other files the same rights."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        Path(database["NAME"]).chmod(0o600)


def _collect_static(folder: Path) -> None:
    """Compressed copies of the static files, made again only when one of them changed; the mark is written last."""
    mark, wanted = folder / ".made-from", _static_fingerprint()
    if mark.exists() and mark.read_text() == wanted:
        return
    shutil.rmtree(folder, ignore_errors=True)
    call_command("collectstatic", verbosity=0, interactive=False)
    mark.write_text(wanted)


def _static_fingerprint() -> str:
    """Names, sizes and times of all static files of all rooms."""
    told = [__version__]
    for finder in get_finders():
        for name, storage in finder.list([]):
            path = Path(storage.path(name))
            told.append(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(told)).encode()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
