"""A client of the app's WebSocket, as tests speak with it."""

import json
from typing import Any, Self

import aiohttp

from connective.kit.testing.app_client import AppClient

PATH = "/api/v1/ws"
WITHIN_S = 60
Since = int | str | None


class Wire:
    """An open socket: says, hears, and tells with which code it was closed."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket

    @classmethod
    async def open(cls, client: AppClient, *topics: str, since: Since = 0) -> Self:
        """A socket with the client's cookie and headers, listening from an event on.

        Nothing tells when "from now on" (None) begins; from 0 on it hears all of the test.
        """
        wire = cls(await client.ws(PATH))
        if topics:
            await wire.subscribe(*topics, since=since)
        return wire

    async def say(self, **frame: Any) -> None:
        await self.socket.send_str(json.dumps(frame))

    async def subscribe(self, *topics: str, since: Since = 0) -> None:
        more = {} if since is None else {"since": int(since)}
        await self.say(type="subscribe", topics=topics, **more)

    async def next(self, *, but: tuple[str, ...] = ("ping", "counters")) -> dict[str, Any]:
        """The next frame, without pings and counters."""
        while True:
            frame = await self.socket.receive(timeout=WITHIN_S)
            assert frame.type is aiohttp.WSMsgType.TEXT, (frame, self.socket.close_code)
            said: dict[str, Any] = json.loads(frame.data)
            if said["type"] not in but:
                return said

    async def counted(self, **wanted: Any) -> dict[str, Any]:
        """The first counters with these numbers; other frames are passed over."""
        while True:
            said = await self.next(but=("ping",))
            if said["type"] == "counters" and wanted.items() <= said["data"].items():
                data: dict[str, Any] = said["data"]
                return data

    async def until(self, **wanted: Any) -> list[dict[str, Any]]:
        """Everything up to the first frame with these fields."""
        heard = [await self.next()]
        while not wanted.items() <= heard[-1].items():
            heard.append(await self.next())
        return heard

    async def code(self) -> int | None:
        """With which code the server closes; what it says before is passed over."""
        while True:
            frame = await self.socket.receive(timeout=WITHIN_S)
            if frame.type is aiohttp.WSMsgType.CLOSE:
                return int(frame.data)
            if frame.type is not aiohttp.WSMsgType.TEXT:
                return self.socket.close_code
