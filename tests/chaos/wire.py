"""A wire to PostgreSQL that is cut right after a commit went through, at moments chosen by dice."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from tests.chaos.dice import Dice

SOCKET = ".s.PGSQL.5432"
COMMIT = b"COMMIT;\0"


class Wire:
    """Listens as PostgreSQL does; `cuts` counts the connections that ended after a commit."""

    def __init__(self, server: Path, dice: Dice) -> None:
        self._server, self._dice = server, dice
        self.chance = 0.0
        self.cuts = 0

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, until either end closes it or it is cut."""
        try:
            back, forth = await asyncio.open_unix_connection(str(self._server))
        except OSError:
            writer.close()
            return
        tasks = {
            asyncio.create_task(self._asks(reader, forth)),
            asyncio.create_task(self._answers(back, writer)),
        }
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            writer.close()
            forth.close()

    async def _asks(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """What the client says; a chosen commit is the last thing that it says."""
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
                if data.endswith(COMMIT) and self._dice.chance(self.chance):
                    self.cuts += 1
                    return

    async def _answers(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()


@contextlib.asynccontextmanager
async def laid(folder: Path, server: Path, dice: Dice) -> AsyncIterator[Wire]:
    """A wire whose socket stands in the folder."""
    wire = Wire(server / SOCKET, dice)
    listener = await asyncio.start_unix_server(wire.carry, str(folder / SOCKET))
    try:
        yield wire
    finally:
        listener.close()
