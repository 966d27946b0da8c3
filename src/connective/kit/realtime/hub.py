"""Reads the event log once for all sockets of the process and gives each what its actor may see."""

import asyncio
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from connective.kit.auth_policy import Actor
from connective.kit.db.driver import reading
from connective.kit.events import wakes
from connective.kit.events.reader import Batch
from connective.kit.loops import Loop
from connective.kit.realtime.frames import RESYNC
from connective.kit.realtime.loading import Loader
from connective.kit.realtime.projection import Projection
from connective.kit.realtime.shown import Shown
from connective.kit.realtime.stream import Group, Round, Stream
from connective.kit.realtime.tail import Tail, resumable
from connective.kit.wake import waiter

SWEEP_S = 1.0
# Nobody listens: far enough from the end of the log to be at it soon when somebody comes.
UNHEARD_S = 5.0
# Events that come within this time go out in one write.
GATHER_S = 0.005
GAP_S = 0.01
# After so many sockets other work of the process gets its turn.
YIELD_EVERY = 100
FRESH_WITHIN_S = 1.0
# From where the log will be found to end; then the client has to read anew.
FROM_NOW = -1
RESUMING_AT_ONCE = 2


class Hub:
    """Streams are live (served by the batch), behind (served from the log) or held (paused)."""

    def __init__(
        self,
        projections: Mapping[str, Sequence[Projection]],
        *,
        also: Collection[str] = (),
        heard: Callable[[set[str]], None] = lambda _: None,
    ) -> None:
        """`heard` is told the kinds of each batch, those of `also` among them."""
        self._loader = Loader(projections)
        self._heard, self._also = heard, set(also)
        self._tail = Tail(sorted({*projections, *also}))
        self._live: dict[tuple[Actor, frozenset[str]], Group] = {}
        self._behind: set[Stream] = set()
        self._held: set[Stream] = set()
        self._late = asyncio.Event()  # someone is behind
        self._asked = asyncio.Event()  # someone waits for the next step
        self._woken = asyncio.Event()
        self._few = asyncio.Semaphore(RESUMING_AT_ONCE)
        self._askers: list[asyncio.Future[None]] = []
        # Between the look at who listens and the move of the position nobody becomes live.
        self._stepping = False

    def loops(self) -> list[Loop]:
        """What has to run where sockets are."""
        return [
            Loop("live events", "web", self._follow),
            Loop("sockets that are behind", "web", self._catch_up),
        ]

    async def current(self) -> int | None:
        """The newest event that everyone sees; None when that is not known soon.

        What was committed by this process before the call is contained.
        """
        settled = self._tail.position is not None and not self._stepping
        if not settled or self._woken.is_set():
            await self._next_step()
        return None if self._tail.position is None else self._tail.mark

    async def _next_step(self) -> None:
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._askers.append(done)
        self._asked.set()
        await asyncio.wait({done}, timeout=FRESH_WITHIN_S)

    async def subscribe(self, stream: Stream, topics: Collection[str], since: int | None) -> bool:
        """Serve topics from behind an event, or from now on; False when they must be read anew."""
        now = await self.current()
        resumed = since is None or await self._is_resumable(since)
        start = since if since is not None and resumed else FROM_NOW if now is None else now
        if stream.ended:
            return True
        self._take_out(stream)
        stream.add(topics, start)
        self._put_behind(stream)
        return resumed

    async def _is_resumable(self, since: int) -> bool:
        async with self._few, reading() as driver:
            return await resumable(driver, since)

    def unsubscribe(self, stream: Stream, topics: Collection[str]) -> None:
        """End some of a stream's topics; the others go on where they were."""
        self._take_out(stream)
        stream.drop(topics)
        if stream.spans:
            self._put_behind(stream)

    def leave(self, stream: Stream) -> None:
        """The socket has ended."""
        stream.ended = True
        self._take_out(stream)

    def resumed(self, stream: Stream) -> None:
        """The socket takes bytes again."""
        if stream in self._held:
            self._held.discard(stream)
            self._put_behind(stream)

    def _put_behind(self, stream: Stream) -> None:
        self._behind.add(stream)
        self._late.set()

    def _take_out(self, stream: Stream) -> None:
        self._behind.discard(stream)
        self._held.discard(stream)
        group, stream.group = stream.group, None
        if group is not None:
            group.streams.discard(stream)
            if not group.streams:
                self._live.pop((group.audience.crowd, group.topics), None)

    def _make_live(self, stream: Stream) -> None:
        self._behind.discard(stream)
        key = (stream.audience.crowd, stream.topics)
        if key not in self._live:
            self._live[key] = Group(*key)
        stream.group = self._live[key]
        stream.group.streams.add(stream)
        self._asked.set()  # the log is followed more closely now

    def _hold(self, stream: Stream) -> None:
        self._take_out(stream)
        self._held.add(stream)

    # the log ahead

    async def _follow(self, stop: asyncio.Event) -> None:
        with waiter(wakes.ALL) as self._woken:
            self._woken.set()
            async with reading() as driver:
                if self._tail.position is not None and not await self._tail.is_known(driver):
                    self._tail.lose()
                    self._resync()
            while not stop.is_set():
                more = await self._step()
                if not more:
                    await self._rest(stop)

    async def _step(self) -> bool:
        """Take the next batch; whether there is more to do at once."""
        askers, self._askers = self._askers, []
        self._woken.clear()
        self._asked.clear()
        self._stepping = True
        try:
            batch, shown = await self._read()
            before = self._tail.position or 0
            if batch is not None:
                self._tail.move(batch.position)
        finally:
            self._stepping = False
            for asker in askers:
                if not asker.done():
                    asker.set_result(None)
            if self._behind:
                self._late.set()
        await self._fan_out(shown, before)
        self._resync_after_failure()
        if batch is None or batch.waits:
            await asyncio.sleep(GAP_S)
            return True
        return batch.more

    async def _read(self) -> tuple[Batch | None, list[Shown]]:
        async with reading() as driver:
            if self._tail.position is None:
                await self._tail.find(driver)
                if self._tail.position is None:
                    return None, []
            if not self._live:
                await self._skip(driver)
            batch = await self._tail.ahead(driver)
        self._heard({event.kind for event in batch.events})
        wanted = {topic for group in self._live.values() for topic in group.topics}
        return batch, await self._loader.show(batch.events, wanted, batch.position)

    async def _skip(self, driver: Any) -> None:
        before = self._tail.position
        await self._tail.skip(driver)
        if self._tail.position != before:
            self._heard(self._also)

    async def _fan_out(self, batch: Sequence[Shown], before: int) -> None:
        after = self._tail.position or 0
        if after == before:
            return
        round_ = Round(batch, before, after)
        served = 0
        for group in list(self._live.values()):
            frames = group.frames(batch)
            joined = b"".join(frames)
            for stream in list(group.streams):
                if stream.group is not group or stream.sent >= after:
                    continue
                if stream.outlet.paused:
                    self._hold(stream)
                elif stream.sent < before:  # a batch was broken off
                    self._take_out(stream)
                    self._put_behind(stream)
                else:
                    round_.serve(stream, frames, joined)
                    served += 1
                    if served % YIELD_EVERY == 0:
                        await asyncio.sleep(0)

    async def _rest(self, stop: asyncio.Event) -> None:
        """Until there is news for someone; without listeners only the sweep is due."""
        listening = bool(self._live)
        if not listening:
            await _first(UNHEARD_S, stop, self._asked)
            return
        await _first(SWEEP_S, stop, self._asked, self._woken)
        if not self._asked.is_set():
            await _first(GATHER_S, stop, self._asked)

    def _resync_after_failure(self) -> None:
        if self._loader.failed:
            self._loader.failed = False
            self._resync()

    def _resync(self) -> None:
        """Everyone reads anew: something was lost, or the log is not the one they know."""
        for stream in self._all():
            self._take_out(stream)
            for span in stream.spans.values():
                span.begun = span.done = FROM_NOW
            stream.sent = FROM_NOW
            self._put_behind(stream)

    def _all(self) -> Iterator[Stream]:
        live = [stream for group in self._live.values() for stream in group.streams]
        yield from [*live, *self._behind, *self._held]

    # the log behind

    async def _catch_up(self, stop: asyncio.Event) -> None:
        """Serve from the log those who are behind it, all together, until they are live."""
        while not stop.is_set():
            await _first(SWEEP_S, stop, self._late)
            self._late.clear()
            position = self._tail.position
            if position is None or self._stepping:
                continue
            await self._serve(position)
            self._settle()

    async def _serve(self, upto: int) -> None:
        """One page of the log, from where the last of them stands."""
        for stream in list(self._behind):
            if stream.sent == FROM_NOW:
                # what the client reads after this frame contains all that it is not served
                stream.sent = upto
                stream.outlet.write(RESYNC, 1)
            if stream.outlet.paused:
                self._hold(stream)
        late = {stream: stream.topics for stream in self._behind if stream.sent < upto}
        if not late:
            return
        async with reading() as driver:
            start = min(stream.sent for stream in late)
            events, end = await self._tail.between(driver, start, upto)
        wanted = {topic for topics in late.values() for topic in topics}
        page = await self._loader.show(events, wanted, upto)
        for stream, topics in late.items():
            unchanged = stream in self._behind and stream.topics == topics
            if unchanged and start <= stream.sent < end:
                stream.write(stream.missed(page))
                stream.sent = end
                stream.look(page)
        self._resync_after_failure()

    def _settle(self) -> None:
        """Those who have arrived become live; the others get their next page."""
        position = self._tail.position
        for stream in list(self._behind):
            if not self._stepping and position is not None and stream.sent >= position:
                self._make_live(stream)
        if self._behind and not self._stepping:
            self._late.set()


async def _first(seconds: float, *events: asyncio.Event) -> None:
    """Wait for any of the events, but not longer than so many seconds."""
    waits = [asyncio.ensure_future(event.wait()) for event in events]
    try:
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
