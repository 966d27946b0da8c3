"""What somebody with one bot and one topic meets of all others: nothing, on every operation."""

import re
from typing import Any

import pytest
import pytest_asyncio

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.server import RunningApp
from connective.kit.testing.shop import Shop
from tests.contracts.operations import Operation, operations
from tests.contracts.parts import tomorrow
from tests.journeys.requests import ask_for_people
from tests.journeys.site import furnish

pytestmark = [pytest.mark.proves("P-01", part="bots and topics"), pytest.mark.timeout(240)]
# Of the instance as a whole: people, secrets, tags, statuses, groups, the catalogue.
COMMON = {
    *("user_id", "session_id", "name", "tag_id", "status_id", "group_id", "bot_group_id"),
    *("action", "key"),
}
# They end the caller's own sessions.
LEAVING = {"/api/v1/auth/logout", "/api/v1/me/sessions", "/api/v1/auth/password"}
# What only the furnished bot and its topics have: names, texts, people, addresses.
FOREIGN = re.compile(
    "Крамниця|Вітаємо|анна|богдан|галина|Хрещатик|Облікова|Ключ складу|Замовлення|Доставка"
)
QUESTIONS = ("?count=1", "?q=Замовлення")
# What a parameter of a list may name beside what addresses name.
NAMED = {"subject_id": "topic_id", "endpoint": "webhook_id"}
# What goes on by itself: the server's own work, sending, the queue, who is there. Whatever somebody
# changes in them stands in the audit trail and in the history of requests, too.
RESTLESS = re.compile(
    "processes|senders|event_.*|pgqueuer.*|request_log|sessions|settings|requests|operators"
    "|deliveries|lanes|endpoints|calls|distribution_attempts|dialogs|runs|operator_intervals|mails"
)
_TABLES = """
SELECT relname FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND NOT relispartition
"""
_DIGEST = 'SELECT sum(hashtext(t::text)::bigint)::text FROM "{}" t'
_IDS = {
    "dialog_id": "SELECT min(id) FROM dialogs",
    "message_id": "SELECT min(id) FROM messages",
    "scheduled_id": "SELECT min(id) FROM scheduled_messages",
    "delivery_id": "SELECT min(id) FROM deliveries",
    "client_id": "SELECT min(id) FROM clients",
    "contact_id": "SELECT min(id) FROM contacts",
    "channel_id": "SELECT min(id) FROM channel_accounts",
    "webhook_id": "SELECT min(endpoint_id) FROM webhook_subscriptions",
    "run_id": "SELECT min(id) FROM runs",
    "key_id": "SELECT min(id) FROM api_keys",
    "topic_id": "SELECT min(id) FROM topics",
    "template_id": "SELECT min(id) FROM message_templates",
    "entry_id": "SELECT min(id) FROM request_log",
    "session_id": "SELECT min(id) FROM sessions",
    "code": "SELECT min(code) FROM links",
}


class Site:
    """Numbers of a furnished bot, and somebody who has only another one."""

    def __init__(self, ids: dict[str, Any], person: Person, bot_id: int) -> None:
        self.ids, self.person, self.bot_id = ids, person, bot_id


@pytest_asyncio.fixture
async def site(shop: Shop, admin: Person, app: AppClient, db: Database) -> Site:
    furnished = await furnish(shop)
    named = await ask_for_people(shop, admin)
    later = {"client_msg_id": "later", "text": "later"}
    path = f"/api/v1/requests/{named['talked']}/scheduled-messages"
    assert (await admin.client.post(path, later | {"send_at": tomorrow()})).status == 201
    link = {"bot_id": shop.id, "channel": "custom_channel", "name": "Крамниця"}
    await admin.client.post("/api/v1/links", link)
    bot = await admin.client.post("/api/v1/bots", {"name": "Mine"})
    topic = await admin.client.post("/api/v1/topics", {"name": "Mine", "alias": "mine"})
    person = await sign_in(
        db, app, bot_ids=[bot.json["id"]], topic_ids=[topic.json["id"]], first_name="Narrow"
    )
    ids = {name: await db.value(query) or "A1b2C3d4" for name, query in _IDS.items()}
    ids |= {"bot_id": furnished.names["bot"], "request_id": named["talked"], "chat_id": "анна"}
    ids |= {"node_id": 2, "left": 1, "right": 2, "channel": "custom_channel"}
    return Site(ids, person, bot.json["id"])


async def rows(db: Database) -> dict[str, str]:
    """A digest of each table."""
    tables = [row["relname"] for row in await db.fetch(_TABLES)]
    return {
        name: await db.value(_DIGEST.format(name))
        for name in tables
        if not RESTLESS.fullmatch(name)
    }


def leads_somewhere(operation: Operation) -> bool:
    """Whether the address names something that belongs to a bot or to topics."""
    return not operation.is_open and bool(set(operation.names) - COMMON)


async def test_nothing_foreign_is_shown_or_touched(
    server: RunningApp, site: Site, db: Database
) -> None:
    table = list(operations(server.asgi.openapi()))
    before = await rows(db)
    assert await touched(site, table) == []
    after = await rows(db)
    assert {name for name in before if before[name] != after[name]} == set()
    assert await seen(site, table) == []


async def touched(site: Site, table: list[Operation]) -> list[str]:
    """Where the number of something foreign is more than one that is not there."""
    wrong, asked = [], 0
    for operation in table:
        if leads_somewhere(operation) and operation.path not in LEAVING:
            asked += 1
            status = (await operation.call(site.person.client, **site.ids)).status
            # what is wrong with the question may be told first
            if status not in (404, 422):
                wrong.append(f"{operation}: {status}")
    assert asked > 100
    return wrong


async def seen(site: Site, table: list[Operation]) -> list[str]:
    """Where a list, a count, a search or an export shows something foreign."""
    found, shown = [], 0
    for operation in table:
        if operation.method != "GET" or operation.is_open or operation.is_endless:
            continue
        if set(operation.names) - {"bot_id"}:
            continue
        for question in (*QUESTIONS, *narrowed(operation, site.ids)):
            address = operation.filled(bot_id=site.bot_id) + question
            answer = await site.person.client.get(address)
            shown += answer.status == 200
            if why := foreign(answer.body.decode("utf-8", "replace"), site.ids["bot_id"]):
                found.append(f"{address} shows {why}")
    assert shown > 100
    return found


def narrowed(operation: Operation, ids: dict[str, Any]) -> list[str]:
    """Questions for what belongs to something foreign, by each parameter that can name it."""
    names = [
        each["name"] for each in operation.about.get("parameters", ()) if each["in"] == "query"
    ]
    known = {name: ids.get(NAMED.get(name, name)) for name in names}
    return [f"?{name}={number}" for name, number in known.items() if number is not None]


def foreign(text: str, bot_id: int) -> str | None:
    """What of the foreign bot stands in an answer."""
    match = FOREIGN.search(text) or re.search(rf'"bot_id": ?{bot_id}\b', text)
    return match and text[max(0, match.start() - 60) : match.end()]
