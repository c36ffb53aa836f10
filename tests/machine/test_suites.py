"""`dev.py test` counts what ran, and never calls a run good that was not."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from devtools import suites
from devtools.suites import Counted, judge

ROOT = Path(__file__).resolve().parents[2]
Report = Callable[..., Path]


@pytest.fixture
def report(tmp_path: Path) -> Report:
    """Writes a JUnit report as pytest does."""

    def write(tests: int, failures: int = 0, errors: int = 0, skipped: int = 0) -> Path:
        path = tmp_path / "report.xml"
        numbers = f'tests="{tests}" failures="{failures}" errors="{errors}" skipped="{skipped}"'
        path.write_text(f'<?xml version="1.0"?><testsuites><testsuite {numbers}/></testsuites>')
        return path

    return write


def test_errors_count_as_failures_and_skipped_tests_not_as_passed(report: Report) -> None:
    counted = judge("sqlite", 1, report(10, failures=2, errors=1, skipped=3), may_be_empty=False)

    assert str(counted) == "4 passed, 3 failed, 3 skipped"


def test_a_suite_that_collects_nothing_fails(report: Report) -> None:
    assert judge("sqlite", 5, report(0), may_be_empty=False).failed == 1


def test_a_suite_may_be_empty_when_the_user_chose_tests_of_another_suite(report: Report) -> None:
    assert judge("browser", 5, report(0), may_be_empty=True) == Counted()


def test_a_suite_that_broke_off_without_a_report_fails(tmp_path: Path) -> None:
    assert judge("sqlite", 3, tmp_path / "absent.xml", may_be_empty=True).failed == 1


def test_a_report_without_an_exit_code_to_match_fails(report: Report) -> None:
    assert judge("sqlite", 4, report(9), may_be_empty=False) == Counted(passed=9, failed=1)
    assert judge("sqlite", 0, report(9, failures=1), may_be_empty=False).failed == 2


def test_on_a_second_database_only_what_opens_the_database_runs(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = django_db\n")
    (tmp_path / "test_some.py").write_text(
        "import pytest\n"
        "@pytest.fixture\ndef db(): pass\n"
        "@pytest.fixture\ndef town(db): pass\n"
        "def test_through_a_fixture(town): pass\n"
        "@pytest.mark.django_db\ndef test_by_a_mark(): pass\n"
        "def test_of_numbers(): pass\n"
    )
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    command = [sys.executable, "-m", "pytest", "-p", "no:django", "-p", "no:randomly", "-p", "devtools.database_only"]

    done = subprocess.run(
        [*command, "--collect-only", "-q", "--rootdir", tmp_path, "-c", tmp_path / "pytest.ini", tmp_path],
        cwd=ROOT, env=env, capture_output=True, text=True,
    )  # fmt: skip

    collected = [line.split("::")[1] for line in done.stdout.splitlines() if "::" in line]
    assert collected == ["test_through_a_fixture", "test_by_a_mark"]


@pytest.fixture
def fake_suites(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., None]:
    """Lets each suite end with numbers of the test's choice."""

    def choose(**numbers: Counted) -> None:
        monkeypatch.setattr(suites, "REPORTS", tmp_path / "reports")
        monkeypatch.setattr(suites, "_suite", lambda name, *_, **__: numbers[name])
        monkeypatch.setattr(suites, "find_chromium", lambda: "/usr/bin/true" if "browser" in numbers else None)
        monkeypatch.setattr(suites, "_fetch_packages", lambda: None)

    return choose


def test_the_last_line_sums_the_suites(fake_suites: Callable[..., None], capsys: pytest.CaptureFixture[str]) -> None:
    fake_suites(
        sqlite=Counted(40, 0, 2), processes=Counted(3, 0, 0), postgres=Counted(20, 0, 1), browser=Counted(5, 0, 0)
    )

    code = suites.run_all([])

    assert code == 0
    assert capsys.readouterr().out.splitlines()[-1] == "68 passed, 0 failed, 3 skipped"


def test_one_failure_in_any_suite_fails_the_whole(fake_suites: Callable[..., None]) -> None:
    fake_suites(processes=Counted(), sqlite=Counted(40, 0, 2), postgres=Counted(20, 1, 1), browser=Counted(5, 0, 0))

    assert suites.run_all([]) == 1


def test_without_chromium_one_loud_line_tells_that_the_browser_tests_did_not_run(
    fake_suites: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    fake_suites(processes=Counted(), sqlite=Counted(40, 0, 2), postgres=Counted(20, 0, 1))

    suites.run_all([])

    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith("BROWSER TESTS SKIPPED")] == [lines[-2]]
    assert "apt-get install chromium" in lines[-2]


def test_no_test_at_all_is_a_failure(fake_suites: Callable[..., None], capsys: pytest.CaptureFixture[str]) -> None:
    fake_suites(processes=Counted(), sqlite=Counted(), postgres=Counted(), browser=Counted())

    assert suites.run_all(["-k", "nothing has this name"]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "0 passed, 1 failed, 0 skipped"


def test_what_the_machine_lacks_is_one_line_with_the_packages_where_nothing_may_be_installed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(suites, "find_chromium", lambda: None)
    monkeypatch.setattr(suites, "find_library", lambda name: None if name == "pango-1.0" else name)
    monkeypatch.setattr(suites.os, "geteuid", lambda: 1000)

    suites._fetch_packages()

    (line,) = capsys.readouterr().out.splitlines()
    assert line.endswith("apt-get install chromium libpango-1.0-0")
