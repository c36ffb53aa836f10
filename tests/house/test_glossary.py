"""Every identifier of the glossary is used in the code."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def identifiers(text: str) -> list[str]:
    """The second column of the table."""
    return re.findall(r"^\|[^|]+\| `(\w+)` \|", text, flags=re.MULTILINE)


def unknown(names: list[str], source: str) -> list[str]:
    """Names that no definition, field or argument in the source carries."""
    return [name for name in names if not re.search(rf"(class|def) {name}\b|\b{name}\s*[:=]", source)]


def test_each_identifier_of_the_glossary_stands_in_the_code() -> None:
    source = "\n".join(path.read_text() for path in (ROOT / "src").rglob("*.py"))
    names = identifiers((ROOT / "docs" / "glossary.md").read_text())

    assert len(names) > 15
    assert unknown(names, source) == []


def test_a_name_that_is_nowhere_is_found() -> None:
    assert unknown(["Area", "Ghost"], "class Area: ...") == ["Ghost"]
