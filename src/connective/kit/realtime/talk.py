"""What one client says, answered in its order, one frame at a time."""

import asyncio
import logging
from collections import deque
from collections.abc import Collection
from typing import Protocol

import msgspec

from connective.kit.auth_policy import Actor
from connective.kit.http.problem import is_outage
from connective.kit.realtime import frames
from connective.kit.realtime.audience import audience_of
from connective.kit.realtime.door import Door, Guest
from connective.kit.realtime.frames import Auth, Presence, Said, Subscribe, Typing, Unsubscribe
from connective.kit.realtime.hub import Hub
from connective.kit.realtime.signs import Own, Signs
from connective.kit.realtime.stream import Outlet, Stream

WAITING_AT_MOST = 32
TOPICS_AT_MOST = 200
log = logging.getLogger(__name__)


class FromCookie(msgspec.Struct, frozen=True):
    """The session cookie of a handshake."""

    value: str


class Line(Outlet, Protocol):
    """The connection over which a client speaks."""

    address: str

    @property
    def is_open(self) -> bool:
        """Whether anything said now would still arrive."""

    def close(self, code: int, reason: str) -> None:
        """End the connection with a code (4000-4999) and a word that says why."""


class Talk:
    """`guest` and `stream` are there once the client has come in."""

    def __init__(self, line: Line, *, hub: Hub, door: Door, signs: Signs) -> None:
        self._line, self._hub, self._door, self._signs = line, hub, door, signs
        self._said: deque[Said | FromCookie] = deque()
        self._task: asyncio.Task[None] | None = None
        self._beside: dict[str, list[str]] = {}
        self.guest: Guest | None = None
        self.stream: Stream | None = None
        self.own: Own | None = None
        self._entered: Actor | None = None

    @property
    def busy(self) -> bool:
        """Whether something said is still being answered."""
        return self._task is not None

    def hear(self, said: Said | FromCookie) -> None:
        """Take a frame in; they are answered one by one, in order."""
        self._said.append(said)
        if len(self._said) > WAITING_AT_MOST:
            self._line.close(frames.TOO_MUCH, "too_much")
        elif self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._answer_all())

    def end(self) -> None:
        """The socket ends: nothing more is answered, and nobody is there any more."""
        self._said.clear()
        if self.stream is not None:
            self._hub.leave(self.stream)
        if self.own is not None:
            self.own.end()
        if self._entered is not None:
            self._door.leave(self._entered)
            self._entered = None
        if self._task is not None and self._task is not asyncio.current_task():
            self._task.cancel()

    def lose(self, topics: Collection[str]) -> None:
        """These are out of sight: whoever is there now is not shown any more."""
        if self.own is not None:
            self.own.leave(topics)

    async def _answer_all(self) -> None:
        try:
            while self._said:
                await self._answer(self._said.popleft())
        except Exception as failure:
            if is_outage(failure):
                log.warning("database unavailable: %s", failure)
            else:
                log.exception("a socket failed")
            self._line.close(1011, "internal")
        finally:
            self._task = None

    async def _answer(self, said: Said | FromCookie) -> None:
        match said:
            case FromCookie(value):
                self._let_in(await self._door.by_cookie(value, self._line.address))
            case Auth(token):
                guest = await self._door.by_token(token, self._line.address)
                if not self._let_in(guest):
                    self._line.close(frames.UNAUTHORIZED, "unauthorized")
            case Subscribe(topics, since):
                await self._subscribe(topics, since)
            case Unsubscribe(topics):
                self._unsubscribe(topics)
            case Typing(topic, on):
                await self._show("typing", topic, on=on)
            case Presence(topic, on, how):
                await self._show("presence", topic, on=on, how=how)

    def _let_in(self, guest: Guest | None) -> bool:
        """A later token may take the place of one that ends soon, for the same rights only."""
        if guest is None or not self._line.is_open:
            return False
        audience = audience_of(guest.actor)
        if self.stream is None:
            if not self._door.enter(guest.actor):
                self._line.close(frames.TOO_MUCH, "too_many")
                return False
            self._entered = guest.actor
            self.stream = Stream(self._line, audience)
            self.own = self._signs.own(self.stream, guest.actor)
        elif self.stream.audience != audience:
            return False
        self.guest = guest
        return True

    async def _subscribe(self, topics: list[str], since: int | None) -> None:
        if self.guest is None or self.stream is None or self.own is None:
            self._line.close(frames.UNAUTHORIZED, "unauthorized")
        elif (beside := await self._door.opens(self.guest.actor, topics)) is None:
            self._line.close(frames.FORBIDDEN, "forbidden")
        elif len(self.stream.topics | set(topics)) > TOPICS_AT_MOST:
            self._line.close(frames.TOO_MUCH, "too_much")
        else:
            self._beside |= beside
            heard = [*topics, *(room for rooms in beside.values() for room in rooms)]
            if not await self._hub.subscribe(self.stream, heard, since):
                self._line.write(frames.RESYNC, 1)
            self.own.find(topics)

    def _unsubscribe(self, topics: list[str]) -> None:
        if self.stream is not None and self.own is not None:
            left = {room for topic in topics for room in self._beside.pop(topic, ())}
            kept = {room for rooms in self._beside.values() for room in rooms}
            self._hub.unsubscribe(self.stream, [*topics, *(left - kept)])
            self.own.leave(topics)

    async def _show(self, kind: str, topic: str, *, on: bool, how: str = "") -> None:
        """Where the client does not look, nobody is shown that he is there."""
        if self.guest is None or self.own is None:
            self._line.close(frames.UNAUTHORIZED, "unauthorized")
            return
        told = self._door.meets(topic) and self.own.show(kind, topic, on=on, how=how)
        if told and kind == "typing":
            await self._door.typed(self.guest.actor, topic, on=on)
