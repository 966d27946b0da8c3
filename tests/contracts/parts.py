"""A part of an instance: a bot that has talked, a topic, and one of everything below them."""

from datetime import timedelta
from typing import Any

from connective.kit import clock
from connective.kit.testing.databases import Database
from connective.kit.testing.desk import post
from connective.kit.testing.people import Person
from connective.kit.testing.shop import Shop

GRAPH: Any = (
    [
        (1, "start", {}),
        (2, "message", {"text": "Hello"}),
        (3, "entry", {"alias": "crm", "trigger": "webhook"}),
    ],
    [(1, "next", 2), (3, "next", 2)],
)
HI = {"texts": {"en": "Hi"}}


def tomorrow() -> str:
    return clock.rfc3339(clock.now() + timedelta(days=1))


class Part:
    """A bot with a topic and one of everything below them, and who made it."""

    def __init__(self, shop: Shop, maker: Person) -> None:
        self.shop, self.maker = shop, maker
        self.ids: dict[str, Any] = {"bot": shop.id}

    async def furnish(self, db: Database, topics: list[int], name: str) -> None:
        shop, topic = self.shop, topics[0]
        await shop.publish(*GRAPH)
        await shop.say("/start", f"c-{name}")
        for kind in ("dialog", "client", "contact"):
            self.ids[kind] = await db.value(f"SELECT max(id) FROM {kind}s")  # noqa: S608
        mine = {"bot_ids": [shop.id]}
        hook = {"name": name, "url": f"{shop.receiver.url}/{name}", "subject_ids": [topic]}
        self.ids |= {"topic": topic, "below": topics[-1]}
        path = f"dialogs/{self.ids['dialog']}/takeover"
        await self._add("webhook", "webhooks", hook | mine)
        await self._add("request", path, {"subject_id": topic})
        said = {"client_msg_id": name, "text": f"Words of {name}"}
        await self._add("message", f"requests/{self.ids['request']}/messages", said)
        later = said | {"client_msg_id": f"later {name}", "send_at": tomorrow()}
        await self._add("scheduled", f"requests/{self.ids['request']}/scheduled-messages", later)
        await self._add("template", "broadcast-templates", {"name": name, "content": HI} | mine)
        await self._add("key", "keys", {"name": name, "topic_ids": [topic]} | mine)
        await self._add("group", "skill-groups", {"name": name, "topic_ids": [topic]})
        user = {"first_name": name, "email": f"{name}@example.com", "role": "operator"}
        await self._add("user", "users", {**user, "topic_ids": [topic]} | mine)

    async def _add(self, kind: str, path: str, body: dict[str, Any]) -> None:
        self.ids[kind] = (await post(self.maker, path, body))["id"]
