"""The answer that does not end: events as they come, signs of life, no waiting for ever."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping

from starlette.responses import Response

from connective.kit import clock, wake
from connective.kit.auth_policy import Actor
from connective.kit.context import unit_of_work
from connective.kit.events import wakes
from connective.kit.http.middleware import Receive, Scope, Send
from connective.kit.http.problem import is_outage
from connective.kit.realtime import Pass
from connective.modules.accounts.service import passes
from connective.modules.integrations.stream import blocks, seats
from connective.modules.integrations.stream.feed import Feed

SWEEP_S = 1.0
GAP_S = 0.05
BEAT_EVERY_S = 15.0
CHECK_EVERY_S = 3.0
SLOW_S = 10.0
HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    # proxies would gather what is to go out at once
    "X-Accel-Buffering": "no",
}


class EventStream(Response):
    """Goes on until the caller leaves, does not read, or may not hear anything any more."""

    media_type = "text/event-stream"

    def __init__(self, feed: Feed, entry: Pass, headers: Mapping[str, str], *, lost: bool) -> None:
        super().__init__(None, headers={**HEADERS, **headers})
        self._feed, self._entry, self._lost = feed, entry, lost

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [pair for pair in self.raw_headers if pair[0] != b"content-length"]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        with seats.taken(self._entry):
            talk = asyncio.ensure_future(self._talk(_Line(send)))
            gone = asyncio.ensure_future(_gone(receive))
            await asyncio.wait({talk, gone}, return_when=asyncio.FIRST_COMPLETED)
            gone.cancel()
            if not talk.done():
                talk.cancel()
            await asyncio.gather(gone, talk, return_exceptions=True)
        failure = None if talk.cancelled() else talk.exception()
        if isinstance(failure, TimeoutError):
            _hang_up(scope)
        elif failure is not None and not is_outage(failure):
            raise failure

    async def _talk(self, line: "_Line") -> None:
        feed, guest = self._feed, _Guest(self._entry)
        first = blocks.resync(feed.place) if self._lost else b""
        await line.say(blocks.opening(feed.place) + first)
        with wake.waiter(*map(wakes.of, feed.asked.kinds)) as woken:
            while not wake.closing() and (actor := await guest.actor()) is not None:
                woken.clear()
                taken = await feed.take(actor)
                if taken.blocks:
                    await line.say(b"".join(taken.blocks))
                elif line.silent_s >= BEAT_EVERY_S:
                    await line.say(blocks.BEAT + blocks.mark(feed.place))
                if taken.waits:
                    await asyncio.sleep(GAP_S)
                elif not taken.more:
                    await _rest(woken)
        await line.end()


class _Line:
    """The way out: whoever does not take what is said within a time is waited for no longer."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._said = clock.monotonic()

    @property
    def silent_s(self) -> float:
        return clock.monotonic() - self._said

    async def say(self, data: bytes) -> None:
        await self._out(data, more=True)

    async def end(self) -> None:
        await self._out(b"", more=False)

    async def _out(self, data: bytes, *, more: bool) -> None:
        async with asyncio.timeout(SLOW_S):
            await self._send({"type": "http.response.body", "body": data, "more_body": more})
        self._said = clock.monotonic()


class _Guest:
    """Whose rights count: looked up again every few seconds."""

    def __init__(self, entry: Pass) -> None:
        self._entry = entry
        self._actor: Actor | None = None
        self._checked = clock.monotonic()

    async def actor(self) -> Actor | None:
        """None once the session or the key is good no more."""
        if self._actor is None or clock.monotonic() - self._checked >= CHECK_EVERY_S:
            self._checked = clock.monotonic()
            async with unit_of_work() as ctx:
                self._actor = (await passes.standing(ctx, [self._entry])).get(self._entry)
        return self._actor


async def _gone(receive: Callable[[], Awaitable[object]]) -> None:
    """Until the caller has hung up."""
    while (await receive())["type"] != "http.disconnect":  # type: ignore[index]
        pass


async def _rest(woken: asyncio.Event) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(woken.wait(), SWEEP_S)


def _hang_up(scope: Scope) -> None:
    """Without waiting until all is read that was written."""
    abort = scope.get("extensions", {}).get("abort")
    if abort is not None:
        abort()
