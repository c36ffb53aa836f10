"""Compiles the translations with Babel: before the wheel is built, and by dev.py when a catalogue changed."""

import os
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent


def compile_catalogues(root: Path) -> list[Path]:
    """Write the .mo file beside each .po file under `root`; fuzzy entries stay out. Returns what was written."""
    written = []
    for source in sorted(root.glob("src/**/locale/*/LC_MESSAGES/*.po")):
        with source.open("rb") as text:
            catalogue = read_po(text, locale=source.parent.parent.name, domain=source.stem, abort_invalid=True)
        target, fresh = source.with_suffix(".mo"), source.with_suffix(".mo.new")
        with fresh.open("wb") as binary:
            write_mo(binary, catalogue)
        os.replace(fresh, target)
        written.append(target)
    return written


class TranslationsHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's generic says nothing to a hook
    """Called by hatchling before it gathers the files of the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and name the results: git ignores them, so hatchling would leave them out."""
        build_data["artifacts"].extend(str(path.relative_to(self.root)) for path in compile_catalogues(Path(self.root)))


if __name__ == "__main__":
    compile_catalogues(ROOT)
