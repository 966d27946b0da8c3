"""One socket's place in the event log: which topics it hears, and up to where it was served."""

from collections.abc import Collection, Sequence
from typing import Protocol

import msgspec

from connective.kit.auth_policy import Actor
from connective.kit.realtime.shown import Shown


class Outlet(Protocol):
    """Where a stream flows to. While it is paused nothing may be written."""

    @property
    def paused(self) -> bool: ...

    def write(self, data: bytes, count: int) -> None: ...


class Span(msgspec.Struct):
    """A topic is heard from behind `begun`; up to `done` that has happened."""

    begun: int
    done: int


class Group:
    """Streams that get the very same frames."""

    def __init__(self, audience: Actor, topics: frozenset[str]) -> None:
        self.audience = audience
        self.topics = topics
        self.streams: set[Stream] = set()

    def frames(self, batch: Sequence[Shown]) -> list[bytes]:
        found = (shown.frame(self.audience, self.topics) for shown in batch)
        return [frame for frame in found if frame is not None]


class Stream:
    """Everything up to `sent` has been written, as far as it was to be."""

    def __init__(self, outlet: Outlet, audience: Actor) -> None:
        self.outlet = outlet
        self.audience = audience
        self.spans: dict[str, Span] = {}
        self.sent = 0
        self.group: Group | None = None
        self.ended = False

    @property
    def topics(self) -> frozenset[str]:
        return frozenset(self.spans)

    def add(self, topics: Collection[str], since: int) -> None:
        """Hear further topics from behind an event; may go back, but repeats nothing."""
        if not self.spans:
            self.sent = since
        for span in self.spans.values():
            span.done = max(span.done, self.sent)
        for topic in topics:
            self.spans.setdefault(topic, Span(since, since))
        self.sent = min(self.sent, since)

    def drop(self, topics: Collection[str]) -> None:
        for topic in topics:
            self.spans.pop(topic, None)

    def missed(self, batch: Sequence[Shown]) -> list[bytes]:
        """Frames of the events behind `sent` that were not written before."""
        found = (self._frame(shown) for shown in batch if shown.id > self.sent)
        return [frame for frame in found if frame is not None]

    def _frame(self, shown: Shown) -> bytes | None:
        heard = [topic for topic, span in self.spans.items() if span.begun < shown.id]
        before = [topic for topic in heard if shown.id <= self.spans[topic].done]
        if before and shown.frame(self.audience, before) is not None:
            return None
        return shown.frame(self.audience, heard)
