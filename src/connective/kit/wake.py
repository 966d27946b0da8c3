"""Wake-ups: tell the loops of this process and of the others that there is work.

A wake-up is only a hint: every loop also sweeps, so a lost one costs time, never work.
Other processes hear it by NOTIFY from a connection of its own, after the commit and at most
every 10 ms: a NOTIFY inside the writing transaction would serialise commits.
"""

import asyncio
import contextlib
import logging
import os
from collections import defaultdict
from collections.abc import Iterator

import asyncpg

CHANNEL = "connective_wake"
GATHER_S = 0.01
RECONNECT_S = 1.0
log = logging.getLogger(__name__)

_waiting: dict[str, set[asyncio.Event]] = defaultdict(set)
_pending: set[str] = set()


def wake(topic: str, *, others: bool = True) -> None:
    """Wake the waiters of a topic: here at once, in other processes within some 10 ms."""
    for event in _waiting[topic]:
        event.set()
    if others and _speaker is not None:
        _pending.add(topic)
        _speaker.set()


@contextlib.contextmanager
def waiter(topic: str) -> Iterator[asyncio.Event]:
    """An event that every wake-up of the topic sets; its holder clears it before working."""
    event = asyncio.Event()
    _waiting[topic].add(event)
    try:
        yield event
    finally:
        _waiting[topic].discard(event)


def close() -> None:
    """The process stops: requests that wait for something answer with what there is."""
    global _closing  # noqa: PLW0603
    _closing = True
    for events in _waiting.values():
        for event in events:
            event.set()


def closing() -> bool:
    return _closing


_closing = False
_speaker: asyncio.Event | None = None


async def run(dsn: str) -> None:
    """Tell the other processes and listen to them, until cancelled; reconnects by itself."""
    global _speaker, _closing  # noqa: PLW0603
    _speaker, _closing = asyncio.Event(), False
    try:
        while True:
            try:
                await _converse(dsn, _speaker)
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as failure:
                log.warning("wake-ups interrupted: %s", failure)
                await asyncio.sleep(RECONNECT_S)
    finally:
        _speaker = None


async def _converse(dsn: str, speaker: asyncio.Event) -> None:
    connection = await asyncpg.connect(dsn, timeout=5)
    lost = asyncio.get_running_loop().create_future()
    connection.add_termination_listener(lambda _: _end(lost))
    own = str(os.getpid())
    try:
        await connection.add_listener(CHANNEL, lambda _c, _p, _ch, payload: _heard(own, payload))
        while not lost.done():
            asked = asyncio.ensure_future(speaker.wait())
            await asyncio.wait({asked, lost}, return_when=asyncio.FIRST_COMPLETED)
            asked.cancel()
            await asyncio.sleep(GATHER_S)
            speaker.clear()
            topics = sorted(_pending)
            _pending.clear()
            if topics and not lost.done():
                # A process id and our own words: nothing in it needs quoting.
                await connection.execute(f"NOTIFY {CHANNEL}, '{own} {' '.join(topics)}'")
        raise OSError("the connection ended")
    finally:
        connection.terminate()


def _end(lost: asyncio.Future[None]) -> None:
    if not lost.done():
        lost.set_result(None)


def _heard(own: str, payload: object) -> None:
    sender, *topics = str(payload).split(" ")
    if sender != own:
        for topic in topics:
            wake(topic, others=False)
