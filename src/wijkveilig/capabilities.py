"""What the product can do today, as data: one row per system row of the plan."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from importlib.resources import files

import yaml


class State(StrEnum):
    """How far a system row has come."""

    WORKS = "works"
    PARTLY = "partly"
    NOT_YET = "not yet"


@dataclass(frozen=True, slots=True)
class Capability:
    """One system row: where a user meets it (page, API, command) and which test proves it; '' where nothing does."""

    id: str
    title: str
    state: State
    page: str
    api: str
    command: str
    test: str
    note: str


def rows() -> tuple[Capability, ...]:
    """All rows in the order of their ids.

    Raises ValueError when the shipped table names an unknown state.
    """
    table = yaml.safe_load(files("wijkveilig").joinpath("capabilities.yaml").read_text(encoding="utf-8"))
    return tuple(Capability(**{**row, "state": State(row["state"])}) for row in table["rows"])


def as_json() -> list[dict[str, str]]:
    """The rows as plain objects, for `wijkveilig capabilities --json`."""
    return [{key: str(value) for key, value in asdict(row).items()} for row in rows()]


def as_markdown() -> str:
    """The table of docs/capabilities.md."""
    count = {state: sum(row.state is state for row in rows()) for state in State}
    lines = [
        "# Capabilities",
        "",
        "Made from `src/wijkveilig/capabilities.yaml` by `scripts/docs.py`; do not edit by hand.",
        "",
        f"{count[State.WORKS]} rows work, {count[State.PARTLY]} partly, {count[State.NOT_YET]} not yet.",
        "",
        "| row | what | state | page | API | command | test | note |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in rows():
        cells = (f"`{cell}`" if cell else "-" for cell in (row.page, row.api, row.command, row.test))
        lines.append(f"| {row.id} | {row.title} | {row.state} | {' | '.join(cells)} | {row.note or '-'} |")
    return "\n".join(lines) + "\n"
