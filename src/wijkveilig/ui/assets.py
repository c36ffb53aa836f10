"""The style sheets and fonts as bytes, to lay beside pages that stand alone."""

from __future__ import annotations

from importlib.resources import files

FILES = (
    "theme.css",
    "ui.css",
    "charts.css",
    "print.css",
    "mark.svg",
    "fonts/source-sans-3-latin-wght-normal.woff2",
    "fonts/source-sans-3-latin-wght-italic.woff2",
    "fonts/OFL.txt",
)


def standalone_files() -> dict[str, bytes]:
    """Relative name -> content of everything that `ui/sheet.html` asks for, under its `assets` folder."""
    root = files("wijkveilig.ui").joinpath("static", "ui")
    return {name: root.joinpath(*name.split("/")).read_bytes() for name in FILES}
