"""How much room sockets take: of parts that never end, nested frames, and of strangers."""

import aiohttp
import pytest
from websockets.frames import Frame, Opcode

from connective.kit.realtime import connection
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.people import Person
from connective.kit.testing.polling import polled
from connective.kit.testing.wire import PATH, Wire

pytestmark = pytest.mark.proves("P-05", part="room of sockets")


async def test_empty_parts_of_a_frame_come_to_an_end(admin: Person) -> None:
    wire = await Wire.open(admin.client)
    transport = wire.socket._writer.transport  # noqa: SLF001 - the client sends no such parts
    assert transport is not None
    first = Frame(Opcode.TEXT, b"", fin=False).serialize(mask=True)
    more = Frame(Opcode.CONT, b"", fin=False).serialize(mask=True)
    transport.write(first + more * connection.PARTS_AT_MOST)
    assert await wire.code() == 1008


async def test_a_frame_nested_to_its_end_is_none_of_ours(admin: Person) -> None:
    wire = await Wire.open(admin.client)
    deep = "[" * 7_000 + "]" * 7_000
    await wire.socket.send_str(f'{{"type":"pong","a":{deep}}}')
    assert await wire.code() == 4400


async def test_strangers_have_only_so_many_places(
    app: AppClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "STRANGERS_AT_MOST", 2)
    strangers = [await app.another().ws(PATH) for _ in range(2)]

    async def is_free() -> bool:
        try:
            await app.another().ws(PATH)
        except aiohttp.WSServerHandshakeError as refused:
            return refused.status != 503
        return True

    assert not await is_free()
    await strangers[0].close()
    await polled(is_free)
