"""Sentences of the sources as a page shows them: Dutch, with names beside codes, months in words, no folders."""

from __future__ import annotations

import re
from collections.abc import Mapping

from wijkveilig.picture.indicators import register
from wijkveilig.ui import numbers

_FOLDERS = re.compile(r"'[^']*[/\\]([^'/\\]+)'")
_CODE = re.compile(r"\b(?:GM|WK|BU)[0-9A-Z]{4,8}\b")
_MONTH = re.compile(r"(?<![\d-])(\d{4})-(0[1-9]|1[0-2])(?![\d-])")
_BATCH = re.compile(r" \(batch [0-9a-f]{16}\)")
_SUBJECT = re.compile(r"(?<=, )(\d\.\d\.\d+)(?=, )")
_DIFFERENCES = re.compile(r"(\S+) van (\S+) verschillen: ")

Names = Mapping[str, str]
"""Names of areas by code."""


def readable(text: str, names: Names) -> str:
    """The sentence for a reader: 'GM9901 2025-01: …' becomes 'Waardwijk (GM9901), januari 2025: …'.

    Where a file lay and the number of a batch stay away; of a code without a name the code stays.
    """
    text = _BATCH.sub("", _FOLDERS.sub(r"'\1'", text))
    text = _DIFFERENCES.sub(r"bij \1 van \2 is er een verschil: ", text)
    text = _SUBJECT.sub(lambda code: register().of_code(code[1]).name.nl, text)
    text = re.sub(rf"({_CODE.pattern}) ({_MONTH.pattern})", r"\1, \2", text)
    text = _CODE.sub(lambda code: with_code(code.group(), names), text)
    return _MONTH.sub(lambda at: numbers.month_name(int(at[1]) * 12 + int(at[2]) - 1), text)


def with_code(code: str, names: Names) -> str:
    """'Havenhoek (BU99010103)', or the code alone where nothing knows its name."""
    name = names.get(code)
    return f"{name} ({code})" if name and name != code else code
