"""A lean load of HTTP requests: so many keep-alive connections, each sends again when answered.

Runs in a process of its own (`Load`), pinned to the last processor, so that it takes little from
what it measures.
"""

import asyncio
import itertools
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import msgspec
import uvloop

from bench.cpu import spent

WARM_UP_S = 1.0


class Round(msgspec.Struct):
    """What one round gave; times are milliseconds. `cpu_us`: of the measured, for each request."""

    per_s: float
    p50: float
    p99: float
    refused: int
    cpu_us: float = 0.0


class Wanted(msgspec.Struct):
    """What to send to `path`, in so many chats; processor time is that of the `watched`."""

    port: int
    path: str
    first_id: int
    seconds: float = 5.0
    connections: int = 64
    chats: int = 1000
    every: int = 1
    watched: list[int] = []
    method: str = "POST"
    headers: dict[str, str] = {}


def requests(wanted: Wanted) -> Iterator[bytes]:
    """What is sent, one after another: a GET is the same each time."""
    if wanted.method == "POST":
        return updates(wanted)
    lines = "".join(f"{name}: {value}\r\n" for name, value in wanted.headers.items())
    head = f"{wanted.method} {wanted.path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{lines}\r\n"
    return itertools.repeat(head.encode())


def updates(wanted: Wanted) -> Iterator[bytes]:
    """Updates of the custom channel; of four texts three are orders."""
    number = wanted.first_id
    while True:
        number += 1
        chat = (number % wanted.chats + 1) * wanted.every
        text = f"order {number}" if number % 4 else "hello"
        content = (
            f'{{"update_id":{number},"message":{{"from":{{"id":"{chat}","first_name":"Ann"}},'
            f'"chat":{{"id":"{chat}"}},"text":"{text}"}}}}'
        )
        yield (
            f"POST {wanted.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(content)}\r\n\r\n{content}"
        ).encode()


class Caller(asyncio.Protocol):
    """One connection. Answers must carry a Content-Length."""

    def __init__(self, requests: Iterator[bytes], times: list[tuple[float, float, bool]]) -> None:
        self._requests, self._times = requests, times
        self._buffer = b""
        self._began = 0.0

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        self._send()

    def _send(self) -> None:
        self._began = time.perf_counter()
        self._transport.write(next(self._requests))

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, end, rest = self._buffer.partition(b"\r\n\r\n")
        if not end:
            return
        lower = head.lower()
        start = lower.index(b"content-length:") + 15
        length = int(
            lower[start : lower.find(b"\r\n", start) if b"\r\n" in lower[start:] else None]
        )
        if len(rest) < length:
            return
        self._buffer = b""
        ended = time.perf_counter()
        self._times.append((ended, ended - self._began, head[9:12] == b"200"))
        self._send()


async def drive(wanted: Wanted) -> Round:
    """Warm up, then measure."""
    times: list[tuple[float, float, bool]] = []
    sent = requests(wanted)
    loop = asyncio.get_running_loop()
    made = [
        await loop.create_connection(lambda: Caller(sent, times), "127.0.0.1", wanted.port)
        for _ in range(wanted.connections)
    ]
    await asyncio.sleep(WARM_UP_S)
    began, cpu = time.perf_counter(), sum(map(spent, wanted.watched))
    await asyncio.sleep(wanted.seconds)
    ended, cpu = time.perf_counter(), sum(map(spent, wanted.watched)) - cpu
    for transport, _ in made:
        transport.abort()
    counted = [(took, well) for at, took, well in times if began <= at <= ended]
    if not counted:
        return Round(0.0, 0.0, 0.0, 0)
    lasted = sorted(took * 1000 for took, _ in counted)
    return Round(
        len(counted) / (ended - began),
        lasted[len(lasted) // 2],
        lasted[len(lasted) * 99 // 100],
        sum(not well for _, well in counted),
        cpu * 1e6 / len(counted),
    )


def run(wanted: Wanted) -> Round:
    """One round in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.load"],
        input=msgspec.json.encode(wanted),
        stdout=subprocess.PIPE,
        check=True,
    )
    return msgspec.json.decode(done.stdout, type=Round)


def main() -> None:
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    wanted = msgspec.json.decode(sys.stdin.buffer.read(), type=Wanted)
    sys.stdout.buffer.write(msgspec.json.encode(uvloop.run(drive(wanted))))


if __name__ == "__main__":
    main()
