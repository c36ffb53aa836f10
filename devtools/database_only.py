"""A pytest plugin (`-p devtools.database_only`): only the tests that open the database.

On a second database the others would do the same again.
"""

import pytest

OPENING = {"db", "transactional_db", "django_db_setup"}


def opens_the_database(item: pytest.Item) -> bool:
    """Whether a test asks for the database, by a mark or by a fixture, also through other fixtures."""
    fixtures: list[str] = getattr(item, "fixturenames", [])
    return item.get_closest_marker("django_db") is not None or not OPENING.isdisjoint(fixtures)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect the rest, in the way that pytest counts."""
    rest = [item for item in items if not opens_the_database(item)]
    if rest:
        config.hook.pytest_deselected(items=rest)
        items[:] = [item for item in items if opens_the_database(item)]
