"""The delivery log when it has grown long: every page looks at a bounded part, by an index."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from connective.kit.auth_policy import SYSTEM
from connective.kit.context import unit_of_work
from connective.kit.db.statement import compiled
from connective.kit.paging import PageQuery
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person
from connective.modules.integrations.deliveries import queries
from connective.modules.integrations.deliveries.queries import Asked

pytestmark = pytest.mark.proves("INT-03", part="long lists")
ROWS = 3_000
FILL = """
INSERT INTO deliveries (id, endpoint_id, lane, sequence, kind, event_name, webhook_id, chat_id,
                        body, status, attempts, last_error, created_at)
SELECT 'd_' || lpad(n::text, 8, '0'), 1 + n % 50, 'x', n, 'webhook',
       CASE WHEN n = 7 THEN 'bot_activated' ELSE 'message_from_bot' END,
       'ev_' || lpad(n::text, 8, '0'), 'chat-' || n % 50,
       convert_to('{"n":' || n || ',"text":"Привіт №' || n || '"}', 'UTF8'),
       CASE WHEN n % 1000 = 5 THEN 'failed' ELSE 'delivered' END, 1,
       CASE WHEN n % 1000 = 5 THEN 'http_500' END,
       now() - interval '1 second' * ($1::int - n)
FROM generate_series(1, $1::int) AS n
"""
ENDPOINTS = """
INSERT INTO endpoints (id, kind, name, url, secret, created_at)
SELECT n, 'webhook', 'CRM ' || n, 'https://crm.example', 's', now() FROM generate_series(1, 50) AS n
"""


@pytest_asyncio.fixture
async def long_log(db: Database) -> AsyncIterator[Database]:
    await db.execute(ENDPOINTS)
    await db.execute(FILL, ROWS)
    await db.execute("ANALYZE deliveries")
    yield db


@pytest.fixture(autouse=True)
def _short_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "LOOKED_THROUGH", 500)
    monkeypatch.setattr(queries, "READ_THROUGH", 200)


async def pages(admin: Person, **asked: str) -> list[dict[str, Any]]:
    """Every page of the list, the empty ones too."""
    found, cursor = [], None
    while True:
        params = asked | ({"cursor": cursor} if cursor else {})
        answer = await admin.client.get("/api/v1/deliveries", params=params)
        assert answer.status == 200, answer.text
        found.append(answer.json)
        cursor = answer.json["next_cursor"]
        if cursor is None:
            return found


async def names(admin: Person, **asked: str) -> list[str]:
    return [item["id"] for page in await pages(admin, **asked) for item in page["items"]]


@pytest.mark.usefixtures("long_log")
async def test_what_is_rare_is_found_in_several_pages_and_nothing_twice(admin: Person) -> None:
    found = await pages(admin, event="bot_activated")
    assert [len(page["items"]) for page in found] == [0] * 5 + [1]
    whole = await names(admin, limit="200")
    assert (len(whole), len(set(whole))) == (ROWS, ROWS)
    of_chat = await names(admin, chat_id="chat-3", limit="7")
    assert len(of_chat) == ROWS // 50
    assert of_chat == sorted(of_chat, reverse=True)


@pytest.mark.usefixtures("long_log")
async def test_failures_and_ids_are_found_at_once(admin: Person) -> None:
    (failed,) = await pages(admin, status="failed")
    assert [item["id"] for item in failed["items"]] == ["d_00002005", "d_00001005", "d_00000005"]
    for wanted in ("d_00000042", "ev_00000042"):
        (page,) = await pages(admin, q=wanted)
        assert [item["id"] for item in page["items"]] == ["d_00000042"]


@pytest.mark.usefixtures("long_log")
async def test_a_text_is_looked_for_in_body_chat_and_error(admin: Person) -> None:
    assert await names(admin, q="привіт №2042") == ["d_00002042"]
    assert await names(admin, q="HTTP_500") == ["d_00002005", "d_00001005", "d_00000005"]
    assert len(await names(admin, q="chat-49")) == ROWS // 50
    assert await names(admin, q="100%") == []
    for bad in ("x", "x" * 201):
        assert (await admin.client.get("/api/v1/deliveries", params={"q": bad})).status == 422


CASES: list[tuple[Asked, str]] = [
    (Asked(), "ix_deliveries_created_at"),
    (Asked(event_name="bot_activated"), "ix_deliveries_created_at"),
    (Asked(text="hello"), "ix_deliveries_created_at"),
    (Asked(status="failed"), "ix_deliveries_wrong"),
    (Asked(endpoint_id=1, bot_id=5), "ix_deliveries_endpoint_id_created_at"),
    (Asked(text="ev_00000042"), "uq_deliveries_event"),
]


@pytest.mark.usefixtures("long_log")
@pytest.mark.parametrize(("asked", "index"), CASES)
async def test_the_list_reads_an_index_and_never_the_whole_table(asked: Asked, index: str) -> None:
    """With as few rows as here reading and sorting all would do as well: it is priced out.

    What is found by its id may be sorted: it is one row.
    """
    first = PageQuery(limit=50)
    statement = compiled(queries.page_of(SYSTEM, first, asked, queries.scan(first, asked)))
    async with unit_of_work() as ctx:
        driver = await ctx.driver()
        await driver.execute("SET LOCAL enable_seqscan = off")
        if not (asked.text or "").startswith(queries.IDS):
            await driver.execute("SET LOCAL enable_sort = off")
        rows = await driver.fetch(f"EXPLAIN {statement.text}", *statement.arguments())
    plan = "\n".join(row[0] for row in rows)
    assert index in plan, plan
    assert "Seq Scan on deliveries" not in plan, plan
