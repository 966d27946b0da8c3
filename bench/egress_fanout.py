"""Fan-out of small signed POSTs over loopback, 100 in flight: our egress, bare aiohttp, pyreqwest.

Run: python bench/egress_fanout.py [egress|aiohttp|pyreqwest] [seconds]
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import importlib
import multiprocessing
import sys
import time
from collections.abc import Awaitable, Callable

import aiohttp
import uvloop

from connective.kit.egress import Egress, Policy

IN_FLIGHT = 100
BODY = b'{"event_name":"message_from_bot","chat_id":"313145","text":"' + b"x" * 400 + b'"}'
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
Send = Callable[[dict[str, str]], Awaitable[int]]


class Receiver(asyncio.Protocol):
    """Counts a request by its body's last bytes; enough for one fixed body."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        if data.endswith(b'x"}'):
            self.transport.write(ANSWER)  # type: ignore[attr-defined]


def receive(ports: multiprocessing.Queue[int]) -> None:
    async def main() -> None:
        server = await asyncio.get_running_loop().create_server(Receiver, "127.0.0.1", 0)
        ports.put(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    uvloop.run(main())


def signed() -> dict[str, str]:
    digest = hmac.new(b"secret", BODY, hashlib.sha256).hexdigest()
    return {"Content-Type": "application/json", "webhook-signature": f"v1,{digest}"}


async def with_egress(url: str, seconds: float) -> int:
    async with Egress(Policy.build(allow_private=True)) as client:

        async def send(headers: dict[str, str]) -> int:
            return (await client.request("POST", url, headers=headers, body=BODY)).status

        return await drive(send, seconds)


async def with_aiohttp(url: str, seconds: float) -> int:
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, trust_env=False) as session:

        async def send(headers: dict[str, str]) -> int:
            async with session.post(url, headers=headers, data=BODY) as response:
                await response.read()
                return response.status

        return await drive(send, seconds)


async def with_pyreqwest(url: str, seconds: float) -> int:
    builder = importlib.import_module("pyreqwest.client").ClientBuilder()
    async with builder.no_proxy().build() as client:

        async def send(headers: dict[str, str]) -> int:
            response = await client.post(url).headers(headers).body_bytes(BODY).build().send()
            await response.bytes()
            return int(response.status)

        return await drive(send, seconds)


async def drive(send: Send, seconds: float) -> int:
    end = time.monotonic() + seconds
    done = 0

    async def one() -> None:
        nonlocal done
        while time.monotonic() < end:
            if await send(signed()) != 200:
                raise RuntimeError("the receiver refused")
            done += 1

    await asyncio.gather(*(one() for _ in range(IN_FLIGHT)))
    return done


def main() -> None:
    name = sys.argv[1] if len(sys.argv) > 1 else "egress"
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 5.0
    ports: multiprocessing.Queue[int] = multiprocessing.Queue()
    receiver = multiprocessing.Process(target=receive, args=(ports,), daemon=True)
    receiver.start()
    url = f"http://127.0.0.1:{ports.get(timeout=10)}/hook"
    runs = {"egress": with_egress, "aiohttp": with_aiohttp, "pyreqwest": with_pyreqwest}
    started = time.process_time()
    done = uvloop.run(runs[name](url, seconds))
    cpu = time.process_time() - started
    sys.stdout.write(f"{name}: {done / seconds:,.0f}/s, {cpu / done * 1e6:,.0f} us CPU each\n")
    receiver.terminate()


if __name__ == "__main__":
    main()
