"""The scripted receiver plays every way in which a partner's server can behave."""

import asyncio

import aiohttp
import pytest

from connective.kit.testing.canary import Canary
from connective.kit.testing.receiver import Receiver

PATIENCE = aiohttp.ClientTimeout(total=10)


async def _post(url: str, body: bytes = b"") -> tuple[int, bytes]:
    async with (
        aiohttp.ClientSession(timeout=PATIENCE) as session,
        session.post(url, data=body, headers={"X-Word": "hi"}) as response,
    ):
        return response.status, await response.read()


async def test_requests_are_remembered_as_they_came(receiver: Receiver) -> None:
    await _post(receiver.url + "/hook?a=1", b'{"text":"\xd1\x97"}')
    (seen,) = await receiver.wait_for(1)
    assert (seen.method, seen.path, seen.query) == ("POST", "/hook", "a=1")
    assert seen.headers["x-word"] == "hi"
    assert seen.json == {"text": "ї"}


async def test_answers_follow_the_script_of_their_path_then_the_common_one_then_the_default(
    receiver: Receiver,
) -> None:
    receiver.answer(503, times=2)
    receiver.answer(201, {"id": 7}, path="/orders")
    receiver.always(204)
    assert await _post(receiver.url + "/orders") == (201, b'{"id": 7}')
    statuses = [(await _post(receiver.url + "/orders"))[0] for _ in range(3)]
    assert statuses == [503, 503, 204]
    receiver.forget()
    assert await _post(receiver.url + "/orders") == (200, b"{}")
    assert len(receiver.requests) == 1


async def test_an_answer_waits_for_its_event(receiver: Receiver) -> None:
    gate = asyncio.Event()
    receiver.answer(200, after=gate)
    asked = asyncio.create_task(_post(receiver.url))
    await receiver.wait_for(1)
    assert not asked.done()
    gate.set()
    assert (await asked)[0] == 200


async def test_a_body_drips_chunk_by_chunk_when_released(receiver: Receiver) -> None:
    receiver.answer(200, drip=[b"one ", b"two"])
    async with (
        aiohttp.ClientSession(timeout=PATIENCE) as session,
        session.get(receiver.url) as response,
    ):
        receiver.drip_next.release()
        assert await response.content.readany() == b"one "
        receiver.drip_next.release()
        assert await response.content.readany() == b"two"


async def test_a_connection_is_reset_without_an_answer(receiver: Receiver) -> None:
    receiver.answer(cut="reset")
    with pytest.raises(aiohttp.ClientOSError):
        await _post(receiver.url)


async def test_a_body_is_cut_in_the_middle(receiver: Receiver) -> None:
    receiver.answer(200, body=b"0123456789", cut="half")
    with pytest.raises(aiohttp.ClientPayloadError):
        await _post(receiver.url)


async def test_bytes_that_are_no_http_go_out_as_they_are(receiver: Receiver) -> None:
    receiver.answer(raw=b"HTTP/1.1 banana\r\n\r\n")
    with pytest.raises(aiohttp.ClientResponseError):
        await _post(receiver.url)


async def test_the_canary_counts_connections(canary: Canary) -> None:
    assert canary.connections == 0
    with pytest.raises(aiohttp.ClientConnectionError):
        await _post(canary.url)
    assert canary.connections == 1
