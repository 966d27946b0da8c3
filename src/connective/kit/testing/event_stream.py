"""A reader of server-sent events, for tests."""

import asyncio
import json
from typing import Any, Self

import aiohttp

from connective.kit.testing.app_client import AppClient

PATIENCE_S = 20.0


class EventReader:
    """Reads blocks; `id` is that of the last one, which a client would come back with."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self.response = response
        self.id = ""

    @classmethod
    async def open(cls, client: AppClient, path: str = "/api/v1/events", **how: Any) -> Self:
        """Open once its first block is there: what happens from now on is heard."""
        reader = cls(await client.open(path, **how))
        assert reader.response.status == 200, await reader.response.text()
        first = await reader.block()
        assert first["retry"], first
        return reader

    async def block(self) -> dict[str, str]:
        """The fields of the next block; empty at the end."""
        fields: dict[str, str] = {}
        async with asyncio.timeout(PATIENCE_S):
            while line := (await self.response.content.readline()).decode():
                if line == "\n":
                    break
                name, _, value = line.rstrip("\n").partition(": ")
                fields[name] = value
        self.id = fields.get("id", self.id)
        return fields

    async def next(self) -> tuple[str, Any]:
        """The next event with its data."""
        while "data" not in (fields := await self.block()):
            assert fields, "the stream has ended"
        return fields["event"], json.loads(fields["data"])

    async def ended(self) -> bool:
        """Read what is left."""
        try:
            while await self.block():
                pass
        except aiohttp.ClientError:
            pass
        return True

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self.response.close()
