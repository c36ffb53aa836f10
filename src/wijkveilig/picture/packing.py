"""Facts to JSON and back, for the files of an edition.

A dataclass becomes an object without the fields that are None or equal to their default; enums become
their value, tuples lists. Nothing else is understood, on purpose: what an edition holds stays plain.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from pathlib import Path, PurePath
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
DECIMALS = 6
_PLAIN = frozenset({str, int, bool, type(None)})
Decoder = Callable[[Any], Any]  # the JSON side of a decoder has no narrower type


def pack(value: object) -> Any:
    """Plain lists, objects, numbers and texts for a fact; floats with six decimals."""
    kind: Any = type(value)
    if kind in _PLAIN:
        return value
    if kind is float:
        return round(value, DECIMALS) + 0.0  # type: ignore[call-overload]  # a float, as was just seen
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dict):
        return {str(key): pack(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [pack(item) for item in value]
    if isinstance(value, PurePath):
        return str(value)
    made = {}
    for name, default in _fields_of(kind):
        held = getattr(value, name)
        if held is not None and held != default:
            made[name] = pack(held)
    return made


@cache
def _fields_of(kind: type) -> tuple[tuple[str, object], ...]:
    """Names of the fields of a dataclass with their defaults; TypeError for anything else."""
    return tuple((field.name, None if field.default is MISSING else field.default) for field in fields(kind))


def unpack(kind: type[T], raw: Any) -> T:
    """A fact of this dataclass from what `pack` made; TypeError when a required field is absent."""
    decoder: Decoder = _decoder(kind)  # type: ignore[arg-type]  # a class can be hashed; mypy doubts it
    result: T = decoder(raw)
    return result


def dump(value: object) -> bytes:
    """Bytes of a fact: compact, keys in the order of the fields, always the same for the same fact."""
    return to_bytes(pack(value))


def to_bytes(packed: object) -> bytes:
    """Bytes of what `pack` made."""
    return json.dumps(packed, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def load(path: Path) -> Any:
    """The parsed JSON of a file."""
    return json.loads(path.read_bytes())


@cache
def _decoder(kind: Any) -> Decoder:
    """How to read one type of field."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _optional(next(part for part in get_args(kind) if part is not type(None)))
    if origin is tuple:
        return _tuple(get_args(kind))
    if origin is dict:
        inner = _decoder(get_args(kind)[1])
        return lambda raw: {key: inner(item) for key, item in raw.items()}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if is_dataclass(kind):
        return _record(kind)
    return lambda raw: raw


def _optional(kind: Any) -> Decoder:
    inner = _decoder(kind)
    return lambda raw: None if raw is None else inner(raw)


def _tuple(parts: tuple[Any, ...]) -> Decoder:
    if len(parts) == 2 and parts[1] is Ellipsis:
        inner = _decoder(parts[0])
        return lambda raw: tuple(inner(item) for item in raw)
    inners = [_decoder(part) for part in parts]
    return lambda raw: tuple(inner(item) for inner, item in zip(inners, raw, strict=True))


def _record(kind: Any) -> Decoder:
    hints = get_type_hints(kind)
    inners = {field.name: _decoder(hints[field.name]) for field in fields(kind)}
    empty = {
        field.name: None
        for field in fields(kind)
        if field.default is MISSING and field.default_factory is MISSING and type(None) in get_args(hints[field.name])
    }

    def read(raw: dict[str, Any]) -> Any:
        return kind(**empty | {name: inners[name](item) for name, item in raw.items()})

    return read
