"""The theme: what is to be read can be read, in light and in dark, and the first visit stays small."""

from __future__ import annotations

import gzip
import re
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from wijkveilig.ui import assets
from wijkveilig.ui.charts import palette
from wijkveilig.ui.charts.palette import Tone

STATIC = Path(str(files("wijkveilig.ui"))) / "static" / "ui"
BUDGET = 200_000


@cache
def tokens() -> dict[str, dict[str, str]]:
    """Colour tokens of the light theme, of the system's dark one and of the chosen dark one."""
    css = (STATIC / "theme.css").read_text(encoding="utf-8")
    blocks = re.findall(r"(:root[^{]*)\{((?:[^{}]|\{[^{}]*\})*?)\}", css)
    named: dict[str, dict[str, str]] = {}
    for selector, body in blocks:
        name = "chosen dark" if "dark" in selector else "system dark" if "not" in selector else "light"
        named[name] = dict(re.findall(r"(--[a-z0-9-]+):(#[0-9A-Fa-f]{6})", body))
    return named


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    """Contrast of two colours, 1 to 21."""
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


READ = [
    (text, ground, 4.5)
    for text in ("--ink", "--ink-2", "--river", "--call", "--late", "--good")
    for ground in ("--paper", "--surface", "--sunk")
] + [
    ("--on-river", "--river", 4.5),
    ("--call", "--call-tint", 4.5),
    ("--late", "--late-tint", 4.5),
    ("--good", "--good-tint", 4.5),
    ("--river", "--river-tint", 4.5),
    ("--ink", "--river-tint", 4.5),
    ("--ink", "--demo", 4.5),
    ("--ink-2", "--river-tint", 4.5),
    ("--edge", "--surface", 3),
    ("--edge", "--paper", 3),
    ("--call-mark", "--surface", 3),
    ("--k-dot", "--surface", 3),
    ("--k-whisker", "--surface", 3),
    ("--k-thin", "--surface", 3),
    ("--k-median", "--k-band", 3),
    ("--ink", "--surface", 3),
]


@pytest.mark.parametrize("theme", ["light", "system dark", "chosen dark"])
@pytest.mark.parametrize(("front", "ground", "least"), READ)
def test_contrast_is_enough(theme, front, ground, least):
    known = tokens()[theme]

    assert contrast(known[front], known[ground]) >= least


def test_white_on_the_bar_can_be_read_in_every_theme():
    assert all(contrast("#FFFFFF", theme["--river-deep"]) >= 7 for theme in tokens().values())


def test_the_chosen_dark_theme_is_the_systems_dark_theme():
    assert tokens()["chosen dark"] == tokens()["system dark"]


def test_every_token_of_the_light_theme_has_a_dark_one():
    assert set(tokens()["light"]) == set(tokens()["system dark"])


def test_the_colours_of_charts_are_the_tokens_of_the_light_theme():
    names = {"ink2": "--ink-2", "call": "--call", "mark": "--call-mark", "tint": "--river-tint"}
    light = tokens()["light"]
    plain = [tone for tone in vars(palette).values() if isinstance(tone, Tone)]

    for tone in [*plain, *palette.SEQUENTIAL, *palette.DIVERGING]:
        ramp = re.sub(r"(seq|div)(\d)", r"\1-\2", tone.css)
        token = names.get(tone.css) or (f"--{ramp}" if f"--{ramp}" in light else f"--k-{ramp}")
        assert light[token] == tone.hex, tone.css


def test_every_class_of_a_chart_follows_the_theme():
    css = (STATIC / "charts.css").read_text(encoding="utf-8")
    plain = [tone for tone in vars(palette).values() if isinstance(tone, Tone)]

    for tone in [*plain, *palette.SEQUENTIAL, *palette.DIVERGING]:
        assert f".kf-{tone.css}{{" in css or f".ks-{tone.css}{{" in css, tone.css


def test_neighbouring_classes_of_the_map_can_be_told_apart():
    light = [luminance(tone.hex) for tone in palette.SEQUENTIAL]

    assert all(a > b * 1.15 for a, b in pairwise(light))


def test_a_first_visit_is_under_two_hundred_kilobytes():
    pages = [STATIC / name for name in assets.FILES if name.endswith((".css", ".svg", ".woff2"))]
    scripts = [STATIC / "shell.js", Path(str(finders.find("django_htmx/htmx-2.min.js")))]
    sizes = [
        len(path.read_bytes()) if path.suffix == ".woff2" else len(gzip.compress(path.read_bytes()))
        for path in [*pages, *scripts]
    ]

    assert sum(sizes) < BUDGET


def test_the_fonts_come_with_their_licence_and_from_nowhere_else():
    css = "".join((STATIC / name).read_text(encoding="utf-8") for name in assets.FILES if name.endswith(".css"))

    assert "SIL OPEN FONT LICENSE" in (STATIC / "fonts" / "OFL.txt").read_text(encoding="utf-8")
    assert not re.search(r"url\(['\"]?(https?:)?//", css)
    assert "@import" not in css


def test_whatever_moves_does_so_only_where_motion_is_welcome():
    css = (STATIC / "ui.css").read_text(encoding="utf-8")

    for found in re.finditer(r"transition|animation", css):
        assert "prefers-reduced-motion:no-preference" in css[: found.start()].splitlines()[-1]


def test_a_page_that_stands_alone_gets_every_file_it_asks_for():
    sheet = (Path(str(files("wijkveilig.ui"))) / "templates" / "ui" / "sheet.html").read_text(encoding="utf-8")

    asked = set(re.findall(r"\{\{ assets \}\}/([a-z./]+)", sheet))
    assert asked <= set(assets.standalone_files())
    assert all(assets.standalone_files().values())
