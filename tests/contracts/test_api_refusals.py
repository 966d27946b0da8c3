"""Every refusal that an operation documents can happen, one by one.

Most follow from what an operation is and are met in one way by all: nobody asks, the body is
broken, the thing is missing, the database is away. What is left has a way of its own below.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from connective.kit.db import engine as pools
from connective.kit.testing.app_client import Answer, AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.desk import post
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.server import RunningApp
from connective.kit.testing.shop import Shop
from tests.contracts.operations import JSON, WRITES, Operation, operations
from tests.contracts.parts import HI, Part
from tests.contracts.refusals_elsewhere import is_elsewhere

pytestmark = pytest.mark.proves("P-04", part="every documented refusal")
FAR = 2**31 - 1
MISSING = {
    "name": "NOBODY",
    "code": "Zz9Zz9Zz",
    "left": 8,
    "right": 9,
    "channel": "viber",
    "kind": "reply",
}
STALE = {"If-Match": '"of yesterday"'}
KEYED = ("/mcp", "/kw/esputnik/push-contacts")
RUN = {"channel": "custom_channel", "chat_id": "c-all"}
SECOND = {"name": "Second", "alias": "second"}


class Away:
    """A pool whose database cannot be reached."""

    def __getattr__(self, name: str) -> Any:
        raise ConnectionRefusedError(name)


class World:
    """Who asks, and one of everything."""

    def __init__(self, server: RunningApp, app: AppClient, admin: Person, db: Database) -> None:
        self.server, self.nobody, self.admin, self.db = server, app.another(), admin, db
        self.barred = self.spent = self.keyed = self.nobody
        self.key = self.spent_key = ""
        self.ids: dict[str, Any] = {}

    async def furnish(self, app: AppClient, shop: Shop) -> None:
        rules = {"networks": {"operator": ["10.0.0.0/8"]}}
        assert (await self.admin.client.put("/api/v1/auth/settings", rules)).status == 200
        self.barred = (await sign_in(self.db, app, "operator")).client
        self.key = (await post(self.admin, "keys", {"name": "K"}))["secret"]
        self.spent_key = (await post(self.admin, "keys", {"name": "S", "rate_per_min": 1}))[
            "secret"
        ]
        self.keyed = app.another(Authorization=f"API-Key {self.key}")
        self.spent = app.another(Authorization=f"API-Key {self.spent_key}")
        await self.spent.get("/api/v1/bots")
        topic = (await post(self.admin, "topics", {"name": "T", "alias": "t"}))["id"]
        part = Part(shop, self.admin)
        await part.furnish(self.db, [topic], "all")
        self.ids = {f"{kind}_id": number for kind, number in part.ids.items()} | {"node_id": 3}
        group = await post(self.admin, "bot-groups", {"name": "all"})
        self.ids |= RUN | {"number": 1, "name": "CRM", "bot_group_id": group["id"]}
        await self.admin.client.put("/api/v1/secrets/CRM", {"value": "v"})
        link = {"bot_id": shop.id, "channel": "custom_channel"}
        self.ids["code"] = (await self.admin.client.post("/api/v1/links", link)).json["code"]
        for kind, path in (("tag", "tags"), ("status", "operator-statuses")):
            given = {"name": kind} | ({"kind": "pause"} if kind == "status" else {})
            self.ids[f"{kind}_id"] = (await post(self.admin, path, given))["id"]

    def body(self, operation: Operation, key: str = "") -> Any:
        """One that is taken; the document's example where that is enough."""
        path, bot_id = operation.path.rstrip("/"), self.ids["bot_id"]
        if path in ("/api/v1/runs", "/kw/api/call_node"):
            return {"bot_id": bot_id, "node_id": 3} | RUN
        own = {
            "/kw/esputnik/push-contacts": {"bot_id": bot_id, "token": key or self.key},
            "/api/v1/runs/bulk": {"bot_id": bot_id, "node_id": 3, "targets": [RUN]},
            "/api/v1/messenger/send": {"bot_id": bot_id, "chat_id": "x", "text": "Hi"},
            "/api/v1/settings/op/timers": {},
        }
        return own.get(path, operation.example)

    async def ask(self, client: AppClient, operation: Operation, **how: Any) -> Answer:
        """Call it with what is there, but for what is given."""
        ids = self.ids | how.pop("ids", {})
        body = how.pop("body", None)
        key = how.pop("key", "")
        params = operation.needed | how.pop("params", {})
        if body is None and "data" not in how:
            body = self.body(operation, key)
        if operation.path.rstrip("/") == "/kw/api/call_node" and operation.method == "GET":
            params, body = {k: str(v) for k, v in body.items()} if body else params, None
        if body is not None and operation.method in WRITES:
            how["json"] = body
        address = operation.filled(**ids)
        return await client.request(operation.method, address, params=params, **how)


Way = Callable[[World, Operation], Awaitable[Answer | None]]


async def unsigned(world: World, operation: Operation) -> Answer | None:
    return await world.ask(world.nobody, operation, key="nonsense")


async def barred(world: World, operation: Operation) -> Answer | None:
    """By somebody whose role may not come from here."""
    return await world.ask(world.barred, operation)


async def spent(world: World, operation: Operation) -> Answer | None:
    """With a key that has called too often."""
    return await world.ask(world.spent, operation, key=world.spent_key)


async def garbled(world: World, operation: Operation) -> Answer | None:
    content = operation.about.get("requestBody", {}).get("content", {JSON: {}})
    client = world.keyed if operation.path in KEYED else world.admin.client
    headers = {"Content-Type": next(iter(content))}
    return await world.ask(client, operation, data=b"{no", headers=headers)


async def missing(world: World, operation: Operation) -> Answer | None:
    ids = dict.fromkeys(operation.names, FAR) | MISSING
    of_entity = operation.path.endswith("/set") and isinstance(operation.example, dict)
    body = {**operation.example, "id": FAR} if of_entity else None
    return await world.ask(world.admin.client, operation, ids=ids, headers=STALE, body=body)


async def repeated(world: World, operation: Operation) -> Answer | None:
    """While the first call with the same key runs."""
    if "Idempotency-Key" not in {each["name"] for each in operation.about.get("parameters", ())}:
        return None
    subject = f'["user {world.admin.id}","{operation.filled(**world.ids)}","held"]'
    await world.db.execute("SELECT pg_advisory_lock(hashtextextended($1, 0))", subject)
    return await world.ask(world.admin.client, operation, headers={"Idempotency-Key": "held"})


async def stale(world: World, operation: Operation) -> Answer | None:
    return await world.ask(world.admin.client, operation, headers=STALE)


async def giant(world: World, operation: Operation) -> Answer | None:
    """Its length alone is told."""
    reader, writer = await asyncio.open_connection("127.0.0.1", world.server.port)
    head = f"{operation.method} {operation.filled(**world.ids)} HTTP/1.1\r\nHost: h\r\n"
    writer.write(f"{head}Content-Length: 99999999\r\n\r\n".encode())
    status = int((await reader.readline()).split()[1])
    writer.close()
    return Answer(status, {}, b"")


async def wrong(world: World, operation: Operation) -> Answer | None:
    """A parameter that is none, a field that is none, a word for a number, a text without end."""
    client = world.admin.client
    if operation.path.startswith("/api/v1/"):
        answer = await world.ask(client, operation, params={"no such parameter": "1"})
        if answer.status == 422:
            return answer
    if operation.body:
        return await world.ask(client, operation, body={"no such field": 1})
    for given in operation.about.get("parameters", ()):
        long = {given["name"]: "-1 " * 2000}
        part = {"ids": long} if given["in"] == "path" else {"params": long}
        answer = await world.ask(client, operation, **part)
        if answer.status == 422:
            return answer
    return None


async def away(world: World, operation: Operation) -> Answer | None:
    client = world.keyed if operation.path in KEYED else world.admin.client
    with pytest.MonkeyPatch.context() as patch:
        for name in ("_engine", "_readers"):
            patch.setattr(pools, name, Away())
        return await world.ask(client, operation, ids={"channel": "telegram"})


WAYS: dict[str, Way] = {
    "400": garbled,
    "401": unsigned,
    "403": barred,
    "404": missing,
    "409": repeated,
    "412": stale,
    "413": giant,
    "422": wrong,
    "429": spent,
    "503": away,
}
# Bodies that meet what is there already, or name what is not there.
BODIES: dict[str, dict[str, Any]] = {
    "409 PATCH /api/v1/users/{user_id}": {"email": "taken@example.com"},
    "409 PATCH /api/v1/bots/{bot_id}": {"alias": "taken"},
    "409 PATCH /api/v1/topics/{topic_id}": {"alias": "taken"},
    "409 PATCH /api/v1/tags/{tag_id}": {"name": "taken"},
    "409 PATCH /api/v1/bot-groups/{bot_group_id}": {"name": "taken"},
    "409 PATCH /api/v1/skill-groups/{group_id}": {"name": "taken"},
    "409 PATCH /api/v1/broadcast-templates/{template_id}": {"name": "taken"},
    "404 POST /api/v1/broadcast-templates": {"name": "N", "content": HI, "bot_ids": [FAR]},
    "404 POST /api/v1/broadcast/route": {
        "phone": "+380501112233",
        "bot_id": FAR,
        "template_id": FAR,
    },
    "404 POST /api/v1/channels": {"bot_id": FAR, "type": "telegram"},
    "404 POST /api/v1/runs": {"bot_id": FAR, "node_id": 3} | RUN,
    "404 POST /kw/api/call_node": {"bot_id": FAR, "node_id": 3} | RUN,
    "404 POST /kw/api/call_node/": {"bot_id": FAR, "node_id": 3} | RUN,
    "404 POST /api/v1/messenger/send": {"bot_id": FAR, "chat_id": "x", "text": "Hi"},
    "404 POST /kw/api/general/KwUsers/set": {"id": FAR, "first_name": "A"},
    "404 POST /kw/api/broadcast/BrTemplates/set": {"id": FAR, "name": "A"},
    "404 GET /kw/api/call_node": {"bot_id": FAR, "node_id": 3},
    "404 GET /kw/api/call_node/": {"bot_id": FAR, "node_id": 3},
    "409 GET /api/v1/integrations/zoho/oauth/start": {},
    "409 DELETE /api/v1/integrations/zoho/oauth": {},
    "404 POST /api/v1/deliveries/replay": {"endpoint_id": FAR, "from": "2026-01-01T00:00:00Z"},
}
# What stands in the way of its kind: `path` -> what is made.
IN_THE_WAY: tuple[tuple[str, dict[str, Any]], ...] = (
    ("users", {"first_name": "T", "email": "taken@example.com", "role": "operator"}),
    ("bots", {"name": "T", "alias": "taken"}),
    ("topics", {"name": "T2", "alias": "taken"}),
    ("tags", {"name": "taken"}),
    ("skill-groups", {"name": "taken"}),
    ("bot-groups", {"name": "taken"}),
    ("broadcast-templates", {"name": "taken", "content": HI}),
)
# `make fuzz` meets all of them; between its runs one in so many.
EVERY = 1 if os.environ.get("FUZZ_SEED") else 5


def pairs(server: RunningApp) -> list[tuple[str, Operation]]:
    """Each refusal of each operation."""
    return [
        (status, operation)
        for operation in operations(server.asgi.openapi())
        for status in sorted(operation.about["responses"])
        if status[0] in "45" and not operation.is_endless
    ]


@pytest.mark.timeout(600)
async def test_every_refusal_of_the_document_happens(
    moving_clock: MovingClock, server: RunningApp, app: AppClient, db: Database, shop: Shop
) -> None:
    del moving_clock  # it stands: the minute of a key that has called too often does not end
    admin = await sign_in(db, app, "administrator", is_root=True)
    world = World(server, app, admin, db)
    await world.furnish(app, shop)
    for path, given in IN_THE_WAY:
        await post(admin, path, given)
    wrong, met = [], 0
    for status, operation in sorted(pairs(server)[::EVERY], key=lambda pair: pair[0]):
        named = f"{status} {operation}"
        if named in BODIES:
            answer: Answer | None = await world.ask(admin.client, operation, body=BODIES[named])
        elif status in WAYS and not is_elsewhere(named):
            answer = await WAYS[status](world, operation)
        elif is_elsewhere(named):
            continue
        else:
            answer = None
        met += 1
        if answer is None or answer.status != int(status):
            wrong.append(f"{named}: {answer and (answer.status, answer.text[:200])}")
    assert not wrong, "\n".join(wrong)
    assert met > 2000 / EVERY
