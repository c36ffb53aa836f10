"""The folder of `wijkveilig picture`: whole or not there, and without pages of an earlier picture."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from wijkveilig.picture.export import picture_csv, picture_json
from wijkveilig.picture.road import Made
from wijkveilig.picture.site import AREAS, write_site
from wijkveilig.warehouse.types import level_of


def write_folder(made: Made, out: Path) -> str:
    """Write picture.json, picture.csv and the pages into `out`; returns the text of picture.json.

    Everything is written beside the folder first and moved in when it is whole. Pages of areas that an
    earlier picture left are taken away; other files in the folder are not touched. Raises OSError where the
    disk is full or may not be written; `out` is then as it was.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    text = picture_json(made.picture)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as beside:
        fresh = Path(beside)
        (fresh / "picture.json").write_text(text, encoding="utf-8")
        (fresh / "picture.csv").write_text(picture_csv(made.picture), encoding="utf-8")
        write_site(made.picture, made.town, fresh)
        _move_in(fresh, out)
    return text


def _move_in(fresh: Path, out: Path) -> None:
    for page in (out / AREAS).glob("*.html"):
        if level_of(page.stem) is not None and not (fresh / AREAS / page.name).exists():
            page.unlink()
    for path in sorted(fresh.rglob("*")):
        target = out / path.relative_to(fresh)
        if path.is_dir():
            target.mkdir(parents=True, exist_ok=True)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(path, target)
