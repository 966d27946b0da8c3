"""How much room sockets take: of parts that never end, nested frames, and of strangers."""

import aiohttp
import pytest
from websockets.frames import Frame, Opcode

from connective.kit.http import rate
from connective.kit.realtime import connection, door
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


async def test_an_address_opens_only_so_many_in_a_minute_whatever_headers_say(
    admin: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "openings", rate.Limiter())
    monkeypatch.setattr(connection, "OPENED_AT_MOST", 2)
    for _ in range(2):
        await admin.client.ws(PATH)
    spoofed = {"X-Forwarded-For": "203.0.113.9", "Forwarded": "for=203.0.113.9"}
    for headers in ({}, spoofed):
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await admin.client.ws(PATH, headers=headers)
        assert refused.value.status == 429


async def test_one_user_has_only_so_many_and_a_closed_one_makes_room(
    admin: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "OF_ONE_AT_MOST", 2)
    wires = [await Wire.open(admin.client, "team") for _ in range(2)]
    for wire in wires:
        await wire.say(type="subscribe", topics=["requests"], since=0)
    assert await (await Wire.open(admin.client)).code() == 1008
    await wires[0].socket.close()

    async def is_free() -> bool:
        wire = await Wire.open(admin.client, "no such topic")
        return await wire.code() == 4403  # he came in, and asked for too much

    await polled(is_free)
