"""A bot with clients, connected to the stand-in of eSputnik."""

from collections.abc import AsyncIterator
from typing import Any

import pytest_asyncio

from connective.kit import clock
from connective.kit.testing.databases import Database
from connective.kit.testing.loopback import serving
from connective.kit.testing.people import Person
from connective.kit.testing.polling import polled
from connective.kit.testing.shop import Shop
from connective.kit.wake import wake
from connective.modules.esputnik.service.accounts import TOPIC
from connective.stand_ins.esputnik import APP, Esputnik

_ACCOUNT = """
INSERT INTO channel_accounts (bot_id, channel, enabled, created_at, updated_at)
VALUES ($1, $2, true, $3, $3) RETURNING id
"""
_CLIENTS = """
INSERT INTO clients (id, first_name, phone, created_at, updated_at)
SELECT $1 + n, 'Client ' || n, $2 || lpad(n::text, 7, '0'), $3, $3 FROM generate_series(1, $4) n
"""
_CONTACTS = """
INSERT INTO contacts (id, client_id, account_id, chat_id, created_at)
SELECT $1 + n, $1 + n, $2, ($1 + n)::text, $3 FROM generate_series(1, $4) n
"""


class Marketing:
    """The bot, its connection, and the other side."""

    def __init__(self, db: Database, shop: Shop, other: Esputnik, url: str) -> None:
        self.db, self.shop, self.other = db, shop, other
        self.url = url
        self.path = f"/api/v1/bots/{shop.id}/esputnik"
        self._from = 1_000_000

    async def connect(self, **given: Any) -> dict[str, Any]:
        """Set the bot's connection; what is not given leads to the stand-in."""
        usual = {"api_key": self.other.api_key, "app_uuid": APP, "base_url": f"{self.url}/api"}
        answer = await self.shop.admin.put(self.path, {**usual, **given})
        assert answer.status == 200, answer.text
        set_up: dict[str, Any] = answer.json
        return set_up

    async def clients(
        self, count: int, *, channel: str = "telegram", phone: str | None = "+38050"
    ) -> range:
        """So many clients with a chat each; gives their numbers."""
        begin, self._from = self._from, self._from + 10_000
        account = await self.db.value(_ACCOUNT, self.shop.id, channel, clock.now())
        await self.db.execute(_CLIENTS, begin, phone, clock.now(), count)
        await self.db.execute(_CONTACTS, begin, account, clock.now(), count)
        return range(begin + 1, begin + count + 1)

    async def token(self, *scopes: str, **more: Any) -> str:
        """The secret of a new key."""
        given = {"name": "Marketing", "scopes": scopes or ["broadcast:send"], **more}
        made = await self.shop.admin.post("/api/v1/keys", given)
        assert made.status == 201, made.text
        return str(made.json["secret"])

    async def push(self, **body: Any) -> Any:
        """The documented call, as somebody without a session."""
        return await self.shop.partner.post("/kw/esputnik/push-contacts", body)

    async def job(self, number: int) -> dict[str, Any]:
        answer = await self.shop.admin.get(f"{self.path}/pushes/{number}")
        assert answer.status == 200, answer.text
        found: dict[str, Any] = answer.json
        return found

    async def until(self, number: int, **expected: Any) -> dict[str, Any]:
        """The job once it is so far."""
        found: dict[str, Any] = {}

        async def there() -> bool:
            wake(TOPIC)
            found.update(await self.job(number))
            return all(found[name] == value for name, value in expected.items())

        await polled(there)
        return found


@pytest_asyncio.fixture
async def marketing(db: Database, shop: Shop, admin: Person) -> AsyncIterator[Marketing]:
    other = Esputnik()

    async def listens() -> bool:
        found = "SELECT count(*) FROM event_cursors WHERE listener = 'esputnik.changes'"
        return bool(await db.value(found))

    await polled(listens)  # a new listener begins with the next event
    async with serving(other.app()) as url:
        yield Marketing(db, shop, other, url)
