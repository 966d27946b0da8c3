"""One SELECT on asyncpg behind a bare ASGI application: `PORT DSN STATEMENT VALUES`."""

import sys
from typing import Any

import asyncpg
import msgspec
import uvicorn

# As the product's: else it would plan the statement anew each time and be slower than the product.
SETTINGS = {"jit": "off", "plan_cache_mode": "force_generic_plan"}
encode = msgspec.json.Encoder(decimal_format="number").encode


class List:
    """Gives the rows of one statement, with a pool as the product's."""

    def __init__(self, dsn: str, statement: str, values: list[Any]) -> None:
        self._dsn, self._statement, self._values = dsn, statement, values
        self._pool: Any = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if self._pool is None:
            self._pool = asyncpg.create_pool(
                self._dsn, min_size=20, max_size=20, server_settings=SETTINGS
            )
            await self._pool
        async with self._pool.acquire() as connection:
            rows = await connection.fetch(self._statement, *self._values)
        body = encode({"items": [dict(row) for row in rows]})
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


if __name__ == "__main__":
    port, dsn, statement, values = sys.argv[1:]
    uvicorn.run(
        List(dsn, statement, msgspec.json.decode(values)),
        port=int(port),
        loop="uvloop",
        http="httptools",
        lifespan="off",
        log_config=None,
        access_log=False,
    )
