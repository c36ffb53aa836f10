"""The how-to of charts runs as it stands."""

from __future__ import annotations

import re
from pathlib import Path

HOWTO = Path(__file__).parents[2] / "docs" / "howto" / "add-a-chart.md"


def test_the_example_of_the_howto_runs():
    (example,) = re.findall(r"```python\n(.*?)```", HOWTO.read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, object] = {}

    exec(example, names)  # noqa: S102 - our own document

    assert str(names["phone"]).startswith("<svg")


def test_the_howto_names_every_chart():
    text = HOWTO.read_text(encoding="utf-8")
    package = Path(__file__).parents[2] / "src" / "wijkveilig" / "ui" / "charts" / "__init__.py"

    drawn = re.findall(r'^    "([a-z_]+)",$', package.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(drawn) > 8
    assert [name for name in drawn if f"`{name}`" not in text and name != "round_limits"] == []
