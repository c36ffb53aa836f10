"""Who may import whom: the contract holds for this tree, and each line of it breaks on its own bad example."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
CONTRACTS = PROJECT["tool"]["importlinter"]["contracts"]
LINT = Path(sys.executable).with_name("lint-imports")

BAD: dict[str, dict[str, str]] = {
    "Rooms: each floor rests on the floors below": {"scope/types.py": "import wijkveilig.people\n"},
    "Inside a room: pages call services, services call rules": {
        "people/rules.py": "import wijkveilig.people.services\n",
        "people/services.py": "",
    },
    "Pure rooms and pure rules know no Django": {"people/rules.py": "import django\n"},
    "The number plane never reaches persons": {"sources/panel.py": "import wijkveilig.people\n"},
    "Counts are the only door from persons to numbers": {"people/services.py": "import wijkveilig.warehouse\n"},
    "Pages never touch tables": {"people/views.py": "import wijkveilig.people.models\n", "people/models.py": ""},
    "No cycles, at any depth": {
        "analysis/one.py": "import wijkveilig.analysis.two\n",
        "analysis/two.py": "import wijkveilig.analysis.one\n",
    },
}


def lint(source: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the project's own contract over the package in `source`."""
    return subprocess.run(
        [str(LINT), str(ROOT / "pyproject.toml"), "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(source), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def model_tree(tmp_path: Path) -> Path:
    """A package with every room of today's house, and nothing in it."""
    package = tmp_path / "wijkveilig"
    for room in sorted((SOURCE / "wijkveilig").iterdir()):
        if (room / "__init__.py").exists():
            (package / room.name).mkdir(parents=True, exist_ok=True)
            (package / room.name / "__init__.py").write_text("")
        elif room.suffix == ".py":
            package.mkdir(exist_ok=True)
            (package / room.name).write_text("")
    return package


@pytest.mark.slow
def test_this_house_keeps_the_contract(tmp_path: Path) -> None:
    result = lint(SOURCE, tmp_path)

    assert result.returncode == 0, result.stdout


@pytest.mark.slow
def test_an_empty_model_tree_keeps_the_contract(model_tree: Path) -> None:
    result = lint(model_tree.parent, model_tree)

    assert result.returncode == 0, result.stdout


@pytest.mark.slow
@pytest.mark.parametrize("name", [contract["name"] for contract in CONTRACTS])
def test_each_contract_breaks_on_its_own_bad_example(name: str, model_tree: Path) -> None:
    for file, text in BAD[name].items():
        (model_tree / file).write_text(text)

    result = lint(model_tree.parent, model_tree)

    assert result.returncode == 1, result.stdout
    assert f"{name} BROKEN" in result.stdout


def test_every_room_that_has_pages_or_tables_stands_in_the_room_contract() -> None:
    named = set(CONTRACTS[1]["containers"])
    layered = {"urls", "views", "api", "jobs", "forms", "schemas", "services", "counts", "selectors", "models"}

    rooms = {
        f"wijkveilig.{path.parent.name}"
        for path in (SOURCE / "wijkveilig").glob("*/*.py")
        if path.stem in layered and path.parent.name not in {"config", "demo"}
    }

    assert rooms <= named, "a room that gets a layer gets its line in the contract"


def back_doors(graph: grimp.ImportGraph) -> list[str]:
    """Imports of another room's models, rules or forms, for rooms that have models."""
    with_models = {
        module.split(".")[1] for module in graph.modules if module.count(".") == 2 and module.endswith(".models")
    }
    found = []
    for room in sorted(with_models):
        for inner in ("models", "rules", "forms"):
            target = f"wijkveilig.{room}.{inner}"
            if target in graph.modules:
                importers = graph.find_modules_that_directly_import(target)
                found += [f"{importer} -> {target}" for importer in sorted(importers) if importer.split(".")[1] != room]
    return found


@pytest.mark.slow
def test_rooms_meet_at_the_front_door(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(SOURCE))

    assert back_doors(grimp.build_graph("wijkveilig", cache_dir=None)) == []


def test_a_back_door_is_found() -> None:
    graph = grimp.ImportGraph()
    for module in (
        "wijkveilig",
        "wijkveilig.people",
        "wijkveilig.people.models",
        "wijkveilig.picture",
        "wijkveilig.picture.services",
    ):
        graph.add_module(module)
    graph.add_import(importer="wijkveilig.picture.services", imported="wijkveilig.people.models")

    assert back_doors(graph) == ["wijkveilig.picture.services -> wijkveilig.people.models"]
