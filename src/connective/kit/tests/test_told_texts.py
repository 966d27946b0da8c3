"""What processes tell each other and keep nowhere: packed, bounded, the newest of each key."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest_asyncio

from connective.kit import wake
from connective.kit.testing.databases import Database

PAYLOAD_LIMIT = 8000


@pytest_asyncio.fixture
async def line(db: Database) -> AsyncIterator["asyncio.Queue[str]"]:
    """The running line of this process, and what a process elsewhere hears of it."""
    heard: asyncio.Queue[str] = asyncio.Queue()
    elsewhere = await asyncpg.connect(db.dsn)
    await elsewhere.add_listener(wake.TOLD, lambda _c, _p, _ch, text: heard.put_nowait(str(text)))
    running = asyncio.create_task(wake.run(db.dsn))
    await asyncio.sleep(0)  # from now on what is said waits for the connection
    yield heard
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await elsewhere.close()


async def texts(heard: "asyncio.Queue[str]", last: str) -> list[list[str]]:
    """The payloads up to the one that holds a text, by lines."""
    found: list[list[str]] = []
    async with asyncio.timeout(10):
        while not found or last not in found[-1]:
            payload = await heard.get()
            assert len(payload.encode()) < PAYLOAD_LIMIT
            found.append(payload.split("\n")[1:])
    return found


async def test_the_newest_text_of_a_key_is_told_and_many_share_a_payload(
    line: "asyncio.Queue[str]",
) -> None:
    for number in range(50):
        wake.tell("one", f"text {number}")
        wake.tell(f"other {number}", f"other {number}")
    wake.tell("last", "end")
    told = await texts(line, "end")
    assert told == [["text 49", *(f"other {number}" for number in range(50)), "end"]]


async def test_many_texts_are_packed_below_the_limit_of_a_payload(
    line: "asyncio.Queue[str]",
) -> None:
    for number in range(40):
        wake.tell(str(number), f"{number} " + "ї" * 400)
    wake.tell("too long", "x" * PAYLOAD_LIMIT)
    wake.tell("last", "end")
    told = [text for payload in await texts(line, "end") for text in payload]
    assert [text.partition(" ")[0] for text in told] == [*map(str, range(40)), "end"]


async def test_more_keys_than_may_wait_are_dropped(line: "asyncio.Queue[str]") -> None:
    for number in range(wake.KEYS_AT_MOST + 50):
        wake.tell(str(number), str(number))
    last = str(wake.KEYS_AT_MOST - 1)
    told = [text for payload in await texts(line, last) for text in payload]
    assert told == [str(number) for number in range(wake.KEYS_AT_MOST)]


async def test_hearers_of_this_process_hear_at_once_and_only_themselves(
    line: "asyncio.Queue[str]",
) -> None:
    heard: list[str] = []
    with wake.hearing(heard.append):
        wake.tell("one", "first")
        assert heard == ["first"]
        wake.tell("last", "end")
        await texts(line, "end")
    wake.tell("one", "later")
    assert heard == ["first", "end"]
