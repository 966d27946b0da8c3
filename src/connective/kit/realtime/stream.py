"""One socket's place in the event log: which topics it hears, and up to where it was served."""

from collections.abc import Collection, Sequence
from typing import Protocol

import msgspec

from connective.kit.auth_policy import Actor
from connective.kit.realtime.audience import Audience
from connective.kit.realtime.shown import Shown


class Outlet(Protocol):
    """Where a stream flows to. While it is paused nothing may be written."""

    @property
    def paused(self) -> bool:
        """Whether the other side reads slower than it is written to."""

    def write(self, data: bytes, count: int) -> None:
        """Send `count` frames that are joined in `data`."""

    def lose(self, topics: frozenset[str]) -> None:
        """Tell that these topics have to be read anew."""


class Span(msgspec.Struct):
    """A topic is heard from behind `begun`; up to `done` that has happened."""

    begun: int
    done: int


class Group:
    """Streams of one crowd with the same topics: they get the same frames, but for those of rows
    that name somebody."""

    def __init__(self, crowd: Actor, topics: frozenset[str]) -> None:
        self.audience = Audience(crowd, crowd)
        self.topics = topics
        self.streams: set[Stream] = set()

    def frames(self, batch: Sequence[Shown], audience: Audience | None = None) -> list[bytes]:
        """What everyone gets, or someone of this audience."""
        found = (shown.frame(audience or self.audience, self.topics) for shown in batch)
        return [frame for frame in found if frame is not None]


class Stream:
    """Everything up to `sent` has been written, as far as it was to be."""

    def __init__(self, outlet: Outlet, audience: Audience) -> None:
        self.outlet = outlet
        self.audience = audience
        self.spans: dict[str, Span] = {}
        # Topics of single things that are out of sight at present.
        self.blind: set[str] = set()
        self.sent = 0
        self.group: Group | None = None
        self.ended = False

    @property
    def topics(self) -> frozenset[str]:
        """What it is subscribed to."""
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
        """Hear no more of these topics."""
        for topic in topics:
            self.spans.pop(topic, None)

    def missed(self, batch: Sequence[Shown]) -> list[bytes]:
        """Frames of the events behind `sent` that were not written before."""
        found = (self._frame(shown) for shown in batch if shown.id > self.sent)
        return [frame for frame in found if frame is not None]

    def _frame(self, shown: Shown) -> bytes | None:
        heard = [topic for topic, span in self.spans.items() if span.begun < shown.id]
        before = [topic for topic in heard if shown.id <= self.spans[topic].done]
        return shown.frame(self.audience, heard, before)

    def write(self, frames: Sequence[bytes], joined: bytes | None = None) -> None:
        """Send frames in order; `joined` are the same where others get them too."""
        if frames:
            self.outlet.write(b"".join(frames) if joined is None else joined, len(frames))

    def look(self, batch: Sequence[Shown]) -> None:
        """What went out of sight is not to be met any more either, until it comes back."""
        for shown in batch:
            lost = shown.lost(self.audience) & self.topics if shown.takes_away else None
            if lost:
                self.blind |= lost
                self.outlet.lose(lost)
            if self.blind:
                self.blind -= shown.found(self.audience)


class Round:
    """A batch on its way to the streams that have had all before it."""

    def __init__(self, batch: Sequence[Shown], before: int, after: int) -> None:
        self._batch, self._before, self._after = batch, before, after
        self._named = frozenset(number for shown in batch for number in shown.named)
        self._takes_away = any(shown.takes_away for shown in batch)

    def serve(self, stream: Stream, frames: Sequence[bytes], joined: bytes) -> None:
        """`frames` is what everyone of the stream's group gets whom no row names."""
        if stream.sent != self._before:
            stream.write(stream.missed(self._batch))
        elif stream.group is not None and stream.audience.actor.id in self._named:
            stream.write(stream.group.frames(self._batch, stream.audience))
        else:
            stream.write(frames, joined)
        stream.sent = self._after
        if self._takes_away or stream.blind:
            stream.look(self._batch)
