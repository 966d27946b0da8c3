"""What features offer to sockets in their `live.py`: topics, and how events are shown in them."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from connective.kit.auth_policy import Actor
from connective.kit.context import Ctx
from connective.kit.events.reader import LoggedEvent


class Item(msgspec.Struct, frozen=True):
    """One thing that an event shows: the row that decides who sees it, its values, its topics.

    `also` is a second decision that has to be met: an action and its row. `was` is the row as it
    was before, where the event changed who sees it: whoever saw that and does not see what it is
    now hears `left` instead, a kind and its data.
    """

    row: Any
    data: Any
    topics: frozenset[str]
    also: tuple[str, Any] | None = None
    was: Any = None
    left: tuple[str, Any] | None = None


Load = Callable[[Ctx, Sequence[LoggedEvent]], Awaitable[Mapping[int, Sequence[Item]]]]


class Projection(msgspec.Struct, frozen=True):
    """How events of a kind are shown.

    `load` gives the items of a batch by event id, with values as they are now; it is called once
    a batch for all kinds that share it. `action` decides over each item's row. `rooms` tells
    without a query which topics an event may reach, `name:*` for any of a name. `many` is the
    field that holds the items where there may be several; else the event's data are the first of
    them that somebody sees. Several features may show one kind: a socket that looks at more than
    one of them gets one frame with the fields of all.
    """

    action: str
    load: Load
    rooms: Callable[[LoggedEvent], Iterable[str]]
    many: str | None = None


class Topic(msgspec.Struct, frozen=True):
    """`action`: what it takes to subscribe. `row` finds the row of `name:ID`, None for none.

    `beside` names rooms in which things happen that such a row shows too: whoever looks at the row
    hears them there. `meets`: those who look at it show each other that they are there and that
    they write. `typed` is told when somebody there begins or ceases to write.
    """

    action: str
    row: Callable[[Ctx, int], Awaitable[Any]] | None = None
    beside: Callable[[Any], Iterable[str]] | None = None
    meets: bool = False
    typed: Callable[[Ctx, int, bool], Awaitable[None]] | None = None


Cut = Callable[[Actor], Any]


class Tally(msgspec.Struct, frozen=True):
    """Numbers that everyone who hears a topic gets for himself, at most once a second.

    `count` looks once for all, and gives what cuts it for each; it is asked when one of the
    `kinds` has happened. They travel under the name `kind`, without an id.
    """

    topic: str
    kind: str
    kinds: frozenset[str]
    count: Callable[[Ctx], Awaitable[Cut]]


# Told of users who have sockets open, in a transaction of its own.
Seen = Callable[[Ctx, Sequence[int]], Awaitable[Any]]


class Pass(msgspec.Struct, frozen=True):
    """What let a socket in: a session or a key, at the longest until the end of its token."""

    kind: str  # session | key
    id: int
    address: str
    until: datetime | None = None


class Admission(msgspec.Struct, frozen=True):
    """Who lets sockets in, offered by the feature that knows the users.

    `standing` tells of many passes at once on whose behalf they are, and leaves out those that
    are good no more.
    """

    cookie: str  # its name
    by_cookie: Callable[[Ctx, str, str], Awaitable[Pass | None]]
    by_token: Callable[[Ctx, str, str], Awaitable[Pass | None]]
    standing: Callable[[Ctx, Sequence[Pass]], Awaitable[Mapping[Pass, Actor]]]
