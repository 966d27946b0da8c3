"""An HTTP client of the running app, for tests: one call, one whole answer."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import aiohttp

PATIENCE = aiohttp.ClientTimeout(total=60)
ENDLESS = aiohttp.ClientTimeout(total=None)
# Shorter than a server keeps a connection that is idle (5 s): one that it closes at this very
# moment would break a call that nothing repeats.
KEPT_S = 2.0


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode()


class AppClient:
    """Speaks with one app; keeps cookies, follows no redirects, sends `headers` every time."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.headers: dict[str, str] = {}
        self._others: list[AppClient] = []
        jar = aiohttp.CookieJar(unsafe=True)  # keeps cookies of an IP address too
        connector = aiohttp.TCPConnector(keepalive_timeout=KEPT_S)
        self._session = aiohttp.ClientSession(
            url, timeout=PATIENCE, cookie_jar=jar, connector=connector
        )

    def another(self, **headers: str) -> "AppClient":
        """A second caller without this one's cookies and headers."""
        other = AppClient(self.url)
        other.headers.update(headers)
        self._others.append(other)
        return other

    async def request(self, method: str, path: str, **how: Any) -> Answer:
        """`how` as aiohttp takes it: `json=`, `data=`, `params=`, `headers=`."""
        headers = {**self.headers, **how.pop("headers", {})}
        async with self._session.request(
            method, path, headers=headers, allow_redirects=False, **how
        ) as response:
            return Answer(response.status, response.headers, await response.read())

    async def get(self, path: str, **how: Any) -> Answer:
        return await self.request("GET", path, **how)

    async def post(self, path: str, json_body: Any = None, **how: Any) -> Answer:
        return await self.request("POST", path, **_with_json(json_body, how))

    async def put(self, path: str, json_body: Any = None, **how: Any) -> Answer:
        return await self.request("PUT", path, **_with_json(json_body, how))

    async def patch(self, path: str, json_body: Any = None, **how: Any) -> Answer:
        return await self.request("PATCH", path, **_with_json(json_body, how))

    async def delete(self, path: str, **how: Any) -> Answer:
        return await self.request("DELETE", path, **how)

    async def ws(self, path: str, **how: Any) -> aiohttp.ClientWebSocketResponse:
        """An open WebSocket; closed with the client."""
        headers = {**self.headers, **how.pop("headers", {})}
        socket: aiohttp.ClientWebSocketResponse = await self._session.ws_connect(
            path, headers=headers, **how
        )
        return socket

    async def open(self, path: str, **how: Any) -> aiohttp.ClientResponse:
        """An answer that goes on: its caller reads and closes it."""
        headers = {**self.headers, **how.pop("headers", {})}
        return await self._session.get(path, headers=headers, timeout=ENDLESS, **how)

    async def close(self) -> None:
        for other in self._others:
            await other.close()
        await self._session.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


def _with_json(body: Any, how: dict[str, Any]) -> dict[str, Any]:
    return how if body is None else {"json": body, **how}
