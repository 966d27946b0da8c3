"""Failures as the log tells them: where, of which kind, and no value that a client may have sent.

Frames come without their variables. What an exception says is kept only where we wrote it or the
system did: texts of libraries quote the value that they choked on, which may be a message.
"""

import traceback
from collections.abc import Iterator
from types import TracebackType

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]
OURS = "connective"


def told(exc_info: ExcInfo) -> str:
    """A failure and what it came from, the deepest cause first."""
    return "\n".join(_lines(exc_info[1], set()))


def _lines(failure: BaseException, seen: set[int]) -> Iterator[str]:
    seen.add(id(failure))
    source = failure.__cause__ or (None if failure.__suppress_context__ else failure.__context__)
    if source is not None and id(source) not in seen:
        yield from _lines(source, seen)
        yield "which led to:"
    for frame in traceback.extract_tb(failure.__traceback__):
        yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
    yield _name(failure)
    if isinstance(failure, BaseExceptionGroup):
        for inner in failure.exceptions:
            if id(inner) not in seen:
                yield from ("one of these:", *_lines(inner, seen))


def _name(failure: BaseException) -> str:
    kind = type(failure)
    name = (
        kind.__qualname__
        if kind.__module__ == "builtins"
        else f"{kind.__module__}.{kind.__qualname__}"
    )
    state = getattr(failure, "sqlstate", None)
    if state:
        return f"{name} (SQLSTATE {state})"
    return f"{name}: {failure}" if _harmless(failure) else name


def _harmless(failure: BaseException) -> bool:
    return isinstance(failure, OSError) or type(failure).__module__.partition(".")[0] == OURS
