"""Many questions at once."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkveilig.analysis import false_discovery

chances = st.lists(st.floats(0.0, 1.0), min_size=1, max_size=40)


def test_the_example_of_benjamini_and_hochberg_names_four() -> None:
    # Their table of 15 comparisons of thrombolysis (1995, section 3.2): at 5 % the first four are named.
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.759,
        1,
    ]

    assert false_discovery(p).tolist() == [True] * 4 + [False] * 11


def test_who_is_not_in_the_family_is_never_named_and_does_not_count() -> None:
    p = np.array([0.04, 1e-9, np.nan] + [0.9] * 50)
    family = np.zeros(53, dtype=bool)
    family[0] = True

    assert false_discovery(p, family).tolist() == [True] + [False] * 52


def test_an_empty_family_names_nobody() -> None:
    assert not false_discovery([np.nan, np.nan]).any()


@given(chances)
@settings(max_examples=50, deadline=None)
def test_whoever_is_more_improbable_than_someone_named_is_named(p: list[float]) -> None:
    named, values = false_discovery(p), np.array(p)

    assert not named.any() or named[values <= values[named].max()].all()


@given(chances, st.floats(0.01, 0.5))
@settings(max_examples=50, deadline=None)
def test_a_stricter_share_names_no_one_else(p: list[float], alpha: float) -> None:
    assert not (false_discovery(p, alpha=alpha / 2) & ~false_discovery(p, alpha=alpha)).any()


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="eligible"):
        false_discovery([0.1, 0.2], [True])
    with pytest.raises(ValueError, match="alpha"):
        false_discovery([0.1], alpha=0.0)
    with pytest.raises(ValueError, match="probability"):
        false_discovery([1.2])
