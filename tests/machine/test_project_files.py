"""The files that tell the outside world what this is: lock files, licence, publiccode.yml."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from wijkveilig import __version__

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKS = ("requirements.lock", "requirements-dev.lock")


def _locked(name: str) -> dict[str, str]:
    """Package and version per line of a lock file."""
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / name).read_text(), re.M))


def _names(requirements: list[str]) -> set[str]:
    """The names in a list of requirements, as lock files spell them."""
    return {re.split(r"[\[~=<>! ;]", each, maxsplit=1)[0].lower().replace("_", "-") for each in requirements}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_names_no_address(name: str) -> None:
    assert re.findall(r"://|^\s*-(?!-hash=sha256:)\S+", (ROOT / name).read_text(), re.M) == []


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_a_checksum(name: str) -> None:
    blocks = re.split(r"^(?=[a-z0-9-]+==)", (ROOT / name).read_text(), flags=re.M)[1:]

    assert blocks
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_what_the_product_needs_is_locked() -> None:
    wanted = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["build"]

    assert _names(wanted) - set(_locked("requirements.lock")) == set()


def test_what_tests_need_is_locked_in_the_same_versions_as_the_product() -> None:
    product, everything = _locked("requirements.lock"), _locked("requirements-dev.lock")

    assert _names(PROJECT["dependency-groups"]["dev"]) - set(everything) == set()
    assert {name: everything.get(name) for name in product} == product


def test_each_dependency_says_what_it_is_for() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    listed = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]

    assert [each for each in listed if not re.search(rf'"{re.escape(each)}",\s+# \S', text)] == []


def test_the_licence_is_the_whole_text_of_the_eupl() -> None:
    text = (ROOT / "LICENSE").read_text()

    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert [n for n in range(1, 16) if not re.search(rf"^{n}\. ?[A-Z]", text, re.M)] == []
    assert "‘Compatible Licences’ according to Article 5 EUPL" in text


def test_publiccode_yml_is_complete_and_has_our_version() -> None:
    code = yaml.safe_load((ROOT / "publiccode.yml").read_text())

    required = {"publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType"}
    assert required | {"description", "legal", "maintenance", "localisation"} <= set(code)
    assert code["softwareVersion"] == __version__ == PROJECT["project"]["version"]
    assert code["legal"]["license"] == PROJECT["project"]["license"] == "EUPL-1.2"
    assert code["maintenance"]["contacts"][0]["name"]
    assert code["localisation"]["availableLanguages"] == ["nl", "en"]
    for told in code["description"].values():
        assert len(told["shortDescription"]) <= 150 <= len(told["longDescription"]) <= 10_000
        assert told["features"]
