"""A ledger to write into and a sender to carry it out; a `conftest.py` imports the fixtures."""

from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest
import pytest_asyncio
from sqlalchemy import insert

from connective.kit import clock, crypto, instance
from connective.kit.context import unit_of_work
from connective.kit.db.engine import engine
from connective.kit.egress import Egress, Policy
from connective.kit.outbox.append import Outgoing
from connective.kit.outbox.models import endpoints
from connective.kit.senders.owner import registered
from connective.kit.senders.sender import Sender
from connective.kit.testing.databases import Database


class Ledger:
    """Makes endpoints and outgoing calls; looks at what became of them."""

    def __init__(self, db: Database) -> None:
        self.db, self._vault = db, instance.vault()
        self.secrets: dict[int, str] = {}

    async def endpoint(self, url: str, kind: str = "webhook", **values: Any) -> int:
        secret = crypto.webhook_secret()
        token = values.pop("access_token", None)
        headers = values.pop("headers", {})
        row = {
            "kind": kind,
            "name": "Shop",
            "url": url,
            "secret": self._vault.seal(secret),
            "headers": {name: self._vault.seal(value) for name, value in headers.items()},
            "access_token": token and self._vault.seal(token),
            "created_at": clock.now(),
        } | values
        async with unit_of_work() as ctx:
            made = await ctx.db.execute(insert(endpoints).values(row).returning(endpoints.c.id))
            number = int(made.scalar_one())
        self.secrets[number] = secret
        return number

    async def send(
        self, endpoint_id: int, count: int = 1, *, lane: str = "chat", **values: Any
    ) -> list[str]:
        """Append calls; gives the ids of all open calls of the lane, in order."""

        def body(sequence: int | None, number: str) -> bytes:
            return msgspec.json.encode({"sequence": sequence, "id": number, "lane": lane})

        given: dict[str, Any] = {
            "kind": "webhook",
            "event_name": "client_updated",
            "body": body,
        } | values
        async with unit_of_work() as ctx:
            for _ in range(count):
                ctx.send(Outgoing(endpoint_id=endpoint_id, lane=lane, **given))
        rows = await self.db.fetch(
            "SELECT id FROM deliveries WHERE endpoint_id = $1 AND lane = $2"
            " ORDER BY created_at, sequence, id",
            endpoint_id,
            lane,
        )
        return [row["id"] for row in rows][-count:]

    async def row(self, delivery_id: str) -> dict[str, Any]:
        (row,) = await self.db.fetch("SELECT * FROM deliveries WHERE id = $1", delivery_id)
        return row | {"log": msgspec.json.decode(row["log"])}

    async def statuses(self) -> list[str]:
        rows = await self.db.fetch("SELECT status FROM deliveries ORDER BY created_at, id")
        return [row["status"] for row in rows]

    async def endpoint_row(self, number: int) -> dict[str, Any]:
        (row,) = await self.db.fetch("SELECT * FROM endpoints WHERE id = $1", number)
        return row

    async def events(self) -> list[tuple[str, Any]]:
        rows = await self.db.fetch("SELECT kind, data FROM events ORDER BY id")
        return [(row["kind"], msgspec.json.decode(row["data"])) for row in rows]


@pytest.fixture
def ledger(db: Database) -> Ledger:
    return Ledger(db)


@pytest_asyncio.fixture
async def door() -> AsyncIterator[Egress]:
    async with Egress(Policy.build(allow_private=True)) as egress:
        yield egress


@pytest_asyncio.fixture
async def sender(db: Database, door: Egress) -> AsyncIterator[Sender]:
    """Without jitter: due times are exactly those of the plan."""
    async with registered(db.dsn) as owner:
        sender = Sender(engine(), door, instance.vault(), owner.id, chance=0.5)
        yield sender
        await sender.abandon()
