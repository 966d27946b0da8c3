"""Where a process stands in the event log: the id up to which nothing can appear any more."""

from collections.abc import Sequence
from typing import Any

from connective.kit.events.reader import Batch, LoggedEvent, Reader, writers

BATCH = 200
# A socket that is further behind than this is told to read anew.
FARTHEST = 50_000
_LAST_GIVEN = "SELECT coalesce(pg_sequence_last_value('events_id_seq'), 0)"
_NEWEST = "SELECT coalesce(max(id), 0) FROM events WHERE id <= $1"
# The end of the unbroken row of ids behind a position: no missing id, nothing to wait for.
_UNBROKEN = """
SELECT max(id) FROM (
  SELECT id, row_number() OVER (ORDER BY id) AS nr
  FROM (SELECT id FROM events WHERE id > $1 ORDER BY id LIMIT 5000) AS e
) AS numbered WHERE id - nr = $1
"""
_BETWEEN = """
SELECT id, at, kind, bot_id, dialog_id, request_id, client_id, actor::text, data::text
FROM events WHERE id > $1 AND id <= $2 AND kind = ANY($3) ORDER BY id LIMIT $4
"""
_KEPT = "SELECT $1::bigint = 0 OR EXISTS (SELECT FROM events WHERE id = $1)"
_NEAR = """
SELECT count(*) <= $2::bigint
FROM (SELECT FROM events WHERE id > $1 ORDER BY id LIMIT $2::bigint + 1) AS e
"""


class Tail:
    """The position is None until it is known for certain."""

    def __init__(self, kinds: Sequence[str]) -> None:
        self._kinds = list(kinds)
        # no kinds at all would mean every kind
        self._reader = Reader(self._kinds or ["none"])
        self._edge: tuple[int, frozenset[str]] | None = None
        self.position: int | None = None
        # The newest event that exists up to the position.
        self.mark = 0

    async def find(self, driver: Any) -> None:
        """Begin at the end of the log, once all have ended who may still write before it."""
        if self._edge is None:
            self._edge = (await driver.fetchval(_LAST_GIVEN), await writers(driver))
        given, before = self._edge
        if before and before & await writers(driver):
            return
        self.mark = await driver.fetchval(_NEWEST, given)
        self.position, self._edge = given, None

    async def is_known(self, driver: Any) -> bool:
        """Whether the log is still the one that was read so far."""
        return bool(await driver.fetchval(_KEPT, self.mark))

    def lose(self) -> None:
        """Forget how far it was read: the next look begins at the newest."""
        self.position = None

    async def skip(self, driver: Any) -> None:
        """Move on cheaply, for a process in which nobody listens."""
        end = await driver.fetchval(_UNBROKEN, self.position)
        if end is not None:
            self.move(end)

    async def ahead(self, driver: Any) -> Batch:
        """The next events; the position is moved by the caller."""
        return await self._reader.read(driver, self.position or 0, BATCH)

    def move(self, position: int) -> None:
        """Go on from this event id."""
        if position != self.position:
            self.position = self.mark = position

    async def between(self, driver: Any, after: int, upto: int) -> tuple[list[LoggedEvent], int]:
        """Events of the log behind us, and the id up to which these are all."""
        rows = await driver.fetch(_BETWEEN, after, upto, self._kinds, BATCH)
        events = [LoggedEvent(*row) for row in rows]
        return events, events[-1].id if len(events) == BATCH else upto


async def resumable(driver: Any, since: int) -> bool:
    """Whether the log can be read on from an event: it is kept, of this log, and not too far."""
    if not await driver.fetchval(_KEPT, since):
        return False
    return bool(await driver.fetchval(_NEAR, since, FARTHEST))
