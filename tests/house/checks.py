"""The house style as code: each check is a few lines over the syntax tree, with its own good and bad example.

A check yields (line, message); the message says what to do instead.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

Found = Iterator[tuple[int, str]]
Look = Callable[[ast.Module, PurePath], Found]


@dataclass(frozen=True)
class Check:
    """`look` over one file; `good` passes and `bad` fails, both as if they stood at `path`."""

    name: str
    look: Look
    good: str
    bad: str
    path: str = "room/services.py"


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> int:
    """Lines from the first to the last, the docstring aside."""
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def dotted(node: ast.AST) -> str:
    """'timezone.now' for the expression timezone.now; '' for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        left = dotted(node.value)
        return f"{left}.{node.attr}" if left else ""
    return ""


def long_functions(tree: ast.Module, path: PurePath) -> Found:
    """Functions stop at 40 lines, views at 15."""
    stop = 15 if path.name.endswith("views.py") else 40
    for node in functions(tree):
        if length(node) > stop:
            yield node.lineno, f"{node.name} has {length(node)} lines, {stop} is the stop: find the verb inside it"


def long_classes(tree: ast.Module, _path: PurePath) -> Found:
    """Classes stop at 200 lines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and length(node) > 200:
            yield node.lineno, f"class {node.name} has {length(node)} lines, 200 is the stop: split the subject"


def inner_imports(tree: ast.Module, path: PurePath) -> Found:
    """Imports stand at the top; a lazy one is for a quick start, in cli.py and analysis/_dist.py only."""
    if path.name == "cli.py" or path.as_posix().endswith("analysis/_dist.py"):
        return
    for function in functions(tree):
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield node.lineno, "an import inside a function hides a cycle: find the room that is missing"


def type_checking(tree: ast.Module, _path: PurePath) -> Found:
    """A type is a dependency."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id == "TYPE_CHECKING":
            yield node.lineno, "TYPE_CHECKING hides a dependency: move the type to the lower room"


def assigned_state(tree: ast.Module, path: PurePath) -> Found:
    """State changes through flow.services only."""
    if "flow" in path.parts:
        return
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign) else []
        for target in targets:
            if isinstance(target, ast.Attribute) and target.attr == "state" and dotted(target.value) != "self":
                yield node.lineno, "nothing but flow.services assigns .state: call transition()"


def hidden_rules(tree: ast.Module, path: PurePath) -> Found:
    """No rule hides in save, delete, clean or a Django signal."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and path.name == "models.py":
            for item in node.body:
                if isinstance(item, ast.FunctionDef) and item.name in {"save", "delete", "clean"}:
                    yield item.lineno, f"{item.name}() on a model hides a rule: write a service and a constraint"
        if isinstance(node, ast.FunctionDef):
            for decorator in node.decorator_list:
                call = decorator.func if isinstance(decorator, ast.Call) else decorator
                if dotted(call).split(".")[-1] == "receiver":
                    yield node.lineno, "a receiver hides what happens: call it where the verb is"


CLOCKS = {
    "timezone.now",
    "datetime.now",
    "datetime.utcnow",
    "date.today",
    "datetime.today",
    "time.time",
    "datetime.datetime.now",
}
BOUNDARY = {"clock.py", "middleware.py", "jobs.py", "cli.py", "apps.py"}


def clock_calls(tree: ast.Module, path: PurePath) -> Found:
    """The clock comes in as `at`; only the boundary reads it."""
    if path.name in BOUNDARY or path.name.endswith("views.py") or "config" in path.parts:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and dotted(node.func) in CLOCKS:
            yield node.lineno, f"{dotted(node.func)}() below the boundary: take `at` as an argument"


def loose_objects(tree: ast.Module, path: PurePath) -> Found:
    """Model.objects is reached from selectors, services and models only."""
    if path.stem in {"selectors", "services", "models"} or "migrations" in path.parts or "services" in path.parts:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "objects" and isinstance(node.value, ast.Name):
            yield node.lineno, f"{node.value.id}.objects outside selectors and services: ask a question with an actor"


def glued_translations(tree: ast.Module, _path: PurePath) -> Found:
    """gettext takes a whole sentence with named placeholders, never an f-string."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] in {
            "_",
            "gettext",
            "gettext_lazy",
            "ngettext",
        }:
            for argument in node.args:
                if isinstance(argument, ast.JoinedStr | ast.BinOp):
                    yield node.lineno, "an f-string or a sum in gettext cannot be translated: use %(name)s"


def logged_objects(tree: ast.Module, _path: PurePath) -> Found:
    """A log line holds an event and named ids, no object and no f-string: a person could be in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            who = dotted(node.func.value).split(".")[-1]
            if who in {"log", "logger", "logging"} and node.func.attr in {
                "debug",
                "info",
                "warning",
                "error",
                "exception",
            }:
                for argument in node.args:
                    if isinstance(argument, ast.JoinedStr):
                        yield node.lineno, "log an event name and named ids, no f-string: it may hold a person"


def wide_catches(tree: ast.Module, _path: PurePath) -> Found:
    """Unexpected is a crash: nothing catches all."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler) and (
            node.type is None or dotted(node.type) in {"Exception", "BaseException"}
        ):
            reraises = any(isinstance(inner, ast.Raise) and inner.exc is None for inner in ast.walk(node))
            if not reraises:
                yield node.lineno, "catch what you expect by its name, or let it crash"


def demo_rows(tree: ast.Module, path: PurePath) -> Found:
    """The demo writes raw files and calls services; it makes no row itself."""
    if "demo" not in path.parts:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[-1] == "models":
            yield node.lineno, "the demo makes no rows: call the service"
        if isinstance(node, ast.Attribute) and node.attr in {"bulk_create", "get_or_create", "update_or_create"}:
            yield node.lineno, "the demo makes no rows: call the service"


def actorless_questions(tree: ast.Module, path: PurePath) -> Found:
    """Selectors take the actor first, services as a keyword, in every room above scope."""
    if path.stem not in {"selectors", "services"} or not set(path.parts) & {"people", "picture"}:
        return
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        first = next(iter(node.args.posonlyargs + node.args.args), None)
        keywords = {argument.arg for argument in node.args.kwonlyargs}
        if (first is None or first.arg != "actor") and "actor" not in keywords:
            yield node.lineno, f"{node.name} takes no actor: who asks?"


CHECKS = [
    Check("functions are short", long_functions, "def f():\n    return 1\n", "def f():\n" + "    x = 1\n" * 41),
    Check(
        "views are short",
        long_functions,
        "def v(request):\n    return 1\n",
        "def v(request):\n" + "    x = 1\n" * 16,
        "room/data_views.py",
    ),
    Check("classes are short", long_classes, "class A:\n    x = 1\n", "class A:\n" + "    x = 1\n" * 201),
    Check(
        "imports stand at the top", inner_imports, "import os\ndef f():\n    return os\n", "def f():\n    import os\n"
    ),
    Check(
        "types are dependencies",
        type_checking,
        "import typing\n",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import os\n",
    ),
    Check("state moves through flow", assigned_state, "signal.title = 'x'\n", "signal.state = 'closed'\n"),
    Check(
        "no rule hides in a model",
        hidden_rules,
        "class A:\n    x = 1\n",
        "class A:\n    def save(self): ...\n",
        "room/models.py",
    ),
    Check("no rule hides in a receiver", hidden_rules, "def f(): ...\n", "@receiver(post_save)\ndef f(): ...\n"),
    Check("the clock comes in", clock_calls, "def f(at): return at\n", "def f(): return timezone.now()\n"),
    Check(
        "tables are asked with an actor",
        loose_objects,
        "selectors.areas(actor)\n",
        "Area.objects.all()\n",
        "room/views.py",
    ),
    Check("translations are whole sentences", glued_translations, "_('Dag %(naam)s')\n", "_(f'Dag {naam}')\n"),
    Check(
        "logs hold no objects",
        logged_objects,
        "log.info('signal.closed', extra={'id': 1})\n",
        "log.info(f'saved {thing}')\n",
    ),
    Check(
        "nothing catches all", wide_catches, "try: ...\nexcept ValueError: ...\n", "try: ...\nexcept Exception: ...\n"
    ),
    Check(
        "the demo makes no rows",
        demo_rows,
        "from wijkveilig.people import services\n",
        "from wijkveilig.people.models import Account\n",
        "demo/services.py",
    ),
    Check(
        "no actor, no answer",
        actorless_questions,
        "def areas(actor): ...\n",
        "def areas(): ...\n",
        "picture/selectors.py",
    ),
]
