"""Reads the event log in order without passing over an event that is still to come.

An event gets its id when it is written and becomes visible when its transaction ends, so an id
may appear after higher ones. A missing id is waited for until every transaction that was writing
events when the gap was first seen has ended; what is missing then was rolled back.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

# Data of kinds that nobody asked for stays where it is; no kinds at all stand for every kind.
_READ = """
SELECT id, at, kind, bot_id, dialog_id, request_id, client_id,
       CASE WHEN $3::text[] = '{}' OR kind = ANY($3) THEN actor::text END AS actor,
       CASE WHEN $3::text[] = '{}' OR kind = ANY($3) THEN data::text END AS data
FROM events WHERE id > $1 ORDER BY id LIMIT $2
"""
_BARE = """
SELECT id, at, kind, bot_id, dialog_id, request_id, client_id, 'null' AS actor, 'null' AS data
FROM events WHERE id > $1 ORDER BY id LIMIT $2
"""
# An insert locks the table before it takes an id, and lets go after its commit can be seen. The
# oldest transaction of a snapshot would not do: it may belong to another database of the server,
# or write for an hour without ever writing an event.
_WRITERS = """
SELECT array_agg(virtualtransaction) FROM pg_locks
WHERE locktype = 'relation' AND relation = 'events'::regclass AND mode = 'RowExclusiveLock'
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND pid IS DISTINCT FROM pg_backend_pid()
"""


async def writers(driver: Any) -> frozenset[str]:
    """The transactions of others that write events now, and may hold ids that nobody sees yet."""
    return frozenset(await driver.fetchval(_WRITERS) or ())


class LoggedEvent(msgspec.Struct, frozen=True):
    """An event as it stands in the log; `raw` and `raw_actor` are JSON."""

    id: int
    at: datetime
    kind: str
    bot_id: int | None
    dialog_id: int | None
    request_id: int | None
    client_id: int | None
    raw_actor: str
    raw: str

    @property
    def data(self) -> Any:
        """The event's own values; decoded anew at each look."""
        return msgspec.json.decode(self.raw)

    @property
    def actor(self) -> Any:
        """Who brought it about, as `Actor` was written; decoded anew at each look."""
        return msgspec.json.decode(self.raw_actor)


class Batch(msgspec.Struct, frozen=True):
    """Events of the kinds asked for, and the id up to which the log was read.

    `waits`: behind `position` an id is missing that may still appear. `more`: the batch is full.
    """

    events: list[LoggedEvent]
    position: int
    waits: bool = False
    more: bool = False


class Reader:
    """Remembers the gap it has seen; the position is the caller's to keep.

    `bare`: every event comes, and without its data.
    """

    def __init__(self, kinds: Sequence[str] = (), *, bare: bool = False) -> None:
        self._wanted = (_BARE,) if bare else (_READ, list(kinds))
        # What is missing up to `_seen` was rolled back once none of `_writers` runs.
        self._seen = 0
        self._writers: frozenset[str] = frozenset()

    async def read(self, driver: Any, position: int, limit: int = 500) -> Batch:
        """The events behind the position, up to the first gap that may still fill.

        Each statement of the driver has to see what was committed before it.
        """
        if self._writers:
            # Asked before the events are read: the events of whoever has ended are among them.
            self._writers &= await writers(driver)
        statement, *kinds = self._wanted
        rows = await driver.fetch(statement, position, limit, *kinds)
        settled = 0 if self._writers else self._seen
        events: list[LoggedEvent] = []
        for row in rows:
            missing = row["id"] - 1  # the last of the missing ids, if any are
            if position < missing and missing > settled:
                if settled or missing > self._seen:
                    self._seen, self._writers = rows[-1]["id"], await writers(driver)
                return Batch(events, position, waits=True)
            position = row["id"]
            if row["data"] is not None:
                events.append(LoggedEvent(*row))
        return Batch(events, position, more=len(rows) == limit)
