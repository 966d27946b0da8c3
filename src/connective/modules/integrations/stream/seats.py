"""How many streams are open: in this process, and of one session or key."""

import contextlib
from collections import Counter
from collections.abc import Iterator

from connective.kit import errors
from connective.kit.realtime import Pass

AT_MOST = 100
OF_ONE = 5
RETRY_AFTER_S = 10
_taken: Counter[tuple[str, int]] = Counter()


def require_free(entry: Pass) -> None:
    """Refuse one stream too many."""
    if _taken[_holder(entry)] >= OF_ONE:
        raise errors.TooManyRequests("too_many_streams", retry_after=RETRY_AFTER_S, limit=OF_ONE)
    if _taken.total() >= AT_MOST:
        raise errors.Unavailable("streams_full", retry_after=RETRY_AFTER_S)


@contextlib.contextmanager
def taken(entry: Pass) -> Iterator[None]:
    """A place for as long as the stream goes on."""
    holder = _holder(entry)
    _taken[holder] += 1
    try:
        yield
    finally:
        _taken[holder] -= 1
        if not _taken[holder]:
            del _taken[holder]


def _holder(entry: Pass) -> tuple[str, int]:
    return entry.kind, entry.id
