"""A bot that connects its clients with operators, and the operators who answer them."""

from typing import Any, Self

from connective.kit import clock
from connective.kit.testing.app_client import Answer, AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.polling import polled
from connective.kit.testing.shop import Shop

_PRESENT = """
INSERT INTO operators (user_id, status_id, status_since, seen_at, dialog_limit)
SELECT $1, s.id, $2, $2, $3 FROM operator_statuses s WHERE s.alias = $4
ON CONFLICT (user_id) DO UPDATE SET status_id = excluded.status_id, seen_at = excluded.seen_at,
    dialog_limit = excluded.dialog_limit
"""


class Chats:
    """Publish a scenario whose first node connects, write as a client, act as an operator."""

    def __init__(self, db: Database, app: AppClient, shop: Shop) -> None:
        self.db, self.app, self.shop = db, app, shop
        self.topic_id = 0

    @classmethod
    async def open(cls, db: Database, app: AppClient, shop: Shop) -> Self:
        """With a topic `support`, which everybody serves."""
        chats = cls(db, app, shop)
        chats.topic_id = await chats.topic("support")
        return chats

    async def topic(self, alias: str) -> int:
        given = {"name": alias.title(), "alias": alias}
        answer = await self.shop.admin.post("/api/v1/topics", given)
        assert answer.status == 201, answer.text
        return int(answer.json["id"])

    async def publish(
        self,
        *wired: str,
        entries: tuple[str, ...] = (),
        constants: dict[str, str] | None = None,
        kind: str = "operator",
        **values: Any,
    ) -> None:
        """Start leads to the operator; wired ports and the entries say their own name."""
        data: dict[str, Any] = {"values": {"subject_alias": "support", **values}}
        if kind == "action":
            data["template_id"] = "action_operator_panel__connect_to_operator_with_msg"
        nodes: list[Any] = [(1, "start", {}), (2, kind, data)]
        edges: list[Any] = [(1, "next", 2)]
        for index, port in enumerate(wired):
            nodes.append((10 + index, "message", {"text": f"port {port}"}))
            edges.append((2, port, 10 + index))
        for index, alias in enumerate(entries):
            nodes.append((30 + index, "entry", {"alias": alias}))
            nodes.append(
                (50 + index, "message", {"text": f"at {alias}: {{{{chat_result.reason}}}}"})
            )
            edges.append((30 + index, "next", 50 + index))
        more = [
            {"key": key, "values": {"en": text, "uk": text}, "secret": False}
            for key, text in (constants or {}).items()
        ]
        await self.shop.publish(nodes, edges, constants=more)

    async def operator(
        self,
        name: str,
        *,
        status: str = "online",
        limit: int = 5,
        role: str = "operator",
        **who: Any,
    ) -> Person:
        """Somebody who answers, in a status, seen just now."""
        person = await sign_in(self.db, self.app, role, first_name=name, **who)
        await self.db.execute(_PRESENT, person.id, clock.now(), limit, status)
        return person

    async def unclosed(self, chat: str = "c1") -> dict[str, Any]:
        """The unclosed request of a chat, once it is there."""
        found: list[dict[str, Any]] = []

        async def there() -> bool:
            found[:] = await self.rows(chat)
            return bool(found) and found[-1]["state"] != "closed"

        await polled(there)
        return found[-1]

    async def rows(self, chat: str = "c1") -> list[dict[str, Any]]:
        """Every request of a chat, the oldest first."""
        return await self.db.fetch(
            "SELECT r.* FROM requests r JOIN dialogs d ON d.id = r.dialog_id"
            " WHERE d.chat_id = $1 ORDER BY r.id",
            chat,
        )

    async def connected(self, chat: str = "c1") -> dict[str, Any]:
        """The client has asked for an operator; his request."""
        await self.shop.say("/start", chat)
        return await self.unclosed(chat)

    async def dialog(self, chat: str = "c1") -> dict[str, Any]:
        (row,) = await self.db.fetch("SELECT * FROM dialogs WHERE chat_id = $1", chat)
        return row

    async def said(self, text: str, *, times: int = 1) -> None:
        """Wait until the partner has got this text so many times."""

        async def heard() -> bool:
            return sum(text == one for one in self.texts()) >= times

        await polled(heard)

    def texts(self) -> list[str]:
        """What the partner has got so far."""
        return [body["message"]["text"] for body in self.bodies() if "message" in body]

    def bodies(self) -> list[dict[str, Any]]:
        """The envelopes that the partner has got so far."""
        return [request.json for request in self.shop.receiver.requests if request.body]

    def told(self) -> list[str]:
        """The names of the events that the partner has got so far."""
        return [body["event"] for body in self.bodies()]

    async def act(self, who: Person, request_id: int, verb: str, **body: Any) -> Answer:
        """Take, close and so on."""
        return await who.client.post(f"/api/v1/requests/{request_id}/{verb}", body)

    async def done(self, who: Person, request_id: int, verb: str, **body: Any) -> dict[str, Any]:
        """The same, which must succeed."""
        answer = await self.act(who, request_id, verb, **body)
        assert answer.status == 200, answer.text
        result: dict[str, Any] = answer.json
        return result

    async def log(self, request_id: int) -> list[dict[str, Any]]:
        """The lines of a request's history, the oldest first."""
        return await self.db.fetch(
            "SELECT * FROM request_history WHERE request_id = $1 ORDER BY id", request_id
        )
