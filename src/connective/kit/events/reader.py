"""Reads the event log in order without passing over an event that is still to come.

An event gets its id when it is written and becomes visible when its transaction ends, so an id
may appear after higher ones. A missing id is waited for until every transaction that had begun to
write when the gap was first seen has ended; what is missing then was rolled back.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

# One statement has one snapshot: the events and the oldest running transaction belong together.
# Data of kinds that nobody asked for stays where it is; no kinds at all stand for every kind.
READ = """
SELECT e.id, e.at, e.kind, e.bot_id, e.dialog_id, e.request_id, e.client_id,
       CASE WHEN $3::text[] = '{}' OR e.kind = ANY($3) THEN e.actor::text END AS actor,
       CASE WHEN $3::text[] = '{}' OR e.kind = ANY($3) THEN e.data::text END AS data,
       pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS oldest,
       pg_current_xact_id_if_assigned() IS NOT NULL AS writes
FROM (SELECT * FROM events WHERE id > $1 ORDER BY id LIMIT $2) AS e
ORDER BY e.id
"""
# Not the snapshot's xmax: that is one past the last *ended* transaction, and a running one may be
# newer than that and hold the missing id. A new transaction's own id is above all that began.
NEWEST = "SELECT pg_current_xact_id()::text::bigint"


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
        return msgspec.json.decode(self.raw)

    @property
    def actor(self) -> Any:
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
    """Remembers the gap it has seen; the position is the caller's to keep."""

    def __init__(self, kinds: Sequence[str] = ()) -> None:
        self._kinds = list(kinds)
        # What is missing up to `_seen` was rolled back once no transaction below `_bound` runs.
        self._seen = 0
        self._bound = 0

    async def read(self, driver: Any, position: int, limit: int = 500) -> Batch:
        """The events behind the position, up to the first gap that may still fill.

        The driver's transaction, if it is in one, must not have written anything yet.
        """
        rows = await driver.fetch(READ, position, limit, self._kinds)
        if not rows:
            return Batch([], position)
        if rows[0]["writes"]:
            raise RuntimeError("the event log is read before a transaction writes, not after")
        settled = self._seen if rows[0]["oldest"] >= self._bound else 0
        events: list[LoggedEvent] = []
        for row in rows:
            missing = row["id"] - 1  # the last of the missing ids, if any are
            if position < missing and missing > settled:
                if settled or missing > self._seen:
                    self._seen, self._bound = rows[-1]["id"], await driver.fetchval(NEWEST)
                return Batch(events, position, waits=True)
            position = row["id"]
            if row["data"] is not None:
                events.append(LoggedEvent(*tuple(row)[:9]))
        return Batch(events, position, more=len(rows) == limit)
