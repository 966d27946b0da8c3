"""A bare ASGI application on uvicorn's own sockets: `python bench/fan_out.py PORT CPU`.

`POST /say?N` sends N frames of the given body to every open socket, one `send` each.
"""

import asyncio
import os
import sys
from typing import Any

import uvicorn

_open: set[Any] = set()


async def app(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "websocket":
        await _socket(receive, send)
        return
    body = (await receive())["body"].decode()
    if body:
        for _ in range(int(scope["query_string"])):
            await asyncio.gather(*(one({"type": "websocket.send", "text": body}) for one in _open))
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def _socket(receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "websocket.accept"})
    _open.add(send)
    while (await receive())["type"] != "websocket.disconnect":
        pass
    _open.discard(send)


if __name__ == "__main__":
    os.sched_setaffinity(0, {int(sys.argv[2])})
    uvicorn.run(
        app,
        port=int(sys.argv[1]),
        loop="uvloop",
        http="httptools",
        lifespan="off",
        log_config=None,
        access_log=False,
        ws_per_message_deflate=False,
    )
