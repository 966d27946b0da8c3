"""Who looks at something and who writes, shown to those who look at it now, and kept nowhere.

A sign is told to every process (kit.wake); each remembers it until its giver takes it back or
is silent for too long.
"""

import asyncio
import itertools
import uuid
from collections.abc import Collection, Iterable, Iterator

import msgspec

from connective.kit import clock, wake
from connective.kit.auth_policy import Actor
from connective.kit.loops import Loop, pause
from connective.kit.realtime import frames
from connective.kit.realtime.stream import Stream

LASTS_S = 60.0
# A channel does not always say that somebody has stopped.
TYPING_LASTS_S = 15.0
# The same sign again, sooner than this, is nothing new.
REPEAT_S = 4.0
SWEEP_S = 0.25
SIGNS_AT_MOST = 20_000
NAME_AT_MOST = 200


class Who(msgspec.Struct, frozen=True):
    """`kind` user | key | client."""

    kind: str
    id: int | None
    name: str


class Sign(msgspec.Struct, frozen=True):
    """`origin` is the socket or channel that gives it; `how` is viewing | typing of a presence."""

    kind: str  # typing | presence
    topic: str
    who: Who
    origin: str
    on: bool
    how: str = ""
    lasts_s: float = 0.0


_Key = tuple[str, str, str, int | None]  # topic, kind, and who it is
_decode = msgspec.json.Decoder(Sign).decode


def typing(topics: Iterable[str], who: Who, *, on: bool) -> None:
    """Show in topics that somebody outside writes, or stopped; call it after the commit."""
    for topic in topics:
        _tell(Sign("typing", topic, who, "channel", on, lasts_s=TYPING_LASTS_S))


def _tell(sign: Sign) -> None:
    who = msgspec.structs.replace(sign.who, name=sign.who.name[:NAME_AT_MOST])
    key = f"{sign.origin} {sign.kind} {sign.topic} {who.kind} {who.id}"
    wake.tell(key, msgspec.json.encode(msgspec.structs.replace(sign, who=who)).decode())


class _Held(msgspec.Struct):
    until: float
    how: str


class Signs:
    """What the sockets of one application are shown."""

    def __init__(self) -> None:
        self._held: dict[_Key, dict[str, _Held]] = {}
        self._names: dict[_Key, Who] = {}
        self._owns: set[Own] = set()
        self._process = uuid.uuid4().hex[:12]
        self._numbers = itertools.count()

    def loops(self) -> list[Loop]:
        """What has to run where sockets are."""
        return [Loop("signs of life", "web", self._follow)]

    def own(self, stream: Stream, actor: Actor) -> "Own":
        """The part of one socket."""
        own = Own(self, stream, actor, f"{self._process}.{next(self._numbers)}")
        self._owns.add(own)
        return own

    def forget(self, own: "Own") -> None:
        """A connection is gone."""
        self._owns.discard(own)

    def present(self, topics: Collection[str]) -> Iterator[tuple[Who, bytes]]:
        """Everyone who is there now, as frames."""
        for key, held in self._held.items():
            if key[0] in topics:
                who = self._names[key]
                yield who, _frame(key, who, _most(held))

    async def _follow(self, stop: asyncio.Event) -> None:
        with wake.hearing(self._hear):
            while not stop.is_set():
                self._sweep(clock.monotonic())
                await pause(stop, SWEEP_S)

    def _hear(self, text: str) -> None:
        sign = _decode(text)
        key = (sign.topic, sign.kind, sign.who.kind, sign.who.id)
        held = self._held.get(key, {})
        before = _most(held)
        if sign.on:
            if key not in self._held and len(self._held) >= SIGNS_AT_MOST:
                return
            held[sign.origin] = _Held(clock.monotonic() + sign.lasts_s, sign.how)
            self._held[key], self._names[key] = held, sign.who
        else:
            held.pop(sign.origin, None)
        self._changed(key, sign.who, before)

    def _sweep(self, present: float) -> None:
        for key, held in list(self._held.items()):
            before = _most(held)
            for origin in [o for o, one in held.items() if one.until <= present]:
                del held[origin]
            self._changed(key, self._names[key], before)

    def _changed(self, key: _Key, who: Who, before: str | None) -> None:
        now = _most(self._held.get(key, {}))
        if now is None:
            self._held.pop(key, None)
            self._names.pop(key, None)
        if now != before:
            frame = _frame(key, who, now)
            for own in list(self._owns):
                own.hear(key[0], who, frame)


class Own:
    """One socket's part: what it shows of its user, and what it is shown of others."""

    def __init__(self, signs: Signs, stream: Stream, actor: Actor, origin: str) -> None:
        self._signs, self._stream, self._origin = signs, stream, origin
        self._who = Who(actor.kind, actor.id, actor.name)
        self._shows: dict[tuple[str, str], tuple[str, float]] = {}

    def show(self, kind: str, topic: str, *, on: bool, how: str) -> bool:
        """False where nothing is new, or where the socket does not look."""
        if topic not in self._stream.spans or topic in self._stream.blind:
            return False
        told, at = self._shows.get((kind, topic), (None, 0.0))
        if not on:
            if told is not None:
                self._stop(kind, topic)
            return told is not None
        present = clock.monotonic()
        if told == how and abs(present - at) < REPEAT_S:
            return False
        self._shows[kind, topic] = (how, present)
        _tell(Sign(kind, topic, self._who, self._origin, on=True, how=how, lasts_s=LASTS_S))
        return True

    def find(self, topics: Collection[str]) -> None:
        """Look at topics from now on: show who is there."""
        self._stream.blind.difference_update(topics)
        for who, frame in self._signs.present(topics):
            self._write(who, frame)

    def hear(self, topic: str, who: Who, frame: bytes) -> None:
        """Send on what somebody else does in a topic, if this one is subscribed to it."""
        if topic in self._stream.spans and topic not in self._stream.blind:
            self._write(who, frame)

    def _write(self, who: Who, frame: bytes) -> None:
        """Nobody is shown himself; a reader who does not keep up is shown nobody."""
        himself = (who.kind, who.id) == (self._who.kind, self._who.id)
        if not himself and not self._stream.outlet.paused:
            self._stream.outlet.write(frame, 1)

    def leave(self, topics: Collection[str]) -> None:
        """Whatever was shown in these topics is over."""
        for kind, topic in list(self._shows):
            if topic in topics:
                self._stop(kind, topic)

    def end(self) -> None:
        """The connection is over, and with it everything it showed."""
        self._signs.forget(self)
        for kind, topic in list(self._shows):
            self._stop(kind, topic)

    def _stop(self, kind: str, topic: str) -> None:
        del self._shows[kind, topic]
        _tell(Sign(kind, topic, self._who, self._origin, on=False))


def _most(held: dict[str, _Held]) -> str | None:
    """What somebody does, by all that he has open; None when he is not there."""
    if not held:
        return None
    return max((one.how for one in held.values()), key=lambda how: how == "typing")


def _frame(key: _Key, who: Who, how: str | None) -> bytes:
    topic, kind, _, _ = key
    data = {"who": who, "on": how is not None, **({"as": how} if how else {})}
    return frames.text({"type": kind, "topic": topic, "data": data})
