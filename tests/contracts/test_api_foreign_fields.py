"""Numbers of something foreign inside bodies: refused or not found, and nothing changes.

Each body is sent once with what is one's own, which has to work, and once for each of its fields
with what is somebody else's.
"""

from collections.abc import Iterator
from typing import Any

import pytest
import pytest_asyncio

from connective.kit.testing.app_client import Answer, AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.desk import post
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.polling import polled
from connective.kit.testing.receiver import Receiver
from connective.kit.testing.server import RunningApp
from connective.kit.testing.shop import Shop
from tests.contracts.operations import Schema, operations, parts_of
from tests.contracts.parts import HI, Part, tomorrow
from tests.contracts.test_api_walls import rows

pytestmark = [pytest.mark.proves("P-01", part="foreign numbers in bodies")]
# What stands behind the fields that lead to something of a bot or of a topic.
KINDS = {
    **dict.fromkeys(("bot_id", "bot_ids"), "bot"),
    **dict.fromkeys(("topic_id", "topic_ids", "subject_id", "subject_ids", "parent_id"), "topic"),
    "client_id": "client",
    "contact_id": "contact",
    "ids": "request",
    "reply_to": "message",
    "template_id": "template",
    "endpoint_id": "webhook",
}
ASKED = {"text": "Hi", "channel": "custom_channel"}
# In this order: some end what others need. A name of KINDS stands for a number of that kind, `{n}`
# for what must differ. Of several bodies of one operation each has fields of its own.
BODIES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("POST users", {"first_name": "A", "email": "a{n}@example.com", "role": "operator",
                    "bot_ids": ["bot"], "topic_ids": ["topic"]}),
    ("PATCH users/{user}", {"bot_ids": ["bot"], "topic_ids": ["topic"]}),
    ("POST keys", {"name": "K", "bot_ids": ["bot"], "topic_ids": ["topic"]}),
    ("PATCH keys/{key}", {"bot_ids": ["bot"], "topic_ids": ["topic"]}),
    ("PATCH topics/{below}", {"parent_id": "topic"}),
    ("POST skill-groups", {"name": "G{n}", "topic_ids": ["topic"]}),
    ("PATCH skill-groups/{group}", {"topic_ids": ["topic"]}),
    ("PUT bots/{bot}/operators", {"subject_id": "topic"}),
    ("POST links", {"bot_id": "bot", "channel": "custom_channel"}),
    ("POST links/preview", {"bot_id": "bot", "channel": "custom_channel"}),
    ("POST webhooks", {"name": "W{n}", "url": "http://127.0.0.1:9/w", "bot_ids": ["bot"],
                       "subject_ids": ["topic"]}),
    ("PATCH webhooks/{webhook}", {"bot_ids": ["bot"], "subject_ids": ["topic"]}),
    ("POST deliveries/replay", {"endpoint_id": "webhook", "from": "2026-01-01T00:00:00.000Z",
                                "statuses": ["delivered"]}),
    ("POST broadcast-templates", {"name": "B{n}", "bot_ids": ["bot"], "content": HI}),
    ("PATCH broadcast-templates/{template}", {"bot_ids": ["bot"]}),
    ("POST broadcast/route", {"phone": "+380501112233", "bot_id": "bot",
                              "template_id": "template"}),
    ("POST runs", {"bot_id": "bot", "channel": "custom_channel", "chat_id": "c-mine",
                   "connector_alias": "crm"}),
    ("POST messenger/chats", {"bot_id": "bot"}),
    ("POST messenger/send", {"bot_id": "bot", "chat_id": "x", "text": "Hi"}),
    ("POST dialogs/{dialog}/takeover", {"subject_id": "topic"}),
    ("POST requests/{request}/messages", {"client_msg_id": "m{n}", "text": "Hi",
                                          "reply_to": "message"}),
    ("POST requests/{request}/scheduled-messages", {"client_msg_id": "s{n}", "text": "Hi",
                                                    "send_at": tomorrow(), "reply_to": "message"}),
    ("PATCH requests/{request}", {"subject_id": "topic"}),
    ("POST requests/{request}/transfer", {"to": "topic", "subject_id": "topic"}),
    ("POST requests/bulk", {"ids": ["request"], "topic": {"subject_id": "topic"}}),
    ("POST requests/{request}/close", {"topic_id": "topic"}),
    ("POST requests", {**ASKED, "client_id": "client", "bot_id": "bot", "subject_id": "topic"}),
    ("POST requests/bulk", {"ids": ["newest"], "close": {"topic_id": "topic"}}),
    ("POST requests", {"text": "Hi", "contact_id": "contact", "subject_id": "topic"}),
)  # fmt: skip
# A chat is begun with a topic once: of one that goes on the field is not looked at.
GOES_ON = {"POST dialogs/{dialog}/takeover subject_id"}
# Rules of the instance as a whole, what nobody limited may do at all, what asks a provider, ids at
# random, and a name of another system.
COMMON = {
    "PUT settings/op/timers topic_id",
    "POST topics parent_id",
    "POST channels bot_id",
    "POST deliveries/replay ids",
    "PUT integrations/zoho client_id",
}
# What is written of every call, and what the bot says meanwhile.
BESIDE = {"audit", "messages"}


@pytest_asyncio.fixture
async def parts(
    shop: Shop, admin: Person, app: AppClient, db: Database, receiver: Receiver
) -> tuple[Part, Part]:
    """What is the limited person's own, and what is not."""
    topics = [
        (await post(admin, "topics", {"name": name, "alias": name}))["id"]
        for name in ("mine", "below", "theirs")
    ]
    other = await Shop.open(admin.client, app, receiver)
    limited = await sign_in(db, app, bot_ids=[other.id], topic_ids=topics[:2])
    mine, theirs = Part(other, limited), Part(shop, admin)
    await theirs.furnish(db, topics[2:], "theirs")
    await mine.furnish(db, topics[:2], "mine")
    await db.execute("UPDATE clients SET phone = '+380501112233' WHERE id = $1", mine.ids["client"])

    async def told() -> bool:
        done = "SELECT count(DISTINCT endpoint_id) FROM deliveries WHERE status = 'delivered' "
        return bool(await db.value(done + "AND kind = 'webhook'") == 2)

    await polled(told)
    return mine, theirs


def fields(body: Any, path: str = "") -> Iterator[str]:
    """The places of a body that lead to something."""
    if isinstance(body, dict):
        for name, value in body.items():
            yield from fields(value, f"{path}.{name}" if path else name)
    elif isinstance(body, list):
        for value in body:
            yield from fields(value, path)
    elif path.rpartition(".")[2] in KINDS:
        yield path


def filled(body: Any, own: dict[str, Any], foreign: dict[str, Any], at: str, path: str = "") -> Any:
    """The body with numbers of one's own, and at one place with a foreign one."""
    if isinstance(body, dict):
        return {
            name: filled(value, own, foreign, at, f"{path}.{name}" if path else name)
            for name, value in body.items()
        }
    if isinstance(body, list):
        return [filled(value, own, foreign, at, path) for value in body]
    if not isinstance(body, str) or path.rpartition(".")[2] not in KINDS:
        return body
    return foreign[KINDS[path.rpartition(".")[2]]] if path == at else own[body]


def is_refused(answer: Answer) -> bool:
    """By its status; calls of many things say it of each."""
    if answer.status in (202, 200):
        return answer.json.get("replayed") == 0 or answer.json.get("refused") == 1
    return answer.status in (403, 404, 422)


class Try:
    """One of the bodies, sent by the limited person."""

    def __init__(self, parts: tuple[Part, Part], number: int) -> None:
        self.mine, self.theirs = parts
        self.operation, self.body = BODIES[number]
        self._number = number

    async def call(self, at: str = "") -> Answer:
        """With what is his own, and at one place with what is not."""
        method, path = self.operation.split()
        given = filled(self.body, self.mine.ids, self.theirs.ids, at)
        given |= {k: v.format(n=self._number) for k, v in given.items() if "{n}" in str(v)}
        address = f"/api/v1/{path.format(**self.mine.ids)}"
        return await self.mine.maker.client.request(method, address, json=given)


async def test_what_is_foreign_is_refused_wherever_a_body_names_it(
    parts: tuple[Part, Part], db: Database
) -> None:
    wrong = []
    for number in range(len(BODIES)):
        one = Try(parts, number)
        before = await rows(db)
        for place in fields(one.body):
            if f"{one.operation} {place}" in GOES_ON:
                continue
            answer = await one.call(place)
            after = await rows(db)
            changed = {name for name in before if before[name] != after[name]} - BESIDE
            if not is_refused(answer) or changed:
                wrong.append(f"{one.operation} {place}: {answer.status} {changed} {answer.text}")
        control = await one.call()
        if control.status >= 300 or is_refused(control):
            wrong.append(f"{one.operation} with his own: {control.status} {control.text}")
        elif one.operation == "POST requests":
            parts[0].ids["newest"] = control.json["id"]
    assert not wrong, "\n".join(wrong)


def test_every_field_that_leads_to_something_is_tried(server: RunningApp) -> None:
    document = server.asgi.openapi()
    missing = set()
    tried = {
        f"{operation.split()[0]} {_plain(operation.split()[1])} {place.rpartition('.')[2]}"
        for operation, body in BODIES
        for place in fields(body)
    }
    for operation in operations(document):
        if not operation.path.startswith("/api/v1/") or operation.path.startswith("/api/v1/chats"):
            continue
        named = names((operation.body or {}).get("schema", {}), document["components"]["schemas"])
        path = _plain(operation.path.removeprefix("/api/v1/"))
        missing |= {f"{operation.method} {path} {name}" for name in named & KINDS.keys()}
    assert missing - tried == {_plain(one) for one in COMMON}


def _plain(path: str) -> str:
    """Whatever the places of a path are called."""
    return "/".join("{}" if part.startswith("{") else part for part in path.split("/"))


def names(schema: Schema, components: dict[str, Schema]) -> set[str]:
    """The fields of a body, however deep."""
    return {name for found in parts_of(schema, components) for name in found["properties"]}
