"""Server processes that are killed and started again."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp

from connective.kit.testing.ports import free_port
from tests.chaos.dice import Dice
from tests.chaos.nursery import SWITCHES
from tests.chaos.switches import Switches

ROOT = Path(__file__).parents[2]
START_S = 30.0


class Fleet:
    """So many servers, each on a port of its own, and the switches that they look at."""

    def __init__(self, nursery: Any, ports: list[int], *, dsn: str, switches: Switches) -> None:
        self._nursery = nursery
        self.dsn, self.switches = dsn, switches
        self.ports = ports
        self.urls = [f"http://127.0.0.1:{port}" for port in ports]
        self._pids: dict[int, int] = {}
        self.kills = 0

    def end(self) -> None:
        """Kill all of them for good."""
        self._nursery.kill()

    async def start(self, port: int) -> None:
        """Start a server; it may take a moment until it listens."""
        self._nursery.stdin.write(f"{port}\n".encode())
        self._pids[port] = int(await self._nursery.stdout.readline())

    async def ready(self) -> None:
        """Until every server is ready."""
        async with asyncio.timeout(START_S), aiohttp.ClientSession() as session:
            for url in self.urls:
                await _until_ready(session, url)

    async def kill(self, port: int) -> None:
        """Kill a server the hard way and start it again."""
        pid = self._pids[port]
        with contextlib.suppress(ProcessLookupError):
            descriptor = os.pidfd_open(pid)
            try:
                signal.pidfd_send_signal(descriptor, signal.SIGKILL)
                await _ended(descriptor)
            finally:
                os.close(descriptor)
        self.kills += 1
        await self.start(port)

    async def keep_killing(self, dice: Dice, *, every: tuple[float, float]) -> None:
        """Until cancelled: one server after the other, at moments that the dice choose."""
        while True:
            await asyncio.sleep(dice.uniform(*every))
            await self.kill(dice.choice(self.ports))


async def _ended(descriptor: int) -> None:
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(descriptor, ended.set)
    try:
        await ended.wait()
    finally:
        loop.remove_reader(descriptor)


async def _until_ready(session: aiohttp.ClientSession, url: str) -> None:
    while True:
        with contextlib.suppress(aiohttp.ClientError):
            async with session.get(f"{url}/readyz") as answer:
                if answer.status == 200:
                    return
        await asyncio.sleep(0.05)


@contextlib.asynccontextmanager
async def sailing(
    count: int, *, data_dir: Path, dsn: str, sources: Path = ROOT / "src"
) -> AsyncIterator[Fleet]:
    """A fleet whose servers are ready; all of them end with the block."""
    settings = {
        "CONNECTIVE_DATA_DIR": str(data_dir),
        "CONNECTIVE_DATABASE_URL": dsn,
        "CONNECTIVE_OUTBOUND_ALLOW_PRIVATE": "1",
        "CONNECTIVE_SECRET_KEY": "test key",
        "PYTHONPATH": str(sources),
    }
    with (data_dir / "servers.log").open("ab") as log:
        nursery = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.chaos.nursery"),
            cwd=ROOT,
            env=os.environ | settings,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
        )
    try:
        assert nursery.stdout is not None
        assert await nursery.stdout.readline() == b"prepared\n"
        switches = Switches(data_dir / SWITCHES)
        ports = [free_port() for _ in range(count)]
        fleet = Fleet(nursery, ports, dsn=dsn, switches=switches)
        for port in fleet.ports:
            await fleet.start(port)
        await fleet.ready()
        yield fleet
    finally:
        with contextlib.suppress(ProcessLookupError):
            nursery.kill()
        await nursery.wait()
