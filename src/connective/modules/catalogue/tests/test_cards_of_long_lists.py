"""The cards when what is behind them has grown long: each reads a bounded part of its table."""

import pytest

from connective.contracts import integration
from connective.kit.context import unit_of_work
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person
from connective.modules.catalogue.service import read

ROWS = 3_000
LINKS = """
INSERT INTO links (code, bot_id, channel, last_start_at, created_at)
SELECT lpad(n::text, 8, '0'), $1, 'telegram', now() - interval '1 minute' * n, now()
FROM generate_series(1, $2::int) AS n
"""
TEMPLATE = """
INSERT INTO message_templates (name, name_key, content, created_at, updated_at)
VALUES ('Ready', 'ready', '{}', now(), now()) RETURNING id
"""
SENT = """
INSERT INTO broadcast_messages (broadcast_id, bot_id, template_id, template_version, content, phone,
                                contact_id, channel, status, created_at, updated_at)
SELECT 1, $1, $3, 1, '{}', '+380', 1, 'telegram', 'sent', at, at
FROM (SELECT now() - interval '1 hour' - interval '1 second' * ($2::int - n) AS at
      FROM generate_series(1, $2::int) AS n) AS times
"""
TOUCHED = "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = $1"


@pytest.mark.proves("INT-03", part="long lists")
@pytest.mark.parametrize(
    ("key", "table"), [("links", "links"), ("phone_broadcast", "broadcast_messages")]
)
async def test_a_card_reads_a_few_rows_of_many(
    admin: Person, db: Database, key: str, table: str
) -> None:
    """With as few rows as here reading all would do as well: it is priced out."""
    bot = (await admin.client.post("/api/v1/bots", {"name": "Shop"})).json["id"]
    await db.execute(LINKS, bot, ROWS)
    await db.execute(SENT, bot, ROWS, await db.value(TEMPLATE))
    await db.execute(f"ANALYZE {table}")
    card = integration.find(key)
    assert card is not None
    async with unit_of_work() as ctx:
        driver = await ctx.driver()
        await driver.execute("SET LOCAL enable_seqscan = off")
        before = await driver.fetchval(TOUCHED, table) or 0
        found = await read(ctx, card)
        touched = (await driver.fetchval(TOUCHED, table) or 0) - before
    assert found is not None
    assert [one.last_call_at is not None for one in found] == [True]
    assert touched < ROWS / 100
