"""Logs as lines of JSON without persons: names of events and counted facts, never the filled-in sentence."""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


class JsonFormatter(logging.Formatter):
    """One line per record: time, level, logger, event, facts, and for a crash its kind and where.

    The event is the text before its arguments are filled in, and of an exception only the type and the places
    in the code: both the arguments and the message of an exception may hold a name.
    Our own code passes facts as `extra={"facts": {...}}`.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line of JSON."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": _event(record),
        }
        line.update(getattr(record, "facts", {}))
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["where"] = _places(record)
        return json.dumps(line, ensure_ascii=False, default=str)


def _event(record: logging.LogRecord) -> str:
    """The text before it is filled in; Django fills in its warnings about requests itself, with what was sent."""
    return "suspicious request" if record.name.startswith("django.security.") else str(record.msg)


def _places(record: logging.LogRecord) -> list[str]:
    """File, line and function of each step to the crash, innermost last; no values."""
    frames = traceback.extract_tb(record.exc_info[2]) if record.exc_info else ()
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames][-12:]
