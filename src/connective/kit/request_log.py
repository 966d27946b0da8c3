"""What this process tells the request log: kept in memory until a loop writes it, never waited for.

The buffer is bounded. What finds it full is counted and forgotten: a log must not slow a request.
"""

from collections import deque
from datetime import datetime
from typing import Final, Literal

from msgspec import Struct
from prometheus_client import Counter

from connective.kit import metrics
from connective.kit.auth_policy import Actor

# Bodies are kept up to here: enough to find a secret that the shown 8 KB would cut in two.
CAPTURED: Final = 24 * 1024
MOST: Final = 1000
dropped = Counter(
    "connective_request_log_dropped",
    "Requests that the request log could not take, by reason",
    ["reason"],
    registry=metrics.registry,
)


class Entry(Struct, kw_only=True):
    """One request, in or out, as it was; secrets are hidden when it is written.

    `source` says which door or action; `kept` are the credentials that were shown; bodies that
    are not text stay out, and so do those of requests that are `private`.
    """

    at: datetime
    direction: Literal["in", "out"]
    source: str
    method: str
    url: str
    status: int | None = None
    ms: int = 0
    actor: Actor | None = None
    bot_id: int | None = None
    run_id: int | None = None
    request_headers: dict[str, str] = {}
    request_body: str = ""
    response_headers: dict[str, str] = {}
    response_body: str = ""
    error: str | None = None
    request_id: str | None = None
    address: str | None = None
    kept: tuple[str, ...] = ()
    private: bool = False


_waiting: deque[Entry] = deque()


def note(entry: Entry) -> None:
    """Take a request for the log, or count that there was no room for it."""
    if len(_waiting) >= MOST:
        dropped.labels("full").inc()
    else:
        _waiting.append(entry)


def waiting() -> int:
    """How many lines are still to be written."""
    return len(_waiting)


def take(most: int) -> list[Entry]:
    """The oldest entries, now the caller's."""
    return [_waiting.popleft() for _ in range(min(most, len(_waiting)))]


def give_back(entries: list[Entry]) -> None:
    """Entries that could not be written now; what there is no room for any more is dropped."""
    room = max(0, MOST - len(_waiting))
    late = entries[-room:] if room else []
    dropped.labels("full").inc(len(entries) - len(late))
    _waiting.extendleft(reversed(late))
