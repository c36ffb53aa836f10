"""Each public function works as its own example says, without Django and without scipy until it is asked."""

import doctest
import importlib
import subprocess
import sys

import pytest

from wijkveilig import analysis

MODULES = ["city", "discovery", "forecast", "level", "month", "rank", "season", "trend"]


@pytest.mark.parametrize("name", MODULES)
def test_the_example_in_the_docstring_is_true(name: str) -> None:
    outcome = doctest.testmod(importlib.import_module(f"wijkveilig.analysis.{name}"))

    assert outcome.attempted > 0
    assert outcome.failed == 0


@pytest.mark.parametrize("name", [name for name in analysis.__all__ if callable(getattr(analysis, name))])
def test_each_public_name_says_what_it_is(name: str) -> None:
    assert getattr(analysis, name).__doc__


@pytest.mark.slow
def test_importing_the_library_loads_neither_scipy_nor_django() -> None:
    code = "import sys, wijkveilig.analysis; print(sorted({'scipy', 'django', 'pandas', 'numba'} & set(sys.modules)))"

    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert answer.stdout.strip() == "[]"
