"""Wake-ups: tell the loops of this process and of the others that there is work.

A wake-up is only a hint: every loop also sweeps, so a lost one costs time, never work.
Other processes hear it by NOTIFY from a connection of its own, after the commit and at most
every 10 ms: a NOTIFY inside the writing transaction would serialise commits.

The same connection carries what is told and kept nowhere (`tell`): the newest text of a key.
"""

import asyncio
import contextlib
import logging
import os
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator

import asyncpg

CHANNEL = "connective_wake"
TOLD = "connective_told"
GATHER_S = 0.01
RECONNECT_S = 1.0
# PostgreSQL takes payloads of less than 8,000 bytes.
LARGEST = 7_000
# What may wait to be told; more is lost, as it is while the connection is.
KEYS_AT_MOST = 2_000
_TELL = "SELECT pg_notify($1, $2)"
log = logging.getLogger(__name__)

_waiting: dict[str, set[asyncio.Event]] = defaultdict(set)
_pending: set[str] = set()
_untold: dict[str, str] = {}
_hearers: set[Callable[[str], None]] = set()
_own = ""


def wake(topic: str, *, others: bool = True) -> None:
    """Wake the waiters of a topic: here at once, in other processes within some 10 ms."""
    for event in _waiting.get(topic, ()):
        event.set()
    if others and _speaker is not None:
        _pending.add(topic)
        _speaker.set()


@contextlib.contextmanager
def waiter(*topics: str) -> Iterator[asyncio.Event]:
    """An event that every wake-up of these topics sets; its holder clears it before working."""
    event = asyncio.Event()
    for topic in topics:
        _waiting[topic].add(event)
    try:
        yield event
    finally:
        for topic in topics:
            _waiting[topic].discard(event)


def tell(key: str, text: str) -> None:
    """Tell the hearers of every process: here at once, elsewhere the newest text of the key.

    Nobody hears it later, and it may be lost. `text` holds no line break.
    """
    for hear in list(_hearers):
        hear(text)
    if _speaker is not None and (key in _untold or len(_untold) < KEYS_AT_MOST):
        _untold[key] = text
        _speaker.set()


@contextlib.contextmanager
def hearing(hear: Callable[[str], None]) -> Iterator[None]:
    """Hear what is told in any process."""
    _hearers.add(hear)
    try:
        yield
    finally:
        _hearers.discard(hear)


def close() -> None:
    """The process stops: requests that wait for something answer with what there is."""
    global _closing  # noqa: PLW0603
    _closing = True
    for events in _waiting.values():
        for event in events:
            event.set()


def closing() -> bool:
    """Whether this process is about to end: long waits return early."""
    return _closing


_closing = False
_speaker: asyncio.Event | None = None


async def run(dsn: str) -> None:
    """Tell the other processes and listen to them, until cancelled; reconnects by itself."""
    global _speaker, _closing, _own
    _speaker, _closing, _own = asyncio.Event(), False, uuid.uuid4().hex
    try:
        while True:
            try:
                await _converse(dsn, _speaker)
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as failure:
                log.warning("wake-ups interrupted: %s", failure)
                await asyncio.sleep(RECONNECT_S)
    finally:
        _speaker, _closing = None, False
        _untold.clear()


async def _converse(dsn: str, speaker: asyncio.Event) -> None:
    connection = await asyncpg.connect(dsn, timeout=5)
    lost = asyncio.get_running_loop().create_future()
    connection.add_termination_listener(lambda _: _end(lost))
    own = str(os.getpid())
    try:
        await connection.add_listener(CHANNEL, lambda _c, _p, _ch, payload: _heard(own, payload))
        await connection.add_listener(TOLD, lambda _c, _p, _ch, payload: _told(payload))
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
            for payload in _payloads():
                if not lost.done():
                    await connection.execute(_TELL, TOLD, payload)
        raise OSError("the connection ended")
    finally:
        connection.terminate()


def _payloads() -> list[str]:
    """What is untold, one text a line below the name of this process."""
    texts = list(_untold.values())
    _untold.clear()
    payloads: list[str] = []
    size = LARGEST
    for text in texts:
        length = len(text.encode()) + 1
        if length > LARGEST - 100:
            continue
        if size + length > LARGEST:
            payloads.append(_own)
            size = len(_own)
        payloads[-1] += f"\n{text}"
        size += length
    return payloads


def _told(payload: object) -> None:
    sender, *texts = str(payload).split("\n")
    if sender != _own:
        for text in texts:
            for hear in list(_hearers):
                hear(text)


def _end(lost: asyncio.Future[None]) -> None:
    if not lost.done():
        lost.set_result(None)


def _heard(own: str, payload: object) -> None:
    sender, *topics = str(payload).split(" ")
    if sender != own:
        for topic in topics:
            wake(topic, others=False)
