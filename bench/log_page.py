"""The delivery log with a million rows: pages as an integrator asks for them, one after another.

Each is timed from the request to the whole answer. The second figure is the same page over a
hundredth of the rows: what an index serves does not grow with the log, and what has to be looked
through is bounded.
"""

import statistics
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec

from bench import fill, instance
from connective.kit.embedded_postgres import Server
from connective.kit.testing.app_client import AppClient

ROWS = 1_000_000
ENDPOINTS = 50
# One delivery in a thousand failed, one event in two hundred thousand is of a rare kind.
_FILL = """
INSERT INTO endpoints (kind, name, url, secret, created_at)
SELECT 'webhook', 'CRM ' || n, 'https://crm.example', 's', now()
FROM generate_series(1, {endpoints}) n;
INSERT INTO deliveries (id, endpoint_id, lane, sequence, kind, event_name, webhook_id, bot_id,
                        chat_id, body, status, attempts, last_error, created_at, done_at)
SELECT 'd_' || lpad(n::text, 10, '0'), 1 + n % {endpoints}, 'l' || n % 5000, n, 'webhook',
       CASE WHEN n % 200000 = 1 THEN 'bot_activated' ELSE 'message_from_bot' END,
       'ev_' || lpad(n::text, 10, '0'), 1, 'chat-' || n % 5000,
       convert_to('{{"event_name":"message_from_bot","message":{{"text":"What stands in message '
                  || n || '"}},"filling":"' || repeat('x', 500) || '"}}', 'UTF8'),
       CASE WHEN n % 1000 = 7 THEN 'failed' ELSE 'delivered' END, 1,
       CASE WHEN n % 1000 = 7 THEN 'http_500' END,
       now() - interval '1 second' * ({rows} - n), now()
FROM generate_series(1, {rows}) n
"""
PAGES = {
    "the newest": "",
    "of one endpoint": "endpoint=7",
    "failed ones": "status=failed",
    "by its id": "q=ev_0000000042",
    "of a rare event": "event=bot_activated",
    "with a text in its body": "q=no+such+text",
    "the newest, far back": "cursor={cursor}",
}
ROUNDS = 40
# Pages of 200 read before the one far back.
FAR = 30


class Found(msgspec.Struct):
    """Milliseconds of each page's rounds."""

    pages: dict[str, list[float]]

    def p50(self, page: str) -> float:
        return statistics.median(self.pages[page])

    def worst(self, page: str) -> float:
        return max(self.pages[page])


@asynccontextmanager
async def place(rows: int) -> AsyncIterator[AppClient]:
    """A server over a log of so many rows, and an administrator who reads it."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Server(Path(folder)) as server,
        instance.serving(Path(folder), role="web") as serving,
    ):
        async with instance.sql(server.dsn) as db, instance.administrator(serving.url, db) as admin:
            await db.execute(_FILL.format(endpoints=ENDPOINTS, rows=rows))
            await fill.settle(db)
            yield admin


async def measure(rows: int) -> Found:
    async with place(rows) as admin:
        cursor = await _far_back(admin)
        found = Found({name: [] for name in PAGES})
        for _ in range(ROUNDS):
            for name, query in PAGES.items():
                began = time.perf_counter()
                answer = await admin.get(f"/api/v1/deliveries?{query.format(cursor=cursor)}")
                found.pages[name].append((time.perf_counter() - began) * 1000)
                if answer.status != 200:
                    raise RuntimeError(f"{name}: {answer.status}")
        return found


async def _far_back(admin: AppClient) -> str:
    """The cursor of a page far behind the newest."""
    cursor = ""
    for _ in range(FAR):
        query = f"limit=200{f'&cursor={cursor}' if cursor else ''}"
        following = (await admin.get(f"/api/v1/deliveries?{query}")).json["next_cursor"]
        if following is None:
            break
        cursor = following
    return cursor
