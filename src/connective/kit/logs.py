"""Structured logs: one line per event with its request, dialog and job ids, never a secret.

Message texts and bodies are not logged at all; what looks like a credential is masked here, as
the last net.
"""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, Literal, TextIO

import structlog

from connective.kit import tracebacks
from connective.kit.log_tail import tail

MASK = "***"
_SECRET = ("password", "token", "secret", "authorization", "cookie", "api_key", "otp", "signature")
_QUIET = ("uvicorn", "sqlalchemy.engine", "pgqueuer", "alembic")
Event = MutableMapping[str, Any]


def masked(_: Any, __: str, event: Event) -> Event:
    """Hide the values of fields that are named like a credential."""
    for key in event:
        if any(word in key.lower() for word in _SECRET):
            event[key] = MASK
    return event


def set_up(style: Literal["", "text", "json"], *, out: TextIO | None = None) -> None:
    """Send the logs of the product and of its libraries to stderr, as text or JSON lines."""
    stream = out or sys.stderr
    text = style == "text" or (style == "" and stream.isatty())
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        masked,
    ]
    last = _text(colors=stream.isatty()) if text else _json()
    failures = structlog.processors.ExceptionRenderer(tracebacks.told)
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder()],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, failures, last],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler, tail]
    root.setLevel(logging.INFO)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def _text(*, colors: bool) -> Any:
    plain = structlog.dev.plain_traceback  # a failure comes here told already
    return structlog.dev.ConsoleRenderer(colors=colors, exception_formatter=plain)


def _json() -> Any:
    return structlog.processors.JSONRenderer(ensure_ascii=False)
