"""The product under measure: its own server process over an embedded PostgreSQL in a new folder."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import asyncpg

from bench import peers
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.people import sign_in

COMMAND = (sys.executable, "-m", "connective.app.cli", "serve")


class Serving:
    """A server process; `took_s` is the time from its start to `/readyz`."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int, took_s: float) -> None:
        self.pid, self.port, self.took_s = process.pid, port, took_s
        self.url = f"http://127.0.0.1:{port}"

    def pids(self) -> list[int]:
        """Its server processes: itself, or those that it keeps."""
        kept = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return [int(pid) for pid in kept] or [self.pid]

    def resident_mb(self) -> float:
        """Memory of the server process alone: PostgreSQL is not its child."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        raise ProcessLookupError(self.pid)


@contextlib.contextmanager
def serving(data_dir: Path, *, role: str = "all", workers: int = 1) -> Iterator[Serving]:
    """`connective serve` until the block ends."""
    port = peers.free_port()
    settings = {
        "CONNECTIVE_DATA_DIR": str(data_dir),
        "CONNECTIVE_PORT": str(port),
        "CONNECTIVE_OUTBOUND_ALLOW_PRIVATE": "1",
        "CONNECTIVE_SECRET_KEY": "the key of the bench",
    }
    said = data_dir / "server.log"
    began = time.monotonic()
    with said.open("wb") as log:
        process = subprocess.Popen(
            [*COMMAND, "--role", role, "--workers", str(workers)],
            env=os.environ | settings,
            stdout=log,
            stderr=log,
        )
    try:
        try:
            peers.wait_for(port, process, "/readyz")
        except RuntimeError as failure:
            raise RuntimeError(f"{failure}; it said:\n{said.read_text()[-2000:]}") from None
        yield Serving(process, port, time.monotonic() - began)
    finally:
        process.terminate()
        process.wait()


class Sql:
    """A connection that looks into the database, as `kit.testing` asks for it."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    async def fetch(self, query: str, *values: object) -> list[Any]:
        return list(await self._connection.fetch(query, *values))

    async def value(self, query: str, *values: object) -> Any:
        return await self._connection.fetchval(query, *values)

    async def execute(self, query: str, *values: object) -> str:
        return str(await self._connection.execute(query, *values))


@contextlib.asynccontextmanager
async def sql(dsn: str) -> AsyncIterator[Sql]:
    connection = await asyncpg.connect(dsn)
    try:
        yield Sql(connection)
    finally:
        await connection.close()


@contextlib.asynccontextmanager
async def administrator(url: str, db: Any) -> AsyncIterator[AppClient]:
    """Someone signed in who may do everything."""
    async with AppClient(url) as client:
        yield (await sign_in(db, client, "administrator", is_root=True)).client
