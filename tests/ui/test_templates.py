"""Every template of every room: nothing inline, so that the strict content security policy can hold."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

ROOT = Path(str(files("wijkveilig")))
TEMPLATES = sorted(ROOT.rglob("templates/**/*.html"))


def faults(text: str) -> list[str]:
    """What a strict content security policy, or a reader of this house, would refuse in a template."""
    text = re.sub(r"\{% comment %\}.*?\{% endcomment %\}", "", text, flags=re.DOTALL)
    found = []
    if re.search(r"<[^>]*\sstyle\s*=", text):
        found.append("a style attribute: use a class of ui.css")
    if re.search(r"<style[\s>]", text):
        found.append("a style element: put it in ui.css")
    if any("src=" not in attributes for attributes in re.findall(r"<script([^>]*)>", text)):
        found.append("an inline script or data block: put it in a static file")
    if re.search(r"<[^>]*\son[a-z]+\s*=", text):
        found.append("an event attribute: listen in a static file")
    if re.search(r"(href|src|action)\s*=\s*[\"']javascript:", text, re.IGNORECASE):
        found.append("a javascript: address")
    if re.search(r"(href|src)\s*=\s*[\"']https?://", text):
        found.append("a file from another site")
    if "hx-on" in text or re.search(r"hx-vals\s*=\s*[\"']js:", text):
        found.append("htmx that evaluates text")
    return found


@pytest.mark.parametrize("template", TEMPLATES, ids=[str(path.relative_to(ROOT)) for path in TEMPLATES])
def test_a_template_holds_nothing_inline(template):
    assert faults(template.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "bad",
    [
        '<p style="color:red">',
        "<style>p{}</style>",
        "<script>alert(1)</script>",
        '<script type="application/json">{}</script>',
        '<a onclick="go()">',
        '<a href="javascript:go()">',
        '<script src="https://cdn.example/x.js"></script>',
        '<b hx-on:click="go()">',
    ],
)
def test_the_scan_sees_each_fault(bad):
    assert faults(bad)


def test_every_template_was_looked_at():
    assert len([path for path in TEMPLATES if "ui" in path.parts]) > 15


@pytest.mark.parametrize("template", TEMPLATES, ids=[str(path.relative_to(ROOT)) for path in TEMPLATES])
def test_a_whole_page_stands_on_one_of_the_shells(template):
    text = template.read_text(encoding="utf-8")

    shells = {"base.html", "plain.html", "sheet.html"}
    assert ("<html" in text) == (template.name in shells and template.parent.name == "ui")


def test_htmx_keeps_to_what_the_policy_allows():
    text = (ROOT / "ui" / "templates" / "ui" / "base.html").read_text(encoding="utf-8")

    config = re.search(r"name=\"htmx-config\" content='(\{.*?\})'", text)
    assert config
    assert '"includeIndicatorStyles":false' in config[1]
    assert '"allowEval":false' in config[1]
