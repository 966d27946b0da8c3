"""The last lines of this process's log, for who looks after the instance.

A line keeps its time, level, place, words and ids; values that lines carry beside these stay out.
"""

import logging
from collections import deque
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import structlog

KEPT = 500
LONGEST = 300
IDS = ("request_id", "dialog_id", "bot_id", "job_id", "job")
Line = dict[str, Any]


class Tail(logging.Handler):
    """Keeps the newest lines; the older ones fall out."""

    def __init__(self, kept: int = KEPT) -> None:
        super().__init__(logging.INFO)
        self._lines: deque[Line] = deque(maxlen=kept)

    def emit(self, record: logging.LogRecord) -> None:
        bound: Mapping[str, Any] = structlog.contextvars.get_contextvars()
        words = record.msg
        if isinstance(record.msg, dict):
            words, bound = record.msg.get("event", ""), {**bound, **record.msg}
        line: Line = {
            "at": datetime.fromtimestamp(record.created, UTC),
            "level": record.levelname.lower(),
            "logger": record.name,
            # the sentence as it stands in the code: what was filled in may be anyone's text
            "event": str(words)[:LONGEST],
            "failure": _failure(record),
        }
        line |= {name: str(bound[name]) for name in IDS if bound.get(name) is not None}
        self._lines.append(line)

    def lines(self, *, level: int = logging.INFO, limit: int = KEPT) -> list[Line]:
        """The newest first."""
        names = logging.getLevelNamesMapping()
        found = [line for line in self._lines if names[line["level"].upper()] >= level]
        return found[::-1][:limit]


def _failure(record: logging.LogRecord) -> str | None:
    """What kind of failure it was; its own words may quote what failed."""
    failure = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
    return None if failure is None else type(failure).__name__


tail = Tail()
