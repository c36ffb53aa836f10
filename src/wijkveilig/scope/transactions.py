"""`atomic`: the one way to write. A transaction, and on SQLite the write gate around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar, overload

from django.db import connection, transaction

from wijkveilig.scope.gate import gate

P = ParamSpec("P")
R = TypeVar("R")


def _gate() -> AbstractContextManager[None]:
    """The gate of the database in use: none on PostgreSQL, none for a database in memory."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or name == ":memory:" or name.startswith("file:"):
        return nullcontext()
    return gate(Path(name))


@contextmanager
def _transaction() -> Iterator[None]:
    with _gate(), transaction.atomic():
        yield


@overload
def atomic() -> AbstractContextManager[None]: ...
@overload
def atomic(verb: Callable[P, R]) -> Callable[P, R]: ...
def atomic(verb: Callable[P, R] | None = None) -> Callable[P, R] | AbstractContextManager[None]:
    """One transaction behind the write gate: `@atomic` on a service, or `with atomic():`.

    Nested use joins the outer transaction as a savepoint. Everything in it happens, or nothing does.
    """
    if verb is None:
        return _transaction()

    @wraps(verb)
    def whole(*args: P.args, **kwargs: P.kwargs) -> R:
        with _transaction():
            return verb(*args, **kwargs)

    return whole
